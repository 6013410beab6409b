import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokenBucket } from '../../src/labs/token-bucket.ts'

const verdicts = (capacity: number, refill: number, arrivals: readonly number[]) =>
  (tokenBucket.run({ capacity, refill, arrivals }).outcome as { admitted: boolean }[])
    .map(it => (it.admitted ? '#' : '.'))
    .join('')

/** One row per arrival pattern; `#` was admitted, `.` was refused. Worked out by hand. */
test.for<[capacity: number, refill: number, arrivals: number[], expected: string]>([
  [2, 1, [0, 0, 0], '##.'],
  [2, 1, [0, 0, 0, 1, 1], '##.#.'],
  [1, 2, [0, 0.25, 0.5], '#.#'],
  [5, 2, [0, 0, 0.5, 1], '####'],
])('%i tokens, %f a second, arrivals %o: %s', ([capacity, refill, arrivals, expected]) => {
  expect(verdicts(capacity, refill, arrivals)).toBe(expected)
})

/** The bound that a token bucket is there for: at most capacity + refill × t in any t seconds. */
test('never lets in more than capacity + refill × t', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(0.5, 1, 2),
      fc.array(
        fc.integer({ min: 0, max: 80 }).map(it => it / 4),
        { minLength: 1, maxLength: 30 },
      ),
      (capacity, refill, unsorted) => {
        const arrivals = unsorted.toSorted((a, b) => a - b)
        const admitted = arrivals.filter((_, i) => verdicts(capacity, refill, arrivals)[i] === '#')
        for (const [i, from] of admitted.entries()) {
          for (const [j, to] of admitted.entries()) {
            if (j >= i) expect(j - i + 1).toBeLessThanOrEqual(capacity + refill * (to - from))
          }
        }
      },
    ),
  )
})
