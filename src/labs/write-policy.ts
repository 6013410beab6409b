import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

const POLICIES = ['write-through', 'write-behind', 'write-around', 'cache-aside'] as const
type Policy = (typeof POLICIES)[number]

const EVENTS = ['read', 'write', 'flush', 'crash'] as const
type Event = (typeof EVENTS)[number]

const SIGNS = { read: 'R', write: 'W', flush: 'F', crash: 'X' } as const

/** What one event did; `value` is what was read or written. */
interface Step {
  readonly event: Event
  readonly value?: number
  readonly hit?: boolean
  /** What the cache holds for the key afterwards; none if it holds nothing. */
  readonly cache: number | 'none'
  readonly database: number
}

interface Scenario {
  readonly policy: Policy
  readonly first: number
  readonly events: readonly Event[]
}

/**
 * One key. A read takes the cached value, or else loads the row and caches it. The n-th write brings the value `first + n`:
 * write-through puts it into the cache and the database before it confirms; write-behind confirms with the cache alone, and a
 * `flush` stores the last value; write-around and cache-aside write the database and drop the key. A crash empties the cache
 * with all that was not flushed. The options say what a wrong rule changes. (Oracle Coherence, Caching Data Sources; Azure Architecture Center, Cache-Aside.)
 */
function replay(
  { policy, first, events }: Scenario,
  {
    drops = true,
    keeps = true,
    survives = false,
    flushesFirst = false,
  }: {
    readonly drops?: boolean
    readonly keeps?: boolean
    readonly survives?: boolean
    readonly flushesFirst?: boolean
  } = {},
): Step[] {
  let database = first
  let cache: number | 'none' = 'none'
  let queued: number | undefined
  let last = first
  const flush = () => {
    database = queued ?? database
    queued = undefined
  }
  const step = (event: Event): Step => {
    switch (event) {
      case 'read': {
        const hit = cache !== 'none'
        const value = cache === 'none' ? database : cache
        cache = value
        return { event, value, hit, cache, database }
      }
      case 'write':
        last++
        if (policy === 'write-behind') queued = last
        else database = last
        if (policy === 'write-through' || policy === 'write-behind') cache = keeps ? last : 'none'
        else if (drops) cache = 'none'
        return { event, value: last, cache, database }
      case 'flush':
        flush()
        return { event, cache, database }
      case 'crash':
        if (flushesFirst) flush()
        if (!survives) {
          cache = 'none'
          queued = undefined
        }
        return { event, cache, database }
    }
  }
  return events.map(step)
}

const reads = (steps: readonly Step[]) => steps.filter(it => it.event === 'read')
const misses = (steps: readonly Step[]) => reads(steps).filter(it => !it.hit)
const ending = (steps: readonly Step[], { first }: Pick<Scenario, 'first'>) => {
  const { cache, database } = steps.at(-1) ?? { cache: 'none', database: first }
  return `database ${num(database)}, cache ${cache === 'none' ? '--' : num(cache)}`
}
const answers = (steps: readonly Step[]) =>
  reads(steps).map(it => `${it.hit ? 'h' : 'm'}${num(it.value!)}`)

const POLICY = {
  'write-through': 'The cache works with **write-through**.',
  'write-behind':
    'The cache works with **write-behind** and keeps its queue in memory until it is flushed.',
  'write-around': 'Writes go **around** the cache, and an entry for the key is dropped.',
  'cache-aside': 'The application works with **cache-aside** and deletes the key after a write.',
}

function told({ policy, first, events }: Scenario): string {
  let value = first
  const lines = events
    .filter(it => it !== 'flush' || policy === 'write-behind')
    .map(event => {
      if (event === 'write') return `write ${num(++value)}, confirmed`
      if (event === 'flush') return '(the queue is flushed to the database)'
      return event === 'crash' ? '(the cache node loses power and restarts)' : 'read'
    })
  return `${POLICY[policy]} The cache node has no replica and keeps nothing on disk. At first the row holds ${num(first)} and the cache is empty. This and nothing else happens to the key, one thing after the other:\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\``
}

export const writePolicy = lab({
  id: 'write-policy',
  title: 'Write policies of a cache',
  summary:
    'Write-through, write-behind, write-around and cache-aside, with a crash: what is left where.',
  concepts: [
    'caching/write-through',
    'caching/write-behind',
    'caching/write-around',
    'caching/cache-aside',
  ],
  sources: ['coherence#Write-Through', 'coherence#Write-Behind', 'azure-cache-aside', 'bcache'],
  rule: 'Write-through confirms when cache and store have the value, write-behind when the cache has it; around the cache and with cache-aside only the store gets it, and the old entry goes.',
  parameters: {
    policy: one('where a write goes', POLICIES),
    first: whole('value of the row before the first write', {
      from: 0,
      to: 1_000_000,
      drawn: [10, 20, 40, 70],
    }),
    events: texts('what happens, one after the other; a flush concerns write-behind only', {
      of: EVENTS,
      most: 12,
    }),
  },
  example: {
    policy: 'write-behind',
    first: 10,
    events: ['read', 'write', 'flush', 'read', 'write', 'write', 'read', 'crash', 'read'],
  },
  // Reads around each write, a flush that does not cover the last one, and mostly a crash before the last reads.
  draw(random, { policy }) {
    const flushes = (often: number): Event[] =>
      policy === 'write-behind' && random() < often ? ['flush'] : []
    const crash = policy === 'write-behind' || random() < 0.6
    return {
      events: [
        ...pick<Event[]>(random, [[], ['read'], ['read']]),
        'write',
        ...flushes(0.8),
        ...pick<Event[]>(random, [['read'], ['read', 'read']]),
        ...pick<Event[]>(random, [['write'], ['write', 'write'], ['write', 'read', 'write']]),
        ...flushes(0.2),
        ...pick<Event[]>(random, [[], ['read']]),
        ...(crash ? (['crash'] as const) : []),
        ...pick<Event[]>(random, [['read'], ['read', 'read'], ['read', 'write']]),
      ],
    }
  },
  run: it => replay(it),
  misconceptions: {
    'confirmed-is-stored': {
      belief: 'have each confirmed write in the cache and in the database at once',
      because: 'A confirmation is read as “it is safe”, and a policy as a detail of speed.',
      fact: 'Write-behind confirms before the database has anything; cache-aside and write-around leave the cache without the value.',
      run: it => replay({ ...it, policy: 'write-through' }),
    },
    'flush-before-crash': {
      belief: 'let a cache that crashes flush its queue first',
      because: 'An orderly shutdown does that.',
      fact: 'A crash takes what is in memory: confirmed writes that were not flushed are lost.',
      run: it => replay(it, { flushesFirst: true }),
    },
    'cache-survives': {
      belief: 'let the cache keep its entries when its node loses power',
      because: 'A cache server is taken for a small database.',
      fact: 'Without persistence or a replica the node comes back empty.',
      run: it => replay(it, { survives: true }),
    },
    'old-entry-stays': {
      belief: 'leave the old entry in the cache when the row is written',
      because: 'A write that goes past the cache seems not to touch it.',
      fact: 'Here the entry is dropped after the write, or the old value would be served until its TTL ends.',
      run: it => replay(it, { drops: false }),
    },
    'write-only-drops': {
      belief: 'have a write only drop the cached entry and put nothing in its place',
      because: 'It is what one does with cache-aside.',
      fact: 'In write-through and write-behind the write goes through the cache, which keeps the new value.',
      run: it => replay(it, { keeps: false }),
    },
  },
  questions: {
    ending: {
      kind: 'choice',
      title: 'What do cache and database hold after writes and a crash?',
      prompt: it =>
        `${told(it)}\n\nWhat do database and cache hold for the key at the end (\`--\`: nothing)?`,
      answer: ending,
      how: (steps, it) => `Step by step it comes to: ${ending(steps, it)}.`,
    },
    reads: {
      kind: 'choice',
      title: 'What do readers get under a write policy?',
      prompt: it =>
        `${told(it)}\n\nWhat do the reads return, in order? (\`h10\` is a hit that returns 10, \`m10\` a miss that returns 10.)`,
      answer: steps => `\`${answers(steps).join(' ')}\``,
      how: steps =>
        `A hit returns what the cache holds, a miss what the database holds: ${list(answers(steps))}.`,
    },
    misses: {
      kind: 'number',
      title: 'How many reads reach the database under a write policy?',
      unit: 'reads',
      prompt: it => `${told(it)}\n\nHow many of the reads reach the database?`,
      answer: steps => misses(steps).length,
      how: steps =>
        `The reads return ${list(answers(steps))}: ${count(misses(steps).length, 'miss', 'misses')}.`,
    },
  },
  result: (steps, it) =>
    `${ending(steps, it)} after ${count(reads(steps).length, 'read')} (${list(answers(steps))})`,
  trace: (steps, { policy }) => ({
    columns: ['event', 'value', 'cache', 'database'],
    rows: steps
      .filter(it => it.event !== 'flush' || policy === 'write-behind')
      .map(({ event, value, hit, cache, database }) => [
        event === 'read' ? (hit ? 'read, hit' : 'read, miss') : event,
        value === undefined ? '' : num(value),
        cache === 'none' ? 'empty' : num(cache),
        num(database),
      ]),
  }),
  picture: steps => {
    const row = (label: string, cells: readonly string[]) =>
      `${label.padEnd(9)}${cells.map(it => it.padStart(5)).join('')}`
    return [
      row(
        'event',
        steps.map(it => SIGNS[it.event]),
      ),
      row(
        'cache',
        steps.map(it => (it.cache === 'none' ? '-' : String(it.cache).slice(-4))),
      ),
      row(
        'database',
        steps.map(it => String(it.database).slice(-4)),
      ),
      'R read, W write, F flush, X crash of the cache',
    ].join('\n')
  },
})
