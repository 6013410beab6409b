import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gcra } from '../../src/labs/gcra.ts'

interface Step {
  readonly at: number
  readonly wait: number
  readonly admitted: boolean
}

const run = (gap: number, tolerance: number, arrivals: readonly number[]) =>
  gcra.run({ gap, tolerance, arrivals })
const steps = (...of: Parameters<typeof run>) => run(...of).outcome as Step[]
const verdicts = (...of: Parameters<typeof run>) =>
  steps(...of)
    .map(it => (it.admitted ? '#' : '.'))
    .join('')

/** Worked out by hand; the first row is the burst of floor(400 / 100) + 1 = 5 from rest. */
test.for<[gap: number, tolerance: number, arrivals: number[], expected: string]>([
  [100, 400, [0, 0, 0, 0, 0, 0, 99, 100], '#####..#'],
  [100, 0, [0, 50, 100, 199, 200], '#.#.#'],
  [200, 200, [0, 0, 0, 100, 200, 1000, 1000, 1000], '##..###.'],
])('T %i, tau %i, arrivals %o: %s', ([gap, tolerance, arrivals, expected]) => {
  expect(verdicts(gap, tolerance, arrivals)).toBe(expected)
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(100, 100, [0, 0, 0, 100, 1000, 1000, 1000]).supposed.map(it => [
      it.misconception,
      it.result,
    ]),
  )
  expect(said['refused-push']).toBe('4 of 7 requests admitted; the TAT ends at 1300 ms')
  expect(said['idle-time-is-saved']).toBe('6 of 7 requests admitted; the TAT ends at 600 ms')
  expect(said['burst-one-short']).toBe('3 of 7 requests admitted; the TAT ends at 1100 ms')
})

/** A meter is a token bucket seen from the other side: here the tokens are milliseconds, and a request costs `gap` of them. */
test('lets in what a token bucket of tau / T + 1 tokens does, and tells the shortest wait', () => {
  const times = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 30 }),
      times,
      (gap, tau, unsorted) => {
        const arrivals = unsorted.toSorted((a, b) => a - b)
        let level = tau + gap
        let last = 0
        const bucket = arrivals.map(at => {
          level = Math.min(tau + gap, level + at - last)
          last = at
          if (level < gap) return '.'
          level -= gap
          return '#'
        })
        expect(verdicts(gap, tau, arrivals)).toBe(bucket.join(''))
        const end = steps(gap, tau, arrivals).at(-1)!
        const again = (after: number) =>
          steps(gap, tau, [...arrivals, end.at + after]).at(-1)?.admitted
        if (!end.admitted) expect([again(end.wait - 1), again(end.wait)]).toEqual([false, true])
      },
    ),
  )
})
