import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offsetPage } from '../../src/labs/offset-page.ts'

interface Page {
  readonly pages: number
  readonly limit: number
  readonly offset: number
  readonly first: number
  readonly last: number
  readonly discarded: number
  readonly read: number
}

const run = (total: number, size: number, page: number) =>
  offsetPage.run({ total, size, page }).outcome as Page

/** Pages of 1, 2, 3 … cut off one after another, which is what LIMIT and OFFSET stand for. */
test('is what cutting the list into pieces gives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(200),
      (total, size, wish) => {
        const rows = Array.from({ length: total }, (_, place) => place + 1)
        const pieces: number[][] = []
        for (let rest = rows; rest.length > 0; rest = rest.slice(size))
          pieces.push(rest.slice(0, size))
        const page = (wish % pieces.length) + 1
        const it = run(total, size, page)
        expect(it.pages).toBe(pieces.length)
        expect([it.first, it.last]).toEqual([pieces[page - 1]?.[0], pieces[page - 1]?.at(-1)])
        expect(rows.slice(it.offset, it.offset + it.limit)).toEqual(pieces[page - 1])
        expect(it.discarded).toBe(pieces.slice(0, page - 1).flat().length)
      },
    ),
  )
})

/** A figure of the syllabus: 500 rows by 20 are 25 pages. */
test('500 rows by 20 are 25 pages', () => expect(run(500, 20, 1).pages).toBe(25))

test.for<[misconception: string, total: number, size: number, page: number, result: string]>([
  [
    'pages-from-zero',
    95,
    10,
    3,
    'LIMIT 10 OFFSET 30: page 3 of 10, rows 31 to 40; 30 rows thrown away',
  ],
  ['rounds-down', 95, 10, 3, 'LIMIT 10 OFFSET 20: page 3 of 9, rows 21 to 30; 20 rows thrown away'],
  ['one-more', 90, 10, 3, 'LIMIT 10 OFFSET 20: page 3 of 10, rows 21 to 30; 20 rows thrown away'],
  [
    'last-is-full',
    95,
    10,
    10,
    'LIMIT 10 OFFSET 90: page 10 of 10, rows 91 to 100; 90 rows thrown away',
  ],
])('%s: %s', ([misconception, total, size, page, result]) => {
  const { supposed } = offsetPage.run({ total, size, page })
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
