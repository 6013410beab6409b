import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slidingCounter } from '../../src/labs/sliding-counter.ts'

interface Step {
  readonly estimate: number
  readonly admitted: boolean
}

const run = (limit: number, window: number, previous: number, arrivals: readonly number[]) =>
  slidingCounter.run({ limit, window, previous, arrivals })
const steps = (...of: Parameters<typeof run>) => run(...of).outcome as Step[]
const verdicts = (...of: Parameters<typeof run>) =>
  steps(...of)
    .map(it => (it.admitted ? '#' : '.'))
    .join('')

/** The example of Cloudflare's article: 42 in the minute before, 18 in this one, 15 s into it: 42 × 45/60 + 18 = 49.5. */
test('49.5 of 50 leaves no room for another', () => {
  const arrivals = [...new Array<number>(18).fill(14.9), 15]
  expect(steps(50, 60, 42, arrivals).at(-1)).toMatchObject({ estimate: 49.5, admitted: false })
})

/** Worked out by hand. */
test.for<[limit: number, window: number, previous: number, arrivals: number[], expected: string]>([
  [10, 60, 10, [0, 6, 6, 30, 30], '.#.##'],
  [4, 10, 4, [5, 5, 5, 9], '##.#'],
  [3, 10, 0, [0, 0, 0, 9], '###.'],
])(
  'limit %i per %i s, %i before, arrivals %o: %s',
  ([limit, window, previous, arrivals, expected]) => {
    expect(verdicts(limit, window, previous, arrivals)).toBe(expected)
  },
)

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(10, 10, 10, [2, 2, 2, 8]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(said['forgets-the-window-before']).toMatch(/^4 of 4 .* 3$/)
  expect(said['counts-it-in-full']).toMatch(/^0 of 4 .* 10$/)
  expect(said['weighs-the-wrong-way']).toMatch(/^3 of 4 .* 11$/)
  expect(said['weighs-both']).toMatch(/^4 of 4 .* 4.4$/)
})

/** If the requests before were spread evenly, the estimate is what a log of them would count, to less than one request. */
test('is right for even traffic', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 59 }),
      (previous, at) => {
        const spread = Array.from({ length: previous }, (_, i) => ((i + 0.5) * 60) / previous - 60)
        const inTheWindow = spread.filter(it => it > at - 60).length
        const estimate = steps(100, 60, previous, [at])[0]?.estimate ?? 0
        expect(Math.abs(estimate - inTheWindow)).toBeLessThanOrEqual(0.5 + 1e-3)
      },
    ),
  )
})
