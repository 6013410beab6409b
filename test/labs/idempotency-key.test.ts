import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idempotencyKey } from '../../src/labs/idempotency-key.ts'

interface Step {
  readonly at: number
  readonly key: string
  readonly verdict: string
  readonly status: number
}

const run = (requests: readonly string[]) =>
  idempotencyKey.run({ limit: 100, work: 5, keep: 10, requests })

const statuses = (requests: readonly string[]) =>
  (run(requests).outcome as Step[]).map(it => it.status)

/** Bank: up to 100; 5 s of work; keys for 10 minutes. The codes of the draft, 2.6 and 2.7, and a replay has the first status. */
test.for<[what: string, requests: string[], expected: number[]]>([
  ['done, then repeated', ['0:a:40', '5:a:40'], [201, 201]],
  ['repeated while it runs', ['0:a:40', '4:a:40'], [201, 409]],
  ['another body once it is done', ['0:a:40', '9:a:50'], [201, 422]],
  ['another body while it runs', ['0:a:40', '1:a:50'], [201, 422]],
  ['declined, then repeated', ['0:a:101', '9:a:101'], [402, 402]],
  ['another key for the same payment', ['0:a:40', '9:b:40'], [201, 201]],
  ['out of order as typed', ['9:a:50', '0:a:40'], [201, 422]],
])('%s', ([, requests, expected]) => {
  expect(statuses(requests)).toEqual(expected)
})

test('a key is known until 10 minutes after its first request, whatever came in between', () => {
  const verdicts = (run(['0:a:40', '300:a:40', '599:a:40', '600:a:40']).outcome as Step[]).map(
    it => it.verdict,
  )
  expect(verdicts).toEqual(['charged', 'replayed', 'replayed', 'charged'])
})

test.for<[misconception: string, requests: string[], expected: string]>([
  ['every-repeat-409', ['0:a:40', '9:a:40'], 'charged, 409; 40 charged; 1 call to the bank'],
  ['no-fingerprint', ['0:a:40', '9:a:50'], 'charged, replayed; 40 charged; 1 call to the bank'],
  [
    'other-body-other-payment',
    ['0:a:40', '9:a:50'],
    'charged, charged; 90 charged; 2 calls to the bank',
  ],
  ['kept-for-good', ['0:a:40', '600:a:40'], 'charged, replayed; 40 charged; 1 call to the bank'],
  ['successes-only', ['0:a:101', '9:a:101'], 'declined, declined; 0 charged; 2 calls to the bank'],
  ['known-when-done', ['0:a:40', '4:a:40'], 'charged, charged; 80 charged; 2 calls to the bank'],
])('%s', ([misconception, requests, expected]) => {
  expect(run(requests).supposed.find(it => it.misconception === misconception)?.result).toBe(
    expected,
  )
})

test('the bank is asked at most once in 10 minutes for a key', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc
          .tuple(
            fc.integer({ min: 0, max: 2000 }),
            fc.constantFrom('a', 'b'),
            fc.constantFrom(40, 50, 150),
          )
          .map(it => it.join(':')),
        { minLength: 1, maxLength: 12 },
      ),
      requests => {
        const asked = (run(requests).outcome as Step[]).filter(it =>
          ['charged', 'declined'].includes(it.verdict),
        )
        for (const [index, { key, at }] of asked.entries()) {
          const before = asked.slice(0, index).findLast(it => it.key === key)
          if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(600)
        }
      },
    ),
  )
})
