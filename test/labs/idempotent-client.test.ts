import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idempotentClient } from '../../src/labs/idempotent-client.ts'

const run = (replies: readonly string[], attempts = replies.length) =>
  idempotentClient.run({ attempts, base: 1, retryAfter: 10, replies })

/** First pause 1 s, `Retry-After: 10`. Worked out by hand. */
test.for<[replies: string[], expected: string]>([
  [['201'], '1 call, 0 s of pauses, order placed'],
  [['timeout', 'timeout', 'timeout'], '3 calls, 3 s of pauses, outcome unknown'],
  [['reset', '503', '201'], '3 calls, 11 s of pauses, order placed'],
  [['429', '402', '201'], '2 calls, 10 s of pauses, refused'],
  [['timeout', '409-running', '201'], '3 calls, 3 s of pauses, order placed'],
  [['timeout', '409-taken', '201'], '2 calls, 1 s of pauses, refused'],
  [['502', '504', '408', '429'], '4 calls, 7 s of pauses, outcome unknown'],
])('%o: %s', ([replies, expected]) => {
  expect(run(replies).result).toBe(expected)
})

test.for<[misconception: string, expected: string]>([
  ['timeouts-only', '2 calls, 1 s of pauses, refused'],
  ['any-answer-is-success', '2 calls, 1 s of pauses, order placed'],
  ['each-409-final', '3 calls, 11 s of pauses, refused'],
  ['pauses-after-last', '4 calls, 23 s of pauses, outcome unknown'],
  ['own-backoff-only', '4 calls, 7 s of pauses, outcome unknown'],
])('%s after a timeout, a 503, a 409 in progress and a reset', ([misconception, expected]) => {
  const { supposed } = run(['timeout', '503', '409-running', 'reset'])
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

test('whoever repeats refusals calls three times and is served in the end', () => {
  const { result, supposed } = run(['timeout', '402', '201'])
  expect(result).toBe('2 calls, 1 s of pauses, refused')
  expect(supposed.find(it => it.misconception === 'repeats-refusals')?.result).toBe(
    '3 calls, 3 s of pauses, order placed',
  )
})

/** Three attempts have two pauses (E-064), and n attempts without `Retry-After` take base × (2^(n-1) - 1). */
test('n failures have n - 1 pauses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), n => {
      const { calls } = run(new Array<string>(n).fill('timeout')).outcome as {
        calls: { pause: number }[]
      }
      expect(calls.filter(it => it.pause > 0)).toHaveLength(n - 1)
      expect(calls.reduce((sum, it) => sum + it.pause, 0)).toBe(2 ** (n - 1) - 1)
    }),
  )
})
