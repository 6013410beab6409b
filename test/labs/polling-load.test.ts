import { expect, test } from 'vitest'
import { pollingLoad } from '../../src/labs/polling-load.ts'

const run = (transport: string, users: number, interval: number, changes = 20) =>
  pollingLoad.run({ transport, users, interval, changes })

/** 1,000 users every 5 s are 200 requests a second; 10,000 loops that sleep a second are 10,000 reads. */
test.for<
  [transport: string, users: number, interval: number, reads: number, late: number, open: number]
>([
  ['polling', 1000, 5, 200, 2.5, 0],
  ['sse-loop', 10_000, 1, 10_000, 0.5, 10_000],
  ['sse-pubsub', 10_000, 1, 20, 0, 10_000],
])(
  '%s of %i users every %i s: %i reads, %f s late, %i open',
  ([transport, users, interval, reads, late, open]) => {
    expect(run(transport, users, interval).outcome).toMatchObject({ reads, late, open })
  },
)

/** By brute force: users evenly spread over the interval, changes at every tenth of a second. */
test('agrees with a count of polls and waits', () => {
  const [users, interval] = [40, 8]
  const polls = Array.from({ length: users }, (_, i) => (i * interval) / users)
  const perSecond = polls.length / interval
  const waits = Array.from({ length: 800 }, (_, i) => {
    const change = (i + 0.5) / 100
    return polls.map(it => (it - change + interval) % interval)
  }).flat()
  const mean = waits.reduce((sum, it) => sum + it, 0) / waits.length
  const outcome = run('polling', users, interval).outcome as { reads: number; late: number }
  expect(outcome.reads).toBe(perSecond)
  expect(outcome.late).toBeCloseTo(mean, 1)
})

test('what misconceptions say, by hand', () => {
  const said = (transport: string) =>
    Object.fromEntries(run(transport, 1000, 5).supposed.map(it => [it.misconception, it.result]))
  expect(said('polling')['a-poll-a-second']).toMatch(/^1000 reads/)
  expect(said('polling')['late-by-the-interval']).toMatch(/news 5 s/)
  expect(said('sse-loop')['loop-and-channel-mixed-up']).toMatch(/^20 reads/)
  expect(said('sse-pubsub')['loop-and-channel-mixed-up']).toMatch(/^200 reads/)
})
