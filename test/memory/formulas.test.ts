import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fsrs } from '../../src/memory/formulas.ts'
import { type Grade, initial, interval, next, recall } from '../../src/memory/fsrs.ts'

/** Parts in a million, which is more than the rounding of ts-fsrs to 8 decimals makes of the smallest stability. */
const near = (is: number, should: number) =>
  expect(Math.abs(is / should - 1)).toBeLessThan(should < 0.1 ? 1e-4 : 1e-6)

const grade = fc.constantFrom<Grade>(1, 2, 3, 4)

test('are those of ts-fsrs, along any history', () => {
  fc.assert(
    fc.property(
      grade,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), grade), { maxLength: 20 }),
      (first, reviews) => {
        let real = initial(first)
        near(fsrs.first(first).stability, real.stability)
        near(fsrs.first(first).difficulty, real.difficulty)
        for (const [days, given] of reviews) {
          const { stability, difficulty } = real
          const left = fsrs.recall(stability, days)
          near(left, recall(stability, days))
          real = next(real, given, days)
          near(
            given === 1
              ? fsrs.forgotten(stability, difficulty, left)
              : fsrs.recalled(stability, difficulty, left, given),
            real.stability,
          )
          near(fsrs.difficulty(difficulty, given), real.difficulty)
        }
      },
    ),
  )
})

test('stability is the inverse of recall', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 30_000, noNaN: true }),
      fc.integer({ min: 1, max: 365 }),
      (stability, days) => {
        const back = fsrs.stability(fsrs.recall(stability, days), days)
        expect(Math.abs(back / stability - 1)).toBeLessThan(1e-6)
      },
    ),
  )
})

test.for([0.7, 0.8, 0.9, 0.95])('a question is due at %s when ts-fsrs says so', retention => {
  for (const stability of [0.212, 1, 7.3, 80, 1234]) {
    expect(Math.max(1, Math.round(stability * fsrs.interval(retention)))).toBe(
      interval(stability, retention),
    )
  }
})

test.for<[story: string, stability: number, days: number, recall: number]>([
  ['everything is recalled at once', 5, 0, 1],
  ['but not what was never known', 0, 0, 0],
  ['nor later', 0, 9, 0],
  ['after S days nine tenths are', 5, 5, 0.9],
])('%s', ([, stability, days, recall]) => {
  expect(fsrs.recall(stability, days)).toBeCloseTo(recall, 12)
})
