import { expect, test } from 'vitest'
import { paceOf, USUAL } from '../../src/memory/pace.ts'
import { NO_PACE } from './ground.ts'

const seen = (answers: number, seconds: number) => ({ answers, ms: 1000 * answers * seconds })

test('without any answer it is the usual one', () => {
  expect(paceOf(NO_PACE)).toEqual(USUAL)
})

test('after many answers it is what they took', () => {
  const pace = paceOf({
    firstRight: seen(5000, 30),
    firstWrong: seen(5000, 90),
    laterRight: seen(5000, 10),
    laterWrong: seen(5000, 45),
  })
  expect(pace.firstRight).toBeCloseTo(30, 0)
  expect(pace.firstWrong).toBeCloseTo(90, 0)
  expect(pace.laterRight).toBeCloseTo(10, 0)
  expect(pace.laterWrong).toBeCloseTo(45, 0)
})

test('somebody slow with what is new is expected to be slow with what is not', () => {
  const pace = paceOf({ ...NO_PACE, firstRight: seen(200, 2 * USUAL.firstRight) })
  expect(pace.laterWrong).toBeGreaterThan(1.5 * USUAL.laterWrong)
})

test('one slow answer says little', () => {
  const pace = paceOf({ ...NO_PACE, laterRight: seen(1, 300) })
  expect(pace.laterRight).toBeLessThan(3 * USUAL.laterRight)
})
