import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eviction } from '../../src/labs/eviction.ts'

const told = (policy: string, capacity: number, keys: string, misconception?: string) => {
  const { result, supposed } = eviction.run({ policy, capacity, keys: [...keys] })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

/** Worked out by hand, with three places. */
test.for<[policy: string, keys: string, misconception: string | undefined, expected: string]>([
  ['LRU', 'abcadb', undefined, '1 hit, evicted b and c, at the end a, b and d'],
  ['FIFO', 'abcadb', undefined, '2 hits, evicted a, at the end b, c and d'],
  ['LFU', 'aabbcdc', undefined, '2 hits, evicted c and d, at the end a, b and c'],
  ['LFU', 'abcad', undefined, '1 hit, evicted b, at the end a, c and d'],
  ['LRU', 'abcadb', 'by-arrival', '2 hits, evicted a, at the end b, c and d'],
  ['LRU', 'abcd', 'newest-goes', '0 hits, evicted c, at the end a, b and d'],
  ['LFU', 'aabbcdcd', 'counts-survive', '2 hits, evicted c, d and a, at the end b, c and d'],
])('%s: %s (%s): %s', ([policy, keys, misconception, expected]) => {
  expect(told(policy, 3, keys, misconception)).toBe(expected)
})

const keys = fc
  .array(fc.constantFrom(...'abcde'), { minLength: 1, maxLength: 20 })
  .map(it => it.join(''))

/** Stack distance (Mattson 1970): under LRU an access hits if fewer than `capacity` other keys came since its last one. */
test('LRU hits by stack distance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), keys, (capacity, all) => {
      const hits = [...all].filter((key, i) => {
        const last = all.lastIndexOf(key, i - 1)
        return i > 0 && last >= 0 && new Set(all.slice(last + 1, i)).size < capacity
      }).length
      expect(told('LRU', capacity, all)).toMatch(new RegExp(`^${hits} hits?,`))
    }),
  )
})

test('FIFO is a queue', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), keys, (capacity, all) => {
      let queue = ''
      let hits = 0
      for (const key of all) {
        if (queue.includes(key)) hits++
        else queue = (queue + key).slice(-capacity)
      }
      expect(told('FIFO', capacity, all)).toMatch(new RegExp(`^${hits} hits?,`))
    }),
  )
})
