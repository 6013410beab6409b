import { describe, expect, test } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { type MatchFields, match } from '../../src/kinds/match.ts'
import { dice, notes, permutations, shown } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const codes = [
  ['401', 'who are you?'],
  ['403', 'you may not'],
  ['404', 'there is none'],
  ['410', 'there was one'],
] as const

const question = (pairs: number, extras = 0): MatchFields => ({
  pairs: codes.slice(0, pairs).map(([left, right]) => ({ left, right, why: `why ${left}` })),
  ...(extras > 0 && {
    extra: ['ask later', 'pay first']
      .slice(0, extras)
      .map(text => ({ text, why: `why not ${text}` })),
  }),
})

/** Every way to give each left side a right side of its own. */
function assignments(pairs: number, extras = 0): number[][] {
  const rights = Array.from({ length: pairs + extras }, (_, index) => index)
  return [
    ...new Map(
      permutations(rights).map(it => [it.slice(0, pairs).join(), it.slice(0, pairs)]),
    ).values(),
  ]
}

describe.for<[pairs: number, extras: number]>([
  [3, 0],
  [3, 2],
  [4, 0],
  [4, 1],
])('%d pairs and %d extras', ([pairs, extras]) => {
  keepsItsPromises(match, question(pairs, extras), assignments(pairs, extras))
})

test('a whole answer that people typically give is told why it is not right', () => {
  const near = [{ pairs: [1, 0, 2], why: '401 is about who, 403 about may' }]
  const told = (reply: number[]) => match.mark({ ...question(3), near }, reply).notes.at(-1)
  expect(told([1, 0, 2])).toMatchObject({ right: false, taken: true, why: near[0]!.why })
  expect(told([1, 2, 0])).toMatchObject({ option: 2 })
})

test.for<[reply: number[], score: number, told: string[]]>([
  [[0, 1, 2], 1, ['0 right taken', '1 right taken', '2 right taken']],
  [[1, 0, 2], 1 / 3, ['0 wrong taken', '1 wrong taken', '2 right taken']],
  [[0, 1, 3], 2 / 3, ['0 right taken', '1 right taken', '2 wrong taken', '- wrong taken']],
  [[1, 2, 0], 0, ['0 wrong taken', '1 wrong taken', '2 wrong taken']],
])('%j earns %d', ([reply, score, told]) => {
  const mark = match.mark(question(3, 1), reply)
  expect(mark.score).toBeCloseTo(score)
  expect([mark.right, notes(mark)]).toEqual([score === 1, told])
  const extra = reply.includes(3) ? ['why not ask later'] : []
  expect(mark.notes.map(it => it.why)).toEqual(['why 401', 'why 403', 'why 404', ...extra])
})

describe('how an answer may be written', () => {
  const ask: Ask = {
    type: 'pair',
    left: [0, 1, 2].map(index => ({ key: String(index + 1), text: codes[index]![0], index })),
    right: [2, 0, 1].map((index, place) => ({ key: 'abc'[place]!, text: codes[index]![1], index })),
  }

  test.for<[answer: unknown]>([
    [{ 1: 'b', 2: 'c', 3: 'a' }],
    [{ '1': 'B', ' 2 ': ' c', '3': '1' }],
    ['1b 2c 3a'],
    ['1b2c3a'],
    ['3a, 1b, 2c'],
    ['1=b; 2=c; 3=a'],
    ['1 -> b\n2 -> c\n3 -> a'],
    ['1:b 2:c 3:a'],
    ['1 b 2 c 3 a'],
    ['1B 2C 3A'],
  ])('%j', ([answer]) => {
    expect(match.read(question(3), ask, answer)).toEqual({ reply: [0, 1, 2] })
  })

  const how = 'pair each of 1 to 3 with one of a to c, like 1b 2a (in JSON {"1":"b","2":"a"})'
  test.for<[answer: unknown, told: string]>([
    ['', how],
    ['bca', how],
    ['b1 c2 a3', how],
    ['1b 2c 3', how],
    ['1b and 2c', how],
    [['b', 'c', 'a'], how],
    [null, how],
    [{ 1: 2, 2: 3, 3: 1 }, how],
    [{}, '1, 2, 3 still have no partner'],
    ['1b 2c', '3 still has no partner'],
    ['1b 2c 4a', 'there is no "4" on the left; it has 1 to 3'],
    ['1b 2c 3d', 'there is no "d" on the right; it has a to c'],
    ['1b 1c 3a', '"1" is there twice'],
    ['1b 2b 3a', '"b" is used twice'],
    [JSON.parse('{"__proto__":"a"}'), 'there is no "__proto__" on the left; it has 1 to 3'],
  ])('%j is malformed', ([answer, told]) => {
    expect(malformed(match, question(3), answer)).toBe(told)
  })
})

test('the right side is shuffled, the left one is not', () => {
  const asked = Array.from(
    { length: 300 },
    (_, seed) => match.ask(question(3), dice(seed)) as Extract<Ask, { type: 'pair' }>,
  )
  expect(new Set(asked.map(shown)).size).toBe(6)
  expect(
    new Set(asked.map(it => it.left.map(option => `${option.key} ${option.text}`).join())).size,
  ).toBe(1)
})
