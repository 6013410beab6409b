import fc from 'fast-check'
import { expect, test } from 'vitest'
import { availability } from '../../src/labs/availability.ts'

const system = {
  needed: [99.9, 99.9, 99.9, 99.9, 99.9],
  times: [10, 20, 30, 40, 50],
  replica: 100,
  replicas: 1,
  optional: 90,
  together: false,
}
const run = (it: Partial<typeof system>) => availability.run({ ...system, ...it })

/** Figures of the syllabus: 5 × 99.9 % = 99.5 %; two copies of 99 % = 99.99 %. */
test('in series and in parallel', () => {
  expect(run({}).outcome).toMatchObject({ available: 99.5, time: 150 })
  expect(run({ together: true }).outcome).toMatchObject({ available: 99.5, time: 50 })
  expect(run({ needed: [100], times: [5], replica: 99, replicas: 2 }).outcome).toMatchObject({
    available: 99.99,
    store: 99.99,
  })
})

/** Every combination of parts that are up and down, each with its probability. */
test('agrees with counting all states', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(90, 95, 99), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(80, 90),
      fc.integer({ min: 1, max: 3 }),
      (needed, replica, replicas) => {
        const parts = [...needed, ...new Array<number>(replicas).fill(replica)].map(it => it / 100)
        let up = 0
        for (let state = 0; state < 2 ** parts.length; state++) {
          const alive = parts.map((_, i) => ((state >> i) & 1) === 1)
          if (!alive.slice(0, needed.length).every(it => it)) continue
          if (!alive.slice(needed.length).some(it => it)) continue
          up += parts.reduce((p, it, i) => p * (alive[i] ? it : 1 - it), 1)
        }
        const { outcome } = run({ needed, times: needed.map(() => 1), replica, replicas })
        expect(Math.abs((outcome as { available: number }).available - up * 100)).toBeLessThan(
          0.00501,
        )
      },
    ),
  )
})

test('what wrong rules say, by hand', () => {
  const { result, supposed } = run({
    needed: [99, 98],
    times: [100, 40],
    replica: 90,
    replicas: 2,
    optional: 90,
    together: true,
  })
  expect(result).toBe('96.05 % available, 100 ms of calls')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'weakest-link': '98 % available, 100 ms of calls',
    'optional-counts': '86.44 % available, 100 ms of calls',
    'copies-in-series': '78.59 % available, 100 ms of calls',
    'copies-change-nothing': '87.32 % available, 100 ms of calls',
    'calls-together-are-spares': '98.98 % available, 100 ms of calls',
    'times-add-up': '96.05 % available, 140 ms of calls',
  })
})
