import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistentHashing } from '../../src/labs/consistent-hashing.ts'
import { scenario } from '../../src/labs/lab.ts'

interface Outcome {
  keys: { at: number; before: string; after: string }[]
}

/** The ring walked step by step, one position at a time. */
function walked(points: readonly string[], key: number): string {
  for (let at = key; ; at = (at + 1) % 100) {
    const found = points.find(it => Number(it.slice(1)) === at)
    if (found !== undefined) return found[0]!
  }
}

test('agrees with walking the ring step by step', () => {
  for (let seed = 0; seed < 200; seed++) {
    const values = scenario(consistentHashing, seed)
    const points = values['points'] as string[]
    const of = values['of'] as string[]
    const rest = points.filter(it => !of.includes(it))
    const all = [...rest, ...of]
    const [before, after] = values['change'] === 'join' ? [rest, all] : [all, rest]
    for (const it of (consistentHashing.run(values).outcome as Outcome).keys) {
      expect(it.before).toBe(walked(before, it.at))
      expect(it.after).toBe(walked(after, it.at))
    }
  }
})

/** What the ring is there for (Karger 1997 §4): no key moves between two nodes that are there before and after. */
test('a key moves only to the node that joins, or from the one that leaves', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('join', 'leave'), (seed, change) => {
      const values = { ...scenario(consistentHashing, seed), change }
      const node = (values as unknown as { of: string[] }).of[0]![0]
      for (const it of (consistentHashing.run(values).outcome as Outcome).keys) {
        if (it.before !== it.after) expect(change === 'join' ? it.after : it.before).toBe(node)
      }
    }),
  )
})

test('worked out by hand, right and wrong', () => {
  const { result, supposed } = consistentHashing.run({
    points: ['A10', 'B40', 'C70', 'A85'],
    change: 'join',
    of: ['D25'],
    keys: [5, 15, 25, 30, 60, 90],
  })
  const told = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(result).toBe('2 of 6 keys moved: 15 to D and 25 to D')
  expect(told['node-before']).toBe('2 of 6 keys moved: 25 to D and 30 to D')
  expect(told['nearest-node']).toBe('2 of 6 keys moved: 25 to D and 30 to D')
  expect(told['modulo']).toBe('4 of 6 keys moved: 5 to B, 15 to D, 30 to C and 90 to C')
})
