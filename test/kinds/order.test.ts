import { describe, expect, test } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { type OrderFields, order } from '../../src/kinds/order.ts'
import { dice, notes, permutations, shown } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const steps = ['DNS', 'TCP', 'TLS', 'HTTP', 'close']
const question = (count: number): OrderFields => ({
  items: steps.slice(0, count).map(text => ({ text, why: `why ${text}` })),
})
const all = (count: number) => permutations(steps.slice(0, count).map((_, index) => index))

describe.for([3, 4, 5])('%d items', count => {
  keepsItsPromises(order, question(count), all(count))

  test('chance earns nothing on average, before the floor at 0', () => {
    const scores = all(count).map(it => {
      const back = order.mark(question(count), it.toReversed()).score
      const there = order.mark(question(count), it).score
      // One of the two is at or below 0: an order and its reverse have all pairs between them.
      expect(Math.min(there, back)).toBe(0)
      return there
    })
    expect(Math.max(...scores)).toBe(1)
  })
})

/** Worked out by hand: pairs out of order of all pairs. */
test.for<[reply: number[], score: number]>([
  [[0, 1, 2, 3], 1],
  [[1, 0, 2, 3], 1 - 2 / 6],
  [[0, 2, 1, 3], 1 - 2 / 6],
  [[1, 2, 0, 3], 1 - 4 / 6],
  [[1, 0, 3, 2], 1 - 4 / 6],
  [[1, 2, 3, 0], 0],
  [[3, 0, 1, 2], 0],
  [[3, 2, 1, 0], 0],
])('%j earns %d', ([reply, score]) => {
  const mark = order.mark(question(4), reply)
  expect(mark.score).toBeCloseTo(score)
  expect(mark.right).toBe(score === 1)
})

test('notes say which item stands where it belongs, and why', () => {
  const mark = order.mark(question(3), [0, 2, 1])
  expect(notes(mark)).toEqual(['0 right taken', '1 wrong taken', '2 wrong taken'])
  expect(mark.notes.map(it => [it.text, it.why])).toEqual(
    steps.slice(0, 3).map(it => [it, `why ${it}`]),
  )
})

test('a whole order that people typically give is told why it is not right', () => {
  const near = [{ order: [0, 2, 1], why: 'TLS needs a connection first' }]
  const told = (reply: number[]) => order.mark({ ...question(3), near }, reply).notes.at(-1)
  expect(told([0, 2, 1])).toMatchObject({ right: false, taken: true, why: near[0]!.why })
  expect(told([2, 1, 0])).toMatchObject({ option: 2 })
  expect(told([0, 1, 2])).toMatchObject({ option: 2 })
})

describe('how an answer may be written', () => {
  const ask: Ask = {
    type: 'arrange',
    options: [2, 0, 1].map((index, place) => ({ key: 'abc'[place]!, text: steps[index]!, index })),
  }

  test.for<[answer: unknown]>([
    [['b', 'c', 'a']],
    ['bca'],
    ['b c a'],
    ['b, c, a'],
    ['b > c > a'],
    ['b -> c -> a'],
    ['231'],
    ['2 3 1'],
    [[2, 3, 1]],
  ])('%j', ([answer]) => {
    expect(order.read(question(3), ask, answer)).toEqual({ reply: [0, 1, 2] })
  })

  test.for<[answer: unknown, told: string]>([
    ['', 'name all 3 keys, first to last'],
    ['ab', 'name all 3 keys, first to last'],
    ['abca', '"a" is there twice'],
    ['abd', 'there is no option "d"; answer with a to c'],
    [{ a: 1 }, 'answer with a to c'],
    [null, 'answer with a to c'],
  ])('%j is malformed', ([answer, told]) => {
    expect(malformed(order, question(3), answer)).toBe(told)
  })
})

describe('shuffled on every showing', () => {
  const asked = Array.from({ length: 600 }, (_, seed) => order.ask(question(3), dice(seed)))

  test('never in the right order, in every other one, with keys down the screen', () => {
    const orders = new Map<string, number>()
    for (const ask of asked) orders.set(shown(ask), (orders.get(shown(ask)) ?? 0) + 1)
    expect(orders.has('DNS TCP TLS')).toBe(false)
    expect(orders.size).toBe(5)
    // The order that stands in for the right one may come twice as often.
    for (const count of orders.values()) expect(count).toBeGreaterThan(60)
    for (const ask of asked) {
      expect((ask as Extract<Ask, { type: 'arrange' }>).options.map(it => it.key)).toEqual([
        'a',
        'b',
        'c',
      ])
    }
  })
})
