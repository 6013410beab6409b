import { lab, pick } from './lab.ts'
import { whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num, rounded } from './said.ts'

interface Pool {
  readonly rate: number
  readonly latency: number
  readonly limit: number
  readonly queue: number
}

/**
 * The steady state of a bulkhead: at most `limit` calls to one dependency run at a time, up to `queue` more wait, and what
 * finds both full is rejected at once. Calls come evenly, and each takes `latency` ms. By Little's law, L = λ × W, the calls
 * that want to run at a time are rate × latency, and `limit` places serve at most limit ÷ latency a second. If more come
 * than that, all places and the whole queue stay full, and what is too much is rejected.
 *
 * The options are what a wrong rule changes: how many calls want to run at a time, how many a second are served at most, how
 * many leave the queue, and whether it ever fills.
 */
function steady(
  { rate, latency, limit, queue }: Pool,
  {
    needed = (rate * latency) / 1000,
    most = (limit * 1000) / latency,
    pace = most,
    endless = false,
  }: {
    readonly needed?: number
    readonly most?: number
    readonly pace?: number
    readonly endless?: boolean
  } = {},
) {
  const full = needed > limit
  const served = full && !endless ? Math.min(rate, most) : rate
  const waiting = full ? queue : 0
  return {
    needed: rounded(needed, 4),
    running: rounded(full ? limit : needed, 4),
    waiting,
    served: rounded(served, 4),
    rejected: rounded(rate - served, 4),
    /** How long an admitted call takes on average, waiting included, in ms: (running + waiting) ÷ served, by Little's law. */
    takes: rounded(latency + (waiting / pace) * 1000, 2),
  }
}

type Steady = ReturnType<typeof steady>

const state = ({ running, waiting, rejected }: Steady) =>
  `${num(running)} running, ${num(waiting)} waiting, ${num(rejected)}/s rejected`

const story = ({ rate, latency, limit, queue }: Pool) =>
  `A service sends ${count(rate, 'call')} a second, evenly, to a dependency. They go through a bulkhead of their own:\n\n` +
  `\`\`\`yaml\nbulkhead:\n  max_concurrent: ${num(limit)}\n  queue: ${num(queue)}${' '.repeat(Math.max(1, 12 - num(queue).length))}# what finds it full is rejected at once\n\`\`\`\n\n` +
  `The dependency has become slow: for minutes now each call takes ${num(latency)} ms.`

export const bulkhead = lab({
  id: 'bulkhead',
  title: 'Bulkhead and Little’s law',
  summary: 'A pool for one dependency that gets slow: calls in flight, waiting and rejected.',
  concepts: ['resilience/bulkhead', 'resilience/littles-law'],
  sources: ['concurrency-limits#background', 'azure-bulkhead#solution'],
  rule: 'In flight = rate × latency; `max_concurrent` places serve at most `max_concurrent ÷ latency` calls a second, and what comes beyond that fills the queue and is rejected.',
  parameters: {
    rate: whole('calls that come', {
      unit: 'calls/s',
      from: 1,
      to: 10_000,
      drawn: [40, 50, 80, 100, 200],
    }),
    latency: whole('time that each call takes', { unit: 'ms', from: 1, to: 60_000 }),
    limit: whole('calls that may run at a time', {
      unit: 'calls',
      from: 1,
      to: 1000,
      drawn: [8, 10, 20, 30, 40],
    }),
    queue: whole('calls that may wait', {
      unit: 'calls',
      from: 0,
      to: 10_000,
      drawn: [0, 5, 10, 20],
    }),
  },
  example: { rate: 100, latency: 500, limit: 20, queue: 10 },
  // Mostly too slow for the pool, by a latency that divides well.
  draw(random, { rate, limit }) {
    const round = [100, 125, 200, 250, 400, 500, 1000, 2000, 2500, 4000, 5000]
    const over = round.filter(it => (rate * it) / 1000 > limit && (rate * it) / 1000 <= 8 * limit)
    const under = round.filter(it => (rate * it) / 1000 <= limit && (rate * it) / 2000 > limit / 5)
    const from = under.length > 0 && random() < 0.12 ? under : over
    return { latency: from.length === 0 ? 1000 : pick(random, from) }
  },
  run: it => steady(it),
  misconceptions: {
    'limit-is-a-rate': {
      belief: 'take the limit for calls a second',
      because: 'Most limits of an API are rates.',
      fact: '`max_concurrent` counts calls at the same time; how many that is a second depends on the latency.',
      run: it => steady(it, { needed: it.rate, most: it.limit }),
    },
    'queue-serves': {
      belief: 'let places in the queue serve calls as well',
      because: 'A call in the queue has been accepted, after all.',
      fact: 'Waiting is not work: a queue delays rejections once, when it fills, and makes calls slower.',
      run: it =>
        steady(it, {
          needed: Math.max((it.rate * it.latency) / 1000 - it.queue, it.limit),
          most: ((it.limit + it.queue) * 1000) / it.latency,
        }),
    },
    'queue-absorbs-all': {
      belief: 'let the queue take whatever is too much',
      because: 'For a short burst it does.',
      fact: 'In a lasting overload any queue is full after a while, and then as much is rejected as without it.',
      run: it => steady(it, { endless: true }),
    },
    'divides-rate-by-latency': {
      belief: 'divide the rate by the latency to get the calls in flight',
      because: 'The law is remembered as some relation of the three.',
      fact: 'Calls in flight are rate × latency: the slower each call, the more of them overlap.',
      run: it =>
        steady(it, {
          needed: (it.rate * 1000) / it.latency,
          most: (it.limit * it.latency) / 1000,
        }),
    },
    'all-beyond-the-places': {
      belief: 'reject each second the calls that find no place in the pool at one instant',
      because: 'Calls in flight and calls a second look alike.',
      fact: 'A place is used again each time a call ends, `1 ÷ latency` times a second.',
      run: it => {
        const { needed } = steady(it)
        return steady(it, {
          most: it.rate - Math.min(it.rate, Math.max(0, needed - it.limit)),
          pace: (it.limit * 1000) / it.latency,
        })
      },
    },
  },
  questions: {
    rejected: {
      kind: 'number',
      title: 'How many calls a second does a bulkhead reject?',
      unit: 'calls/s',
      prompt: it => `${story(it)}\n\nHow many calls a second are rejected?`,
      answer: outcome => outcome.rejected,
      how: (outcome, { rate, latency, limit }) =>
        `${num(rate)}/s × ${num(latency / 1000)} s = ${num(outcome.needed)} calls want to run at a time. ` +
        (outcome.needed > limit
          ? `${num(limit)} places ÷ ${num(latency / 1000)} s serve ${num(outcome.served)}/s, so ${num(outcome.rejected)}/s are rejected; the full queue changes nothing about that.`
          : `${num(limit)} places are enough, so none is rejected.`),
    },
    steady: {
      kind: 'choice',
      title: 'What does a bulkhead hold when its dependency is slow?',
      prompt: it =>
        `${story(it)}\n\nHow many calls are running and waiting at a time, and how many a second are rejected?`,
      answer: state,
      how: (outcome, { rate, latency, limit }) =>
        `By Little’s law ${num(rate)}/s × ${num(latency / 1000)} s = ${num(outcome.needed)} calls want to run at a time, and ${num(limit)} may. ${num(outcome.served)}/s are served.`,
    },
    takes: {
      kind: 'number',
      title: 'How long does a call take that a bulkhead lets in?',
      unit: 'ms',
      prompt: it =>
        `${story(it)}\n\nWith pool and queue as full as they get, how many milliseconds pass on average between the arrival of a call that is not rejected and its answer?`,
      answer: outcome => outcome.takes,
      how: (outcome, { latency, limit }) =>
        outcome.waiting === 0
          ? `Nothing waits, so it takes ${num(latency)} ms.`
          : `${num(limit)} places finish ${num(outcome.served)} calls a second, so the ${num(outcome.waiting)} in the queue take ${num(rounded(outcome.takes - latency, 2))} ms. With its own ${num(latency)} ms that makes ${num(outcome.takes)} ms.`,
    },
  },
  result: outcome => `${state(outcome)}; a call takes ${num(outcome.takes)} ms`,
  trace: (outcome, { rate, latency, limit }) => ({
    columns: ['what', 'sum', 'result'],
    rows: [
      ['want to run', `${num(rate)}/s × ${num(latency / 1000)} s`, num(outcome.needed)],
      ['may run', 'the limit', num(limit)],
      ['running', 'the smaller', num(outcome.running)],
      ['waiting', outcome.waiting > 0 ? 'the whole queue' : 'none', num(outcome.waiting)],
      ['served', `${num(outcome.running)} ÷ ${num(latency / 1000)} s`, `${num(outcome.served)}/s`],
      ['rejected', `${num(rate)} − ${num(outcome.served)}`, `${num(outcome.rejected)}/s`],
    ],
  }),
  picture: (outcome, { limit, queue }) =>
    bars([
      { label: 'want to run', value: outcome.needed, note: num(outcome.needed) },
      {
        label: 'running',
        value: outcome.running,
        note: `${num(outcome.running)} of ${num(limit)}`,
      },
      {
        label: 'waiting',
        value: outcome.waiting,
        note: `${num(outcome.waiting)} of ${num(queue)}`,
      },
    ]),
})
