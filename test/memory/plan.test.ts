import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Planned, today } from '../../src/memory/plan.ts'
import { anyGround, ground, plan } from './ground.ts'

const ids = (list: readonly Planned[]) => list.map(it => it.question).join(' ')
const many = (count: number, topic: string, answers = '') =>
  Object.fromEntries(Array.from({ length: count }, (_, it) => [`${topic}/q${it}`, answers]))

/** Each row: the day, what was answered, and what is asked then, with an interview on day 14 and all the time in the world. */
test.for<[story: string, day: number, questions: Record<string, string>, asked: string]>([
  ['weak ones first', 5, { 'cap/a': '1+ 3+', 'cap/b': '1- 3-' }, 'cap/b cap/a'],
  ['nothing twice a day', 5, { 'cap/a': '1- 5-', 'cap/b': '1- 4-' }, 'cap/b'],
  ['nothing from the future', 5, { 'cap/a': '9-', 'cap/b': '1-' }, 'cap/b'],
  ['equal ones in the order given', 5, { 'cap/b': '1-', 'cap/a': '1-' }, 'cap/b cap/a'],
  ['also on the day', 14, { 'cap/a': '1- 13-', 'cap/b': '1- 3-' }, 'cap/b cap/a'],
  ['nothing when there is nothing', 5, {}, ''],
])('with a date: %s', ([, day, questions, asked]) => {
  expect(ids(today(plan(), ground(questions), day, 9999))).toBe(asked)
})

/** The same without a date. */
test.for<[story: string, day: number, questions: Record<string, string>, asked: string]>([
  ['what is due, then what is new', 5, { 'cap/new': '', 'cap/a': '1-' }, 'cap/a cap/new'],
  ['what is not due can wait', 3, { 'cap/a': '-9- -2+', 'cap/b': '2+' }, 'cap/a'],
  ['and does', 3, { 'cap/a': '-60+ -50+ -20+ 1+', 'cap/b': '1-' }, 'cap/b'],
])('without a date: %s', ([, day, questions, asked]) => {
  const steady = { minutes: 20, weights: new Map(), retention: 0.9 }
  expect(ids(today(steady, ground(questions), day, 9999))).toBe(asked)
})

test('a date that is past is none', () => {
  const from = ground({ 'cap/new': '', 'cap/a': '1-', 'cap/late': '-60+ -50+ -20+ 1+' })
  expect(ids(today(plan({ by: 2 }), from, 3, 9999))).toBe('cap/a cap/new')
})

test('higher retention makes more due', () => {
  const from = ground(many(30, 'cap', '0+'))
  const due = (retention: number) =>
    today({ minutes: 20, weights: new Map(), retention }, from, 2, 9999).length
  expect([due(0.95), due(0.7)]).toEqual([30, 0])
})

test('fills the minutes and no more than one question over', () => {
  const list = today(plan({ minutes: 10 }), ground(many(200, 'cap')), 0)
  const seconds = list.reduce((sum, it) => sum + it.seconds, 0)
  expect(seconds).toBeGreaterThanOrEqual(600)
  expect(seconds - list.at(-1)!.seconds).toBeLessThan(600)
})

test('somebody slow gets fewer questions', () => {
  const slow = { answers: 500, ms: 500 * 60_000 }
  const pace = { firstRight: slow, firstWrong: slow, laterRight: slow, laterWrong: slow }
  const questions = many(200, 'cap')
  const count = (from: ReturnType<typeof ground>) => today(plan(), from, 0).length
  expect(count(ground(questions, pace))).toBeLessThan(count(ground(questions)) / 1.5)
})

test('begins with the topics that weigh most', () => {
  const from = ground({ ...many(20, 'cap'), ...many(20, 'rest'), ...many(20, 'auth') })
  const list = today(plan({ minutes: 5, weights: new Map([['rest', 3]]) }), from, 0)
  expect(new Set(list.map(it => it.question.split('/')[0]))).toEqual(new Set(['rest']))
})

test('learns what is not known of before, rather than what is', () => {
  const from = ground({
    ...many(10, 'cap', '0+'),
    ...many(10, 'rest', '0-'),
    'cap/new': '',
    'cap/new2': '',
    'rest/new': '',
    'rest/new2': '',
  })
  const fresh = today(plan({ minutes: 60 }), from, 1).filter(it => it.fresh)
  expect(ids(fresh.slice(0, 2))).toBe('rest/new rest/new2')
})

test.for<[weight: number, asked: string]>([
  [1, 'rest/new cap/missed'],
  [3, 'cap/missed rest/new'],
])('a review comes before what is new when its topic weighs enough: %s', ([weight, asked]) => {
  const from = ground({ 'rest/new': '', 'cap/missed': '-9-' })
  expect(ids(today(plan({ weights: new Map([['cap', weight]]) }), from, 0, 9999))).toBe(asked)
})

test('after a missed day the next one is planned from how things stand', () => {
  const from = ground({ ...many(5, 'cap', '0-'), ...many(5, 'cap2') })
  expect(today(plan(), from, 2)).toEqual(today(plan(), from, 2))
  expect(today(plan(), from, 3).length).toBeGreaterThan(0)
})

const minutes = fc.integer({ min: 1, max: 60 })

test('with more time the day only gets longer', () => {
  fc.assert(
    fc.property(anyGround, minutes, minutes, (from, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map(it =>
        today(plan({ minutes: it }), from, 0).map(planned => planned.question),
      ) as [string[], string[]]
      expect(more.slice(0, less.length)).toEqual(less)
    }),
  )
})

test('a topic that weighs more does not come later', () => {
  fc.assert(
    fc.property(anyGround, fc.integer({ min: 0, max: 30 }), (from, by) => {
      const place = (weight: number) => {
        const list = today(plan({ by, weights: new Map([['cap', weight]]) }), from, 0, 99_999)
        return list.flatMap((it, at) => (it.question.startsWith('cap/') ? [at] : []))
      }
      const [light, heavy] = [place(1), place(2)]
      expect(heavy.every((it, at) => it <= light[at]!)).toBe(true)
    }),
  )
})

test('nothing is asked twice, and everything new once when there is time', () => {
  fc.assert(
    fc.property(anyGround, from => {
      const list = today(plan(), from, 0, 99_999)
      expect(new Set(list.map(it => it.question)).size).toBe(list.length)
      const fresh = from.candidates.map(it => it.id).filter(it => !from.memory.questions.has(it))
      const asked = list.filter(it => it.fresh).map(it => it.question)
      expect(asked.toSorted()).toEqual(fresh.toSorted())
    }),
  )
})

test('a review that would bring less than a point of recall waits', () => {
  fc.assert(
    fc.property(anyGround, from => {
      const share = 1 / from.candidates.length
      for (const it of today(plan(), from, 0, 99_999)) {
        if (!it.fresh) expect(it.gain).toBeGreaterThanOrEqual(0.01 * share * (1 - 1e-9))
      }
    }),
  )
})
