import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

const POLICIES = ['LRU', 'LFU', 'FIFO'] as const

interface Step {
  readonly key: string
  readonly hit: boolean
  /** What had to go for it. */
  readonly evicted?: string
  /** What the cache holds afterwards, in the order of the alphabet. */
  readonly holds: readonly string[]
}

interface Scenario {
  readonly policy: (typeof POLICIES)[number]
  readonly capacity: number
  readonly keys: readonly string[]
}

interface Entry {
  readonly key: string
  readonly stored: number
  used: number
  uses: number
}

/**
 * Accesses meet a cache that holds `capacity` entries; a miss stores its key, and what goes for it is the entry that was used
 * longest ago (LRU), that was used least often since it was stored, among equals the one used longest ago (LFU), or that was stored
 * first (FIFO). Exact policies: Redis and Valkey approximate LRU and LFU by sampling (valkey.io, Key eviction).
 */
function replay(
  { policy, capacity, keys }: Scenario,
  worst: (it: Entry) => readonly [number, number] = RANK[policy],
  remembers = false,
): Step[] {
  let entries: Entry[] = []
  const before = new Map<string, number>()
  return keys.map((key, now): Step => {
    const uses = (before.get(key) ?? 0) + 1
    before.set(key, uses)
    const entry = entries.find(it => it.key === key)
    if (entry !== undefined) {
      entry.used = now
      entry.uses++
      return { key, hit: true, holds: holding(entries) }
    }
    let evicted: string | undefined
    if (entries.length === capacity) {
      const [out] = entries.toSorted((a, b) => {
        const [x, y] = [worst(a), worst(b)]
        return x[0] - y[0] || x[1] - y[1]
      })
      evicted = out!.key
      entries = entries.filter(it => it !== out)
    }
    entries.push({ key, stored: now, used: now, uses: remembers ? uses : 1 })
    return { key, hit: false, ...(evicted !== undefined && { evicted }), holds: holding(entries) }
  })
}

/** What an entry is judged by; the one with the least goes. */
const RANK = {
  LRU: it => [it.used, 0],
  LFU: it => [it.uses, it.used],
  FIFO: it => [it.stored, 0],
} satisfies Record<string, (it: Entry) => readonly [number, number]>

const holding = (entries: readonly Entry[]) => entries.map(it => it.key).toSorted()
const hits = (steps: readonly Step[]) => steps.filter(it => it.hit).length
const evicted = (steps: readonly Step[]) => steps.flatMap(it => it.evicted ?? [])

const SAYS = {
  LRU: 'LRU (least recently used)',
  LFU: 'LFU (least frequently used since it was stored; among equals the least recently used)',
  FIFO: 'FIFO (first in, first out)',
}

const told = ({ policy, capacity, keys }: Scenario) =>
  `A cache holds at most ${count(capacity, 'entry', 'entries')}, is empty at first and evicts by exact ${SAYS[policy]}. A miss loads the key and stores it. The keys asked for, in order:\n\n` +
  `\`\`\`text\n${keys.join(' ')}\n\`\`\``

export const eviction = lab({
  id: 'eviction',
  title: 'Eviction',
  summary:
    'A full cache has to make room: what LRU, LFU and FIFO evict, and how many hits are left.',
  concepts: ['caching/eviction', 'caching/cache-hit-ratio'],
  sources: ['valkey-eviction#eviction-policies', 'caffeine-efficiency'],
  rule: 'When the cache is full, a miss evicts one entry: under LRU the one whose last use is longest ago, under LFU the one with the fewest uses, under FIFO the one that was stored first.',
  parameters: {
    policy: one('what has to go', POLICIES),
    capacity: whole('how many entries fit', {
      unit: 'entries',
      from: 1,
      to: 100,
      drawn: [3, 3, 4],
    }),
    keys: texts('the keys that are asked for, one after the other', {
      most: 20,
      form: { like: /^\w{1,6}$/, says: 'a short name like a' },
    }),
  },
  example: {
    policy: 'LRU',
    capacity: 3,
    keys: ['a', 'b', 'a', 'c', 'a', 'd', 'b', 'e', 'a', 'c'],
  },
  // A favourite and a few others, never the same twice in a row, more of them than fit.
  draw(random, { capacity }) {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, capacity + 2)
    const favourite = pick(random, ['a', 'b'])
    const keys = names.slice(0, capacity)
    while (keys.length < capacity + 8) {
      const key = random() < 0.25 ? favourite : pick(random, names)
      if (key !== keys.at(-1)) keys.push(key)
    }
    return { keys }
  },
  run: it => replay(it),
  misconceptions: {
    'by-arrival': {
      belief: 'evict the entry that was stored first, however it was used since',
      because: 'The oldest entry is easily taken for the one used longest ago.',
      fact: 'Only FIFO goes by arrival: under LRU and LFU a hit saves an entry.',
      run: it => replay(it, RANK.FIFO),
    },
    'by-last-use': {
      belief: 'evict the entry that was used longest ago',
      because: 'LRU is the best known policy, and taken for what caches do.',
      fact: 'LFU counts uses, and FIFO does not look at uses at all.',
      run: it => replay(it, RANK.LRU),
    },
    'by-count': {
      belief: 'evict the entry that was used least often',
      because: 'What is popular seems to be worth keeping.',
      fact: 'Only LFU counts: to LRU one use a moment ago is worth more than ten before.',
      run: it => replay(it, RANK.LFU),
    },
    'newest-goes': {
      belief: 'evict the entry that was used last',
      because: '“Recently used” is read without the “least”.',
      fact: 'What was used last is what LRU keeps; neither LFU nor FIFO looks for it.',
      run: it => replay(it, entry => [-entry.used, 0]),
    },
    'counts-survive': {
      belief: 'count the uses of a key from before it was evicted as well',
      because: 'A popularity seems to belong to the key.',
      fact: 'Here the count starts with the entry: a key that comes back starts at 1.',
      run: it => replay(it, RANK[it.policy], true),
    },
  },
  questions: {
    hits: {
      kind: 'number',
      title: 'How many hits are left when a cache is too small?',
      unit: 'hits',
      prompt: it => `${told(it)}\n\nHow many of these ${num(it.keys.length)} accesses hit?`,
      answer: hits,
      how: steps =>
        `Evicted, in order: ${list(evicted(steps))}. ${count(hits(steps), 'access', 'accesses')} of ${num(steps.length)} hit.`,
    },
    evicted: {
      kind: 'choice',
      title: 'Which keys does a full cache evict?',
      prompt: it =>
        `${told(it)}\n\nWhich keys are evicted, in order? Name the first three, or all if there are fewer.`,
      answer: steps => evicted(steps).slice(0, 3).join(', ') || 'none',
      how: steps => `Evicted, in order: ${list(evicted(steps))}.`,
    },
    holds: {
      kind: 'text',
      title: 'What does a cache hold at the end?',
      prompt: it =>
        `${told(it)}\n\nWhich keys does the cache hold at the end? Type them in the order of the alphabet, like: ${it.keys.slice(0, it.capacity).toSorted().join(' ')}`,
      answer: steps => steps.at(-1)?.holds.join(' ') ?? 'none',
      how: steps =>
        `Evicted, in order: ${list(evicted(steps))}. What is left: ${list(steps.at(-1)?.holds ?? [])}.`,
    },
  },
  result: steps =>
    `${count(hits(steps), 'hit')}, evicted ${list(evicted(steps))}, at the end ${list(steps.at(-1)?.holds ?? [])}`,
  trace: steps => ({
    columns: ['key', 'answer', 'evicted', 'holds'],
    rows: steps.map(({ key, hit, evicted, holds }) => [
      key,
      hit ? 'hit' : 'miss',
      evicted ?? '',
      holds.length > 8 ? `${num(holds.length)} keys` : holds.join(' '),
    ]),
  }),
  picture: steps => {
    const wide = Math.min(7, Math.max(...steps.map(it => it.key.length)) + 1)
    const shown = steps.slice(0, Math.floor(66 / wide))
    const row = (label: string, cells: readonly string[]) =>
      (label.padEnd(9) + cells.map(it => it.padEnd(wide)).join('')).trimEnd()
    return [
      row(
        'key',
        shown.map(it => it.key),
      ),
      row(
        'hit',
        shown.map(it => (it.hit ? '*' : '')),
      ),
      row(
        'evicted',
        shown.map(it => it.evicted ?? ''),
      ),
    ].join('\n')
  },
})
