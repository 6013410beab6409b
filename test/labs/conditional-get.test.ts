import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionalGet } from '../../src/labs/conditional-get.ts'

interface Conditions {
  readonly method?: string
  readonly etag?: string
  readonly match?: string
  readonly unmodified?: string
  readonly none?: string
  readonly modified?: string
}

const run = ({ method = 'GET', etag = 'strong', ...conditions }: Conditions) =>
  conditionalGet.run({
    etag,
    requests: [
      [method, ...Object.entries(conditions).map(([name, value]) => `${name}=${value}`)].join(':'),
    ],
  })

const told = (run: { readonly outcome: unknown }) => {
  const [{ code, by }] = run.outcome as [{ code: number; by?: string }]
  return by === undefined ? `${code}, no condition fails` : `${code}, ${by} fails`
}

/** Worked out by hand with RFC 9110 §13.1 and §13.2.2. */
test.for<[other: Conditions, result: string]>([
  [{ none: 'current' }, '304, If-None-Match fails'],
  [{ none: 'current', etag: 'weak' }, '304, If-None-Match fails'],
  [{ none: 'old', modified: 'same' }, '200, no condition fails'],
  [{ none: 'current', modified: 'before' }, '304, If-None-Match fails'],
  [{ modified: 'same' }, '304, If-Modified-Since fails'],
  [{ modified: 'before' }, '200, no condition fails'],
  [{ method: 'PUT', none: 'star' }, '412, If-None-Match fails'],
  [{ method: 'PUT', match: 'current' }, '204, no condition fails'],
  [{ method: 'PUT', match: 'current', etag: 'weak' }, '412, If-Match fails'],
  [{ method: 'PUT', match: 'current', unmodified: 'before' }, '204, no condition fails'],
  [{ method: 'PUT', unmodified: 'before' }, '412, If-Unmodified-Since fails'],
  // If-Modified-Since is for GET and HEAD only.
  [{ method: 'DELETE', modified: 'same' }, '204, no condition fails'],
  [{ match: 'current', none: 'current' }, '304, If-None-Match fails'],
])('%o: %s', ([other, result]) => expect(told(run(other))).toBe(result))

test.for<[misconception: string, other: Conditions, result: string]>([
  ['dates-first', { none: 'old', modified: 'same' }, '304; 0 requests carried out'],
  ['all-have-to-hold', { none: 'old', modified: 'same' }, '304; 0 requests carried out'],
  ['weak-never-matches', { none: 'current', etag: 'weak' }, '200; 1 request carried out'],
  ['writes-get-304', { method: 'PUT', none: 'star' }, '304; 0 requests carried out'],
  ['star-always-holds', { method: 'PUT', none: 'star' }, '204; 1 request carried out'],
])('%s says of %o: %s', ([misconception, other, result]) => {
  const { supposed } = run(other)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})

/** The steps of §13.2.2 once more, as a program that goes from line to line. */
function steps(it: Conditions): number {
  const read = it.method === 'GET' || it.method === 'HEAD'
  const strong = it.etag === 'strong'
  if (it.match === 'old' || (it.match === 'current' && !strong)) return 412
  if (it.match === undefined && it.unmodified === 'before') return 412
  if (it.none === 'current' || it.none === 'star') return read ? 304 : 412
  if (it.none === undefined && read && it.modified === 'same') return 304
  return read ? 200 : 204
}

test('agrees with the steps of the RFC', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE'),
          etag: fc.constantFrom('strong', 'weak'),
          match: fc.constantFrom('current', 'old', 'star'),
          unmodified: fc.constantFrom('before', 'same'),
          none: fc.constantFrom('current', 'old', 'star'),
          modified: fc.constantFrom('before', 'same'),
        },
        { requiredKeys: ['method', 'etag'] },
      ),
      it => {
        const [{ code }] = run(it).outcome as [{ code: number }]
        expect(code).toBe(steps(it))
      },
    ),
    { numRuns: 300 },
  )
})
