import { lab, pick } from './lab.ts'
import { flag, numbers, one, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { num } from './said.ts'

const DIRECTIVES = ['none', 'no-cache', 'no-store', 'must-revalidate', 'private'] as const

type Did = keyof typeof SIGNS

const SIGNS = { store: 's', validate: 'v', fetch: 'f', old: 'o', error: 'e' } as const

interface Outcome {
  readonly stored: boolean
  /** For how long after it came the copy is reused without asking, in seconds. */
  readonly reusable: number
  readonly requests: readonly { readonly at: number; readonly age: number; readonly did: Did }[]
}

interface Scenario {
  readonly cache: 'browser' | 'CDN'
  readonly directive: (typeof DIRECTIVES)[number]
  readonly maxAge: number
  readonly sMaxage: number
  readonly age: number
  readonly requests: readonly number[]
  readonly down: boolean
}

/** `s-maxage` in a shared cache, `max-age` otherwise; 0 stands for no `s-maxage` (RFC 9111 §4.2.1). */
const lifetimeOf = ({ maxAge, sMaxage }: Scenario, shared: boolean) =>
  shared && sMaxage > 0 ? sMaxage : maxAge

/**
 * What a cache does with GETs that it may have a copy for, in seconds since the copy came. It stores nothing under `no-store`, nor
 * under `private` if it is shared. The age is the Age that the copy came with and the time since; it is fresh while its lifetime is
 * greater (RFC 9111 §4.2), and reused then unless `no-cache` demands a validation (§5.2.2.4). A validation succeeds and starts the
 * age anew (§4.3.4). If the origin cannot be reached, this cache serves stale copies where the RFC allows it: not against
 * `no-cache`, `must-revalidate` or, in a shared cache, `s-maxage` (§4.2.4, §5.2.2.10). The options say what a wrong rule changes.
 */
function replay(
  it: Scenario,
  {
    shared = it.cache === 'CDN',
    noStores = ['no-store'],
    validates = ['no-cache'],
    forbids = ['no-cache', 'must-revalidate', 's-maxage'],
    received = it.age,
  }: {
    readonly shared?: boolean
    readonly noStores?: readonly string[]
    readonly validates?: readonly string[]
    readonly forbids?: readonly string[]
    readonly received?: number
  } = {},
): Outcome {
  const { cache, directive, sMaxage, down } = it
  const stored = !noStores.includes(directive) && !(directive === 'private' && cache === 'CDN')
  const lifetime = lifetimeOf(it, shared)
  const asks = validates.includes(directive)
  const forbidden =
    forbids.includes(directive) || (cache === 'CDN' && sMaxage > 0 && forbids.includes('s-maxage'))
  // When the response was as good as made.
  let born = -received
  return {
    stored,
    reusable: stored && !asks ? Math.max(0, lifetime - received) : 0,
    requests: it.requests.map(at => {
      const age = at - born
      if (!stored) return { at, age, did: down ? 'error' : 'fetch' }
      if (lifetime > age && !asks) return { at, age, did: 'store' }
      if (down) return { at, age, did: forbidden ? 'error' : 'old' }
      born = at
      return { at, age, did: 'validate' }
    }),
  }
}

const signs = ({ requests }: Outcome) => requests.map(it => SIGNS[it.did]).join('')

function told(it: Scenario): string {
  const header = [
    ...(it.directive === 'none' ? [] : [it.directive]),
    `max-age=${it.maxAge}`,
    ...(it.sMaxage > 0 ? [`s-maxage=${it.sMaxage}`] : []),
  ].join(', ')
  return (
    `${it.cache === 'CDN' ? 'A CDN node (a shared cache)' : 'A browser (a private cache)'} received this answer to a GET:\n\n` +
    `\`\`\`http\nHTTP/1.1 200 OK\nCache-Control: ${header}\nAge: ${it.age}\nETag: "v7"\n\`\`\`\n\nNetwork delays do not count.`
  )
}

export const httpFreshness = lab({
  id: 'http-freshness',
  title: 'HTTP freshness',
  summary:
    'A response with Cache-Control and Age comes up again: reused, validated, fetched, or served stale.',
  concepts: [
    'caching/freshness',
    'caching/cache-control',
    'caching/no-cache',
    'caching/must-revalidate',
    'caching/s-maxage',
  ],
  sources: ['rfc9111#4.2', 'rfc9111#4.2.4', 'rfc9111#5.2.2.4', 'rfc9111#5.2.2.10'],
  rule: 'A stored copy is reused while its lifetime is greater than its age, unless `no-cache` stands against it; then it is validated, and served stale only if the origin is away and no directive forbids it.',
  parameters: {
    cache: one('which cache it is', ['browser', 'CDN']),
    directive: one('a directive beside the lifetimes', DIRECTIVES, [
      'none',
      'none',
      'no-cache',
      'must-revalidate',
      'must-revalidate',
      'private',
    ]),
    maxAge: whole('max-age', { unit: 's', from: 0, to: 31_536_000, drawn: [60, 120, 240] }),
    sMaxage: whole('s-maxage; 0 for none', { unit: 's', from: 0, to: 31_536_000 }),
    age: whole('the Age that the response came with', { unit: 's', from: 0, to: 31_536_000 }),
    requests: numbers('when GETs come, counted from its arrival', {
      unit: 's',
      from: 0,
      to: 31_536_000,
      rising: true,
      most: 10,
    }),
    down: flag('whether the origin cannot be reached'),
  },
  example: {
    cache: 'browser',
    directive: 'must-revalidate',
    maxAge: 120,
    sMaxage: 600,
    age: 40,
    requests: [20, 70, 100, 130, 210],
    down: false,
  },
  // Requests on both sides of each lifetime, with and without the Age; none on an edge at first.
  draw(random, { cache, directive, maxAge }) {
    const part = maxAge / 12
    const sMaxage =
      directive === 'private' || random() < 0.4 ? 0 : pick(random, [0.5, 2, 2, 3]) * maxAge
    const places = [pick(random, [1.5, 2.5])]
    while (places.length < 5) places.push(places.at(-1)! + pick(random, [2, 3, 5, 7]))
    const stretched = cache === 'CDN' && sMaxage > maxAge ? 2 : 1
    return {
      sMaxage,
      age: pick(random, [0, 4, 6, 8]) * part,
      requests: places.map(it => it * part * stretched).map(it => Math.floor(it)),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'no-cache-forbids-storing': {
      belief: 'take `no-cache` as a ban on storing',
      because: 'The name says so.',
      fact: '`no-cache` allows to store and demands a validation before each use; `no-store` is the ban.',
      run: it => replay(it, { noStores: ['no-store', 'no-cache'] }),
    },
    'must-revalidate-always': {
      belief: 'validate on each use because of `must-revalidate`',
      because: 'The name does not say when.',
      fact: '`must-revalidate` acts once the copy is stale; while it is fresh it is reused without asking.',
      run: it => replay(it, { validates: ['no-cache', 'must-revalidate'] }),
    },
    'no-cache-when-stale': {
      belief: 'reuse a fresh copy in spite of `no-cache`',
      because: 'A lifetime beside it seems to mean something.',
      fact: 'Under `no-cache` each use needs a validation, however fresh the copy is.',
      run: it => replay(it, { validates: [] }),
    },
    'age-ignored': {
      belief: 'count from when this cache received the response, without its `Age`',
      because: 'A cache knows only its own clock.',
      fact: '`Age` is how old the response was when it came: its lifetime had been running since the origin made it.',
      run: it => replay(it, { received: 0 }),
    },
    's-maxage-mixed-up': {
      belief: 'let `s-maxage` rule in the browser and `max-age` in the CDN',
      because: 'The s is forgotten, or read as “session”.',
      fact: 'The s is for shared: `s-maxage` overrides `max-age` in shared caches, and only there.',
      run: it => replay(it, { shared: it.cache !== 'CDN' }),
    },
    'stale-always-served': {
      belief: 'serve any stale copy while the origin is away',
      because: 'An old answer looks better than an error.',
      fact: '`no-cache`, `must-revalidate` and, in a shared cache, `s-maxage` forbid it: then the client gets a 504.',
      run: it => replay(it, { forbids: [] }),
    },
  },
  questions: {
    requests: {
      kind: 'choice',
      title: 'Which requests are answered from the store, validated, or fetched?',
      prompt: it =>
        `${told(it)} The URL is requested again ${it.requests.map(num).join(', ')} s after that. ` +
        (it.down
          ? 'All that time the origin cannot be reached; the cache serves stale copies wherever RFC 9111 allows it.'
          : 'The origin can be reached; its page does not change, and it answers directly, with the same `Cache-Control` and without an `Age`.') +
        '\n\nWhat happens to these requests, in order?\n\n' +
        '- `s`: answered from the store without asking the origin\n' +
        (it.down
          ? '- `o`: answered from the store, although validation was called for\n- `e`: answered with a 504'
          : '- `v`: validated with a conditional request\n- `f`: fetched in full, as nothing is stored'),
      answer: it => `\`${signs(it)}\``,
      how: (it, { directive, age, cache, ...rest }) => {
        const lifetime = lifetimeOf({ directive, age, cache, ...rest }, cache === 'CDN')
        return it.stored
          ? `In a ${cache} the lifetime is ${num(lifetime)} s; the copy was ${num(age)} s old when it came${directive === 'no-cache' ? ', and `no-cache` asks for a validation each time' : ''}. That gives ${signs(it)}.`
          : `With \`${directive}\` a ${cache} stores nothing.`
      },
    },
    reusable: {
      kind: 'number',
      title: 'For how long is a response reused without asking the origin?',
      unit: 's',
      bare: true,
      prompt: it =>
        `${told(it)} For how many seconds from its arrival may this cache answer GETs for the URL from this copy, without asking the origin?\n\nAnswer 0 if it may not at all.`,
      answer: it => it.reusable,
      how: (it, { directive, age, cache, ...rest }) => {
        const lifetime = lifetimeOf({ directive, age, cache, ...rest }, cache === 'CDN')
        return it.reusable === 0
          ? `Not at all: the directive is \`${directive}\`, and ${num(age)} s of a lifetime of ${num(lifetime)} s had passed on arrival.`
          : `In a ${cache} the lifetime is ${num(lifetime)} s, and ${num(age)} s of it had passed on arrival: ${num(it.reusable)} s are left.`
      },
    },
  },
  result: it => `reusable for ${num(it.reusable)} s; requests ${signs(it)}`,
  trace: ({ requests }, it) => ({
    columns: ['t (s)', 'age (s)', 'lifetime (s)', 'answer'],
    rows: requests.map(({ at, age, did }) => [
      num(at),
      num(age),
      num(lifetimeOf(it, it.cache === 'CDN')),
      {
        store: 'from the store',
        validate: 'validated',
        fetch: 'fetched',
        old: 'stale from the store',
        error: '504',
      }[did],
    ]),
  }),
  picture: ({ requests }) =>
    timeline(
      [
        {
          label: 'asks nobody',
          marks: requests
            .filter(it => it.did === 'store' || it.did === 'old')
            .map(({ at, did }) => ({ at, sign: SIGNS[did] })),
        },
        {
          label: 'asks origin',
          marks: requests
            .filter(it => it.did !== 'store' && it.did !== 'old')
            .map(({ at, did }) => ({ at, sign: SIGNS[did] })),
        },
      ],
      0,
      Math.max(1, requests.at(-1)!.at),
    ),
})
