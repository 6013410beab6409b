import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentiles } from '../../src/labs/percentile.ts'

interface Outcome {
  readonly ofOne: number
  readonly ofTwo: number
  readonly ofAll: number
}

const run = (percent: number, one: number[], two: number[]) =>
  percentiles.run({ percent, one, two })
const outcome = (...of: Parameters<typeof run>) => run(...of).outcome as Outcome

/** The worked example of the nearest-rank method on Wikipedia, "Percentile": 15, 20, 35, 40, 50. */
test.for([
  [5, 15],
  [30, 20],
  [40, 20],
  [50, 35],
  [100, 50],
])('p%i of 15, 20, 35, 40, 50 is %i', ([percent, expected]) => {
  expect(outcome(percent!, [40, 15, 50, 20, 35], [1]).ofOne).toBe(expected)
})

test('by the definition: the smallest value that so many per cent do not exceed', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), values, values, (percent, one, two) => {
      const all = [...one, ...two]
      const enough = (value: number) =>
        all.filter(it => it <= value).length * 100 >= percent * all.length
      const { ofOne, ofTwo, ofAll } = outcome(percent, one, two)
      expect(ofAll).toBe(Math.min(...all.filter(enough)))
      // It lies between those of the parts, which is all that they tell about it.
      expect(ofAll).toBeGreaterThanOrEqual(Math.min(ofOne, ofTwo))
      expect(ofAll).toBeLessThanOrEqual(Math.max(ofOne, ofTwo))
    }),
  )
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(75, [40, 10, 20, 30, 50, 20, 10, 30], [400, 60, 300, 200]).supposed.map(it => [
      it.misconception,
      it.result,
    ]),
  )
  expect(said['average-of-percentiles']).toMatch(/^p75 of all is 165 ms/)
  expect(said['worst-of-percentiles']).toMatch(/^p75 of all is 300 ms/)
  expect(said['not-sorted']).toMatch(/^p75 of all is 400 ms; of the servers 20 and 300/)
})
