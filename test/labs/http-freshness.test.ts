import fc from 'fast-check'
import { expect, test } from 'vitest'
import { httpFreshness } from '../../src/labs/http-freshness.ts'

const NONE = { directive: 'none', sMaxage: 0, age: 0, down: false }

const told = (it: object, misconception?: string) => {
  const { result, supposed } = httpFreshness.run({ ...NONE, ...it })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}
const signs = (it: object) => told(it).split(' ').at(-1)

/** Each row with the sentence of RFC 9111 that decides it. */
test.for<[scenario: object, expected: string]>([
  // §4.2: fresh means lifetime > current age, so a copy of exactly its lifetime is stale.
  [{ cache: 'browser', maxAge: 60, requests: [59] }, 's'],
  [{ cache: 'browser', maxAge: 60, requests: [60] }, 'v'],
  // §4.2.3: the Age that it came with counts.
  [{ cache: 'browser', maxAge: 60, age: 50, requests: [20] }, 'v'],
  // §5.2.2.10: s-maxage overrides max-age in a shared cache, and only there.
  [{ cache: 'CDN', maxAge: 60, sMaxage: 600, requests: [100] }, 's'],
  [{ cache: 'browser', maxAge: 60, sMaxage: 600, requests: [100] }, 'v'],
  // §5.2.2.4 and §5.2.2.2: no-cache acts at once, must-revalidate once the copy is stale.
  [{ cache: 'browser', directive: 'no-cache', maxAge: 60, requests: [10] }, 'v'],
  [{ cache: 'browser', directive: 'must-revalidate', maxAge: 60, requests: [10] }, 's'],
  // §5.2.2.5 and §5.2.2.7: what is not stored has to be fetched.
  [{ cache: 'browser', directive: 'no-store', maxAge: 60, requests: [10] }, 'f'],
  [{ cache: 'CDN', directive: 'private', maxAge: 60, requests: [10] }, 'f'],
  [{ cache: 'browser', directive: 'private', maxAge: 60, requests: [10] }, 's'],
  // §4.3.4: a validation starts the age anew.
  [{ cache: 'browser', maxAge: 60, age: 40, requests: [10, 30, 80, 100] }, 'svsv'],
  // §4.2.4: stale copies of a cache that is disconnected, and what forbids them.
  [{ cache: 'browser', maxAge: 60, requests: [90], down: true }, 'o'],
  [{ cache: 'browser', directive: 'must-revalidate', maxAge: 60, requests: [90], down: true }, 'e'],
  [{ cache: 'browser', directive: 'no-cache', maxAge: 60, requests: [10], down: true }, 'e'],
  [{ cache: 'CDN', maxAge: 60, sMaxage: 80, requests: [90], down: true }, 'e'],
])('%o: %s', ([scenario, expected]) => {
  expect(signs(scenario)).toBe(expected)
})

test.for<[misconception: string, scenario: object, expected: string]>([
  [
    'age-ignored',
    { cache: 'browser', maxAge: 60, age: 50, requests: [20, 70] },
    'reusable for 60 s; requests sv',
  ],
  [
    's-maxage-mixed-up',
    { cache: 'CDN', maxAge: 60, sMaxage: 600, requests: [100] },
    'reusable for 60 s; requests v',
  ],
  [
    'no-cache-forbids-storing',
    { cache: 'browser', directive: 'no-cache', maxAge: 60, requests: [10] },
    'reusable for 0 s; requests f',
  ],
])('%s: %o', ([misconception, scenario, expected]) => {
  expect(told(scenario, misconception)).toBe(expected)
})

test('without a validation, time never makes a stale copy fresh again, and freshness lasts as long as is said', () => {
  const some = fc.integer({ min: 0, max: 300 })
  fc.assert(
    fc.property(
      fc.constantFrom('browser', 'CDN'),
      fc.constantFrom('none', 'no-cache', 'no-store', 'must-revalidate', 'private'),
      some,
      some,
      some,
      (cache, directive, maxAge, sMaxage, age) => {
        const requests = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(it => it * 40)
        const it = told({ cache, directive, maxAge, sMaxage, age, requests, down: true })
        const [, reusable, all] = /^reusable for (\d+) s; requests (s*[oe]*)$/.exec(it) ?? []
        expect(all).toHaveLength(requests.length)
        expect(all?.split('').filter(it => it === 's').length).toBe(
          requests.filter(at => at < Number(reusable)).length,
        )
      },
    ),
  )
})
