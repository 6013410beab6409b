import { expect, test } from 'vitest'
import { quorums } from '../../src/labs/quorum.ts'

interface Outcome {
  overlap: number
  survives: number
  readable: boolean
  writable: boolean
  fresh: boolean
}

const run = (n: number, w: number, r: number, down: number) => quorums.run({ n, w, r, down })

/** All subsets of so many of `n` replicas, as bit masks. */
const subsets = (n: number, size: number) =>
  [...Array(2 ** n).keys()].filter(it => ones(it) === size)
const ones = (mask: number) => mask.toString(2).replaceAll('0', '').length

test('agrees with trying out which replicas are written, read and down', () => {
  for (let n = 1; n <= 5; n++)
    for (let w = 1; w <= n; w++)
      for (let r = 1; r <= n; r++) {
        const shared = subsets(n, w).flatMap(a => subsets(n, r).map(b => ones(a & b)))
        for (let down = 0; down <= n; down++) {
          const outcome = run(n, w, r, down).outcome as Outcome
          expect(outcome.overlap).toBe(Math.min(...shared))
          const up = subsets(n, n - down)
          expect(outcome.readable).toBe(up.every(it => ones(it) >= r))
          expect(outcome.writable).toBe(up.every(it => ones(it) >= w))
          if (!outcome.readable) continue
          // Whatever was written, whatever is up: does every read meet it?
          const fresh = subsets(n, w).every(written =>
            up.every(live =>
              subsets(n, r).every(read => (read & live) !== read || (read & written) !== 0),
            ),
          )
          expect(outcome.fresh, `${n} ${w} ${r} ${down}`).toBe(fresh)
        }
        const { survives } = run(n, w, r, 0).outcome as Outcome
        const both = [...Array(n + 1).keys()].filter(down => {
          const it = run(n, w, r, down).outcome as Outcome
          return it.readable && it.writable
        })
        expect(survives).toBe(Math.max(...both))
      }
})

/** Cassandra's QUORUM and ONE, and Dynamo's common (3, 2, 2). */
test.for<[n: number, w: number, r: number, survives: number, overlap: number]>([
  [3, 2, 2, 1, 1],
  [3, 3, 1, 0, 1],
  [3, 1, 1, 2, 0],
  [5, 3, 3, 2, 1],
  [5, 4, 1, 1, 0],
])('N=%i W=%i R=%i survives %i and shares %i', ([n, w, r, survives, overlap]) => {
  expect(run(n, w, r, 0).outcome).toMatchObject({ survives, overlap })
})

test('wrong rules, worked out by hand for N=5, W=3, R=2 with 2 down', () => {
  const told = Object.fromEntries(run(5, 3, 2, 2).supposed.map(it => [it.misconception, it.result]))
  expect(run(5, 3, 2, 2).result).toContain('reads succeed and may be old, writes succeed')
  expect(told['equal-overlaps']).toContain('reads succeed and are certainly new, writes succeed')
  expect(told['smaller-decides']).toContain('both survive 3 failures')
  expect(told['writes-need-all']).toContain('writes fail')
})
