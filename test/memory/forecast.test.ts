import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecast } from '../../src/memory/forecast.ts'
import { anyGround, ground, plan } from './ground.ts'

const dated = (by: number, minutes = 20) => ({ ...plan({ minutes }), by })
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
      expect(more).toBeGreaterThanOrEqual(less - 0.001)
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
