import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stampede } from '../../src/labs/stampede.ts'

const signs = (
  guard: string,
  load: number,
  requests: readonly (readonly [at: number, process: string, key: string])[],
  misconception?: string,
) => {
  const { result, supposed } = stampede.run({
    guard,
    load,
    times: requests.map(it => it[0]),
    processes: requests.map(it => it[1]),
    keys: requests.map(it => it[2]),
  })
  const wrong = supposed.find(it => it.misconception === misconception)
  return (wrong?.result ?? result).split(': ')[1]
}

const LOG = [
  [0, 'a', 'x'],
  [10, 'b', 'x'],
  [20, 'a', 'x'],
  [30, 'a', 'y'],
  [90, 'c', 'x'],
  [100, 'c', 'x'],
] as const

/** L loads, w waits, o gets the old value, h hits. A load takes 100 ms. Worked out by hand. */
test.for<[guard: string, misconception: string | undefined, expected: string]>([
  ['none', undefined, 'LLLLLh'],
  ['process', undefined, 'LLwLLh'],
  ['shared', undefined, 'LwwLwh'],
  ['shared-and-old', undefined, 'LooLoh'],
  ['process', 'one-load-for-all', 'LwwLwh'],
  ['shared', 'lock-for-all-keys', 'Lwwwwh'],
  ['none', 'filled-at-once', 'LhhLhh'],
])('%s, %s: %s', ([guard, misconception, expected]) => {
  expect(signs(guard, 100, LOG, misconception)).toBe(expected)
})

const LOADS = /L/g

/** For one key, requests before the first load ends: all of them, one per process among them, or one. */
test('one key: everybody, one per process, or one', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 300 }),
          process: fc.constantFrom('a', 'b', 'c'),
        }),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      unsorted => {
        const requests = unsorted
          .toSorted((a, b) => a.at - b.at)
          .map(it => [it.at, it.process, 'x'] as const)
        const early = requests.filter(it => it[0] < requests[0]![0] + 100)
        const loads = (guard: string) => signs(guard, 100, requests)?.match(LOADS)?.length
        expect(loads('none')).toBe(early.length)
        expect(loads('process')).toBe(new Set(early.map(it => it[1])).size)
        expect(loads('shared')).toBe(1)
        expect(loads('shared-and-old')).toBe(1)
      },
    ),
  )
})
