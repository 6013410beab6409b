import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysetTies } from '../../src/labs/keyset-ties.ts'

interface Walk {
  readonly pages: readonly (readonly number[])[]
  readonly lost: readonly number[]
  readonly repeated: readonly number[]
}

const run = (where: string, times: readonly number[], size: number) =>
  keysetTies.run({ where, times, size })

/** By hand; ids are 1, 2, 3 … in the order in which the minutes are given. */
test.for<[where: string, times: number[], size: number, result: string]>([
  ['time', [1, 2, 2, 2, 3], 2, '2 pages: [1 2] [5]; lost: 3 4; twice: none'],
  ['pair', [1, 2, 2, 2, 3], 2, '3 pages: [1 2] [3 4] [5]; lost: none; twice: none'],
  ['time-and-id', [1, 2, 2, 2, 3], 2, '3 pages: [1 2] [3 4] [5]; lost: none; twice: none'],
  // Row 1 has the latest time: in the list it comes last, but its id is below that of any last row.
  ['time-and-id', [9, 2, 2, 3], 2, '2 pages: [2 3] [4]; lost: 1; twice: none'],
  ['pair', [9, 2, 2, 3], 2, '2 pages: [2 3] [4 1]; lost: none; twice: none'],
])('%s on %o by %i: %s', ([where, times, size, result]) => {
  expect(run(where, times, size).result).toBe(result)
})

test.for<[misconception: string, where: string, times: number[], result: string]>([
  [
    'times-are-unique',
    'time',
    [1, 2, 2, 2, 3],
    '3 pages: [1 2] [3 4] [5]; lost: none; twice: none',
  ],
  ['and-is-enough', 'time-and-id', [9, 2, 2, 3], '2 pages: [2 3] [4 1]; lost: none; twice: none'],
  ['member-by-member', 'pair', [1, 2, 2, 2, 3], '2 pages: [1 2] [5]; lost: 3 4; twice: none'],
  [
    'last-row-again',
    'time',
    [1, 2, 3],
    '3 pages: [1 2] [2 3] [3] and so on without end; lost: none; twice: 2 3',
  ],
])('%s on %s of %o', ([misconception, where, times, result]) => {
  const { supposed } = run(where, times, 2)
  const own = supposed.find(it => it.misconception === misconception)?.result
  expect(own).toBe(result)
})

/** The row comparison gives each row once, in order, like cutting the sorted list into pieces. */
test('the row comparison loses nothing and repeats nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (times, size) => {
        const { pages, lost, repeated } = run('pair', times, size).outcome as Walk
        const keys = times.map((time, place) => time * 100 + place + 1).sort((a, b) => a - b)
        expect(pages.flat()).toEqual(keys.map(it => it % 100))
        expect([lost, repeated]).toEqual([[], []])
        expect(pages.slice(0, -1).every(page => page.length === size)).toBe(true)
      },
    ),
  )
})

/** Going by the time alone loses exactly the rows that share the time of a page's last row and are not on it. */
test('the time alone loses the rest of a tie', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (times, size) => {
        const { pages, lost } = run('time', times, size).outcome as Walk
        const ends = pages.map(page => times[page.at(-1)! - 1])
        for (const id of lost) expect(ends).toContain(times[id - 1])
      },
    ),
  )
})
