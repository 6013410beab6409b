import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nPlusOne } from '../../src/labs/n-plus-one.ts'

/** The bank's own example: 50 authors with 20 books and 10 awards each are 10,000 rows for 1,550 objects. */
test('50 parents with 20 and 10 children', () => {
  const { outcome, supposed } = nPlusOne.run(nPlusOne.example)
  expect(outcome).toEqual({ lazy: 101, eager: 3, joined: 10_000, lazyMs: 202, eagerMs: 6 })
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toMatchObject({
    'list-forgotten': 'lazy 100 queries in 200 ms, eager 2 in 4 ms, one join 10,000 rows',
    'join-adds-up': 'lazy 101 queries in 202 ms, eager 3 in 6 ms, one join 1500 rows',
    'one-for-all-relations': 'lazy 51 queries in 102 ms, eager 2 in 4 ms, one join 10,000 rows',
    'still-lazy': 'lazy 101 queries in 202 ms, eager 101 in 202 ms, one join 10,000 rows',
    'join-keeps-rows': 'lazy 101 queries in 202 ms, eager 3 in 6 ms, one join 50 rows',
  })
})

/** Loads everything for real, from tables in memory, and counts. */
test('agrees with loading real tables', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 15 }),
      (parents, children, batch) => {
        const ids = [...Array(parents).keys()]
        const tables = children.map(many =>
          ids.flatMap(parent => Array.from({ length: many }, () => ({ parent }))),
        )
        let lazy = 1
        for (const id of ids)
          for (const table of tables) lazy += table.filter(it => it.parent === id) ? 1 : 0
        let eager = 1
        for (const _ of tables) for (let from = 0; from < parents; from += batch) eager++
        const joined = tables.reduce(
          (rows, table) => rows.flatMap(id => table.filter(it => it.parent === id).map(() => id)),
          ids,
        )
        expect(nPlusOne.run({ parents, children, perQuery: 1, batch }).outcome).toMatchObject({
          lazy,
          eager,
          joined: joined.length,
        })
      },
    ),
  )
})
