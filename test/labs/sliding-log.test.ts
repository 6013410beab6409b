import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slidingLog } from '../../src/labs/sliding-log.ts'

interface Step {
  readonly admitted: boolean
  readonly retryAfter: number
}

const run = (limit: number, window: number, arrivals: readonly number[]) =>
  slidingLog.run({ limit, window, arrivals })
const steps = (limit: number, window: number, arrivals: readonly number[]) =>
  run(limit, window, arrivals).outcome as Step[]

/** One row per arrival pattern: what each is told, 0 when it gets in. Worked out by hand. */
test.for<[limit: number, window: number, arrivals: number[], told: number[]]>([
  [2, 10, [0, 1, 2, 10, 10.5], [0, 0, 8, 0, 1]],
  [1, 10, [0, 9.5, 10, 19], [0, 1, 0, 1]],
  [3, 60, [0, 0, 0, 30, 59.2, 60], [0, 0, 0, 30, 1, 0]],
])('%i per %i s, arrivals %o are told %o', ([limit, window, arrivals, told]) => {
  expect(steps(limit, window, arrivals).map(it => it.retryAfter)).toEqual(told)
})

/** A reference figure: recording denied calls starves a client that calls once a second. */
test('10 per 60 s, a call a second for 600 s: 100 get in, or 10 when refused ones are recorded', () => {
  const { result, supposed } = run(
    10,
    60,
    Array.from({ length: 600 }, (_, i) => i),
  )
  expect(result).toMatch(/^100 of 600/)
  expect(supposed.find(it => it.misconception === 'records-refused')?.result).toMatch(/^10 of 600/)
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(2, 10, [8, 8, 8, 11, 11.5]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(said['instant-once']).toBe('4 of 5 requests admitted; the last is told `Retry-After: 7`')
  expect(said['window-of-the-clock']).toBe('4 of 5 requests admitted; the last gets in')
  expect(said['rounds-down']).toBe('2 of 5 requests admitted; the last is told `Retry-After: 6`')
  expect(said['whole-window']).toBe('2 of 5 requests admitted; the last is told `Retry-After: 10`')
})

test('no window holds more than the limit, who waits as told gets in, a second less is too early', () => {
  const times = fc.array(
    fc.integer({ min: 0, max: 80 }).map(it => it / 2),
    { minLength: 1, maxLength: 25 },
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), times, (limit, unsorted) => {
      const arrivals = unsorted.toSorted((a, b) => a - b)
      const told = steps(limit, 10, arrivals)
      const accepted = arrivals.filter((_, i) => told[i]?.admitted)
      for (const end of accepted) {
        expect(accepted.filter(it => it > end - 10 && it <= end).length).toBeLessThanOrEqual(limit)
      }
      const last = arrivals.at(-1) ?? 0
      const wait = told.at(-1)?.retryAfter ?? 0
      expect(steps(limit, 10, [...arrivals, last + wait]).at(-1)?.admitted).toBe(
        wait > 0 || accepted.filter(it => it > last - 10).length < limit,
      )
      if (wait > 1)
        expect(steps(limit, 10, [...arrivals, last + wait - 1]).at(-1)?.admitted).toBe(false)
    }),
  )
})
