import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outbox } from '../../src/labs/outbox.ts'

const fates = ['fine', 'conflict', 'crash', 'broker-away', 'relay-dies']
const run = (design: string, orders: readonly string[] = fates) => outbox.run({ design, orders })

/** One order for each fate; worked out by hand from what is committed and what is published when. */
test.for<[design: string, expected: string]>([
  ['commit-then-publish', 'rows 1 3 4 5; events 1 5'],
  ['publish-then-commit', 'rows 1 5; events 1 2 3 5'],
  ['outbox', 'rows 1 4 5; events 1 4 5 5'],
])('%s: %s', ([design, expected]) => {
  expect(run(design).result).toBe(expected)
})

test.for<[misconception: string, design: string, expected: string]>([
  ['all-or-nothing', 'publish-then-commit', 'rows 1 5; events 1 5'],
  ['all-or-nothing', 'commit-then-publish', 'rows 1 5; events 1 5'],
  ['sent-in-the-end', 'commit-then-publish', 'rows 1 3 4 5; events 1 3 4 5'],
  ['relay-sends-once', 'outbox', 'rows 1 4 5; events 1 4 5'],
  ['broker-away-loses', 'outbox', 'rows 1 4 5; events 1 5 5'],
  ['insert-is-stored', 'outbox', 'rows 1 3 4 5; events 1 4 5 5'],
])('%s with %s: %s', ([misconception, design, expected]) => {
  const { supposed } = run(design)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

/** What the pattern is for: an event exactly for the orders that exist, at least once. */
test('an outbox neither loses nor invents events; each dual write does one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 8 }), orders => {
      const steps = (design: string) =>
        run(design, orders).outcome as { row: boolean; events: number }[]
      expect(steps('outbox').every(it => it.row === it.events > 0)).toBe(true)
      expect(steps('commit-then-publish').every(it => it.row || it.events === 0)).toBe(true)
      expect(steps('publish-then-commit').every(it => !it.row || it.events > 0)).toBe(true)
    }),
  )
})
