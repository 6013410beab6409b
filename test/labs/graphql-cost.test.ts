import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphqlCost } from '../../src/labs/graphql-cost.ts'

interface Outcome {
  readonly rest: number
  readonly graphql: number
  readonly nodes: number
  readonly lookups: number
  readonly points: number
}

const screen = { rtt: 100, server: 30, query: 80, waves: [1, 3], pages: [100, 50, 60] }
const run = (values: Partial<typeof screen>) =>
  graphqlCost.run({ ...screen, ...values }).outcome as Outcome

/** The examples of GitHub's documentation: 50 repositories with 10 issues each; 100 with 50 issues with 60 labels each. */
test('counts as GitHub does', () => {
  expect(run({ pages: [50, 10] }).nodes).toBe(550)
  expect(run({ pages: [100, 50, 60] })).toMatchObject({ lookups: 5101, points: 51 })
  expect(run({ pages: [10] })).toMatchObject({ nodes: 10, lookups: 1, points: 1 })
})

/** A program that really walks through full pages finds as many nodes and lookups. */
test('a walk through full pages meets as many', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), pages => {
      const met = { nodes: 0, lookups: 0 }
      const walk = (level: number) => {
        const page = pages[level]
        if (page === undefined) return
        met.lookups++
        for (let node = 0; node < page; node++) {
          met.nodes++
          walk(level + 1)
        }
      }
      walk(0)
      expect(run({ pages })).toMatchObject(met)
    }),
  )
})

/** Clock times of three screens, by hand. */
test.for<[waves: number[], rest: number]>([
  [[4], 130],
  [[1, 3], 260],
  [[1, 1, 1], 390],
])('waves of %o take %i ms', ([waves, rest]) => {
  expect(run({ waves })).toMatchObject({ rest, graphql: 180 })
})

test('misconceptions', () => {
  const said = Object.fromEntries(
    graphqlCost.run(screen).supposed.map(it => [it.misconception, it.result]),
  )
  expect(said['calls-in-a-row']).toMatch(/^REST 520 ms, GraphQL 180 ms/)
  expect(said['all-at-once']).toMatch(/^REST 130 ms, GraphQL 180 ms/)
  expect(said['query-is-free']).toMatch(/^REST 260 ms, GraphQL 100 ms/)
  expect(said['adds-levels']).toMatch(/210 nodes, 2 points$/)
  expect(said['leaves-only']).toMatch(/300,000 nodes, 3000 points$/)
  expect(said['one-request']).toMatch(/305,100 nodes, 1 point$/)
})
