import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statusMonitor } from '../../src/labs/status-monitor.ts'

const run = (wait: number, work: number, fails: boolean, retryAfter: number) =>
  statusMonitor.run({ wait, work, fails, retryAfter })

/** Worked out by hand. */
test.for<[wait: number, work: number, fails: boolean, every: number, expected: string]>([
  [12, 9, false, 5, '2 × queued, 2 × running, succeeded; known at 25 s, 7 requests'],
  [3, 4, false, 10, 'succeeded; known at 10 s, 3 requests'],
  [7, 4, true, 6, 'queued, failed; known at 12 s, 3 requests'],
  [3, 9, true, 5, '2 × running, failed; known at 15 s, 4 requests'],
])(
  '%i s queued, %i s of work, fails: %s, every %i s: %s',
  ([wait, work, fails, every, expected]) => {
    expect(run(wait, work, fails, every).result).toBe(expected)
  },
)

test.for<[misconception: string, expected: string]>([
  ['starts-at-once', 'running, succeeded; known at 10 s, 4 requests'],
  ['accepted-is-done', 'succeeded; known at 5 s, 3 requests'],
  ['polls-at-once', '3 × queued, 2 × running, succeeded; known at 25 s, 8 requests'],
  ['told-at-the-end', '2 × queued, 2 × running, succeeded; known at 21 s, 7 requests'],
])('%s', ([misconception, expected]) => {
  const { supposed } = run(12, 9, false, 5)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

/** polls = ceil(time / interval), and nobody is a whole interval late. */
test('the first poll at or after the end is the last one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 5, max: 20 }),
      fc.boolean(),
      (wait, work, every, fails) => {
        const { polls, learns } = run(wait, work, fails, every).outcome as {
          polls: unknown[]
          learns: number
        }
        expect(polls).toHaveLength(Math.ceil((wait + work) / every))
        expect(learns - wait - work).toBeGreaterThanOrEqual(0)
        expect(learns - wait - work).toBeLessThan(every)
      },
    ),
  )
})
