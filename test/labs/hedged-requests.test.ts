import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hedgedRequests } from '../../src/labs/hedged-requests.ts'

interface Read {
  readonly hedged: boolean
  readonly seen: number
}

/** By hand: 8 is quick, 90 loses against 20 + 8, 25 wins against 20 + 12, 300 loses against 20 + 100. */
test('the example', () => {
  const { result, supposed } = hedgedRequests.run({
    delay: 20,
    first: [8, 90, 25, 300],
    second: [10, 8, 12, 100],
  })
  expect(result).toBe('7 copies for 4 reads (75 % more); seen: 8, 28, 25, 120 ms')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'second-clock': '7 copies for 4 reads (75 % more); seen: 8, 8, 12, 100 ms',
    'replaces-the-first': '7 copies for 4 reads (75 % more); seen: 8, 28, 32, 120 ms',
    'both-at-once': '8 copies for 4 reads (100 % more); seen: 8, 8, 12, 100 ms',
    'waits-for-both': '7 copies for 4 reads (75 % more); seen: 8, 90, 32, 300 ms',
  })
})

/** Events on a clock, millisecond by millisecond. */
function watched(delay: number, first: number, second: number): Read {
  for (let now = 0; ; now++) {
    if (now === first) return { hedged: first > delay, seen: now }
    if (first > delay && now === delay + second) return { hedged: true, seen: now }
  }
}

test('agrees with a clock that is watched', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 0, max: 200 }),
      (delay, first, second) => {
        const { outcome } = hedgedRequests.run({ delay, first: [first], second: [second] })
        expect((outcome as Read[])[0]).toMatchObject(watched(delay, first, second))
      },
    ),
  )
})
