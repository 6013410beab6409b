import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BEFORE, LEARNED } from '../../src/memory/belief.ts'
import { forecast } from '../../src/memory/forecast.ts'
import { fsrs } from '../../src/memory/formulas.ts'
import { USUAL } from '../../src/memory/pace.ts'
import { type Plan, today } from '../../src/memory/plan.ts'
import { CHANCE } from '../../src/memory/shares.ts'
import { seeded } from '../../src/random.ts'
import { answered, anyGround, ground, NO_PACE, plan } from './ground.ts'

const dated = (by: number, minutes = 20) => ({ ...plan({ minutes }), by })
const steady = (retention: number): Plan => ({ minutes: 20, weights: new Map(), retention })
const many = (count: number, topic: string, answers = '') =>
  Object.fromEntries(Array.from({ length: count }, (_, it) => [`${topic}/q${it}`, answers]))

test('with much time everything is covered and known', () => {
  const { recall, topics } = forecast(dated(30, 60), ground(many(50, 'cap')), 0, 10)
  expect(topics).toMatchObject([{ topic: 'cap', questions: 50, asked: 0, covered: 50 }])
  expect(recall).toBeGreaterThan(0.95)
})

test('with little it says what is not', () => {
  const from = ground({ ...many(200, 'cap'), ...many(10, 'rest', '-1-') })
  const { recall, more, topics } = forecast(dated(3, 10), from, 0, 10)
  const [cap, rest] = topics
  expect(cap!.covered).toBeLessThan(100)
  expect(rest).toMatchObject({ questions: 10, asked: 10, covered: 10 })
  expect(recall).toBeLessThan(0.8)
  expect(more.recall).toBeGreaterThan(recall + 0.02)
})

test('what is worth the same is taken from all topics alike', () => {
  const from = ground({ ...many(100, 'cap'), ...many(300, 'rest') })
  const [cap, rest] = forecast(dated(3, 10), from, 0, 10).topics
  expect([cap!.topic, rest!.topic]).toEqual(['cap', 'rest'])
  expect(Math.abs(cap!.covered / 100 - rest!.covered / 300)).toBeLessThan(0.02)
})

test('every day until the day has its minutes, and the day itself is free', () => {
  const { days } = forecast(dated(40, 15), ground(many(400, 'cap')), 8, 10)
  expect(days.map(it => it.day)).toEqual(Array.from({ length: 32 }, (_, it) => it + 8))
  for (const { seconds } of days) {
    expect(seconds).toBeGreaterThan(14 * 60)
    expect(seconds).toBeLessThan(16 * 60)
  }
})

test('goes over from learning to repeating', () => {
  const { days } = forecast(dated(14, 30), ground(many(300, 'cap')), 0, 10)
  expect(days[0]).toMatchObject({ reviews: 0 })
  expect(days.at(-1)!.reviews).toBeGreaterThan(days.at(-1)!.fresh)
})

test('on the day there is nothing left to plan', () => {
  const { days, recall, idle } = forecast(dated(0), ground(many(5, 'cap', '-1-')), 0, 10)
  expect(days).toEqual([])
  expect(recall).toBe(idle)
})

test('of nothing it expects nothing', () => {
  expect(forecast(dated(9), ground({}), 0, 10)).toMatchObject({ recall: 0, idle: 0, topics: [] })
})

const amount = fc.integer({ min: 1, max: 40 })

test('more minutes never make it worse, and none is better than idling', () => {
  fc.assert(
    fc.property(anyGround, fc.integer({ min: 0, max: 60 }), amount, (from, by, minutes) => {
      const { recall, idle, more } = forecast(dated(by, minutes), from, 0, 10)
      expect(recall).toBeGreaterThanOrEqual(idle - 1e-9)
      expect(more.recall).toBeGreaterThanOrEqual(recall)
      expect(more.recall).toBeLessThanOrEqual(1 + 1e-9)
    }),
  )
})

test('whoever has more minutes is expected to know more', () => {
  fc.assert(
    fc.property(anyGround, fc.integer({ min: 0, max: 60 }), amount, amount, (from, by, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map(
        minutes => forecast(dated(by, minutes), from, 0, 1).recall,
      ) as [number, number]
      // The plan takes what is best for each second, and a few questions fit the minutes as they happen to.
      expect(more).toBeGreaterThanOrEqual(less - 0.005)
    }),
  )
})

test('the whole is the weighted mean of its topics', () => {
  fc.assert(
    fc.property(anyGround, amount, (from, minutes) => {
      const weights = new Map([['cap', 3]])
      const { recall, topics } = forecast({ ...dated(9, minutes), weights }, from, 0, 10)
      const total = topics.reduce((sum, it) => sum + it.weight, 0)
      const mean = topics.reduce((sum, it) => sum + it.weight * it.recall, 0) / total
      expect(mean).toBeCloseTo(recall, 9)
    }),
  )
})

test('without a date, what has been repeated comes up less and less often', () => {
  const { days } = forecast(steady(0.9), ground(many(150, 'cap')), 0, 0)
  const reviews = (from: number, to: number) =>
    days.slice(from, to).reduce((sum, it) => sum + it.reviews, 0)
  expect(days).toHaveLength(30)
  expect(reviews(15, 30)).toBeLessThan(reviews(0, 15))
})

test('without a date, it comes about much as forecast', () => {
  for (const [questions, retention] of [
    [600, 0.9],
    [200, 0.95],
    [300, 0.8],
  ] as const) {
    const from = ground({ ...many(questions / 2, 'cap'), ...many(questions / 2, 'rest') })
    const expected = forecast(steady(retention), from, 0, 0)
    const covered = expected.topics.reduce((sum, it) => sum + it.covered, 0)
    const { recall, met } = month(steady(retention), from)
    expect(Math.abs(recall - expected.recall)).toBeLessThan(0.06)
    expect(Math.abs(met - covered) / questions).toBeLessThan(0.15)
  }
})

/** Plays a month of somebody who is as the plan takes people to be, who knew a third of it before. */
function month(plan: Plan, { candidates }: ReturnType<typeof ground>) {
  const random = seeded(7)
  const before = () => (random() < 0.35 ? { ...BEFORE, last: -BEFORE.days } : UNKNOWN)
  const truth = new Map(candidates.map(it => [it.id, before()]))
  const answers = new Map<string, string>()
  const known = (it: string, day: number) => {
    const { stability, last } = truth.get(it)!
    return fsrs.recall(stability, day - last)
  }
  const kinds = new Map(candidates.map(it => [it.id, it.kind]))
  for (let day = 0; day < 30; day++) {
    const questions = new Map([...answers].map(([it, all]) => [it, answered(it, all)]))
    let left = plan.minutes * 60
    for (const it of today(plan, { candidates, memory: { questions, pace: NO_PACE } }, day)) {
      if (left <= 0) break
      const recall = known(it.question, day)
      const isRecalled = random() < recall
      const isRight = isRecalled || random() < CHANCE[kinds.get(it.question)!]
      left -= USUAL[`${it.fresh ? 'first' : 'later'}${isRight ? 'Right' : 'Wrong'}`]
      const { stability, difficulty } = truth.get(it.question)!
      const strength =
        stability === 0
          ? LEARNED
          : {
              stability: fsrs[isRecalled ? 'recalled' : 'forgotten'](stability, difficulty, recall),
              difficulty: fsrs.difficulty(difficulty, isRecalled ? 3 : 1),
            }
      truth.set(it.question, { ...strength, last: day })
      const earlier = answers.get(it.question)
      const answer = `${day}${isRight ? '+' : '-'}`
      answers.set(it.question, earlier === undefined ? answer : `${earlier} ${answer}`)
    }
  }
  const sum = candidates.reduce((all, it) => all + known(it.id, 30), 0)
  return { recall: sum / candidates.length, met: answers.size }
}

const UNKNOWN = { stability: 0, difficulty: 0, last: 0 }
