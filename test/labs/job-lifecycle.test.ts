import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jobLifecycle } from '../../src/labs/job-lifecycle.ts'

const { parameters } = jobLifecycle
const all = parameters['events']!.type === 'texts' ? [...parameters['events']!.of!] : []

const run = (events: string, attempts = 2) =>
  jobLifecycle.run({ attempts, events: events.split(' ') })

/** Two attempts at most. Worked out by hand. */
test.for<[events: string, expected: string]>([
  ['pick start done', 'SUCCESS, 1 attempt'],
  ['pick start error requeue pick start done', 'SUCCESS, 2 attempts'],
  ['pick start error requeue pick start error', 'FAILED, 2 attempts, dead letter'],
  ['pick start invalid requeue pick', 'FAILED, 1 attempt, dead letter'],
  ['pick lost done requeue pick', 'PICKED_UP, 2 attempts'],
  ['pick start lost requeue pick start lost done', 'FAILED, 2 attempts, dead letter'],
  ['pick start done lost requeue', 'SUCCESS, 1 attempt'],
  ['start done', 'QUEUED, 0 attempts'],
])('%s: %s', ([events, expected]) => {
  expect(run(events).result).toBe(expected)
})

test.for<[misconception: string, events: string, expected: string]>([
  ['retries-on-top', 'pick start error requeue pick start error', 'RETRY, 2 attempts'],
  ['invalid-again', 'pick start invalid', 'RETRY, 1 attempt'],
  ['lost-is-free', 'pick lost requeue pick lost', 'RETRY, 0 attempts'],
  ['last-word-counts', 'pick start lost done', 'SUCCESS, 1 attempt'],
])('%s: %s', ([misconception, events, expected]) => {
  const { supposed } = run(events)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

test('a job that has ended stays as it is, and no job is picked up too often', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 16 }),
      fc.integer({ min: 1, max: 3 }),
      (events, attempts) => {
        const steps = run(events.join(' '), attempts).outcome as {
          from: string
          to: string
          attempts: number
        }[]
        for (const { from, to, attempts: made } of steps) {
          if (from === 'SUCCESS' || from === 'FAILED') expect(to).toBe(from)
          expect(made).toBeLessThanOrEqual(attempts)
        }
      },
    ),
  )
})
