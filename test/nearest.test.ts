import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distance, nearest, normalise } from '../src/nearest.ts'

describe('distance', () => {
  test.for<[a: string, b: string, slips: number]>([
    ['', '', 0],
    ['etag', 'etag', 0],
    ['', 'raft', 4],
    ['cahce', 'cache', 1],
    ['circut', 'circuit', 1],
    ['etags', 'etag', 1],
    ['jwt', 'jws', 1],
    ['idempotancy', 'idempotency', 1],
    ['kitten', 'sitting', 3],
    // The pair that tells it from the unrestricted distance, which is 2: swap, then insert between.
    ['ca', 'abc', 3],
    ['ab', 'ba', 1],
    ['🙂a', 'a🙂', 1],
  ])('%s → %s is %i', ([a, b, slips]) => {
    expect(distance(a, b)).toBe(slips)
  })

  /** Few letters, so that the words have something in common. */
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '🙂'), maxLength: 9 })

  test('is symmetric, and zero only for the same word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, b) === 0).toBe(a === b)
      }),
    )
  })

  test('lies between the difference of the lengths and the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [m, n] = [[...a].length, [...b].length]
        expect(distance(a, b)).toBeGreaterThanOrEqual(Math.abs(m - n))
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(m, n))
      }),
    )
  })

  test('one more edit costs at most one more, and text around both words costs nothing', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, around) => {
        expect(distance(`${a}c`, b)).toBeLessThanOrEqual(distance(a, b) + 1)
        expect(distance(around + a + around, around + b + around)).toBeLessThanOrEqual(
          distance(a, b),
        )
      }),
    )
  })

  test('with a limit, it is the same number or one above the limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(6), (a, b, limit) => {
        expect(distance(a, b, limit)).toBe(Math.min(distance(a, b), limit + 1))
      }),
    )
  })
})

describe('nearest', () => {
  const names = [
    'etag',
    'cache-control',
    'circuit breaker',
    'rbac',
    'abac',
    'liveness probe',
    'live',
    '409',
    '404',
  ]

  test.for<[word: string, near: string[]]>([
    ['etga', ['etag']],
    ['Cahce_Control', ['cache-control']],
    ['circut braker', ['circuit breaker']],
    ['rabac', ['abac', 'rbac']],
    ['pbac', ['abac', 'rbac']],
    ['live', ['live', 'liveness probe']],
    ['livenes', ['liveness probe']],
    ['405', ['404', '409']],
    ['raft', []],
    ['e', []],
    ['', []],
    ['???', []],
  ])('%s may have meant %j', ([word, near]) => {
    expect(nearest(word, names)).toEqual(near)
  })

  test('gives at most as many as asked for, each once', () => {
    expect(nearest('pbac', [...names, ...names], 1)).toEqual(['abac'])
    expect(nearest('pbac', names, 0)).toEqual([])
  })

  test('a very long word is near nothing, at once', () => {
    expect(nearest('a'.repeat(1_000_000), names)).toEqual([])
  })

  test('a name is nearest to itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), name => {
        expect(nearest(name, names)[0]).toBe(name)
      }),
    )
  })
})

describe('normalise', () => {
  test.for<[name: string, key: string]>([
    ['Cache-Control', 'cache control'],
    ['cache_control', 'cache control'],
    ['  cache / control ', 'cache control'],
    ["Little's law", 'littles law'],
    ['I’m a Teapot', 'im a teapot'],
    ['max-age=0', 'max age 0'],
    ['ＥＴａｇ', 'etag'],
    ['cache\u00ad\u200bcontrol', 'cachecontrol'],
    ['a\u0000\u001b[31mb', 'a 31mb'],
    ['__proto__', 'proto'],
    ['409', '409'],
    ['.*(', ''],
  ])('%j is found under %j', ([name, key]) => {
    expect(normalise(name)).toBe(key)
  })

  test('applying it twice changes nothing, and it leaves no punctuation or control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        const key = normalise(name)
        expect(normalise(key)).toBe(key)
        expect(key).toMatch(/^$|^[\p{L}\p{N}\p{M}]+( [\p{L}\p{N}\p{M}]+)*$/u)
      }),
      { numRuns: 2000 },
    )
  })
})
