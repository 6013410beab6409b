import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bank } from '../../src/bank/bank.ts'
import type { Memory, Remembered } from '../../src/memory/memory.ts'
import { type Share, standing, statsOf } from '../../src/memory/stats.ts'
import { codes } from './bank.ts'
import { memoryOf, remembered } from './person.ts'

const TODAY = 1000

let bank: Bank
beforeAll(async () => {
  bank = await codes()
})

/** Memory of these questions; what is not given is as after one right answer today. */
function knowing(of: Readonly<Record<string, Partial<Remembered>>>): Memory {
  const questions = Object.entries(of).map(([id, given]) =>
    remembered(id, { last: TODAY, ...given }),
  )
  return memoryOf({ questions: new Map(questions.map(it => [it.question, it])) })
}

const line = ({ id, recall, met, questions, due }: Share) =>
  `${id} ${recall.toFixed(3)} ${met}/${questions} due ${due}`

/** The topics are `caching` with 6 questions and `codes` with 6. R(S, S) = 0.9, R(0, S) = 1. */
test.for<[of: Record<string, Partial<Remembered>>, topics: string[]]>([
  [{}, ['caching 0.000 0/6 due 0', 'codes 0.000 0/6 due 0']],
  [{ 'caching/reuse': {} }, ['caching 0.167 1/6 due 0', 'codes 0.000 0/6 due 0']],
  [
    {
      'caching/reuse': { stability: 5, last: TODAY - 5 },
      'caching/secret': { stability: 9, last: TODAY - 9 },
      'codes/known': { stability: 2, last: TODAY - 1 },
    },
    ['caching 0.300 2/6 due 2', 'codes 0.157 1/6 due 0'],
  ],
  // A clock that was set back: no day has gone by. And a question that no bank has any more.
  [
    { 'codes/known': { last: TODAY + 7 }, 'codes/gone': {}, 'gone/known': {} },
    ['caching 0.000 0/6 due 0', 'codes 0.167 1/6 due 0'],
  ],
])('%j is %j', ([of, topics]) => {
  expect(statsOf(knowing(of), bank, TODAY).topics.map(line)).toEqual(topics)
})

test('with topics named, only these are told of, with their concepts, the least known first', () => {
  const memory = knowing({ 'codes/known': {}, 'codes/login': {}, 'caching/reuse': {} })
  const { topics, concepts, standing } = statsOf(memory, bank, TODAY, { topics: ['codes'] })
  expect(topics.map(line)).toEqual(['codes 0.333 2/6 due 0'])
  expect(concepts.map(it => `${line(it)} ${it.title}`)).toEqual([
    'codes/404 0.000 0/2 due 0 404 Not Found',
    'codes/401 0.500 1/2 due 0 401 Unauthorized',
    'codes/403 0.500 1/2 due 0 403 Forbidden',
  ])
  expect(standing).toMatchObject({ met: 2, unmet: 4, questions: 6 })
})

/** Days ahead → how many fall due. */
test.for<[of: Record<string, Partial<Remembered>>, retention: number, due: Record<number, number>]>(
  [
    [{ 'caching/reuse': { stability: 4 } }, 0.9, { 4: 1 }],
    [{ 'caching/reuse': { stability: 0.1 } }, 0.9, { 1: 1 }],
    [{ 'caching/reuse': { stability: 4, last: TODAY - 4 } }, 0.9, { 0: 1 }],
    [{ 'caching/reuse': { stability: 4, last: TODAY - 40 } }, 0.9, { 0: 1 }],
    [{ 'caching/reuse': { stability: 29 }, 'codes/known': { stability: 30 } }, 0.9, { 29: 1 }],
    [{ 'caching/reuse': { stability: 4 }, 'codes/known': { stability: 4 } }, 0.95, { 2: 2 }],
  ],
)('%j at %d: %j', ([of, retention, due]) => {
  const { forecast } = statsOf(knowing(of), bank, TODAY, { retention })
  expect(forecast.length).toBe(30)
  expect(Object.fromEntries([...forecast.entries()].filter(([, it]) => it > 0))).toEqual(due)
})

const day = (answers: number) => ({ answers, right: answers, fresh: 0, ms: answers * 60_000 })

/** Days ago with answers → days in a row. */
test.for<[ago: number[], streak: number]>([
  [[], 0],
  [[0], 1],
  [[1], 1],
  [[2], 0],
  [[0, 1, 2], 3],
  [[1, 2, 4], 2],
  [[0, 2, 3], 1],
])('answers %j days ago are %d days in a row', ([ago, streak]) => {
  const days = new Map(ago.map(it => [TODAY - it, day(2)] as const))
  const memory = memoryOf({ days })
  expect(standing(memory, bank.candidates(), TODAY).streak).toBe(streak)
})

test('days: those of the last 53 weeks with answers, by date', () => {
  const days = new Map([-1, 0, 5, 370, 371].map(ago => [TODAY - ago, day(ago + 2)] as const))
  days.set(TODAY - 7, day(0))
  const { days: told, standing, time } = statsOf(memoryOf({ days }), bank, TODAY)
  expect(told.map(it => TODAY - it.day)).toEqual([370, 5, 0])
  expect(standing).toMatchObject({ answers: 2, ms: 120_000 })
  expect(time.days).toBe(5)
})

test('the time of a question is a mean over all answers of its kind', () => {
  const pace = {
    firstRight: { answers: 3, ms: 30_000 },
    firstWrong: { answers: 1, ms: 50_000 },
    laterRight: { answers: 0, ms: 0 },
    laterWrong: { answers: 0, ms: 0 },
  }
  const { time } = statsOf(memoryOf({ pace }), bank, TODAY)
  expect(time).toEqual({ answers: 0, sittings: 0, days: 0, ms: 0, first: 20_000 })
})

describe('whatever is remembered', () => {
  const anyMemory = fc.uniqueArray(fc.nat(11), { maxLength: 12 }).chain(places =>
    fc.tuple(
      ...places.map(place =>
        fc
          .record({
            stability: fc.double({ min: 0.001, max: 36_500, noNaN: true }),
            last: fc.integer({ min: TODAY - 2000, max: TODAY + 10 }),
            ms: fc.nat(100_000),
          })
          .map(given => [place, given] as const),
      ),
    ),
  )

  test('the parts make up the whole, and nobody knows what they never met', () => {
    const ids = bank.candidates().ids()
    fc.assert(
      fc.property(anyMemory, of => {
        const memory = knowing(Object.fromEntries(of.map(([place, it]) => [ids[place]!, it])))
        const { topics, standing, forecast } = statsOf(memory, bank, TODAY)
        const sum = (number: (it: Share) => number) =>
          topics.reduce((all, it) => all + number(it), 0)
        expect(sum(it => it.met)).toBe(standing.met)
        expect(sum(it => it.due)).toBe(standing.due)
        expect(sum(it => it.recall * it.questions)).toBeCloseTo(
          standing.recall * standing.questions,
          6,
        )
        expect(forecast[0]).toBe(standing.due)
        expect(forecast.reduce((all, it) => all + it, 0)).toBeLessThanOrEqual(standing.met)
        for (const it of topics) {
          expect(it.recall).toBeGreaterThanOrEqual(0)
          expect(it.recall).toBeLessThanOrEqual(it.met / it.questions + 1e-9)
        }
      }),
    )
  })
})
