import { expect, test } from 'vitest'
import { utilisation } from '../../src/labs/utilisation.ts'
import { seeded } from '../../src/random.ts'

interface Outcome {
  response: number
  inside: number
  highest: number
}

const run = (service: number, rate: number, target = service * 10) =>
  utilisation.run({ service, rate, target })

/** The figures that everybody quotes: twice at 50 %, five times at 80 %, ten times at 90 %. */
test.for<[rate: number, response: number, inside: number]>([
  [50, 20, 1],
  [80, 50, 4],
  [90, 100, 9],
  [95, 200, 19],
])('10 ms of work at %i a second take %i ms, %i are inside', ([rate, response, inside]) => {
  const outcome = run(10, rate).outcome as Outcome
  expect(outcome).toMatchObject({ response, inside, highest: 90 })
  // W = 1 / (μ - λ), and the rate that a target allows is the rate at which it is met.
  expect(response).toBeCloseTo(1000 / (100 - rate), 6)
  expect((run(10, rate, response).outcome as Outcome).highest).toBeCloseTo(rate, 6)
})

test('agrees with a simulated queue', () => {
  const random = seeded(1, 'queue')
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  let [now, free, total] = [0, 0, 0]
  const requests = 400_000
  for (let i = 0; i < requests; i++) {
    now += exponential(1000 / 80)
    free = Math.max(free, now) + exponential(10)
    total += free - now
  }
  expect(Math.abs(total / requests / (run(10, 80).outcome as Outcome).response - 1)).toBeLessThan(
    0.05,
  )
})

test('wrong rules, worked out by hand', () => {
  const { result, supposed } = run(20, 40, 200)
  expect(result).toBe('80 % busy: 100 ms on average, 4 inside; 200 ms would allow 45/s')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'free-until-full': '80 % busy: 20 ms on average, 0.8 inside; 200 ms would allow 50/s',
    'in-step-with-load': '80 % busy: 36 ms on average, 1.44 inside; 200 ms would allow 50/s',
    'waiting-alone': '80 % busy: 80 ms on average, 3.2 inside; 200 ms would allow 45.45/s',
    'busy-for-idle': '80 % busy: 25 ms on average, 1 inside; 200 ms would allow 5/s',
  })
})
