import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorBudget } from '../../src/labs/error-budget.ts'

interface Outcome {
  readonly burn: number
  readonly used: number
  readonly fires: readonly string[]
}

const run = (slo: number, requests: number, errors: number, others = [0, 0, 0, 0]) =>
  errorBudget.run({ slo, requests, errors, others })
const outcome = (...of: Parameters<typeof run>) => run(...of).outcome as Outcome

/** The SRE workbook's own figures: 14.4 for an hour is 2 % of a 30-day budget, and 1.44 % of errors with 99.9 %. */
test.for<[slo: number, requests: number, errors: number, burn: number, used: number]>([
  [99.9, 100_000, 1440, 14.4, 2],
  [99.9, 100_000, 100, 1, 0.1389],
  [99, 1000, 360, 36, 5],
  [99.5, 20_000, 720, 7.2, 1],
])(
  '%f %%, %i requests, %i errors: burn rate %f, %f %% spent',
  ([slo, requests, errors, burn, used]) => {
    expect(outcome(slo, requests, errors)).toMatchObject({ burn, used })
  },
)

/** Shares of 5 min, 30 min, 6 h and 3 d in per cent, with 99.9 %; the hour has errors ÷ 100,000. */
test.for<[errors: number, others: number[], fires: string[]]>([
  [1800, [0, 2, 0.7, 0.2], ['page-slow', 'ticket']],
  [1800, [2, 2, 0.5, 0.05], ['page-fast']],
  [1800, [1.4, 0.5, 0.7, 0.05], []],
  [0, [0, 0, 0.11, 0.11], ['ticket']],
])('%i errors an hour, others %o: %o', ([errors, others, fires]) => {
  expect(outcome(99.9, 100_000, errors, others).fires).toEqual(fires)
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(99.9, 100_000, 1800, [0, 2, 0.5, 0.2]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(said['ratio-as-burn-rate']).toMatch(/^burn rate 1.8, 1.8 % .* firing: none$/)
  expect(said['burn-rate-as-share']).toMatch(/^burn rate 2.5, 18 % /)
  expect(said['long-window-only']).toMatch(/`page-fast` and `ticket`$/)
  expect(said['either-window']).toMatch(/`page-fast`, `page-slow` and `ticket`$/)
})

test('an alert mutes no other', () => {
  const { supposed, outcome } = run(99.9, 100_000, 1800, [2, 2, 0.7, 0.2])
  expect((outcome as Outcome).fires).toEqual(['page-fast', 'page-slow', 'ticket'])
  const urgent = supposed.find(it => it.misconception === 'most-urgent-only')
  expect(urgent?.result).toMatch(/firing: `page-fast`$/)
})

test('720 equal hours spend as much of the budget as errors were allowed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(99, 99.5, 99.9),
      fc.integer({ min: 0, max: 5000 }),
      (slo, errors) => {
        const allowed = 720 * 100_000 * (1 - slo / 100)
        expect(outcome(slo, 100_000, errors).used * 720).toBeCloseTo(
          (720 * errors * 100) / allowed,
          0,
        )
      },
    ),
  )
})
