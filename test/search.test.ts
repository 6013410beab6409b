import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { stem } from '../src/search/words.ts'
import {
  buildIndex,
  type Entry,
  openIndex,
  resolve,
  type Searcher,
  searchAll,
} from '../src/search.ts'
import { Called, entries, namesOf } from './search/fixture.ts'
import { refsOf } from './search/judge.ts'

let searcher: Searcher
const names = namesOf(entries)
const search = async () => [searcher]
/** A bank whose full text must not be needed. */
const unread = async (): Promise<readonly Searcher[]> => {
  throw new Error('the full text was loaded')
}

beforeAll(async () => {
  searcher = await open(entries)
})

/** Through JSON, as on disk. */
async function open(entries: readonly Entry[]): Promise<Searcher> {
  return openIndex(JSON.parse(JSON.stringify(await buildIndex(entries))))
}

describe('a name is found without the full text', () => {
  test.for<[query: string, ref: string]>([
    ['409', 'status-codes/409'],
    ['http 409', 'status-codes/409'],
    ['HTTP status code 409', 'status-codes/409'],
    ['409 conflict', 'status-codes/409'],
    ['409 Conflict error', 'status-codes/409'],
    ['error 503', 'status-codes/503'],
    ['503?', 'status-codes/503'],
    ['found', 'status-codes/302'],
    ['Not Found', 'status-codes/404'],
    ['unprocessable entity', 'status-codes/422'],
    ['Cache-Control', 'caching/cache-control'],
    ['cache_control', 'caching/cache-control'],
    ['CacheControl', 'caching/cache-control'],
    ['cache control header', 'caching/cache-control'],
    ['caching/no-cache', 'caching/no-cache'],
    ['caching no-cache', 'caching/no-cache'],
    ['cap/split-brain', 'cap/split-brain'],
    ['status-codes/409', 'status-codes/409'],
    ['nocache', 'caching/no-cache'],
    ['e-tag', 'caching/etag'],
    ['etags', 'caching/etag'],
    ['circuit breakers', 'resilience/circuit-breaker'],
    ['the circuit breaker pattern', 'resilience/circuit-breaker'],
    ['hot key', 'caching/hot-key'],
    ['littles law', 'resilience/littles-law'],
    ["Little's Law", 'resilience/littles-law'],
    ['what is a circuit breaker?', 'resilience/circuit-breaker'],
    ['how does pkce work', 'auth/pkce'],
    ['explain thundering herd', 'caching/cache-stampede'],
    ['when should I use jwt', 'auth/jwt'],
    ["what's a JWT", 'auth/jwt'],
    ['authorisation', 'auth/authorization'],
    ['strong weak validators', 'caching/strong-weak-validators'],
    ['what is read your writes', 'cap/read-your-writes'],
    ['cap', 'cap/cap'],
    ['caching', 'caching'],
    ['what is caching', 'caching'],
    ['login', 'auth/authentication'],
    ['ryw', 'cap/read-your-writes'],
  ])('%s', async ([query, ref]) => {
    expect(await resolve(query, names, unread)).toEqual({ type: 'one', ref, how: 'name' })
  })
})

describe('a comparison is found without the full text', () => {
  test.for<[query: string, refs: string[]]>([
    ['difference between 401 and 403', ['status-codes/401', 'status-codes/403']],
    ["what's the difference between a 403 and a 401?", ['status-codes/403', 'status-codes/401']],
    ['401 vs 403', ['status-codes/401', 'status-codes/403']],
    ['401 or 403', ['status-codes/401', 'status-codes/403']],
    ['401/403', ['status-codes/401', 'status-codes/403']],
    ['401 403 404', ['status-codes/401', 'status-codes/403', 'status-codes/404']],
    ['401, 403 and 404', ['status-codes/401', 'status-codes/403', 'status-codes/404']],
    ['401 or 403 for an expired token', ['status-codes/401', 'status-codes/403']],
    ['should I return 400 or 422 when validation fails', ['status-codes/400', 'status-codes/422']],
    ['compare etag and last-modified', ['caching/etag', 'caching/last-modified']],
    ['compare etag with last-modified', ['caching/etag', 'caching/last-modified']],
    ['no-cache versus no-store', ['caching/no-cache', 'caching/no-store']],
    ['how does max-age differ from s-maxage?', ['caching/max-age', 'caching/s-maxage']],
    ['jwt vs. sessions', ['auth/jwt', 'auth/session']],
    ['liveness and readiness probes', ['resilience/liveness-probe', 'resilience/readiness-probe']],
    ['liveness vs readiness', ['resilience/liveness-probe', 'resilience/readiness-probe']],
    ['rbac / abac', ['auth/rbac', 'auth/abac']],
    ['authn vs authz', ['auth/authentication', 'auth/authorization']],
    ['cahce-aside vs circut braker', ['caching/cache-aside', 'resilience/circuit-breaker']],
    ['strong and weak validators vs etag', ['caching/strong-weak-validators', 'caching/etag']],
  ])('%s', async ([query, refs]) => {
    expect(await resolve(query, names, unread)).toEqual({ type: 'compare', refs })
  })

  test('a thing compared with itself is that thing', async () => {
    expect(await resolve('jwt vs json web token', names, search)).toMatchObject({
      type: 'one',
      ref: 'auth/jwt',
    })
  })
})

describe('a slip of the keyboard is forgiven without the full text', () => {
  test.for<[query: string, ref: string]>([
    ['cahce-control', 'caching/cache-control'],
    ['circut braker', 'resilience/circuit-breaker'],
    ['thundring herd', 'caching/cache-stampede'],
    ['what is a circut braker?', 'resilience/circuit-breaker'],
    ['etga', 'caching/etag'],
    ['pkec', 'auth/pkce'],
    ['unproccessable entity', 'status-codes/422'],
  ])('%s', async ([query, ref]) => {
    expect(await resolve(query, names, unread)).toEqual({ type: 'one', ref, how: 'typo' })
  })

  test.for(['499', '408', 'pbac'])('%s is not taken for a neighbour', async query => {
    expect(await resolve(query, names, search)).not.toMatchObject({ type: 'one', how: 'typo' })
  })
})

describe('words find what they describe', () => {
  test.for<[query: string, ref: string]>([
    ['why did my cache return stale', 'caching/stale-reads'],
    ['two nodes both act as leader', 'cap/split-brain'],
    ['duplicate create', 'status-codes/409'],
    ['deleted for good', 'status-codes/410'],
    ['one key gets all the traffic', 'caching/hot-key'],
    ['changing the id in the url shows another customer', 'auth/bola'],
    ['old leader writes after a garbage collection pause', 'cap/fencing-token'],
    ['many callers recompute an expired key', 'caching/cache-stampede'],
    ['braker keeps failing', 'resilience/circuit-breaker'],
    ['which role has which perms', 'auth/rbac'],
    ['keep pension statements out of the store', 'caching/no-store'],
    ['deadlocked container', 'resilience/liveness-probe'],
  ])('%s', async ([query, ref]) => {
    expect(refsOf(await resolve(query, names, search))[0]).toBe(ref)
  })

  test('one clear answer is given alone, several that fit are offered best first, at most eight', async () => {
    expect(await resolve('pension statement', names, search)).toMatchObject({
      type: 'one',
      how: 'words',
    })
    const several = await resolve('storing tokens', names, search)
    expect(several.type).toBe('several')
    const scores = several.type === 'several' ? several.hits.map(({ score }) => score) : []
    expect(scores.length).toBeLessThanOrEqual(8)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  test('nothing fits: the nearest names, at most five', async () => {
    expect(await resolve('zzzzzz', names, search)).toEqual({ type: 'none', nearest: [] })
    expect(await resolve('505', names, search)).toEqual({ type: 'none', nearest: ['500', '503'] })
  })

  test('a name of two concepts offers both', async () => {
    const twice = new Called([...names, ['breaker', ['resilience/circuit-breaker', 'auth/bola']]])
    expect(refsOf(await resolve('breaker', twice, search))).toEqual([
      'resilience/circuit-breaker',
      'auth/bola',
    ])
  })
})

describe('a searcher', () => {
  test('finds questions too, and only the types asked for', () => {
    expect(searcher.search('pension', { types: ['question'] }).map(({ ref }) => ref)).toEqual([
      'caching/pension-page',
    ])
    expect(searcher.search('pension').map(({ ref }) => ref)).toEqual([
      'caching/pension-page',
      'caching/no-store',
    ])
    expect(searcher.search('store', { limit: 2 })).toHaveLength(2)
    expect(searcher.search('zzzzzz')).toEqual([])
  })

  test('title and alias count for more than gist, gist for more than body', async () => {
    const word = (ref: string, fields: Partial<Entry>): Entry => ({
      ref: `t/${ref}`,
      type: 'concept',
      title: 'a',
      aliases: [],
      gist: '',
      body: '',
      concepts: [],
      ...fields,
    })
    const four = await open([
      word('d', { body: 'lighthouse' }),
      word('c', { gist: 'lighthouse' }),
      word('b', { aliases: ['lighthouse'] }),
      word('a', { title: 'lighthouse' }),
    ])
    expect(four.search('lighthouse').map(({ ref }) => ref)).toEqual(['t/a', 't/b', 't/c', 't/d'])
  })

  test('two banks are one list, and the later bank has the last word', async () => {
    const later = await open([
      {
        ...entries.find(it => it.ref === 'auth/pkce')!,
        title: 'PKCE at our place',
        body: 'verifier',
      },
    ])
    const hits = searchAll([searcher, later], 'pkce verifier')
    expect(hits.filter(({ ref }) => ref === 'auth/pkce').map(({ title }) => title)).toEqual([
      'PKCE at our place',
    ])
    expect(
      await resolve('verifier and its hash', names, async () => [searcher, later]),
    ).toMatchObject({ ref: 'auth/pkce' })
  })

  test('an empty bank finds nothing', async () => {
    const empty = await open([])
    expect(empty.search('jwt')).toEqual([])
    expect(await resolve('jwt', new Called(), async () => [empty])).toEqual({
      type: 'none',
      nearest: [],
    })
  })
})

describe('whatever is typed', () => {
  const hostile = [
    '',
    ' ',
    '???',
    '.*',
    '(',
    '[a-',
    '\\',
    '\u0000\u001b[31m',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '__proto__ vs constructor',
    'a'.repeat(1_000_000),
    'a '.repeat(500_000),
    '401 or '.repeat(100_000),
    ' / '.repeat(100_000),
    '⁠\u200b',
    'what is the',
    'vs',
    'and',
    'http',
    'caching/',
    '/',
    '//',
    'caching/pension-page',
    'caching/__proto__',
  ]

  test.for(hostile.map(query => [query.slice(0, 20), query] as const))(
    '%j is answered',
    async ([, query]) => {
      for (const book of [
        names,
        new Called([
          ['__proto__', ['a/b']],
          ['x', ['a/x']],
        ]),
      ]) {
        const { type } = await resolve(query, book, search)
        expect(['one', 'compare', 'several', 'none']).toContain(type)
      }
      expect(() => searcher.search(query)).not.toThrow()
    },
  )

  test.for(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '%s is no name, unless a bank has it',
    async query => {
      expect(await resolve(query, new Called(), async () => [await open([])])).toEqual({
        type: 'none',
        nearest: [],
      })
      const own: Entry = {
        ref: 'js/it',
        type: 'concept',
        title: query,
        aliases: [query],
        gist: query,
        body: query,
        concepts: [],
      }
      const bank = await open([own])
      expect(await resolve(query, namesOf([own]), unread)).toEqual({
        type: 'one',
        ref: 'js/it',
        how: 'name',
      })
      expect(bank.search(`${query} please`).map(({ ref }) => ref)).toEqual(['js/it'])
    },
  )

  test('any text is answered, with refs that exist', async () => {
    const known = new Set(entries.map(({ ref }) => ref))
    const word = fc.constantFrom(
      '401',
      'vs',
      'or',
      'etag',
      'jwt',
      'what',
      'is',
      'cache',
      '/',
      'proto',
      'circut',
      'stale',
      'leader',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 12 }).map(words => words.join(' ')),
    )
    await fc.assert(
      fc.asyncProperty(text, async query => {
        const refs = refsOf(await resolve(query, names, search))
        expect(refs.filter(ref => !known.has(ref))).toEqual([])
        expect(new Set(refs).size).toBe(refs.length)
      }),
      { numRuns: 500 },
    )
  })

  test('the same words get the same answer', async () => {
    const again = await open(entries)
    expect(again.search('stale cache leader')).toEqual(searcher.search('stale cache leader'))
  })
})

/** Words on one line are one word to the search; the stem itself is nobody's business. */
test.for([
  'cache caches cached caching',
  'retry retries retried retrying',
  'validate validates validation validating',
  'consistent consistency',
  'authorize authorise authorization authorisation',
  'idempotent idempotency idempotence',
  'throttle throttled throttling',
  'shed shedding',
  'revoke revoked revocation',
  'expire expired expires expiry expiration',
])('%s are forms of one word', forms => {
  expect(new Set(forms.split(' ').map(stem)).size).toBe(1)
})

test.for(['ring', 'rate', 'used', 'status', 'dns', '301s'])('%s is not cut to pieces', word => {
  expect(stem(word).length).toBeGreaterThanOrEqual(3)
})
