import { expect, test } from 'vitest'
import { auditTrail } from '../../src/labs/audit-trail.ts'

const ALL = [
  'read',
  'list',
  'search',
  'version',
  'chart',
  'report',
  'crash',
  'denied',
  'stranger',
  'hours',
  'leaflet',
]
const run = (filter: string, writes: string, outermost: string, requests = ALL) =>
  auditTrail.run({ requests, filter, writes, outermost })

const verdicts = (run: { outcome: unknown }) =>
  (run.outcome as { logged: boolean }[]).map(it => (it.logged ? '#' : '.')).join('')

/** All requests in the order above, worked out by hand. */
test.for<[filter: string, writes: string, outermost: string, expected: string]>([
  ['contains-slash', 'after', 'auth', '#..#...#..#'],
  ['contains-slash', 'finally', 'audit', '#..#..###.#'],
  ['contains', 'after', 'auth', '####...#..#'],
  ['starts', 'after', 'audit', '###....##..'],
  ['table', 'finally', 'audit', '#########..'],
])('%s, %s, %s outermost: %s', ([filter, writes, outermost, expected]) => {
  expect(verdicts(run(filter, writes, outermost))).toBe(expected)
})

test('what E-193 names escapes: the crash, the list without a slash, and what is refused outside', () => {
  const { result } = run('contains-slash', 'after', 'auth', ['read', 'list', 'crash', 'stranger'])
  expect(result).toBe('1 entry (1); escaped: 2 3 4')
})

test.for<[misconception: string, requests: string[], result: string]>([
  ['exceptions-pass', ['read', 'crash'], '2 entries (1 2); escaped: none'],
  ['slash-is-nothing', ['read', 'list'], '2 entries (1 2); escaped: none'],
  ['query-counts', ['read', 'report'], '2 entries (1 2); escaped: none'],
  ['refusals-are-nothing', ['read', 'denied'], '1 entry (1); escaped: 2'],
  ['in-is-startswith', ['read', 'list', 'version'], '1 entry (1); escaped: 2 3'],
])('%s says of %o: %s', ([misconception, requests, result]) => {
  const { supposed } = run('contains-slash', 'after', 'auth', requests)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
