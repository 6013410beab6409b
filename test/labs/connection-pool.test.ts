import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionPool } from '../../src/labs/connection-pool.ts'

interface Request {
  at: number
  starts: number | null
}

const run = (size: number, hold: number, timeout: number, arrivals: number[]) =>
  connectionPool.run({ size, hold, timeout, arrivals })

/** Worked out by hand: two connections for 100 ms each. */
test.for<[timeout: number, result: string]>([
  [0, '0 of 7 requests fail; the last one is over at 400 ms'],
  [150, '2 of 7 requests fail; the last one is over at 300 ms'],
  [50, '4 of 7 requests fail; the last one is over at 200 ms'],
])('waiting at most %i ms', ([timeout, result]) => {
  expect(run(2, 100, timeout, [0, 0, 10, 20, 30, 40, 60]).result).toBe(result)
})

/** A twin that goes millisecond by millisecond: connections come back, the line moves up, and who has waited too long leaves. */
function ticked(size: number, hold: number, timeout: number, arrivals: number[]) {
  const starts = arrivals.map((): number | null => null)
  const busy: number[] = []
  const line: number[] = []
  for (let now = 0; now < 3000; now++) {
    for (const [i, at] of arrivals.entries()) if (at === now) line.push(i)
    while (busy.includes(now)) busy.splice(busy.indexOf(now), 1)
    while (line.length > 0 && busy.length < size) {
      const next = line.shift()!
      starts[next] = now
      busy.push(now + hold)
    }
    if (timeout > 0)
      for (const i of [...line]) if (now - arrivals[i]! >= timeout) line.splice(line.indexOf(i), 1)
  }
  return starts
}

test('agrees with a line that moves millisecond by millisecond', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(80),
      fc.array(fc.nat(100), { minLength: 1, maxLength: 10 }),
      (size, hold, timeout, unsorted) => {
        const arrivals = unsorted.toSorted((a, b) => a - b)
        const all = run(size, hold, timeout, arrivals).outcome as Request[]
        expect(all.map(it => it.starts)).toEqual(ticked(size, hold, timeout, arrivals))
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(2, 100, 150, [0, 0, 10, 20, 30, 40, 60]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(told).toMatchObject({
    'no-line': '0 of 7 requests fail; the last one is over at 160 ms',
    'timeout-covers-work': '4 of 7 requests fail; the last one is over at 200 ms',
    'nobody-fails': '0 of 7 requests fail; the last one is over at 400 ms',
  })
})
