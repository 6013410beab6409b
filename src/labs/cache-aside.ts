import { lab, pick } from './lab.ts'
import { flag, numbers, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, num } from './said.ts'

/** A read: when it came, and where its answer came from. */
interface Read {
  readonly at: number
  readonly from: 'cache' | 'database'
  /** The answer is older than the row in the database. */
  readonly stale: boolean
}

interface Scenario {
  readonly ttl: number
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly deletes: boolean
}

/**
 * One key under cache-aside, times in seconds. A read that finds an entry younger than the TTL takes it; any other read loads
 * the row and stores it, and the TTL counts from then on. A write changes the row, and deletes the key if `deletes` says so;
 * what comes at the same instant as a read comes before it. The options say what a wrong rule changes.
 * (Azure Architecture Center, Cache-Aside; ElastiCache, lazy loading and TTL.)
 */
function replay(
  { ttl, reads, writes, deletes }: Scenario,
  {
    warm = false,
    slides = false,
    ends = stored => stored + ttl,
    onWrite = deletes ? 'deletes' : 'nothing',
  }: {
    readonly warm?: boolean
    readonly slides?: boolean
    readonly ends?: (stored: number) => number
    readonly onWrite?: 'nothing' | 'deletes' | 'stores'
  } = {},
): Read[] {
  const all = [
    ...writes.map(at => ({ at, write: true })),
    ...reads.map(at => ({ at, write: false })),
  ].toSorted((a, b) => a.at - b.at)
  let current = 1
  let entry = warm ? { version: 1, ends: ends(all[0]?.at ?? 0) } : undefined
  const out: Read[] = []
  for (const { at, write } of all) {
    if (write) {
      current++
      if (onWrite === 'deletes') entry = undefined
      if (onWrite === 'stores') entry = { version: current, ends: ends(at) }
    } else if (entry !== undefined && at < entry.ends) {
      out.push({ at, from: 'cache', stale: entry.version < current })
      if (slides) entry = { ...entry, ends: ends(at) }
    } else {
      entry = { version: current, ends: ends(at) }
      out.push({ at, from: 'database', stale: false })
    }
  }
  return out
}

const hits = (reads: readonly Read[]) => reads.filter(it => it.from === 'cache').length
const stale = (reads: readonly Read[]) => reads.filter(it => it.stale).length
const verdict = ({ from, stale }: Read) => (from === 'database' ? 'D' : stale ? 's' : 'c')

function told({ ttl, reads, writes, deletes }: Scenario): string {
  const written =
    writes.length === 0
      ? 'Nobody writes the row.'
      : `The row is changed at t = ${writes.map(num).join(', ')} s; the writer ${deletes ? 'deletes the key right after its commit' : 'does not touch the cache'}.`
  return (
    `A service reads one product with cache-aside: on a miss it loads the row and stores it with a TTL of ${num(ttl)} s. The cache is empty at first; a load takes no time worth counting.\n\n` +
    `- Reads come at t = ${reads.map(num).join(', ')} s.\n- ${written}`
  )
}

export const cacheAside = lab({
  id: 'cache-aside',
  title: 'Cache-aside',
  summary:
    'Reads and writes of one key with a TTL: which reads hit, which load the row, and which are stale.',
  concepts: ['caching/cache-aside', 'caching/ttl', 'caching/stale-reads'],
  sources: ['azure-cache-aside', 'elasticache-strategies#Strategies.WithTTL'],
  rule: 'A miss loads the row and stores it for the TTL, counted from that load; in between the entry answers, whatever happens in the database, unless somebody deletes it.',
  parameters: {
    ttl: whole('how long an entry lives after it is stored', {
      unit: 's',
      from: 1,
      to: 86_400,
      drawn: [20, 30, 60],
    }),
    reads: numbers('when the row is read', {
      unit: 's',
      from: 0,
      to: 1_000_000,
      rising: true,
      most: 20,
    }),
    writes: numbers('when the row is changed', {
      unit: 's',
      from: 0,
      to: 1_000_000,
      rising: true,
      least: 0,
      most: 10,
    }),
    deletes: flag('whether a writer deletes the key after its commit'),
  },
  example: { ttl: 30, reads: [0, 10, 25, 40, 50, 80], writes: [15, 45], deletes: false },
  // Reads closer together than the TTL, so that a sliding one would live on; writes between them. Gaps are multiples of
  // three tenths of the TTL, so that no read falls on the instant at which an entry expires.
  draw(random, { ttl }) {
    const step = ttl / 10
    const first = pick(random, [0, 1, 2])
    const places = [first]
    const size = pick(random, [5, 6, 7, 8])
    while (places.length < size) places.push(places.at(-1)! + pick(random, [3, 3, 6, 9]))
    if (random() < 0.4) places[size - 1] = places[size - 2]! + 12
    const written = [pick(random, [0, 1, 2]), pick(random, [3, 4])].slice(
      0,
      pick(random, [1, 2, 2]),
    )
    return {
      reads: places.map(it => it * step),
      writes: written.map(it => (places[it]! + 1) * step),
    }
  },
  run: replay,
  misconceptions: {
    'ttl-slides': {
      belief: 'start the TTL anew at each hit',
      because: 'Sessions are often kept alive that way.',
      fact: 'The TTL is set when the entry is stored; a read does not prolong it.',
      run: it => replay(it, { slides: true }),
    },
    'ttl-by-the-clock': {
      belief: 'let the entry expire at fixed marks, at each multiple of the TTL',
      because: 'Rate-limit windows and cron jobs do run on fixed marks.',
      fact: 'The TTL counts from the moment at which the entry was stored.',
      run: it => replay(it, { ends: stored => (Math.floor(stored / it.ttl) + 1) * it.ttl }),
    },
    'cache-sees-writes': {
      belief: 'have a write to the database drop the cached entry by itself',
      because: 'Cache and database look like one store from the outside.',
      fact: 'The cache knows nothing of the database: without a delete the old entry stays until its TTL ends.',
      run: it => replay(it, { onWrite: 'deletes' }),
    },
    'write-stores': {
      belief: 'have each write put the new value into the cache',
      because: 'Write-through does that, and it feels a pity to miss right after a write.',
      fact: 'In cache-aside only a read that misses stores a value; a writer deletes the key at most.',
      run: it => replay(it, { onWrite: 'stores' }),
    },
    'delete-ignored': {
      belief: 'leave the old entry in the cache after a delete',
      because: 'A TTL is taken for the only way out of a cache.',
      fact: 'A deleted key is gone at once, and the next read loads the row.',
      run: it => replay(it, { onWrite: 'nothing' }),
    },
  },
  questions: {
    database: {
      kind: 'number',
      title: 'How many reads reach the database with cache-aside?',
      unit: 'reads',
      prompt: it => `${told(it)}\n\nHow many of the reads load the row from the database?`,
      answer: reads => reads.length - hits(reads),
      how: (reads, { ttl }) =>
        `Each load lets the entry live for ${num(ttl)} s from then on. ${num(reads.length - hits(reads))} of ${count(reads.length, 'read')} go to the database.`,
    },
    stale: {
      kind: 'number',
      title: 'How many reads get an outdated answer from the cache?',
      unit: 'reads',
      prompt: it =>
        `${told(it)}\n\nHow many of the reads get a value that is older than the row in the database?`,
      answer: stale,
      how: (reads, { ttl }) =>
        `An entry that was stored before a write and is hit after it is outdated, for at most ${num(ttl)} s. That happens ${count(stale(reads), 'time')}.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'Where does the answer to each read come from?',
      prompt: it =>
        `${told(it)}\n\nWhere do the answers come from, in order: \`D\` database, \`c\` cache and up to date, \`s\` cache and outdated?`,
      answer: reads => `\`${reads.map(verdict).join('')}\``,
      how: (reads, { ttl }) =>
        `Each \`D\` stores the row for ${num(ttl)} s; what is hit in between is outdated if a write came since that load. ${count(hits(reads), 'hit')}, ${num(stale(reads))} of them outdated.`,
    },
  },
  result: reads =>
    `${count(hits(reads), 'hit')} (${num(stale(reads))} outdated), ${count(reads.length - hits(reads), 'load')}: ${reads.map(verdict).join('')}`,
  trace: reads => ({
    columns: ['t (s)', 'answer from', 'value'],
    rows: reads.map(({ at, from, stale }) => [num(at), from, stale ? 'outdated' : 'up to date']),
  }),
  picture: (reads, { writes }) =>
    timeline(
      [
        { label: 'writes', marks: writes.map(at => ({ at, sign: 'W' })) },
        { label: 'reads', marks: reads.map(it => ({ at: it.at, sign: verdict(it) })) },
      ],
      Math.min(reads[0]!.at, writes[0] ?? reads[0]!.at),
      Math.max(reads.at(-1)!.at, writes.at(-1) ?? 0),
    ),
})
