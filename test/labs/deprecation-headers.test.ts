import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deprecationHeaders } from '../../src/labs/deprecation-headers.ts'
import { httpDate, readHttpDate } from '../../src/labs/http-date.ts'

const run = (deprecation: string, sunset: string) => deprecationHeaders.run({ deprecation, sunset })
const JANUARY = '@1767225600'

/** Worked out by hand. The first line has the instants of the example in RFC 9745 §4. */
test.for<[deprecation: string, sunset: string, verdict: string]>([
  ['@1688169599', 'Sun, 30 Jun 2024 23:59:59 GMT', 'well formed, right order'],
  [JANUARY, 'Thu, 31 Dec 2026 23:59:59 GMT', 'well formed, right order'],
  [JANUARY, 'Thu, 01 Jan 2026 00:00:00 GMT', 'well formed, right order'],
  [JANUARY, 'Sat, 31 Dec 2026 23:59:59 GMT', 'only Sunset is malformed'],
  [JANUARY, 'Thu, 31 Dec 2026 23:59:59 UTC', 'only Sunset is malformed'],
  [JANUARY, 'Fri, 1 Jan 2027 00:00:00 GMT', 'only Sunset is malformed'],
  [JANUARY, 'Mon, 31 Jun 2026 00:00:00 GMT', 'only Sunset is malformed'],
  [JANUARY, '@1798761599', 'only Sunset is malformed'],
  [JANUARY, 'Wed, 31 Dec 2025 23:59:59 GMT', 'well formed, wrong order'],
  ['@1767225600000', 'Thu, 31 Dec 2026 23:59:59 GMT', 'well formed, wrong order'],
  ['true', 'Thu, 31 Dec 2026 23:59:59 GMT', 'only Deprecation is malformed'],
  ['?1', 'Thu, 31 Dec 2026 23:59:59 GMT', 'only Deprecation is malformed'],
  ['@1767225600.5', 'Thu, 31 Dec 2026 23:59:59 GMT', 'only Deprecation is malformed'],
  ['1767225600', 'Sat, 31 Dec 2026 23:59:59 GMT', 'both are malformed'],
])('%s and %s: %s', ([deprecation, sunset, verdict]) => {
  expect(run(deprecation, sunset).result).toBe(verdict)
})

/** What misconceptions say of `Deprecation: true` and of a wrong weekday, by hand. */
test('misconceptions', () => {
  const said = (deprecation: string, sunset: string) =>
    Object.fromEntries(run(deprecation, sunset).supposed.map(it => [it.misconception, it.result]))
  expect(said('true', 'Thu, 31 Dec 2026 23:59:59 GMT')).toMatchObject({
    'draft-flag': 'well formed, right order',
    'same-form': 'both are malformed',
    'http-date': 'only Deprecation is malformed',
  })
  expect(said(JANUARY, 'Sat, 31 Dec 2026 23:59:59 GMT')).toMatchObject({
    lenient: 'well formed, right order',
    'http-date': 'both are malformed',
  })
})

/** The runtime's own formatting is the twin: what it writes is read back, and any other weekday is refused. */
test('an HTTP-date is read as it was written, and with no other weekday', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30_000_000_000, max: 200_000_000_000 }), at => {
      const text = httpDate(at)
      expect(readHttpDate(text)).toEqual({ at })
      const other = text.startsWith('Mon') ? 'Tue' : 'Mon'
      expect(readHttpDate(other + text.slice(3)).at).toBeUndefined()
      expect(readHttpDate(other + text.slice(3), { anyWeekday: true })).toEqual({ at })
    }),
  )
})
