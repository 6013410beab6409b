import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { admissions, timeline } from './picture.ts'
import { count, num } from './said.ts'

interface Limit {
  readonly limit: number
  readonly window: number
  readonly arrivals: readonly number[]
}

/** A request: when it came, which window it counts in (from 0 on), what that had let in before it, and whether it gets in. */
interface Step {
  readonly at: number
  readonly window: number
  readonly counted: number
  readonly admitted: boolean
}

interface Outcome {
  readonly steps: readonly Step[]
  /** Most requests let in within any span as long as a window: [t, t + window). */
  readonly worst: number
}

/**
 * Replays arrivals (in seconds, ascending) through a counter per fixed window (Redis, INCR, "Pattern: Rate limiter 1").
 * Windows are cut by the clock: request t counts in window floor(t / window), so one that comes exactly at a boundary is the
 * first of the new window. Each window lets in `limit`; nothing is carried over.
 *
 * The arguments say what a wrong rule changes: the window of an instant, and what each window may let in.
 */
function replay(
  { limit, window, arrivals }: Limit,
  {
    windowOf = at => Math.floor(at / window),
    allowed = () => limit,
  }: {
    readonly windowOf?: (at: number) => number
    readonly allowed?: (window: number, counts: ReadonlyMap<number, number>) => number
  } = {},
): Outcome {
  const counts = new Map<number, number>()
  const steps = arrivals.map((at): Step => {
    const own = windowOf(at)
    const counted = counts.get(own) ?? 0
    const admitted = counted < allowed(own, counts)
    counts.set(own, counted + (admitted ? 1 : 0))
    return { at, window: own, counted, admitted }
  })
  return { steps, worst: worst(steps, window) }
}

/** What somebody does who looks back over the last `window` seconds instead of into the window of the clock. */
function sliding({ limit, window, arrivals }: Limit): Outcome {
  const log: number[] = []
  const steps = arrivals.map((at): Step => {
    const counted = log.filter(it => it > at - window).length
    const admitted = counted < limit
    if (admitted) log.push(at)
    return { at, window: Math.floor(at / window), counted, admitted }
  })
  return { steps, worst: worst(steps, window) }
}

function worst(steps: readonly Step[], window: number): number {
  const times = steps.filter(it => it.admitted).map(it => it.at)
  return Math.max(
    0,
    ...times.map(from => times.filter(it => it >= from && it < from + window).length),
  )
}

const admitted = ({ steps }: Outcome) => steps.filter(it => it.admitted).length
const starts = ({ window }: Limit) => `t = 0, ${num(window)}, ${num(2 * window)} s and so on`

export const fixedWindow = lab({
  id: 'fixed-window',
  title: 'Fixed window',
  summary:
    'Requests are counted per window of the clock: which get in, and how many around a boundary.',
  concepts: ['rate-limiting/fixed-window'],
  sources: ['redis-incr#pattern-rate-limiter-1', 'brandur-gcra#time-bucketed-downsides'],
  rule: 'Each window of the clock counts for itself and lets in `limit` requests; around a boundary up to `2 × limit` pass within one window’s length.',
  parameters: {
    limit: whole('requests that a window lets in', {
      unit: 'requests',
      from: 1,
      to: 1000,
      drawn: [2, 3, 4],
    }),
    window: whole('length of a window', { unit: 's', from: 1, to: 86_400, drawn: [10, 20, 60] }),
    arrivals: numbers('when requests arrive', {
      unit: 's',
      from: 0,
      to: 1_000_000,
      rising: true,
      most: 40,
    }),
  },
  example: { limit: 3, window: 10, arrivals: [2, 8, 9, 9, 10, 11, 12, 13, 21] },
  // Perhaps an early request, a burst before a boundary, one after it, and a straggler in the next window.
  draw(random, { limit, window }) {
    const tenth = window / 10
    const burst = (most: number, from: number, tenths: readonly number[]) =>
      Array.from({ length: most }, () => from + pick(random, tenths) * tenth)
    const arrivals = [
      ...burst(pick(random, [0, 1]), 0, [1, 2, 3, 4]),
      ...burst(Math.max(1, limit - pick(random, [0, 0, 1, 2])), 0, [7, 8, 9]),
      ...burst(limit + pick(random, [0, 1, 2]), window, [0, 1, 2, 3]),
      ...burst(pick(random, [1, 2]), 2 * window, [0, 1, 2]),
    ]
    return { arrivals: arrivals.toSorted((a, b) => a - b) }
  },
  run: it => replay(it),
  misconceptions: {
    'fixed-as-sliding': {
      belief: 'treat a fixed window as a sliding one',
      because: 'A limit of so many per minute sounds as if it held for any sixty seconds.',
      fact: 'The counter starts anew at each boundary of the clock and knows nothing of what came just before.',
      run: sliding,
    },
    'starts-with-first': {
      belief: 'start the window with the first request',
      because: 'A counter whose key gets its expiry from the first request works that way.',
      fact: 'These windows are cut by the clock, whenever the first request comes.',
      run: it => {
        const first = it.arrivals[0] ?? 0
        return replay(it, { windowOf: at => Math.floor((at - first) / it.window) })
      },
    },
    'leftover-carries': {
      belief: 'carry what a window did not use over into the next',
      because: 'That is what a bucket of tokens does, up to its capacity.',
      fact: 'A new window starts with a count of 0 and the same limit; quota that was not used is gone.',
      run: it =>
        replay(it, {
          allowed: (window, counts) =>
            it.limit + (window > 0 ? Math.max(0, it.limit - (counts.get(window - 1) ?? 0)) : 0),
        }),
    },
    'boundary-is-old': {
      belief: 'count a request at a boundary in the window that ends there',
      because: 'A window of 10 s seems to reach from 0 to 10, both included.',
      fact: 'The window is `floor(t ÷ window)`, so the instant of the boundary belongs to the new window.',
      run: it => replay(it, { windowOf: at => Math.ceil(at / it.window) - 1 }),
    },
  },
  questions: {
    admitted: {
      kind: 'number',
      title: 'How many requests does a fixed window let in?',
      unit: 'requests',
      prompt: it =>
        `A limiter lets in ${count(it.limit, 'request')} per fixed window of ${num(it.window)} s. Windows are cut by the clock: they start at ${starts(it)}. ` +
        `Requests arrive at t = ${it.arrivals.map(num).join(', ')} s.\n\nHow many of them get in?`,
      answer: admitted,
      how: (outcome, { limit }) =>
        `Put each request into its window and let in the first ${num(limit)} of each: ${num(admitted(outcome))} of ${num(outcome.steps.length)}.`,
    },
    worst: {
      kind: 'number',
      title: 'How many requests does a fixed window let in around a boundary?',
      unit: 'requests',
      prompt: it =>
        `An API allows ${count(it.limit, 'request')} in each fixed window of ${num(it.window)} s, counted from ${starts(it)}. ` +
        `A client calls at t = ${it.arrivals.map(num).join(', ')} s.\n\nLook for the busiest span of ${num(it.window)} s, wherever it starts (its first instant belongs to it, its last does not). How many requests are let in within it?`,
      answer: it => it.worst,
      how: ({ worst }, { limit, window }) =>
        `Each window obeys its limit of ${num(limit)}, but a span of ${num(window)} s can cover the end of one and the start of the next. Here the busiest one holds ${num(worst)}${worst === 2 * limit ? ', twice the limit and the most there can be' : `; at most it could be ${num(2 * limit)}`}.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests does a fixed window let in?',
      prompt: it =>
        `A counter per fixed window of ${num(it.window)} s (windows start at ${starts(it)}) allows ${count(it.limit, 'request')} a window. ` +
        `Requests arrive at t = ${it.arrivals.map(num).join(', ')} s.\n\nWhich of them get in (\`#\`), and which get a 429 (\`.\`)?`,
      answer: ({ steps }) => `\`${steps.map(it => (it.admitted ? '#' : '.')).join('')}\``,
      how: (outcome, { window }) =>
        `The window of a request is \`floor(t ÷ ${num(window)})\`, and each window counts from 0. ${num(admitted(outcome))} get in.`,
    },
  },
  result: outcome =>
    `${num(admitted(outcome))} of ${num(outcome.steps.length)} requests admitted, at most ${num(outcome.worst)} within one window’s length`,
  trace: ({ steps }, it) => ({
    columns: ['t (s)', 'window', 'let in before', 'request'],
    rows: steps.map(({ at, window, counted, admitted }) => [
      num(at),
      `${num(window * it.window)} to ${num((window + 1) * it.window)}`,
      num(counted),
      admitted ? 'admitted' : '429',
    ]),
  }),
  picture: ({ steps }, { window }) => {
    const last = steps.at(-1)?.at ?? 0
    const cuts = Math.floor(last / window) + 1
    return timeline(
      [
        ...(cuts > 20
          ? []
          : [
              {
                label: 'windows',
                marks: Array.from({ length: cuts + 1 }, (_, i) => ({ at: i * window, sign: '|' })),
              },
            ]),
        ...admissions(steps),
      ],
      0,
      cuts > 20 ? last : cuts * window,
    )
  },
})
