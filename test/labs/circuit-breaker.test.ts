import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circuitBreaker } from '../../src/labs/circuit-breaker.ts'

interface Step {
  readonly at: number
  readonly met: string
  readonly became: string
  readonly after: string
}

const setting = { window: 4, threshold: 50, minimum: 4, open: 3, probes: 2 }
const run = (answers: string, with_: Partial<typeof setting> = {}) =>
  circuitBreaker.run({ ...setting, ...with_, answers })
const signs = (result: string) => /`(.*)`/.exec(result)![1]

/** Window of 4, at least 4, 50 %, open for 3 s, 2 probes. Worked out by hand. */
test.for([
  ['....', '....'],
  // Two of the first four fail: open at t = 3, half-open at t = 6.
  ['x.x.......', 'x.x.--....'],
  // One of two probes fails: open again at t = 7, half-open at t = 10.
  ['x.x...x.....', 'x.x.--' + 'x.' + '--' + '..'],
  // Closed again with an empty window at t = 7: three failures are not enough to judge.
  ['x.x.....xxx.x', 'x.x.--..xxx.-'],
  ['xxx', 'xxx'],
])('%s: %s', ([answers, expected]) => {
  expect(signs(run(answers!).result)).toBe(expected)
})

test('what wrong rules say, by hand', () => {
  const { supposed } = run('x.x...x.xx')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, signs(it.result)]))).toEqual({
    'judges-from-the-first': 'x--...x--x',
    'failures-in-a-row': 'x.x...x.xx',
    'one-probe': 'x.x.--x--x',
    'closes-after-the-wait': 'x.x.--x.xx',
    'rejections-prolong': 'x.x.------',
  })
})

test('a call is rejected only in the open state, which lasts at least its wait', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('.', 'x'), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      (answers, open, probes) => {
        const steps = run(answers.join(''), { open, probes }).outcome as Step[]
        let opened = Number.NaN
        for (const [i, { at, met, became, after }] of steps.entries()) {
          expect(became === 'rejected').toBe(met === 'open')
          if (met === 'open') expect(at - opened).toBeLessThan(open)
          if (met === 'half-open' && steps[i - 1]!.met === 'open') expect(at - opened).toBe(open)
          if (met !== 'open' && after === 'open') opened = at
        }
      },
    ),
  )
})
