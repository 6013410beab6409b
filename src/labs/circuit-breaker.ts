import { lab, pick } from './lab.ts'
import { text, whole } from './parameters.ts'
import { count, num, rounded } from './said.ts'

interface Breaker {
  readonly window: number
  readonly threshold: number
  readonly minimum: number
  readonly open: number
  readonly probes: number
  readonly answers: string
}

type State = 'closed' | 'open' | 'half-open'

/** A call at second `at`: the state it met, what became of it, and the state after it. */
interface Step {
  readonly at: number
  readonly met: State
  readonly became: 'ok' | 'failed' | 'rejected'
  readonly after: State
}

interface Twist {
  /** The rate is judged from the first call on. */
  readonly noMinimum?: boolean
  /** As many failures in a row as the threshold means in a full window. */
  readonly inARow?: boolean
  /** One probe decides. */
  readonly oneProbe?: boolean
  /** The circuit closes when the wait is over. */
  readonly noProbes?: boolean
  /** A rejected call starts the wait anew. */
  readonly rejectionsProlong?: boolean
}

/**
 * Replays calls, one a second from t = 0 on, through a circuit breaker with a window that counts calls (resilience4j,
 * CircuitBreakerConfig: COUNT_BASED). `answers` says what the dependency would do with each: `.` succeed, `x` fail.
 *
 * - closed: outcomes go into a ring of `window`; with at least `minimum` of them in it and a failure rate >= `threshold` %
 *   the circuit opens.
 * - open: calls are rejected, until the first call that comes `open` seconds or more after it opened: it finds half-open.
 * - half-open: `probes` calls are let through, each done before the next comes; then their failure rate alone decides:
 *   >= `threshold` opens again, else the circuit closes with an empty window.
 */
function replay({ window, threshold, minimum, open, probes, answers }: Breaker, twist: Twist = {}) {
  const needed = twist.noMinimum ? 1 : minimum
  const quota = twist.oneProbe ? 1 : probes
  let state: State = 'closed'
  let results: boolean[] = []
  let since = 0
  const steps: Step[] = []
  const tripped = () => {
    if (twist.inARow && state === 'closed') {
      const run = Math.max(1, Math.ceil(rounded((window * threshold) / 100, 6)))
      return results.length >= run && results.slice(-run).every(it => it)
    }
    return results.filter(it => it).length * 100 >= threshold * results.length
  }
  for (const [at, answer] of [...answers].entries()) {
    if (state === 'open' && at - since >= open) {
      state = twist.noProbes ? 'closed' : 'half-open'
      results = []
    }
    const met = state
    if (state === 'open') {
      if (twist.rejectionsProlong) since = at
      steps.push({ at, met, became: 'rejected', after: state })
      continue
    }
    const failed = answer === 'x'
    results = [...results, failed].slice(-(state === 'closed' ? window : quota))
    if (results.length >= (state === 'closed' ? (twist.inARow ? 1 : needed) : quota)) {
      if (tripped()) {
        state = 'open'
        since = at
      } else if (state === 'half-open') {
        state = 'closed'
        results = []
      }
    }
    steps.push({ at, met, became: failed ? 'failed' : 'ok', after: state })
  }
  return steps
}

const SIGNS = { ok: '.', failed: 'x', rejected: '-' } as const
const signs = (steps: readonly Step[]) => steps.map(it => SIGNS[it.became]).join('')
const rejected = (steps: readonly Step[]) => steps.filter(it => it.became === 'rejected').length
const letter = { closed: 'C', open: 'O', 'half-open': 'H' } as const

const story = ({ window, threshold, minimum, open, probes, answers }: Breaker) => {
  const line = (setting: string, note: string) => `${setting.padEnd(31)}# ${note}`
  return (
    `A client guards its calls to a dependency with a circuit breaker:\n\n\`\`\`yaml\n${[
      line(`window: ${num(window)} calls`, 'the latest ones; empty again when it closes'),
      line(`minimum_calls: ${num(minimum)}`, 'in the window, before it is judged'),
      line(`failure_rate_threshold: ${num(threshold)} %`, 'reached or exceeded: open'),
      line(`wait_in_open: ${num(open)} s`, 'from the call that opened it'),
      line(`probes_in_half_open: ${num(probes)}`, 'then their own failure rate decides'),
    ].join('\n')}\n\`\`\`\n\n` +
    `It starts closed. A call comes every second, at t = 0, 1, 2 s and so on, and is done at once; one that comes just when the wait is over is a probe. ` +
    `What the dependency would do with each (\`.\` succeeds, \`x\` fails):\n\n\`\`\`\n${answers}\n\`\`\``
  )
}

export const circuitBreaker = lab({
  id: 'circuit-breaker',
  title: 'Circuit breaker',
  summary: 'Calls meet a breaker that closes, opens and probes: which of them it rejects.',
  concepts: ['resilience/circuit-breaker', 'resilience/half-open', 'resilience/fail-fast'],
  sources: ['resilience4j-config#defaults', 'azure-circuit-breaker#Solution'],
  rule: 'Enough failures among the latest calls open the circuit; after the wait a limited number of probes decides whether it closes or opens again.',
  parameters: {
    window: whole('latest calls that are judged', {
      unit: 'calls',
      from: 1,
      to: 100,
      drawn: [4, 5, 6],
    }),
    threshold: whole('failure rate that opens the circuit', {
      unit: '%',
      from: 1,
      to: 100,
      drawn: [50, 50, 60],
    }),
    minimum: whole('calls in the window before it is judged', {
      unit: 'calls',
      from: 1,
      to: 100,
      drawn: [3, 4],
    }),
    open: whole('time in the open state', { unit: 's', from: 1, to: 600, drawn: [3, 4, 5] }),
    probes: whole('calls let through half-open', { unit: 'calls', from: 1, to: 20, drawn: [2, 3] }),
    answers: text('what the dependency does: . succeeds, x fails', {
      most: 60,
      form: { like: /^[.x]{1,60}$/, says: 'dots and x, like ..xx.x' },
    }),
  },
  example: {
    window: 5,
    threshold: 50,
    minimum: 4,
    open: 4,
    probes: 2,
    answers: 'x.xx.x..x..xxx..',
  },
  check: ({ window, minimum }) => (minimum > window ? 'minimum is at most window' : undefined),
  // A dependency that fails early for a while, is mostly down, and then recovers with hiccups.
  draw(random) {
    const stretch = (length: number, failing: number) =>
      Array.from({ length }, () => (random() < failing ? 'x' : '.')).join('')
    return {
      answers:
        pick(random, ['x.', 'x..', '.x', '..x']) +
        stretch(pick(random, [4, 5]), 0.75) +
        stretch(pick(random, [4, 5]), 0.45) +
        stretch(pick(random, [4, 5]), 0.3),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'judges-from-the-first': {
      belief: 'judge the failure rate before the minimum number of calls is in',
      because: 'One failure of one call is a rate of 100 %.',
      fact: 'Below the minimum the circuit stays closed whatever the rate.',
      run: it => replay(it, { noMinimum: true }),
    },
    'failures-in-a-row': {
      belief: 'count failures in a row',
      because: 'The simplest breakers count that way.',
      fact: 'A failure rate counts all failures in the window; a success between them does not start the count anew.',
      run: it => replay(it, { inARow: true }),
    },
    'one-probe': {
      belief: 'let a single probe decide in half-open',
      because: 'Hystrix did so, and many descriptions copy it.',
      fact: 'The number of probes is a setting, and their failure rate decides once all of them are in.',
      run: it => replay(it, { oneProbe: true }),
    },
    'closes-after-the-wait': {
      belief: 'close the circuit when the wait is over',
      because: 'A timeout sounds like the end of the matter.',
      fact: 'After the wait come the probes, and a few failures among them open it again at once.',
      run: it => replay(it, { noProbes: true }),
    },
    'rejections-prolong': {
      belief: 'let each rejected call start the wait anew',
      because: 'It seems to want some quiet before it trusts the dependency again.',
      fact: 'The wait runs from the moment of opening; rejected calls never reach the dependency and change nothing.',
      run: it => replay(it, { rejectionsProlong: true }),
    },
  },
  questions: {
    rejected: {
      kind: 'number',
      title: 'How many calls does a circuit breaker reject?',
      unit: 'calls',
      prompt: it => `${story(it)}\n\nHow many calls does the breaker reject without sending them?`,
      answer: rejected,
      how: steps =>
        `In order: \`${signs(steps)}\` (\`-\` is rejected). ${num(rejected(steps))} of ${num(steps.length)} are rejected, and the circuit ends ${steps.at(-1)!.after}.`,
    },
    verdicts: {
      kind: 'choice',
      title: 'What becomes of each call behind a circuit breaker?',
      prompt: it =>
        `${story(it)}\n\nWhat becomes of the calls, if a rejected one is written \`-\`?`,
      answer: steps => `\`${signs(steps)}\``,
      how: steps => {
        const first = steps.find(it => it.after === 'open')
        return first === undefined
          ? 'The failure rate never reaches the threshold with enough calls in the window.'
          : `The circuit opens with the call at t = ${num(first.at)} s, and ${count(rejected(steps), 'call is', 'calls are')} rejected in all.`
      },
    },
  },
  result: steps =>
    `${num(rejected(steps))} of ${num(steps.length)} calls rejected (\`${signs(steps)}\`), ${steps.at(-1)!.after} at the end`,
  trace: steps => ({
    columns: ['t (s)', 'state', 'call', 'state after'],
    rows: steps.map(({ at, met, became, after }) => [num(at), met, became, after]),
  }),
  picture: (steps, { answers }) =>
    [
      `t mod 10    ${steps.map(it => it.at % 10).join('')}`,
      `dependency  ${answers}`,
      `calls       ${signs(steps)}`,
      `state met   ${steps.map(it => letter[it.met]).join('')}`,
      `after       ${steps.map(it => letter[it.after]).join('')}`,
      '',
      '. ok  x failed  - rejected    C closed  O open  H half-open',
    ].join('\n'),
})
