import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { admissions, timeline } from './picture.ts'
import { num } from './said.ts'

interface Limit {
  readonly gap: number
  readonly tolerance: number
  readonly arrivals: readonly number[]
}

/** A request: when it came, the theoretical arrival time it found, and how long it has to wait: 0 when it gets in. */
interface Step {
  readonly at: number
  readonly tat: number
  readonly wait: number
  readonly admitted: boolean
  readonly after: number
}

/**
 * Replays arrivals (in milliseconds, ascending) through the generic cell rate algorithm, a leaky bucket as a meter. Its whole
 * state is the theoretical arrival time, TAT; `gap` is the time between evenly spaced requests (T), `tolerance` how far ahead
 * the TAT may be (tau):
 *
 *     tat − now > tolerance: refuse, retry in tat − tolerance − now; nothing changes
 *     else: let in, tat = max(tat, now) + gap
 *
 * (ITU-T I.371; Leach, "Rate Limiting, Cells, and GCRA"; throttled's rate.go.) From rest floor(tolerance / gap) + 1 get in at
 * once. The arguments say what a wrong rule changes.
 */
function replay(
  { gap, tolerance, arrivals }: Limit,
  {
    ahead = tat => tat,
    next = (tat, now) => Math.max(tat, now) + gap,
    refusedPush = false,
  }: {
    /** What is compared with now + tolerance. */
    readonly ahead?: (tat: number, now: number) => number
    readonly next?: (tat: number, now: number) => number
    readonly refusedPush?: boolean
  } = {},
): Step[] {
  let tat: number | undefined
  return arrivals.map(at => {
    const found = tat ?? at
    const wait = Math.max(0, ahead(found, at) - at - tolerance)
    const admitted = wait === 0
    tat = admitted || refusedPush ? next(found, at) : found
    return { at, tat: found, wait, admitted, after: tat }
  })
}

const admitted = (steps: readonly Step[]) => steps.filter(it => it.admitted).length
const ms = (times: readonly number[]) => `${times.map(num).join(', ')} ms`

export const gcra = lab({
  id: 'gcra',
  title: 'GCRA, the leaky bucket as a meter',
  summary: 'One timestamp per key decides which requests come too early, and by how much.',
  concepts: ['rate-limiting/gcra', 'rate-limiting/leaky-bucket'],
  sources: ['brandur-gcra#gcra', 'throttled-gcra'],
  rule: 'A request is refused if `TAT − now` is more than the tolerance and then changes nothing; else it gets in and `TAT = max(TAT, now) + T`.',
  parameters: {
    gap: whole('time between evenly spaced requests (T)', {
      unit: 'ms',
      from: 1,
      to: 1_000_000,
      drawn: [100, 200, 500],
    }),
    tolerance: whole('how far ahead of now the theoretical arrival time may be (tau)', {
      unit: 'ms',
      from: 0,
      to: 10_000_000,
    }),
    arrivals: numbers('when requests arrive', {
      unit: 'ms',
      from: 0,
      to: 100_000_000,
      rising: true,
      most: 40,
    }),
  },
  example: {
    gap: 100,
    tolerance: 200,
    arrivals: [0, 0, 0, 0, 50, 150, 250, 1000, 1000, 1000, 1000],
  },
  // A burst from rest, stragglers half a gap apart, and another burst after a rest.
  draw(random, { gap }) {
    const ahead = pick(random, [1, 2, 3])
    const burst = new Array<number>(ahead + pick(random, [1, 2])).fill(0)
    const arrivals = [...burst]
    let at = 0
    for (let i = pick(random, [2, 3]); i > 0; i--) {
      at += (gap / 2) * pick(random, [1, 1, 2])
      arrivals.push(at)
    }
    at += gap * (ahead + pick(random, [3, 4]))
    for (let i = pick(random, [2, ahead + 2]); i > 0; i--) arrivals.push(at)
    if (random() < 0.5) arrivals.push(at + gap / 2)
    return { tolerance: ahead * gap, arrivals }
  },
  run: it => replay(it),
  misconceptions: {
    'refused-push': {
      belief: 'let refused requests push the TAT on as well',
      because: 'Some limiters count refused attempts, to punish retries.',
      fact: 'Who is refused changes nothing; else a client that keeps trying would be shut out for good.',
      run: it => replay(it, { refusedPush: true }),
    },
    'idle-time-is-saved': {
      belief: 'add T to the old TAT even when it lies in the past',
      because: 'One forgets the `max`, and then idle time looks like saved credit.',
      fact: 'After a rest the TAT starts from now: `max(TAT, now) + T`, so a burst is never larger than `floor(tau ÷ T) + 1`.',
      run: it => replay(it, { next: tat => tat + it.gap }),
    },
    'burst-one-short': {
      belief: 'compare the new TAT, one T further on, with the tolerance',
      because: 'It is natural to compute the new value first and then to check it.',
      fact: 'The old TAT is compared with `now + tau`; for the new one the bound would be `now + tau + T`.',
      run: it => replay(it, { ahead: (tat, now) => Math.max(tat, now) + it.gap }),
    },
    'no-burst': {
      belief: 'let nobody in before the TAT',
      because: 'Evenly spaced requests are what the rate seems to promise.',
      fact: 'A request may be early by up to the tolerance; that is where the burst comes from.',
      run: it => replay(it, { ahead: (tat, now) => (tat > now ? tat + it.tolerance : tat) }),
    },
  },
  questions: {
    admitted: {
      kind: 'number',
      title: 'How many requests does GCRA let in?',
      unit: 'requests',
      prompt: ({ gap, tolerance, arrivals }) =>
        `A limiter uses GCRA with T = ${num(gap)} ms between requests and a tolerance (tau) of ${num(tolerance)} ms. The key is new. ` +
        `Requests arrive at t = ${ms(arrivals)}.\n\nHow many of them get in?`,
      answer: admitted,
      how: (steps, { gap, tolerance }) =>
        `From rest ${num(Math.floor(tolerance / gap) + 1)} get in at once (\`floor(${num(tolerance)} ÷ ${num(gap)}) + 1\`); after that one more for each ${num(gap)} ms that pass. ${num(admitted(steps))} of ${num(steps.length)} get in.`,
    },
    tat: {
      kind: 'number',
      title: 'Which theoretical arrival time does GCRA store?',
      unit: 'ms',
      prompt: ({ gap, tolerance, arrivals }) =>
        `A key of a GCRA limiter holds one number, the theoretical arrival time (TAT). T is ${num(gap)} ms, the tolerance (tau) ${num(tolerance)} ms, and the key is new when the first request comes. ` +
        `Requests arrive at t = ${ms(arrivals)}.\n\nWhich TAT is stored after the last one?`,
      answer: steps => steps.at(-1)?.after ?? 0,
      how: (steps, { gap }) =>
        `Each request that gets in sets \`TAT = max(TAT, now) + ${num(gap)}\`; a refused one leaves it as it is. In the end it is ${num(steps.at(-1)?.after ?? 0)} ms.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests does GCRA let in?',
      prompt: ({ gap, tolerance, arrivals }) =>
        `An API gateway meters calls with GCRA: emission interval T = ${num(gap)} ms, tolerance tau = ${num(tolerance)} ms, a client that was not seen before. ` +
        `Calls come at t = ${ms(arrivals)}.\n\nWhich of them get in (\`#\`), and which get a 429 (\`.\`)?`,
      answer: steps => `\`${steps.map(it => (it.admitted ? '#' : '.')).join('')}\``,
      how: (steps, { tolerance }) =>
        `A call is refused when the TAT is more than ${num(tolerance)} ms ahead of it. ${num(admitted(steps))} get in.`,
    },
  },
  result: steps =>
    `${num(admitted(steps))} of ${num(steps.length)} requests admitted; the TAT ends at ${num(steps.at(-1)?.after ?? 0)} ms`,
  trace: steps => ({
    columns: ['t (ms)', 'TAT', 'TAT - now', 'request', 'TAT after'],
    rows: steps.map(({ at, tat, admitted, wait, after }) => [
      num(at),
      num(tat),
      num(tat - at),
      admitted ? 'admitted' : `429, wait ${num(wait)}`,
      num(after),
    ]),
  }),
  picture: steps => timeline(admissions(steps), 0, steps.at(-1)?.at ?? 0, 'ms'),
})
