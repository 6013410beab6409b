import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bulkhead } from '../../src/labs/bulkhead.ts'

interface Steady {
  readonly needed: number
  readonly served: number
  readonly rejected: number
  readonly takes: number
}

const outcome = (rate: number, latency: number, limit: number, queue: number) =>
  bulkhead.run({ rate, latency, limit, queue }).outcome as Steady

/** L = λ × W: 200 rps × 0.25 s = 50 in flight. */
test('Little’s law', () => {
  expect(outcome(200, 250, 60, 0)).toMatchObject({ needed: 50, rejected: 0, takes: 250 })
})

/** Calls one by one, in milliseconds: the same in the long run as the formula says. */
test('agrees with a pool that really serves calls', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(10, 20, 50, 100),
      fc.constantFrom(100, 200, 500),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 0, max: 6 }),
      (rate, latency, limit, queue) => {
        const free = new Array<number>(limit).fill(0)
        const starts: number[] = []
        const seconds = 60
        let rejected = 0
        let took = 0
        for (let n = 0; n < rate * seconds; n++) {
          const at = (n * 1000) / rate
          const waiting = starts.filter(it => it > at).length
          const place = free.indexOf(Math.min(...free))
          const late = at >= (seconds - 20) * 1000
          if (free[place]! > at && waiting >= queue) {
            if (late) rejected++
            continue
          }
          const start = Math.max(at, free[place]!)
          free[place] = start + latency
          starts.push(start)
          while (starts.length > 100) starts.shift()
          if (late) took = Math.max(took, start + latency - at)
        }
        const it = outcome(rate, latency, limit, queue)
        expect(Math.abs(rejected / 20 - it.rejected)).toBeLessThan(limit / 10 + 1)
        // A call that is let in finds less than a full queue now and then.
        expect(took).toBeLessThanOrEqual(it.takes + latency)
        expect(took).toBeGreaterThanOrEqual(it.takes - latency)
      },
    ),
    { numRuns: 40 },
  )
})

test('what wrong rules say, by hand', () => {
  const { result, supposed } = bulkhead.run({ rate: 100, latency: 500, limit: 20, queue: 10 })
  expect(result).toBe('20 running, 10 waiting, 60/s rejected; a call takes 750 ms')
  expect(
    Object.fromEntries(supposed.map(it => [it.misconception, it.result.split(';')[0]])),
  ).toEqual({
    'limit-is-a-rate': '20 running, 10 waiting, 80/s rejected',
    'queue-serves': '20 running, 10 waiting, 40/s rejected',
    'queue-absorbs-all': '20 running, 10 waiting, 0/s rejected',
    'divides-rate-by-latency': '20 running, 10 waiting, 90/s rejected',
    'all-beyond-the-places': '20 running, 10 waiting, 30/s rejected',
  })
})
