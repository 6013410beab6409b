import fc from 'fast-check'
import { expect, test } from 'vitest'
import { raftCommit } from '../../src/labs/raft-commit.ts'

const run = (term: number, terms: number[], match: number[]) =>
  raftCommit.run({ term, terms, match })
const commit = (term: number, terms: number[], match: number[]) =>
  (run(term, terms, match).outcome as { commit: number }).commit

/** Ongaro's dissertation, figure 3.7: S1 leads term 4, its entry 2 of term 2 is on three of five servers. */
test('figure 3.7: an entry of an earlier term is not committed by counting, a later one takes it along', () => {
  expect(commit(4, [1, 2], [2, 2, 1, 1])).toBe(0)
  expect(commit(4, [1, 2, 4], [2, 2, 1, 1])).toBe(0)
  expect(commit(4, [1, 2, 4], [3, 3, 1, 1])).toBe(3)
})

/** Raft's TLA+ specification, AdvanceCommitIndex: the greatest index on which a quorum agrees, if it is of the current term. */
test('agrees with the specification: try every index and every quorum', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(6), { minLength: 2, maxLength: 6 }),
      (unsorted, far) => {
        const terms = unsorted.toSorted((a, b) => a - b)
        const match = far.map(it => Math.min(it, terms.length))
        const servers = [terms.length, ...match]
        const agree = terms
          .map((_, i) => i + 1)
          .filter(index => {
            for (let set = 0; set < 2 ** servers.length; set++) {
              const quorum = servers.filter((_, i) => (set >> i) & 1)
              if (quorum.length * 2 > servers.length && quorum.every(it => it >= index)) return true
            }
            return false
          })
        const best = agree.at(-1)
        const expected = best !== undefined && terms[best - 1] === 4 ? best : 0
        expect(commit(4, terms, match)).toBe(expected)
      },
    ),
    { numRuns: 200 },
  )
})

test.for([
  [3, 1],
  [4, 1],
  [5, 2],
  [7, 3],
])('%i servers tolerate %i failures', ([servers, tolerated]) => {
  expect(run(1, [1], Array(servers! - 1).fill(0)).outcome).toMatchObject({ tolerated })
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(3, [1, 1, 2, 3, 3, 3], [5, 4, 2, 2]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(run(3, [1, 1, 2, 3, 3, 3], [5, 4, 2, 2]).result).toMatch('committed up to 4')
  expect(told['one-follower']).toMatch('committed up to 5')
  expect(told['leader-alone']).toMatch('committed up to 6')
  expect(told['leader-left-out']).toMatch('committed up to 0')
})
