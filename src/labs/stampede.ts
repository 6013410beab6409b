import { lab, pick } from './lab.ts'
import { numbers, one, texts, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, num } from './said.ts'

/** What a request finds: it loads, waits for a load of another, gets the old value, or hits the refilled entry. */
type Fate = 'loads' | 'waits' | 'old' | 'hits'

interface Request {
  readonly at: number
  readonly process: string
  readonly key: string
  readonly fate: Fate
  /** How long its answer takes, in ms. */
  readonly takes: number
}

interface Scenario {
  readonly load: number
  readonly guard: Guard
  readonly times: readonly number[]
  readonly processes: readonly string[]
  readonly keys: readonly string[]
}

const GUARDS = ['none', 'process', 'shared', 'shared-and-old'] as const
type Guard = (typeof GUARDS)[number]

/**
 * Requests (in ms, ascending) for keys that have all just expired in a cache that several processes share. A load takes `load`
 * ms and then fills the entry. Whoever misses loads, unless somebody in the `area` of its lock is loading the same key: then it
 * waits for that load, or takes the old value where that is kept. What comes at the end of a load finds the entry filled.
 * (Go's singleflight for a lock in the process; Nishtala 2013 §3.2.1 for a lease in the cache, old values included.)
 */
function replay(
  { load, guard, times, processes, keys }: Scenario,
  {
    lock = guard,
    sameKey = true,
    fillsAfter = load,
  }: {
    readonly lock?: Guard
    readonly sameKey?: boolean
    readonly fillsAfter?: number
  } = {},
): Request[] {
  const loads: { at: number; process: string; key: string }[] = []
  return times.map((at, index) => {
    const [process, key] = [processes[index]!, keys[index]!]
    const request = { at, process, key }
    if (loads.some(it => it.key === key && at >= it.at + fillsAfter))
      return { ...request, fate: 'hits', takes: 0 }
    const running = loads.find(
      it =>
        lock !== 'none' &&
        at < it.at + load &&
        (it.key === key || !sameKey) &&
        (it.process === process || lock !== 'process'),
    )
    if (running === undefined) {
      loads.push(request)
      return { ...request, fate: 'loads', takes: load }
    }
    return lock === 'shared-and-old'
      ? { ...request, fate: 'old', takes: 0 }
      : { ...request, fate: 'waits', takes: running.at + load - at }
  })
}

const loads = (requests: readonly Request[]) => requests.filter(it => it.fate === 'loads').length
const SIGNS = { loads: 'L', waits: 'w', old: 'o', hits: 'h' } as const
const signs = (requests: readonly Request[]) => requests.map(it => SIGNS[it.fate]).join('')

const GUARD = {
  none: 'Nothing coordinates the loads.',
  process: 'Each process has its own single-flight group (a lock per key, in its memory).',
  shared: 'A lock per key lies in the shared cache; who does not get it waits for the holder.',
  'shared-and-old':
    'A lock per key lies in the shared cache; who does not get it is given the old value, which is kept past its expiry.',
}

function told({ load, guard, times, processes, keys }: Scenario): string {
  const log = times.map(
    (at, i) =>
      `${i + 1}  ${`${num(at)} ms`.padStart(9)}  ${processes[i]!.padEnd(6)}  GET ${keys[i]!}`,
  )
  return (
    `The processes of a service share one cache. All keys in this log had just expired at 0 ms. A load from the database takes ${num(load)} ms and then refills the entry for everybody, the requests of that millisecond included. ${GUARD[guard]}\n\n` +
    `\`\`\`text\n${log.join('\n')}\n\`\`\``
  )
}

export const stampede = lab({
  id: 'stampede',
  title: 'Cache stampede',
  summary: 'Requests meet expired keys: how many of them load, with and without single-flight.',
  concepts: ['caching/cache-stampede', 'caching/single-flight'],
  sources: ['singleflight#Group.Do', 'nishtala-2013#3.2.1', 'vattani-2015#1'],
  rule: 'Until the first load of a key has ended, every request for it misses; a lock saves the loads of those who see the lock, for its own key only.',
  parameters: {
    load: whole('how long a load takes', { unit: 'ms', from: 1, to: 60_000, drawn: [100, 200] }),
    guard: one('what keeps requests from loading the same key at once', GUARDS),
    times: numbers('when requests come', {
      unit: 'ms',
      from: 0,
      to: 1_000_000,
      rising: true,
      most: 12,
    }),
    processes: texts('the process that gets each request', {
      most: 12,
      form: { like: /^[\w-]{1,6}$/, says: 'a short name like app-1' },
    }),
    keys: texts('the key that each request asks for', {
      most: 12,
      form: { like: /^[\w:-]{1,12}$/, says: 'a short name like price:7' },
    }),
  },
  example: {
    load: 100,
    guard: 'process',
    times: [0, 10, 30, 40, 60, 80, 110, 120],
    processes: ['app-1', 'app-2', 'app-1', 'app-2', 'app-1', 'app-3', 'app-3', 'app-1'],
    keys: ['home', 'home', 'home', 'top10', 'top10', 'home', 'home', 'top10'],
  },
  check: ({ times, processes, keys }) =>
    processes.length < times.length || keys.length < times.length
      ? 'each request needs a process and a key: three lists of the same length'
      : undefined,
  // Seven or eight requests over one and a half loads, from two or three processes, mostly for one key.
  draw(random, { load }) {
    const size = pick(random, [7, 8])
    const most = pick(random, [2, 3])
    const places = [0]
    while (places.length < size) places.push(places.at(-1)! + pick(random, [0.1, 0.15, 0.25, 0.3]))
    return {
      times: places.map(it => Math.round(it * load)).map(it => (it === load ? it + 5 : it)),
      processes: places.map((_, i) =>
        i < 2 ? `app-${i + 1}` : `app-${1 + Math.floor(random() * most)}`,
      ),
      keys: places.map((_, i) =>
        i < 2 ? 'home' : pick(random, ['home', 'home', 'home', 'top10']),
      ),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'one-load-for-all': {
      belief: 'let one load serve everybody, whatever the lock covers',
      because: 'Single-flight is remembered as “one load”, without its reach.',
      fact: 'Only those who see the same lock are held back: without one, or with one per process, others load as well.',
      run: it => replay(it, { lock: it.guard === 'shared-and-old' ? it.guard : 'shared' }),
    },
    'lock-per-process': {
      belief: 'have a lock hold back only requests in the same process',
      because: 'Locks in a program are in its memory.',
      fact: 'A lock in the shared cache is seen by all processes, and without any lock nobody is held back.',
      run: it => replay(it, { lock: 'process' }),
    },
    'every-miss-loads': {
      belief: 'let every request load that comes before the refill',
      because: 'That is what happens without a guard.',
      fact: 'With single-flight a request that finds a load of its key running does not start another.',
      run: it => replay(it, { lock: 'none' }),
    },
    'lock-for-all-keys': {
      belief: 'let a load of one key hold back requests for other keys',
      because: 'A mutex around the load function would do that.',
      fact: 'Loads are coalesced per key; one for another key has nothing to share.',
      run: it => replay(it, { sameKey: false }),
    },
    'filled-at-once': {
      belief: 'count the entry as filled as soon as its first load has begun',
      because: 'In a drawing the miss and the refill are one arrow.',
      fact: 'The entry exists only when the load has ended; until then everybody misses.',
      run: it => replay(it, { fillsAfter: 0 }),
    },
  },
  questions: {
    loads: {
      kind: 'number',
      title: 'How many loads does an expired key cause?',
      unit: 'loads',
      prompt: it => `${told(it)}\n\nHow many loads reach the database?`,
      answer: loads,
      how: requests =>
        `Request by request: is the entry filled, and if not, does a lock that this request sees say that its key is being loaded? ${count(loads(requests), 'load')} for ${count(requests.length, 'request')}.`,
    },
    fates: {
      kind: 'choice',
      title: 'Which requests load, wait or hit after a key has expired?',
      prompt: it =>
        `${told(it)}\n\nWhat happens to the requests, in order: \`L\` loads, \`w\` waits for a load of another request, \`o\` gets the old value, \`h\` hits the refilled entry?`,
      answer: requests => `\`${signs(requests)}\``,
      how: requests =>
        `An entry is filled when its first load ends; until then it depends on the lock who starts another. ${count(loads(requests), 'load')} in all.`,
    },
    waiting: {
      kind: 'number',
      title: 'How many ms do requests lose when a key expires?',
      unit: 'ms',
      prompt: it =>
        `${told(it)}\n\nA request that loads takes the whole load, one that waits takes until the load it waits for ends, any other takes no time worth counting. How many ms is that for all requests together?`,
      answer: requests => requests.reduce((sum, it) => sum + it.takes, 0),
      how: requests =>
        `${requests.map(it => num(it.takes)).join(' + ')} = ${num(requests.reduce((sum, it) => sum + it.takes, 0))} ms.`,
    },
  },
  result: requests =>
    `${count(loads(requests), 'load')} for ${count(requests.length, 'request')}: ${signs(requests)}`,
  trace: requests => ({
    columns: ['t (ms)', 'process', 'key', 'request', 'takes (ms)'],
    rows: requests.map(({ at, process, key, fate, takes }) => [
      num(at),
      process,
      key,
      fate === 'old' ? 'gets the old value' : fate,
      num(takes),
    ]),
  }),
  picture: requests =>
    timeline(
      [...new Set(requests.map(it => it.process))].map(process => ({
        label: process,
        marks: requests
          .filter(it => it.process === process)
          .map(({ at, fate }) => ({ at, sign: SIGNS[fate] })),
      })),
      requests[0]!.at,
      requests.at(-1)!.at,
      'ms',
    ),
})
