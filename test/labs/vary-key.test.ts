import fc from 'fast-check'
import { expect, test } from 'vitest'
import { varyKey } from '../../src/labs/vary-key.ts'

const told = (vary: string, requests: readonly string[], misconception?: string) => {
  const parts = requests.map(it => it.split('|'))
  const { result, supposed } = varyKey.run({
    vary,
    languages: parts.map(it => it[0]!),
    encodings: parts.map(it => it[1]!),
    agents: parts.map(it => it[2]!),
  })
  return (supposed.find(it => it.misconception === misconception)?.result ?? result).split(': ')[1]
}

const REQUESTS = ['en|gzip|a', 'de|gzip|a', 'en|br|b', 'en+de|gzip|b', 'en|gzip|b', 'en|gzip|a']

/** M goes to the origin, h hits. Worked out by hand with RFC 9111 §4.1. */
test.for<[vary: string, misconception: string | undefined, expected: string]>([
  ['nothing', undefined, 'Mhhhhh'],
  ['Accept-Language', undefined, 'MMhMhh'],
  ['Accept-Encoding', undefined, 'MhMhhh'],
  ['Accept-Language, Accept-Encoding', undefined, 'MMMMhh'],
  ['User-Agent', undefined, 'MhMhhh'],
  ['*', undefined, 'MMMMMM'],
  ['Accept-Language', 'url-only', 'Mhhhhh'],
  ['Accept-Language', 'all-fields', 'MMMMMh'],
  ['Accept-Language', 'one-slot', 'MMMMMh'],
  ['Accept-Language', 'by-meaning', 'MMhhhh'],
  ['Accept-Language, Accept-Encoding', 'any-field', 'Mhhhhh'],
])('Vary: %s (%s): %s', ([vary, misconception, expected]) => {
  expect(told(vary, REQUESTS, misconception)).toBe(expected)
})

/** A key of the URL and the named values, as a CDN builds it: as many misses as keys. */
test('there are as many misses as different keys', () => {
  const request = fc
    .tuple(fc.constantFrom('en', 'de'), fc.constantFrom('gzip', 'br'), fc.constantFrom('a', 'b'))
    .map(it => it.join('|'))
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 10 }), requests => {
      const keys = new Set(requests.map(it => it.split('|').slice(0, 2).join()))
      const misses = told('Accept-Language, Accept-Encoding', requests)?.replaceAll('h', '')
      expect(misses).toHaveLength(keys.size)
    }),
  )
})
