import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibilityTimeout } from '../../src/labs/visibility-timeout.ts'

const quiet = { visibility: 30, work: [20], extend: 0, crash: 0, receives: 3 }

/** A timeout of 30 s, three receipts at most. Worked out by hand. */
test.for<[what: string, changed: object, expected: string]>([
  ['quick work', {}, 'received at 0 s, gone at 20 s'],
  ['slow once', { work: [45, 20] }, 'received at 0 and 30 s, gone at 50 s'],
  ['always slow', { work: [45] }, 'received at 0, 30 and 60 s, to the DLQ at 90 s'],
  ['dies', { crash: 5 }, 'received at 0 and 30 s, gone at 50 s'],
  ['slow with heartbeat', { work: [200], extend: 10 }, 'received at 0 s, gone at 200 s'],
  [
    'dies with heartbeat',
    { work: [90, 20], extend: 10, crash: 25 },
    'received at 0 and 50 s, gone at 70 s',
  ],
  ['crash after the end', { crash: 25 }, 'received at 0 s, gone at 20 s'],
])('%s', ([, changed, expected]) => {
  expect(visibilityTimeout.run({ ...quiet, ...changed }).result).toBe(expected)
})

/** The example of the API reference: 60 s, changed to 10 s after 15, is visible after 25 (here: to 60 s, so after 75). */
test('an extension counts from the call', () => {
  const { result } = visibilityTimeout.run({
    ...quiet,
    visibility: 60,
    work: [100, 10],
    extend: 15,
    crash: 20,
  })
  expect(result).toBe('received at 0 and 75 s, gone at 85 s')
})

test.for<[misconception: string, changed: object, expected: string]>([
  ['received-is-gone', { work: [45] }, 'received at 0 s, gone at 45 s'],
  ['late-delete-counts', { work: [45] }, 'received at 0 and 30 s, gone at 45 s'],
  ['crash-is-noticed', { crash: 5 }, 'received at 0 and 5 s, gone at 25 s'],
  [
    'extension-adds',
    { work: [90, 20], extend: 10, crash: 25 },
    'received at 0 and 90 s, gone at 110 s',
  ],
  ['retries-on-top', { work: [45] }, 'received at 0, 30, 60 and 90 s, to the DLQ at 120 s'],
])('%s', ([misconception, changed, expected]) => {
  const { supposed } = visibilityTimeout.run({ ...quiet, ...changed })
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

test('with workers that live, it is received once if and only if the work fits into the timeout or is extended', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 1 }),
      (visibility, work, extend) => {
        const { outcome } = visibilityTimeout.run({ ...quiet, visibility, work: [work], extend })
        const { runs } = outcome as { runs: unknown[] }
        expect(runs.length === 1).toBe(extend > 0 || work < visibility)
      },
    ),
  )
})
