import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isolation } from '../../src/labs/isolation.ts'

interface Outcome {
  reads: number[]
  x: number
  y: number
  failed: string[]
}

const run = (script: string, level: string, turns: string, first = 30, second = 20, start = 100) =>
  isolation.run({ script, level, turns, first, second, start })

/** Berenson et al. 1995 §4 on lost updates (P4), fuzzy reads (P2) and write skew (A5B), at PostgreSQL's levels, by hand. */
test.for<[script: string, level: string, turns: string, result: string]>([
  ['read-twice', 'read-committed', '1211', 'reads 100, 80; x = 80; both commit'],
  ['read-twice', 'repeatable-read', '1211', 'reads 100, 100; x = 80; both commit'],
  ['read-twice', 'serializable', '1211', 'reads 100, 100; x = 80; both commit'],
  ['application-computes', 'read-committed', '1212', 'reads 100, 100; x = 80; both commit'],
  ['application-computes', 'repeatable-read', '1212', 'reads 100, 100; x = 70; T2 fails'],
  ['application-computes', 'repeatable-read', '1122', 'reads 100, 70; x = 50; both commit'],
  ['database-computes', 'read-committed', '1212', 'reads 100, 100; x = 50; both commit'],
  ['database-computes', 'serializable', '1221', 'reads 100, 100; x = 80; T1 fails'],
])('%s at %s, turns %s: %s', ([script, level, turns, result]) => {
  expect(run(script, level, turns).result).toBe(result)
})

test('write skew gets through repeatable read and not serializable', () => {
  const skew = (level: string) => run('two-accounts', level, '121212', 150, 110).result
  expect(skew('repeatable-read')).toBe('reads 100, 100, 100, 100; x = -50, y = -10; both commit')
  expect(skew('serializable')).toBe('reads 100, 100, 100, 100; x = -50, y = 100; T2 fails')
})

const anyWork = fc.record({
  script: fc.constantFrom(
    'read-twice',
    'application-computes',
    'database-computes',
    'two-accounts',
  ),
  turns: fc.stringMatching(/^[12]{1,6}$/),
  first: fc.constantFrom(10, 90, 150),
  second: fc.constantFrom(20, 80, 170),
})

/** The definition: what is left by those that committed is what some order of them, one after another, would leave. */
test('serializable is like one after the other; repeatable read never loses an update', () => {
  fc.assert(
    fc.property(anyWork, ({ script, turns, first, second }) => {
      const end = (level: string, turns: string) => {
        const { x, y, failed } = run(script, level, turns, first, second).outcome as Outcome
        return { x, y, failed }
      }
      const serial = ['111222', '222111'].map(it => end('read-committed', it))
      const { x, y, failed } = end('serializable', turns)
      const alone = [
        script === 'read-twice' ? [100, 100] : [100 - first, 100],
        script === 'two-accounts' ? [100, 100 - second] : [100 - second, 100],
      ]
      if (failed.length === 0) expect(serial).toContainEqual({ x, y, failed })
      else expect(alone).toContainEqual([x, y])
      if (script === 'application-computes') {
        const it = end('repeatable-read', turns)
        expect(100 - it.x).toBe(
          (it.failed.includes('T1') ? 0 : first) + (it.failed.includes('T2') ? 0 : second),
        )
      }
    }),
    { numRuns: 300 },
  )
})

test('wrong rules, worked out by hand', () => {
  const { supposed } = run('application-computes', 'repeatable-read', '1212')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toMatchObject({
    'new-snapshot-at-rr': 'reads 100, 100; x = 80; both commit',
    'later-write-wins': 'reads 100, 100; x = 80; both commit',
    'one-after-another': 'reads 100, 70; x = 50; both commit',
  })
})
