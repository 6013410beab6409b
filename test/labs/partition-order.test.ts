import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionOrder } from '../../src/labs/partition-order.ts'

const run = (keys: readonly string[], added = 1, after = 3, partitions = 2) =>
  partitionOrder.run({ partitions, added, after, keys })

/** Two partitions, a third one after three messages. Worked out by hand. */
test.for<[keys: string[], expected: string]>([
  [['4', '4', '4'], 'order certain for 1-2 and 2-3'],
  [['4', '6', '5'], 'order certain for 1-2'],
  [['4', '4', '4', '4'], 'order certain for 1-2 and 2-3'],
  [['6', '6', '6', '6'], 'order certain for 1-2, 2-3 and 3-4'],
  [['4', '5', '6', '7'], 'order certain for no neighbours'],
])('keys %o: %s', ([keys, expected]) => {
  expect(run(keys).result).toBe(expected)
})

test.for<[misconception: string, expected: string]>([
  ['whole-topic', 'order certain for 1-2, 2-3, 3-4 and 4-5'],
  ['same-key-always', 'order certain for 3-4'],
  ['keys-stay', 'order certain for 1-2, 2-3 and 3-4'],
  ['messages-move', 'order certain for 3-4 and 4-5'],
])('%s', ([misconception, expected]) => {
  // Partitions 0 0 0, then 1 1; all by 2: 0 0 0 0 1; all by 3: 1 0 1 1 1.
  const { result, supposed } = run(['4', '6', '10', '10', '7'])
  expect(result).toBe('order certain for 1-2, 2-3 and 4-5')
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

test('messages of one key stay in order as long as no partition is added', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 12 }),
      (partitions, keys) => {
        const { certain } = run(keys.map(String), 0, 3, partitions).outcome as {
          certain: boolean[]
        }
        for (const [index, it] of certain.entries()) {
          if (keys[index] === keys[index + 1] || partitions === 1) expect(it).toBe(true)
        }
      },
    ),
  )
})
