import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Candidate } from '../../src/bank/candidates.ts'
import { grouped } from '../../src/memory/grouped.ts'
import { spread } from '../../src/memory/spread.ts'
import { seeded } from '../../src/random.ts'
import { anyChoosable, candidate, confused } from './candidates.ts'

const many = (topic: string, count: number) =>
  Array.from({ length: count }, (_, index) => candidate(`${topic}/${index + 1}`))

function drawn(
  candidates: readonly Candidate[],
  weakness: Readonly<Record<string, number>>,
  seed = 1,
  confusions: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Candidate[] {
  const byTopic = grouped(candidates, it => it.topic)
  return [...spread(byTopic, it => weakness[it] ?? 0.5, confusions, seeded(seed))]
}

/** Each row: how weak topics of four questions are, and the topics of the first questions, worked out by hand. */
test.for<[weakness: Record<string, number>, topics: string]>([
  [{ cap: 0.8, http: 0.5 }, 'cap http cap cap http cap http http'],
  [{ cap: 0.6, http: 0.2 }, 'cap cap cap|http cap|http cap|http http http http'],
  [{ cap: 0.9, http: 0.1 }, 'cap cap cap cap http http http http'],
])('%o is asked %s', ([weakness, topics]) => {
  const out = drawn([...many('cap', 4), ...many('http', 4)], weakness)
  for (const [index, either] of topics.split(' ').entries()) {
    expect(either.split('|'), `number ${index + 1}`).toContain(out[index]?.topic)
  }
})

test('equally weak topics take turns, in an order of the dice', () => {
  const all = ['cap', 'http', 'auth', 'rest'].flatMap(it => many(it, 3))
  const firsts = new Set<string>()
  for (let seed = 0; seed < 50; seed++) {
    const topics = drawn(all, {}, seed).map(it => it.topic)
    for (const round of [0, 4, 8]) expect(new Set(topics.slice(round, round + 4)).size).toBe(4)
    firsts.add(topics[0]!)
  }
  expect(firsts.size).toBe(4)
})

test('the second question of a topic is about what is confused with the first', () => {
  const codes = confused(['http/3', 'http/7'])
  for (let seed = 0; seed < 50; seed++) {
    const order = drawn(many('http', 9), {}, seed, codes).map(it => it.id)
    expect(Math.abs(order.indexOf('http/3') - order.indexOf('http/7'))).toBe(1)
  }
})

test('every question of a topic is as likely to be the first', () => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 2000; seed++) {
    const [{ id } = { id: '' }] = drawn(many('cap', 4), {}, seed)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  // Each is expected 500 times with a standard deviation of 19.4; five of them are never left by chance.
  for (const it of counts.values()) expect(Math.abs(it - 500)).toBeLessThan(97)
  expect(counts.size).toBe(4)
})

test('all are drawn, none twice', () => {
  fc.assert(
    fc.property(anyChoosable, fc.nat(), ({ candidates, confusions }, seed) => {
      const out = drawn(candidates, { http: 0.9, cap: 0.001 }, seed, confusions)
      expect(new Set(out)).toEqual(new Set(candidates))
      expect(out.length).toBe(candidates.length)
    }),
  )
})
