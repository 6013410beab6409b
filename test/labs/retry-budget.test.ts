import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryBudget } from '../../src/labs/retry-budget.ts'

interface Load {
  readonly with: number
  readonly without: number
}

const outcome = (rate: number, failing: number, attempts: number, ratio: number, floor: number) =>
  retryBudget.run({ rate, failing, attempts, ratio, floor }).outcome as Load

/** SRE book, chapter 21: three attempts triple the load of a full outage; a 10 % budget keeps it at 1.1 times. The rest by hand. */
test.for([
  [1000, 100, 3, 10, 0, 1100, 3000],
  [1000, 50, 3, 20, 10, 1210, 1750],
  [1000, 10, 3, 20, 10, 1110, 1110],
  [100, 100, 4, 10, 5, 115, 400],
])(
  '%i/s, %i %% fail, %i attempts, %i %% + %i: %i with, %i without',
  ([rate, failing, attempts, ratio, floor, with_, without]) => {
    expect(outcome(rate!, failing!, attempts!, ratio!, floor!)).toMatchObject({
      with: with_,
      without,
    })
  },
)

/** A geometric series, and the bound that a budget is there for. */
test('without: rate × (1 − f^n) ÷ (1 − f); with: at most rate × (1 + ratio) + floor', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      (failing, attempts, ratio, floor) => {
        const it = outcome(1000, failing, attempts, ratio, floor)
        const f = failing / 100
        expect(it.without).toBeCloseTo((1000 * (1 - f ** attempts)) / (1 - f), 1)
        expect(it.with).toBeLessThanOrEqual(1000 + 10 * ratio + floor)
        expect(it.with).toBeLessThanOrEqual(it.without)
      },
    ),
  )
})

test('what wrong rules say, by hand', () => {
  const { supposed } = retryBudget.run({
    rate: 1000,
    failing: 50,
    attempts: 3,
    ratio: 20,
    floor: 10,
  })
  expect(
    Object.fromEntries(supposed.map(it => [it.misconception, it.result.split(';')[0]])),
  ).toEqual({
    'attempts-are-the-limit': '1750 calls/s with the budget, 1750 without',
    'share-of-failures': '1110 calls/s with the budget, 1750 without',
    'budget-per-retry': '1420 calls/s with the budget, 1750 without',
    'all-attempts-used': '1210 calls/s with the budget, 2000 without',
    'floor-instead': '1200 calls/s with the budget, 1750 without',
  })
})
