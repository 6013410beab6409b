import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beliefs, NEVER } from '../../src/memory/belief.ts'
import { Pasts } from '../../src/memory/pasts.ts'
import { anyGround, ground } from './ground.ts'

const believe = (
  questions: Readonly<Record<string, string>>,
  weights = new Map<string, number>(),
) => {
  const { candidates, memory } = ground(questions)
  return beliefs(candidates, new Pasts(memory.questions, candidates), weights)
}

/** A topic of which so many first answers were right, of so many. */
const topic = (name: string, right: number, of: number, kind = 'text') =>
  Object.fromEntries(
    Array.from({ length: of }, (_, it) => [`${name}/${kind}-${it}`, it < right ? '0+' : '0-']),
  )

const share = (questions: Readonly<Record<string, string>>, name: string) =>
  believe(questions).topics.find(it => it.topic === name)!.share

test.for<[story: string, questions: Record<string, string>, least: number, most: number]>([
  ['a third, of whom nothing is known', { 'cap/a': '' }, 0.34, 0.36],
  ['nearly all of it, when all is right', topic('cap', 40, 40), 0.9, 1],
  ['nearly nothing, when all is wrong', topic('cap', 0, 40), 0, 0.05],
  ['half, when half of it is', topic('cap', 20, 40), 0.45, 0.55],
  ['less, when it could be guessed', topic('cap', 20, 40, 'choice'), 0.1, 0.25],
  [
    'as much as of other topics',
    { ...topic('rest', 40, 40), ...topic('auth', 40, 40), 'cap/a': '' },
    0.6,
    1,
  ],
])('of a topic is known before: %s', ([, questions, least, most]) => {
  const is = share(questions, 'cap')
  expect(is).toBeGreaterThan(least)
  expect(is).toBeLessThan(most)
})

test('one answer in one topic does not say much', () => {
  const before = share({ 'cap/text-1': '' }, 'cap')
  expect(share({ 'cap/text-1': '0-', 'cap/text-2': '' }, 'cap')).toBeGreaterThan(before - 0.12)
})

test('a right answer to a choice is believed less than one that was typed', () => {
  const { known } = believe({ 'cap/choice': '0+', 'cap/text': '0+' })
  expect(known[0]).toBeLessThan(known[1]!)
})

test('after a miss FSRS is believed', () => {
  const { known, learned, stability } = believe({ 'cap/a': '0+ 3-' })
  expect(known[0]).toBe(0)
  expect(learned[0]).toBe(stability[0])
})

test('without any weights every question counts alike', () => {
  const { weight } = believe({ 'cap/a': '', 'cap/b': '', 'cap/c': '', 'rest/a': '' })
  expect([...weight]).toEqual([0.25, 0.25, 0.25, 0.25])
})

test('with weights a topic counts as much as it was given, however many questions it has', () => {
  const questions = { 'cap/a': '', 'cap/b': '', 'cap/c': '', 'rest/a': '' }
  const { weight } = believe(questions, new Map([['rest', 3]]))
  expect([...weight]).toEqual([1 / 12, 1 / 12, 1 / 12, 3 / 4])
})

test('nothing to ask is nothing to believe', () => {
  expect(believe({}).topics).toEqual([])
})

test('parts sum up to one, and probabilities are some', () => {
  fc.assert(
    fc.property(anyGround, ({ candidates, memory }) => {
      const of = beliefs(
        candidates,
        new Pasts(memory.questions, candidates),
        new Map([['cap', 2.5]]),
      )
      expect(of.weight.reduce((sum, it) => sum + it, 0)).toBeCloseTo(1, 9)
      for (const it of candidates.keys()) {
        expect(of.known[it]).toBeGreaterThanOrEqual(0)
        expect(of.known[it]).toBeLessThanOrEqual(1)
        expect(of.last[it] === NEVER).toBe(!memory.questions.has(candidates[it]!.id))
      }
    }),
  )
})
