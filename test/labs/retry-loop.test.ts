import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryLoop } from '../../src/labs/retry-loop.ts'

/** The sum that the seed gets wrong: 3 attempts have two sleeps, 1 s and 2 s (errata E-064); the rest by hand. */
test.for<[attempts: number, answers: string[], result: string]>([
  [3, ['timeout'], '3 calls, 3 s slept, ends with timeout'],
  [4, ['timeout'], '4 calls, 7 s slept, ends with timeout'],
  [1, ['503'], '1 call, 0 s slept, ends with 503'],
  [5, ['503', '201'], '2 calls, 1 s slept, ends with 201'],
  [5, ['429', '409 in flight', '409 slot taken'], '3 calls, 3 s slept, ends with 409 slot taken'],
  [5, ['408', '501', '201'], '2 calls, 1 s slept, ends with 501'],
])('%i attempts, %o: %s', ([attempts, answers, result]) => {
  expect(retryLoop.run({ attempts, base: 1, answers }).result).toBe(result)
})

test('n failing attempts sleep base × (2^(n − 1) − 1)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.constantFrom(0.5, 1, 3), (attempts, base) => {
      const { outcome } = retryLoop.run({ attempts, base, answers: ['503'] })
      expect((outcome as { total: number }).total).toBe(base * (2 ** (attempts - 1) - 1))
    }),
  )
})

test('what wrong rules say, by hand', () => {
  const { supposed } = retryLoop.run({
    attempts: 3,
    base: 1,
    answers: ['503', '409 in flight', '503', '201'],
  })
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'sleeps-after-the-last': '3 calls, 7 s slept, ends with 503',
    'attempts-are-retries': '4 calls, 7 s slept, ends with 201',
    '5xx-yes-4xx-no': '2 calls, 1 s slept, ends with 409 in flight',
    'every-409-is-final': '2 calls, 1 s slept, ends with 409 in flight',
    'any-answer-is-the-end': '1 call, 0 s slept, ends with 503',
  })
})
