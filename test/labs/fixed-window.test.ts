import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixedWindow } from '../../src/labs/fixed-window.ts'

const run = (limit: number, window: number, arrivals: readonly number[]) => {
  const { outcome, supposed } = fixedWindow.run({ limit, window, arrivals })
  const { steps, worst } = outcome as { steps: { admitted: boolean }[]; worst: number }
  return { verdicts: steps.map(it => (it.admitted ? '#' : '.')).join(''), worst, supposed }
}

/** One row per arrival pattern; `#` was admitted, `.` was refused. Worked out by hand. */
test.for<[limit: number, window: number, arrivals: number[], expected: string, worst: number]>([
  [2, 10, [1, 2, 3], '##.', 2],
  [2, 10, [8, 9, 9, 10, 11, 12], '##.##.', 4],
  [1, 10, [0, 9, 10, 19.5, 20], '#.#.#', 1],
  [3, 60, [50, 59, 61, 62, 63, 64, 110], '#####..', 5],
])('%i per %i s, arrivals %o: %s, worst %i', ([limit, window, arrivals, expected, worst]) => {
  expect(run(limit, window, arrivals)).toMatchObject({ verdicts: expected, worst })
})

test('1,000 at 0:59 and 1,000 at 1:01 all pass: 2,000 within two seconds', () => {
  const burst = (at: number) => new Array<number>(1000).fill(at)
  expect(run(1000, 60, [...burst(59), ...burst(61)]).worst).toBe(2000)
})

test('what misconceptions say, by hand', () => {
  const { supposed } = run(2, 10, [4, 8, 8, 10, 11, 12])
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  // 4 and 8 get in; 14 would be the next instant with room in a window that slides.
  expect(said['fixed-as-sliding']).toMatch(/^2 of 6/)
  // A window from 4 to 14 has room for two.
  expect(said['starts-with-first']).toMatch(/^2 of 6/)
  // 10 counts in the first window, 11 and 12 in the second.
  expect(said['boundary-is-old']).toMatch(/^4 of 6/)
})

test('no window of the clock lets in more than the limit, no span of its length more than twice that', () => {
  const times = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), times, (limit, unsorted) => {
      const arrivals = unsorted.toSorted((a, b) => a - b)
      const { verdicts, worst } = run(limit, 10, arrivals)
      for (let start = 0; start <= 60; start += 10) {
        const own = arrivals.flatMap((at, i) =>
          at >= start && at < start + 10 ? [verdicts[i]] : [],
        )
        const admitted = own.filter(it => it === '#').length
        expect(admitted).toBe(Math.min(limit, own.length))
      }
      expect(worst).toBeLessThanOrEqual(2 * limit)
    }),
  )
})
