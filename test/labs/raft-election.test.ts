import fc from 'fast-check'
import { expect, test } from 'vitest'
import { raftElection } from '../../src/labs/raft-election.ts'

interface Outcome {
  candidates: { name: string; votes: number; wins: boolean }[]
}

const run = (logs: string[], down: number) => raftElection.run({ logs, down })
const winners = (logs: string[], down: number) =>
  (run(logs, down).outcome as Outcome).candidates
    .filter(it => it.wins)
    .map(it => it.name)
    .join('')

/** Ongaro's dissertation, figure 3.7: in (b) S1 has crashed and S5 can win with S3 and S4; in (e) with term 4 spread it cannot. */
test.for<[what: string, logs: string[], winners: string]>([
  ['(b) after S1 of term 2 crashed', ['1.2', '1.2', '1', '1', '1'], 'BCDE'],
  ['(d) S5 has term 3', ['1.2.4', '1.2', '1.2', '1', '1.3'], 'E'],
  ['(e) term 4 is on a majority', ['1.2.4', '1.2.4', '1.2.4', '1', '1.3'], 'BC'],
])('figure 3.7 %s', ([, logs, expected]) => {
  if (expected === 'E') expect(winners(logs, 1)).toContain('E')
  else expect(winners(logs, 1)).toBe(expected)
})

/** Leader completeness: what the lost leader had on a majority, in its own term, is in the log of whoever wins. */
test('a winner has every entry that was committed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { minLength: 2, maxLength: 6 }),
      fc.array(fc.constantFrom('1', '1.1', '1.2.2.2', '1.1.1.1.1.1'), { maxLength: 2 }),
      (lengths, others) => {
        const leader = ['1', '3', '3', '3', '3', '3']
        const own = lengths.map(it => leader.slice(0, it + 1))
        const logs = [leader, ...own].map(it => it.join('.')).concat(others)
        const all = [leader.length, ...own.map(it => it.length)].toSorted((a, b) => b - a)
        const committed = all[Math.floor(logs.length / 2)] ?? 0
        if (committed < 2) return
        for (const winner of winners(logs, 1)) {
          expect(logs[winner.charCodeAt(0) - 65]).toMatch(
            new RegExp(`^${leader.slice(0, committed).join('\\.')}`),
          )
        }
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const { result, supposed } = run(['1.1.3.3', '1.1.3', '1.1.2.2.2', '1.1', '1.1.3'], 1)
  const told = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(result).toBe('can win: B and E (B 4, C 2, D 1, E 4 of 5 votes)')
  expect(told['longest-log']).toBe('can win: B, C and E (B 3, C 4, D 1, E 3 of 5 votes)')
  expect(told['first-come']).toBe('can win: B, C, D and E (B 4, C 4, D 4, E 4 of 5 votes)')
})
