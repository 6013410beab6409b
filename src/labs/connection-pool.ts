import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, num } from './said.ts'

interface Pool {
  readonly size: number
  /** How long a request keeps its connection. */
  readonly hold: number
  /** How long a request waits for one before it fails; 0 is for ever. */
  readonly timeout: number
  readonly arrivals: readonly number[]
}

interface Request {
  readonly at: number
  /** When it gets a connection; nothing when it gives up. */
  readonly starts: number | null
  /** When it is done or has failed. */
  readonly ends: number
}

/**
 * A pool of `size` connections and requests that each hold one for `hold` ms, first come, first served. Who finds none free waits, at
 * most `timeout` ms; then it fails and has used no connection (HikariCP's connectionTimeout). The arguments say what a wrong
 * rule changes: how many connections there are, what the timeout covers, and whether failed requests use a connection.
 */
function serve(
  { size, hold, timeout, arrivals }: Pool,
  {
    connections = size,
    covers = 0,
    failedUse = false,
  }: { readonly connections?: number; readonly covers?: number; readonly failedUse?: boolean } = {},
): Request[] {
  const free = Array<number>(connections).fill(0)
  return arrivals.map(at => {
    const next = free.indexOf(Math.min(...free))
    const starts = Math.max(at, free[next]!)
    const failed = timeout > 0 && starts - at + covers > timeout
    if (!failed || failedUse) free[next] = starts + hold
    return failed ? { at, starts: null, ends: at + timeout } : { at, starts, ends: starts + hold }
  })
}

const failed = (all: readonly Request[]) => all.filter(it => it.starts === null).length
const last = (all: readonly Request[]) => Math.max(...all.map(it => it.ends))

const scene = ({ size, hold, timeout, arrivals }: Pool) =>
  `A service has a pool of ${count(size, 'connection')}, all free at first. Each request holds one for ${num(hold)} ms; who finds none free waits in line, first come, first served${timeout > 0 ? `, and fails after ${num(timeout)} ms of waiting` : ', without a limit'}. ` +
  `Requests come at ${arrivals.map(num).join(', ')} ms.\n\n`

export const connectionPool = lab({
  id: 'connection-pool',
  title: 'Connection pool',
  summary:
    'Requests share a few connections: who waits, who gives up, and when the last one is done.',
  concepts: ['databases/connection-pool', 'resilience/littles-law', 'resilience/bulkhead'],
  sources: ['hikari-readme', 'hikari-pool-sizing', 'concurrency-limits#background'],
  rule: 'A request starts as soon as a connection is free for it; who has waited for the limit before that fails, and takes **no** connection.',
  parameters: {
    size: whole('connections in the pool', { from: 1, to: 100, drawn: [2, 3, 4] }),
    hold: whole('how long a request holds its connection', {
      unit: 'ms',
      from: 1,
      to: 60_000,
      drawn: [80, 100],
    }),
    timeout: whole('how long a request waits for a connection, 0 for ever', {
      unit: 'ms',
      from: 0,
      to: 60_000,
      drawn: [105, 125, 155],
    }),
    arrivals: numbers('when requests come', {
      unit: 'ms',
      from: 0,
      to: 600_000,
      whole: true,
      rising: true,
      most: 20,
    }),
  },
  example: { size: 2, hold: 100, timeout: 150, arrivals: [0, 0, 10, 20, 30, 40, 60] },
  // More than the pool can take at once, then some a little later.
  draw(random, { size }) {
    const burst = Array.from({ length: size + pick(random, [1, 2, 3]) }, (_, i) => i * 10)
    const later = [60, 70, 90, 110, 140].slice(pick(random, [0, 1, 2]))
    return { arrivals: [...burst, ...later].slice(0, 9).toSorted((a, b) => a - b) }
  },
  run: it => serve(it),
  misconceptions: {
    'no-line': {
      belief: 'let every request start at once',
      because: 'With a pool there is always a connection, it seems.',
      fact: 'The pool has so many connections and no more; the next request waits until one comes back.',
      run: it => serve(it, { connections: it.arrivals.length + it.size }),
    },
    'timeout-covers-work': {
      belief: 'count the work in as well, as if the limit were for the whole request',
      because: 'A timeout is often one for everything.',
      fact: 'It limits the wait for a connection; once that is there, other timeouts hold.',
      run: it => serve(it, { covers: it.hold }),
    },
    'failed-keep-their-turn': {
      belief: 'let requests that gave up use their connection all the same',
      because: 'They had a place in line.',
      fact: 'Who gives up leaves the line, and the next one starts that much earlier.',
      run: it => serve(it, { failedUse: true }),
    },
    'one-at-a-time': {
      belief: 'let the pool serve one request after another',
      because: 'First come, first served sounds like a single line with one window.',
      fact: 'There is one line, but as many windows as connections.',
      run: it => serve(it, { connections: 1 }),
    },
    'nobody-fails': {
      belief: 'leave out the limit and let everybody wait until they are served',
      because: 'Sooner or later a connection comes back.',
      fact: 'Who has waited for the limit gets an error, although a connection would come free soon.',
      run: it => serve({ ...it, timeout: 0 }),
    },
  },
  questions: {
    failed: {
      kind: 'number',
      title: 'How many requests fail for want of a connection?',
      unit: 'requests',
      prompt: it => `${scene(it)}How many of the ${num(it.arrivals.length)} requests fail?`,
      answer: failed,
      how: told,
    },
    last: {
      kind: 'number',
      title: 'When is the last request over?',
      unit: 'ms',
      prompt: it => `${scene(it)}At how many ms is the last of them over, done or failed?`,
      answer: last,
      how: all => `${told(all)} The last one is over at ${num(last(all))} ms.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests get a connection?',
      prompt: it =>
        `${scene(it)}Which requests get a connection (\`#\`), and which fail (\`x\`), in the order in which they came?`,
      answer: all => `\`${all.map(it => (it.starts === null ? 'x' : '#')).join('')}\``,
      how: told,
    },
  },
  result: all =>
    `${num(failed(all))} of ${count(all.length, 'request')} ${failed(all) === 1 ? 'fails' : 'fail'}; the last one is over at ${num(last(all))} ms`,
  trace: all => ({
    columns: ['comes (ms)', 'waits (ms)', 'starts (ms)', 'over (ms)'],
    rows: all.map(({ at, starts, ends }) => [
      num(at),
      num((starts ?? ends) - at),
      starts === null ? 'fails' : num(starts),
      num(ends),
    ]),
  }),
  picture: all =>
    messages(
      all.map(({ at, starts, ends }) => ({
        from: `${num(at)} ms`,
        to: starts === null ? 'error' : 'connection',
        says: starts === null ? `at ${num(ends)} ms` : `${num(starts)} to ${num(ends)} ms`,
      })),
    ),
})

function told(all: readonly Request[]): string {
  const waited = all.filter(it => it.starts !== null && it.starts > it.at).length
  const free = all.filter(it => it.starts === it.at).length
  return `${count(free, 'request')} ${free === 1 ? 'finds' : 'find'} a free connection. ${count(waited, 'request')} ${waited === 1 ? 'waits and gets' : 'wait and get'} one that comes back; ${count(failed(all), 'request')} would have to wait for longer than the limit.`
}
