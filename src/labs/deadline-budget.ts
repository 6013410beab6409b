import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num } from './said.ts'

const NAMES = ['prices', 'stock', 'payment', 'orders', 'mail', 'audit'] as const

interface Chain {
  readonly deadline: number
  readonly timeout: number
  readonly attempts: number
  readonly least: number
  readonly takes: readonly number[]
  readonly hangs: 'none' | 'first' | 'second' | 'third'
}

/** A try of a call: when it could start, what is left of the deadline, the timeout it gets, and how it ends. */
interface Try {
  readonly call: string
  readonly number: number
  readonly at: number
  readonly left: number
  readonly timeout: number
  readonly took: number
  readonly end: 'ok' | 'timed out' | 'not started'
}

interface Twist {
  /** What is left at an instant; `since` is when the call's first try started, `lost` the time of tries that timed out. */
  readonly left?: (at: number, since: number, lost: number) => number
  /** The timeout is not cut to what is left. */
  readonly uncut?: boolean
  /** The timeout is for all tries of a call together. */
  readonly shared?: boolean
  /** What must be left for a call to start. */
  readonly least?: number
}

/**
 * A service answers a request by calling others one after another, within one deadline (in ms from its arrival). Before each
 * try it looks at what is left: with less than `least` it does not start and gives up. A try gets min(timeout, what is
 * left), and after a timeout the call is tried again at once, `attempts` tries in all (gRPC: the deadline covers all attempts;
 * SRE book, chapter 22, "Latency and Deadlines"). The first try of the call that `hangs` never answers; the other tries take
 * their time from `takes`, and fail if that is more than their timeout.
 */
function run(
  { deadline, timeout, attempts, least, takes, hangs }: Chain,
  twist: Twist = {},
): Try[] {
  const { left: leftAt = at => deadline - at, uncut, shared, least: needed = least } = twist
  const stuck = ['first', 'second', 'third'].indexOf(hangs)
  const tries: Try[] = []
  let at = 0
  let lost = 0
  for (const [i, time] of takes.entries()) {
    const call = NAMES[i]!
    const since = at
    for (let number = 1; number <= attempts; number++) {
      const left = leftAt(at, since, lost)
      const rest = shared ? timeout - (at - since) : timeout
      if (left < needed || left <= 0 || rest <= 0) {
        tries.push({
          call,
          number,
          at,
          left: Math.max(0, left),
          timeout: 0,
          took: 0,
          end: 'not started',
        })
        return tries
      }
      const own = uncut ? rest : Math.min(rest, left)
      const ok = !(i === stuck && number === 1) && time <= own
      const took = ok ? time : own
      tries.push({ call, number, at, left, timeout: own, took, end: ok ? 'ok' : 'timed out' })
      at += took
      if (ok) break
      lost += took
      if (number === attempts || leftAt(at, since, lost) <= 0) return tries
    }
  }
  return tries
}

const end = (tries: readonly Try[]) => {
  const { at, took } = tries.at(-1)!
  return at + took
}
const done = (tries: readonly Try[]) => tries.at(-1)!.end === 'ok'
const course = (tries: readonly Try[]) =>
  tries.map(it => `${it.call} ${num(it.number)} ${it.end}`).join(', ')
const started = (tries: readonly Try[]) => tries.filter(it => it.end !== 'not started')

const story = ({ deadline, timeout, attempts, least, takes, hangs }: Chain) => {
  const stuck = ['first', 'second', 'third'].indexOf(hangs)
  const line = (setting: string, note: string) => `${setting.padEnd(26)}# ${note}`
  return (
    `A checkout calls other services one after another:\n\n\`\`\`yaml\n${[
      line(`deadline: ${num(deadline)} ms`, 'for the whole request'),
      line(`per_try_timeout: ${num(timeout)} ms`, 'less if less is left'),
      line(`max_attempts: ${num(attempts)}`, 'of each call; a timeout is retried at once'),
      line(`min_left: ${num(least)} ms`, 'with less left no try starts, and all fails'),
    ].join('\n')}\n\`\`\`\n\n` +
    `The calls take: ${takes.map((it, i) => `${NAMES[i]} ${num(it)} ms`).join(', ')}.${
      stuck < 0 || stuck >= takes.length
        ? ' All answer.'
        : ` But the first try of ${NAMES[stuck]} hangs and never answers.`
    } The checkout’s own work takes no time.`
  )
}

export const deadlineBudget = lab({
  id: 'deadline-budget',
  title: 'Deadline budget',
  summary:
    'A request with a deadline calls services in turn: what each try gets, and what is not started.',
  concepts: ['resilience/deadline-propagation', 'resilience/timeout', 'resilience/retry-cap'],
  sources: [
    'sre-22#Latency-and-Deadlines',
    'grpc-deadlines#deadline-propagation',
    'grpc-a6#limits-on-retries-and-hedges',
  ],
  rule: 'A deadline is an instant for the whole request: each try gets at most what is left, and one that cannot finish is not started.',
  parameters: {
    deadline: whole('time for the whole request', {
      unit: 'ms',
      from: 1,
      to: 600_000,
      drawn: [800, 900, 1000, 1100, 1200],
    }),
    timeout: whole('timeout of a try', {
      unit: 'ms',
      from: 1,
      to: 600_000,
      drawn: [300, 400, 500],
    }),
    attempts: whole('tries of a call, the first included', { from: 1, to: 5, drawn: [2, 2, 3] }),
    least: whole('what must be left for a try to start', {
      unit: 'ms',
      from: 0,
      to: 60_000,
      drawn: [50, 100, 150],
    }),
    takes: numbers('how long the calls take', {
      unit: 'ms',
      whole: true,
      from: 1,
      to: 600_000,
      most: NAMES.length,
    }),
    hangs: one('the call whose first try never answers', ['none', 'first', 'second', 'third']),
  },
  example: {
    deadline: 1000,
    timeout: 400,
    attempts: 2,
    least: 100,
    takes: [150, 250, 300],
    hangs: 'second',
  },
  draw(random) {
    return {
      takes: Array.from({ length: pick(random, [3, 3, 4]) }, () =>
        pick(random, [50, 100, 150, 200, 250, 280, 350]),
      ),
      hangs: pick(random, ['first', 'second', 'second', 'third'] as const),
    }
  },
  run: it => run(it),
  misconceptions: {
    'deadline-per-call': {
      belief: 'give each call the whole deadline anew',
      because: 'Each call has a timeout in its own configuration.',
      fact: 'What earlier calls used is gone: nobody waits for the answer after the deadline.',
      run: it => run(it, { left: (at, since) => it.deadline - (at - since) }),
    },
    'failed-tries-are-free': {
      belief: 'start the clock again when a call is tried again',
      because: 'A try that failed brought nothing.',
      fact: 'It took its time all the same; the deadline covers all tries together.',
      run: it => run(it, { left: (at, _, lost) => it.deadline - (at - lost) }),
    },
    'timeout-not-cut': {
      belief: 'give each try its full timeout, however little is left',
      because: 'The timeout is a number in a file.',
      fact: 'A try gets the smaller of its timeout and what is left; beyond the deadline it works for nobody.',
      run: it => run(it, { uncut: true }),
    },
    'starts-anyway': {
      belief: 'start a call as long as any time is left',
      because: 'It might be quick this time.',
      fact: 'With less than `min_left` it is not started: it could hardly finish, and would only load a server.',
      run: it => run(it, { least: 0 }),
    },
    'timeout-for-all-tries': {
      belief: 'let all tries of a call share one timeout',
      because: 'Some clients have only a timeout for the whole call.',
      fact: '`per_try_timeout` is of one try; what bounds all of them is the deadline.',
      run: it => run(it, { shared: true }),
    },
  },
  questions: {
    'last-timeout': {
      kind: 'number',
      title: 'Which timeout does the last try get within a deadline?',
      unit: 'ms',
      prompt: it =>
        `${story(it)}\n\nWhich timeout does the last try get that is started, in milliseconds?`,
      answer: tries => started(tries).at(-1)?.timeout ?? 0,
      how: (tries, { timeout, deadline }) => {
        const last = started(tries).at(-1)
        return last === undefined
          ? 'No try is started.'
          : `Try ${num(last.number)} of ${last.call} starts at ${num(last.at)} ms, when ${num(deadline)} − ${num(last.at)} = ${num(last.left)} ms are left. It gets the smaller of that and ${num(timeout)} ms: ${num(last.timeout)} ms.`
      },
    },
    course: {
      kind: 'choice',
      title: 'Which tries are made within a deadline?',
      prompt: it => `${story(it)}\n\nWhich tries are made, and how do they end?`,
      answer: course,
      how: (tries, { deadline }) =>
        done(tries)
          ? `All calls are done after ${num(end(tries))} ms, within the deadline of ${num(deadline)} ms.`
          : `After ${num(end(tries))} ms ${count(deadline - end(tries), 'ms', 'ms')} are left. The last try is ${tries.at(-1)!.end === 'not started' ? 'not started' : 'cut off'}, and the request fails.`,
    },
    ends: {
      kind: 'number',
      title: 'After how long does a request with a deadline end?',
      unit: 'ms',
      prompt: it =>
        `${story(it)}\n\nAfter how many milliseconds does the checkout answer, with a success or an error?`,
      answer: end,
      how: tries =>
        `${
          started(tries)
            .map(it => num(it.took))
            .join(' + ') || '0'
        } = ${num(end(tries))} ms, ${done(tries) ? 'and all calls are done' : 'and the request fails'}.`,
    },
  },
  result: tries =>
    `${done(tries) ? 'done' : 'failed'} after ${num(end(tries))} ms: ${course(tries)}`,
  trace: tries => ({
    columns: ['at (ms)', 'try', 'left', 'timeout', 'end'],
    rows: tries.map(({ at, call, number, left, timeout, took, end }) => [
      num(at),
      `${call} ${num(number)}`,
      num(left),
      end === 'not started' ? '-' : num(timeout),
      end === 'not started' ? end : `${end} after ${num(took)}`,
    ]),
  }),
  picture: tries =>
    bars(
      [
        ...tries.map(({ call, number, left }) => ({
          label: `left at ${call} ${num(number)}`,
          value: left,
          note: `${num(left)} ms`,
        })),
      ],
      36,
    ),
})
