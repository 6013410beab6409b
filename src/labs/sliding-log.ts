import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { admissions, timeline } from './picture.ts'
import { count, num } from './said.ts'

interface Limit {
  readonly limit: number
  readonly window: number
  readonly arrivals: readonly number[]
}

/** A request: when it came, how many entries the log held then, and what it is told: 0 when it gets in, else Retry-After in seconds. */
interface Step {
  readonly at: number
  readonly entries: number
  readonly admitted: boolean
  readonly retryAfter: number
}

/**
 * Replays arrivals (in seconds, ascending) through a sliding-window log: the times of the requests that got in.
 *
 *     drop entries at or before now − window
 *     fewer than limit entries: add now, let in
 *     else: refuse, Retry-After = max(1, ceil(oldest + window − now))
 *
 * as ZREMRANGEBYSCORE, ZCARD and ZADD do on a sorted set. The arguments say what a wrong rule changes: whether refused requests
 * are recorded, whether those of one instant are one entry, from when on entries count, and what the refused are told.
 */
function replay(
  { limit, window, arrivals }: Limit,
  {
    refusedToo = false,
    instantOnce = false,
    since = at => at - window,
    retryAfter = (oldest, at) => Math.max(1, Math.ceil(oldest + window - at)),
  }: {
    readonly refusedToo?: boolean
    readonly instantOnce?: boolean
    readonly since?: (at: number) => number
    readonly retryAfter?: (oldest: number, at: number) => number
  } = {},
): Step[] {
  let log: number[] = []
  return arrivals.map(at => {
    log = log.filter(it => it > since(at))
    const entries = log.length
    const oldest = log[0]
    const admitted = entries < limit
    if ((admitted || refusedToo) && !(instantOnce && log.at(-1) === at)) log.push(at)
    return { at, entries, admitted, retryAfter: admitted ? 0 : retryAfter(oldest ?? at, at) }
  })
}

const admitted = (steps: readonly Step[]) => steps.filter(it => it.admitted).length
const last = (steps: readonly Step[]) => steps.at(-1)?.retryAfter ?? 0

export const slidingLog = lab({
  id: 'sliding-log',
  title: 'Sliding-window log',
  summary: 'The times of accepted requests are kept: who gets in, and when to come back.',
  concepts: ['rate-limiting/sliding-window-log', 'rate-limiting/saying-no'],
  sources: ['redis-zadd', 'redis-eval', 'rfc9110#10.2.3'],
  rule: 'Only accepted requests are recorded; a request gets in if fewer than `limit` of them lie in the last `window` seconds, else `Retry-After` is `ceil(oldest + window − now)`.',
  parameters: {
    limit: whole('requests allowed in any window', {
      unit: 'requests',
      from: 1,
      to: 1000,
      drawn: [2, 3, 4],
    }),
    window: whole('length of the window that slides along', {
      unit: 's',
      from: 1,
      to: 86_400,
      drawn: [10, 20, 30],
    }),
    arrivals: numbers('when requests arrive', {
      unit: 's',
      from: 0,
      to: 1_000_000,
      rising: true,
      most: 40,
    }),
  },
  example: { limit: 3, window: 10, arrivals: [1, 1, 4, 6, 9, 11, 12, 14, 14.5] },
  // Enough to fill the window, some that are refused, some after the first entries have left it, and a last one in between.
  draw(random, { limit, window }) {
    const tenth = window / 10
    const some = (most: number, from: number, to: number) =>
      Array.from({ length: most }, () => {
        const steps = Math.floor(random() * (to - from)) + from
        return steps * tenth
      })
    const sorted = [
      ...some(1, 1, 2),
      ...some(limit - 1, 2, 5),
      ...some(pick(random, [1, 2, 3]), 5, 10),
      ...some(pick(random, [2, 3]), 11, 16),
    ].toSorted((a, b) => a - b)
    const end = sorted.at(-1)! + pick(random, [0.5, 1, 1.5])
    return { arrivals: [...sorted, end] }
  },
  run: it => replay(it),
  misconceptions: {
    'records-refused': {
      belief: 'record refused requests as well',
      because:
        'Code that adds the entry before it decides does so, and some limiters mean to punish retries.',
      fact: 'Then a client that keeps trying fills its own window and is refused again and again; only accepted requests count.',
      run: it => replay(it, { refusedToo: true }),
    },
    'window-of-the-clock': {
      belief: 'forget the whole log at each full window of the clock',
      because: 'That is how a fixed window counts.',
      fact: 'Each entry leaves the log by itself, when it is as old as the window is long.',
      run: it =>
        replay(it, {
          since: at => Math.floor(at / it.window) * it.window - 1e-9,
          retryAfter: (_, at) => Math.max(1, Math.ceil(it.window - (at % it.window))),
        }),
    },
    'instant-once': {
      belief: 'make one entry of requests that come at the same instant',
      because: 'With the time as member of a sorted set, the second one only updates the first.',
      fact: 'Each accepted request is an entry of its own, which is why the member has to be unique.',
      run: it => replay(it, { instantOnce: true }),
    },
    'whole-window': {
      belief: 'make refused clients wait for a whole window',
      because: 'With a window that starts anew it would be a safe answer.',
      fact: 'A place is free as soon as the oldest entry leaves: at `oldest + window`, not at `now + window`.',
      run: it => replay(it, { retryAfter: () => it.window }),
    },
    'rounds-down': {
      belief: 'cut off the fraction of `Retry-After`',
      because: 'The field holds whole seconds, and making an integer of a number cuts it off.',
      fact: 'Rounded down, the client comes back too early and is refused again, so it is rounded up.',
      run: it => replay(it, { retryAfter: (oldest, at) => Math.floor(oldest + it.window - at) }),
    },
  },
  questions: {
    admitted: {
      kind: 'number',
      title: 'How many requests does a sliding log let in?',
      unit: 'requests',
      prompt: ({ limit, window, arrivals }) =>
        `A limiter keeps a log of the requests that it lets in. It allows ${count(limit, 'request')} in the last ${num(window)} s; an entry that is exactly ${num(window)} s old no longer counts. ` +
        `Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nHow many of them get in?`,
      answer: admitted,
      how: (steps, { limit, window }) =>
        `At each request, count the accepted ones of the last ${num(window)} s: with fewer than ${num(limit)} it gets in. ${num(admitted(steps))} of ${num(steps.length)} do.`,
    },
    'retry-after': {
      kind: 'number',
      title: 'Which Retry-After does a sliding log give?',
      unit: 's',
      prompt: ({ limit, window, arrivals }) =>
        `An API lets a client in ${count(limit, 'time')} in any ${num(window)} s. It keeps the times of accepted calls in a log, and an entry leaves it when it is ${num(window)} s old. ` +
        `Calls come at t = ${arrivals.map(num).join(', ')} s.\n\nWhich \`Retry-After\` (the smallest whole number of seconds that is enough) does the last call get? Type 0 if it gets in.`,
      answer: last,
      how: (steps, { window }) => {
        const end = steps.at(-1)
        if (end === undefined || end.admitted)
          return 'When the last call comes there is room in the window, so it is not refused.'
        return `It is refused. The next place is free when the oldest entry in the log is ${num(window)} s old, which is ${num(end.retryAfter)} s away, rounded up to a whole second.`
      },
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests does a sliding log let in?',
      prompt: ({ limit, window, arrivals }) =>
        `A sorted set holds the times of accepted requests. Entries that are ${num(window)} s old or older are removed first; then a request gets in if fewer than ${num(limit)} are left. ` +
        `Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nWhich of them get in (\`#\`), and which get a 429 (\`.\`)?`,
      answer: steps => `\`${steps.map(it => (it.admitted ? '#' : '.')).join('')}\``,
      how: steps =>
        `An accepted request takes a place until it is too old, a refused one takes none. ${num(admitted(steps))} get in.`,
    },
  },
  result: steps => {
    const end = last(steps)
    return `${num(admitted(steps))} of ${num(steps.length)} requests admitted; the last ${end === 0 && steps.at(-1)?.admitted ? 'gets in' : `is told \`Retry-After: ${num(end)}\``}`
  },
  trace: steps => ({
    columns: ['t (s)', 'in the log', 'request', 'Retry-After'],
    rows: steps.map(({ at, entries, admitted, retryAfter }) => [
      num(at),
      num(entries),
      admitted ? 'admitted' : '429',
      admitted ? '' : num(retryAfter),
    ]),
  }),
  picture: steps => timeline(admissions(steps), 0, steps.at(-1)?.at ?? 0),
})
