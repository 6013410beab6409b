import { lab, pick } from './lab.ts'
import { number, numbers, whole } from './parameters.ts'
import { admissions, timeline } from './picture.ts'
import { count, num, rounded } from './said.ts'

/** A request: when it came, what the bucket held then, and whether it got in. */
interface Step {
  readonly at: number
  /** Tokens at hand when it arrives. */
  readonly tokens: number
  readonly admitted: boolean
  /** Tokens that are left; less than 0 where somebody charges what is not there. */
  readonly left: number
}

interface Bucket {
  readonly capacity: number
  readonly refill: number
  readonly arrivals: readonly number[]
}

/**
 * Replays arrivals (in seconds, ascending) through a token bucket that starts full; each request costs one token.
 *
 * The level is brought up to date lazily, when a request arrives:
 *
 *     level = min(capacity, level + refill × elapsed)
 *
 * so no timer is needed. That is also why real limiters store (level, last) and nothing else.
 * The arguments say what a wrong rule changes: the level at the start, the most it can hold, how much a time brings, and
 * whether a refused request costs a token as well.
 */
function replay(
  { capacity, refill, arrivals }: Bucket,
  {
    start = capacity,
    most = capacity,
    gained = elapsed => refill * elapsed,
    refusedCosts = false,
  }: {
    readonly start?: number
    readonly most?: number
    readonly gained?: (elapsed: number, from: number, to: number) => number
    readonly refusedCosts?: boolean
  } = {},
): Step[] {
  let level = start
  let last = 0
  return arrivals.map(at => {
    level = Math.min(most, level + gained(at - last, last, at))
    last = at
    const tokens = level
    const admitted = level >= 1
    if (admitted || refusedCosts) level -= 1
    return { at, tokens, admitted, left: level }
  })
}

const left = (steps: readonly Step[]) => steps.at(-1)?.left ?? 0
const admitted = (steps: readonly Step[]) => steps.filter(it => it.admitted).length

export const tokenBucket = lab({
  id: 'token-bucket',
  title: 'Token bucket',
  summary: 'Requests meet a bucket of tokens that refills all the time: which of them get in.',
  concepts: ['rate-limiting/token-bucket'],
  sources: ['stripe-rate-limiters', 'apigw-throttling'],
  rule: 'A request takes a token or is refused; the bucket gains `refill × elapsed` tokens, never more than its capacity.',
  parameters: {
    capacity: whole('most tokens that the bucket holds; it starts full', {
      unit: 'tokens',
      from: 1,
      to: 1000,
      drawn: [2, 3, 4, 5],
    }),
    refill: number('tokens gained a second', {
      unit: 'tokens/s',
      from: 0.001,
      to: 1000,
      drawn: [0.5, 1, 2],
    }),
    arrivals: numbers('when requests arrive', {
      unit: 's',
      from: 0,
      to: 100_000,
      rising: true,
      most: 40,
    }),
  },
  example: { capacity: 3, refill: 1, arrivals: [0, 0, 0, 0, 1, 1.5, 2, 8, 8, 8, 8] },
  // A burst that drains the bucket, stragglers that depend on the refill, and a burst after a long rest.
  draw(random, { capacity, refill }) {
    const burst = new Array<number>(capacity + pick(random, [0, 1, 2])).fill(0)
    const gap = pick(random, [0.5, 1]) / refill
    const stragglers = [1, 2, 3].slice(0, pick(random, [2, 3])).map(it => it * gap)
    const later = (stragglers.at(-1) ?? 0) + pick(random, [capacity, capacity + 2]) / refill
    return {
      arrivals: [
        ...burst,
        ...stragglers,
        ...new Array<number>(pick(random, [1, capacity + 1])).fill(later),
      ],
    }
  },
  run: replay,
  misconceptions: {
    'starts-empty': {
      belief: 'let the bucket start empty',
      because: 'A bucket is something that one fills first.',
      fact: 'It starts full, or the first client would be refused before it has done anything.',
      run: it => replay(it, { start: 0 }),
    },
    'no-cap': {
      belief: 'let tokens pile up without end while nobody comes',
      because: 'What was not used feels saved.',
      fact: 'Above its capacity the bucket overflows: capacity is the largest burst that can ever get in.',
      run: it => replay(it, { most: Number.POSITIVE_INFINITY }),
    },
    'refused-costs': {
      belief: 'charge refused requests a token as well',
      because: 'Some limiters do count refused attempts, to punish retries.',
      fact: 'A token is what lets a request through; who is refused takes none, so the level never falls below 0.',
      run: it => replay(it, { refusedCosts: true }),
    },
    'refills-at-once': {
      belief: 'fill the bucket up at each full second instead of continuously',
      because: 'It looks like a fixed window with a budget for each second.',
      fact: 'It gains `refill` tokens a second bit by bit; only after `capacity ÷ refill` seconds of rest is it full.',
      run: it =>
        replay(it, {
          gained: (_, from, to) => (Math.floor(to) > Math.floor(from) ? it.capacity : 0),
        }),
    },
  },
  questions: {
    admitted: {
      kind: 'number',
      title: 'How many requests does a token bucket let in?',
      unit: 'requests',
      prompt: ({ capacity, refill, arrivals }) =>
        `A token bucket holds at most ${count(capacity, 'token')}, starts full and gains ${num(refill)} a second, bit by bit. ` +
        `Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nHow many of them get in?`,
      answer: admitted,
      how: (steps, { capacity }) =>
        `The first burst finds ${count(capacity, 'token')}; after that each request finds what has come in since. ${num(admitted(steps))} of ${num(steps.length)} get in.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests does a token bucket let in?',
      prompt: ({ capacity, refill, arrivals }) =>
        `A limiter is a token bucket of ${count(capacity, 'token')} (full at the start) with ${num(refill)} a second. ` +
        `Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nWhich of them get in (\`#\`), and which get a 429 (\`.\`)?`,
      answer: steps => `\`${steps.map(it => (it.admitted ? '#' : '.')).join('')}\``,
      how: steps =>
        `At each arrival the bucket is topped up for the time that has passed, and a whole token has to be there. ${num(admitted(steps))} get in.`,
    },
    wait: {
      kind: 'number',
      title: 'How long does a client wait for the next token of a bucket?',
      unit: 's',
      prompt: ({ capacity, refill, arrivals }) =>
        `A token bucket of ${count(capacity, 'token')}, full at the start, gains ${num(refill)} a second, bit by bit. ` +
        `Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nHow many seconds after the last of them is a whole token there again (0 if there is one)?`,
      answer: (steps, { refill }) => rounded(Math.max(0, (1 - left(steps)) / refill), 3),
      how: (steps, { refill }) =>
        `The last request leaves ${num(rounded(left(steps), 3))} tokens, and ${num(refill)} come in a second: max(0, (1 − tokens) ÷ ${num(refill)}).`,
    },
  },
  result: steps => `${num(admitted(steps))} of ${num(steps.length)} requests admitted`,
  trace: steps => ({
    columns: ['t (s)', 'tokens', 'request', 'tokens after'],
    rows: steps.map(({ at, tokens, admitted, left }) => [
      num(at),
      num(tokens),
      admitted ? 'admitted' : '429',
      num(rounded(left, 3)),
    ]),
  }),
  picture: steps => timeline(admissions(steps), 0, steps.at(-1)?.at ?? 0),
})
