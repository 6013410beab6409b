import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idempotentServer } from '../../src/labs/idempotent-server.ts'

const designs = ['three-commits', 'save-last', 'lease', 'lease-unique', 'transaction']
const crashes = ['before-order', 'after-order', 'after-save']

/** Retries after 1, 6 and 70 minutes, when a lease takes 5 and a key is kept for 60. `N` is a new order, `1` the first one. */
const run = (design: string, crash: string, retries: readonly number[] = [1, 6, 70]) =>
  idempotentServer.run({ design, crash, lease: 5, keep: 60, retries })

/** Worked out by hand from what each commit leaves behind; see the table of `same-transaction` in questions/idempotency.yaml. */
test.for<[design: string, crash: string, expected: string]>([
  ['three-commits', 'before-order', '409, 409, new order; 1 order'],
  ['three-commits', 'after-order', '409, 409, new order; 2 orders'],
  ['three-commits', 'after-save', 'old order, old order, new order; 2 orders'],
  ['save-last', 'before-order', 'new order, old order, new order; 2 orders'],
  ['save-last', 'after-order', 'new order, old order, new order; 3 orders'],
  ['save-last', 'after-save', 'old order, old order, new order; 2 orders'],
  ['lease', 'before-order', '409, new order, new order; 2 orders'],
  ['lease', 'after-order', '409, new order, new order; 3 orders'],
  ['lease-unique', 'before-order', '409, new order, old order; 1 order'],
  ['lease-unique', 'after-order', '409, old order, old order; 1 order'],
  ['lease-unique', 'after-save', 'old order, old order, old order; 1 order'],
  ['transaction', 'before-order', 'new order, old order, new order; 2 orders'],
  ['transaction', 'after-order', 'new order, old order, new order; 2 orders'],
  ['transaction', 'after-save', 'old order, old order, new order; 2 orders'],
])('%s, dies %s: %s', ([design, crash, expected]) => {
  expect(run(design, crash).result).toBe(expected)
})

test.for<[misconception: string, design: string, expected: string]>([
  ['key-allows-one', 'lease', 'old order, old order, old order; 1 order'],
  ['crash-rolls-back', 'lease', 'new order, old order, new order; 2 orders'],
  ['mark-stays', 'lease', '409, 409, new order; 2 orders'],
  ['crash-frees-key', 'lease', 'new order, old order, new order; 3 orders'],
  ['retry-finds-order', 'save-last', 'old order, old order, old order; 1 order'],
])('%s with %s', ([misconception, design, expected]) => {
  const { supposed } = run(design, 'after-order')
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

test('one transaction, and a constraint on the order, never place two while the key is kept', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...designs),
      fc.constantFrom(...crashes),
      fc.array(fc.integer({ min: 1, max: 59 }), { minLength: 1, maxLength: 6 }),
      (design, crash, unsorted) => {
        const { outcome } = run(
          design,
          crash,
          unsorted.toSorted((a, b) => a - b),
        )
        const { orders } = (outcome as { orders: number }[]).at(-1)!
        if (design === 'transaction' || design === 'lease-unique')
          expect(orders).toBeLessThanOrEqual(1)
        else expect(orders).toBeLessThanOrEqual(2)
      },
    ),
  )
})
