import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beliefs, copied, NEVER } from '../../src/memory/belief.ts'
import { USUAL } from '../../src/memory/pace.ts'
import { Pasts } from '../../src/memory/pasts.ts'
import { ask, recallOn, worth } from '../../src/memory/worth.ts'
import { anyGround, ground } from './ground.ts'

const gains = (questions: Readonly<Record<string, string>>, day: number, by: number) => {
  const { candidates, memory } = ground(questions)
  const { gain } = worth(
    beliefs(candidates, new Pasts(memory.questions, candidates), new Map()),
    day,
    by,
    USUAL,
  )
  return [...candidates.keys()].map(gain)
}

/** Each row: two questions of which the first is worth more, on day 0, for an interview on some day. */
test.for<[story: string, by: number, more: string, less: string]>([
  ['what was missed, over what was not', 7, '-2-', '-2+'],
  ['what was missed long ago, over yesterday', 7, '-9-', '-1-'],
  ['what was missed for the second time, over what was learned since', 7, '-9- -4-', '-9- -4+'],
  ['what was never asked, over what was right', 7, '', '-2+'],
])('%s', ([, by, more, less]) => {
  const [first, second] = gains({ 'cap/text-1': more, 'cap/text-2': less, 'rest/a': '-5-' }, 0, by)
  expect(first).toBeGreaterThan(second!)
})

test('on the day itself what is forgotten is won back whole', () => {
  const { candidates, memory } = ground({ 'cap/a': '-9-' })
  const of = beliefs(candidates, new Pasts(memory.questions, candidates), new Map())
  expect(worth(of, 0, 0, USUAL).gain(0)).toBeCloseTo(1 - recallOn(of, 0, 0, 0), 12)
})

test('a question that is likely to be missed takes longer', () => {
  const { candidates, memory } = ground({ 'cap/text-1': '-9-', 'cap/text-2': '-9- -2+' })
  const { seconds } = worth(
    beliefs(candidates, new Pasts(memory.questions, candidates), new Map()),
    0,
    7,
    USUAL,
  )
  expect(seconds(0)).toBeGreaterThan(seconds(1))
})

const days = fc.integer({ min: 0, max: 60 })

test('nothing is lost by asking, and no more is gained than is missing', () => {
  fc.assert(
    fc.property(anyGround, days, ({ candidates, memory }, by) => {
      const of = beliefs(candidates, new Pasts(memory.questions, candidates), new Map())
      const { gain, most, seconds } = worth(of, 0, by, USUAL)
      for (const it of candidates.keys()) {
        const missing = of.weight[it]! * (1 - recallOn(of, it, by, 0))
        expect(gain(it)).toBeGreaterThanOrEqual(0)
        expect(gain(it)).toBeLessThanOrEqual(missing + 1e-9)
        if (of.last[it] !== NEVER) expect(gain(it)).toBeLessThanOrEqual(most(it) + 1e-12)
        expect(seconds(it)).toBeGreaterThanOrEqual(USUAL.laterRight)
        expect(seconds(it)).toBeLessThanOrEqual(USUAL.firstWrong)
      }
    }),
  )
})

test('having asked brings what it was worth', () => {
  fc.assert(
    fc.property(anyGround, fc.integer({ min: 1, max: 60 }), ({ candidates, memory }, by) => {
      const of = beliefs(candidates, new Pasts(memory.questions, candidates), new Map())
      const then = copied(of)
      const { gain } = worth(of, 0, by, USUAL)
      for (const it of candidates.keys()) {
        if (of.last[it] === NEVER) continue
        const before = recallOn(of, it, by, 0)
        ask(then, it, 0, by)
        const after = recallOn(then, it, by, 0)
        expect(of.weight[it]! * (after - before)).toBeCloseTo(gain(it), 6)
      }
    }),
  )
})

test('recall falls with time', () => {
  fc.assert(
    fc.property(anyGround, days, ({ candidates, memory }, day) => {
      const of = beliefs(candidates, new Pasts(memory.questions, candidates), new Map())
      for (const it of candidates.keys()) {
        expect(recallOn(of, it, day + 1, 0)).toBeLessThanOrEqual(recallOn(of, it, day, 0))
      }
    }),
  )
})
