import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writePolicy } from '../../src/labs/write-policy.ts'

const told = (policy: string, typed: string, misconception?: string) => {
  const { result, supposed } = writePolicy.run({ policy, first: 10, events: typed.split(' ') })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

/** The row holds 10 at first, the writes bring 11, 12, … Worked out by hand. */
test.for<[policy: string, events: string, misconception: string | undefined, expected: string]>([
  [
    'write-through',
    'read write read',
    undefined,
    'database 11, cache 11 after 2 reads (m10 and h11)',
  ],
  ['write-through', 'write crash read', undefined, 'database 11, cache 11 after 1 read (m11)'],
  [
    'write-behind',
    'write flush write crash read',
    undefined,
    'database 11, cache 11 after 1 read (m11)',
  ],
  ['write-behind', 'write write', undefined, 'database 10, cache 12 after 0 reads (none)'],
  ['write-around', 'read write', undefined, 'database 11, cache -- after 1 read (m10)'],
  [
    'cache-aside',
    'read write read read',
    undefined,
    'database 11, cache 11 after 3 reads (m10, m11 and h11)',
  ],
  [
    'write-behind',
    'write crash read',
    'flush-before-crash',
    'database 11, cache 11 after 1 read (m11)',
  ],
  [
    'write-behind',
    'write crash read',
    'cache-survives',
    'database 10, cache 11 after 1 read (h11)',
  ],
  [
    'cache-aside',
    'read write read',
    'old-entry-stays',
    'database 11, cache 10 after 2 reads (m10 and h10)',
  ],
])('%s: %s (%s)', ([policy, events, misconception, expected]) => {
  expect(told(policy, events, misconception)).toBe(expected)
})

const events = fc.array(fc.constantFrom('read', 'write', 'flush', 'crash'), {
  minLength: 1,
  maxLength: 12,
})

test('only write-behind can lose a confirmed write, and no policy lets a read see an old value while all is well', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(['write-through', 'write-around', 'cache-aside'] as const)),
      events,
      (policy, all) => {
        const steps = writePolicy.run({ policy, first: 0, events: all }).outcome as {
          event: string
          value?: number
          database: number
        }[]
        let written = 0
        for (const { event, value, database } of steps) {
          if (event === 'write') written++
          if (event === 'read') expect(value).toBe(written)
          expect(database).toBe(written)
        }
      },
    ),
  )
})

test('what write-behind has stored is what was written before the last flush that the queue lived to see', () => {
  fc.assert(
    fc.property(events, all => {
      const steps = writePolicy.run({ policy: 'write-behind', first: 0, events: all }).outcome as {
        database: number
      }[]
      const typed = all.map(it => it[0]).join('')
      const stored = [...typed.matchAll(/w[wr]*f/g)].at(-1)
      const writes = typed.slice(0, stored === undefined ? 0 : stored.index + stored[0].length)
      expect(steps.at(-1)?.database).toBe(writes.split('w').length - 1)
    }),
  )
})
