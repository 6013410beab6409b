import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

const EVENTS = ['pick', 'start', 'done', 'error', 'invalid', 'lost', 'requeue'] as const

type Event = (typeof EVENTS)[number]
type State = 'QUEUED' | 'PICKED_UP' | 'RUNNING' | 'RETRY' | 'SUCCESS' | 'FAILED'

interface Step {
  readonly event: Event
  readonly from: State
  readonly to: State
  /** How often it has been picked up. */
  readonly attempts: number
  /** Whether the event may change the state. */
  readonly allowed: boolean
}

interface Queue {
  readonly attempts: number
  readonly events: readonly Event[]
}

/** Where each event is allowed. */
const ALLOWED: Record<Event, readonly State[]> = {
  pick: ['QUEUED'],
  start: ['PICKED_UP'],
  done: ['RUNNING'],
  error: ['RUNNING'],
  invalid: ['RUNNING'],
  lost: ['PICKED_UP', 'RUNNING'],
  requeue: ['RETRY'],
}

/**
 * The states of a background job, from QUEUED on:
 *
 *     QUEUED -pick-> PICKED_UP -start-> RUNNING -done-> SUCCESS
 *        ^                                 |
 *        +---requeue--- RETRY <--error-----+----invalid----> FAILED
 *
 * Each pick is an attempt. After an `error`, or when the worker is `lost`, there is another one if fewer than `attempts` were
 * made; otherwise the job has FAILED and is a dead letter, as it is at once when its input is `invalid`. An event that the
 * state does not allow changes nothing: the update has the expected state in its condition. The arguments say what a wrong
 * rule changes: the attempts, what may be repeated, whether a lost worker counts, and whether the condition is there.
 */
function lifecycle(
  { attempts: most, events }: Queue,
  { more = 0, repeatsInvalid = false, lostCounts = true, guarded = true } = {},
): Step[] {
  let state: State = 'QUEUED'
  let attempts = 0
  return events.map(event => {
    const from = state
    const allowed = ALLOWED[event].includes(from)
    if (allowed || !guarded) {
      const again = attempts < most + more ? 'RETRY' : 'FAILED'
      if (event === 'pick') attempts++
      if (event === 'lost' && !lostCounts) attempts = Math.max(0, attempts - 1)
      const next: Record<Event, State> = {
        pick: 'PICKED_UP',
        start: 'RUNNING',
        done: 'SUCCESS',
        error: again,
        invalid: repeatsInvalid ? again : 'FAILED',
        lost: lostCounts ? again : 'RETRY',
        requeue: 'QUEUED',
      }
      state = next[event]
    }
    return { event, from, to: state, attempts, allowed: allowed || !guarded }
  })
}

const last = (steps: readonly Step[]) => steps.at(-1)!
const end = (steps: readonly Step[]) => {
  const { to, attempts } = last(steps)
  return `${to}, ${count(attempts, 'attempt')}`
}
const ignored = (steps: readonly Step[]) => steps.filter(it => !it.allowed).length

const SAYS: Record<Event, string> = {
  pick: 'worker picks it up',
  start: 'worker starts to run it',
  done: 'worker reports success',
  error: 'worker reports a timeout of the database',
  invalid: 'worker reports that the input cannot be parsed',
  lost: 'lease of its worker ran out',
  requeue: 'delay is over, back to the queue',
}

const setting = ({ attempts, events }: Queue) =>
  `A job goes QUEUED, PICKED_UP, RUNNING and then SUCCESS, RETRY or FAILED; from RETRY it goes back to QUEUED. FAILED jobs become dead letters. ` +
  `Each change is an \`UPDATE ... WHERE state = <expected>\`; each pick-up counts as an attempt, and \`max_attempts\` is ${num(attempts)}. ` +
  `A failure that can pass is tried again while attempts are left, a lost worker (PICKED_UP or RUNNING) among them; one that cannot is not. The job is QUEUED, and this is reported:\n\n` +
  `\`\`\`text\n${events.map((it, index) => `${String(index + 1).padStart(2)}  ${it.padEnd(8)} ${SAYS[it]}`).join('\n')}\n\`\`\``

export const jobLifecycle = lab({
  id: 'job-lifecycle',
  title: 'Life of a background job',
  summary:
    'Workers report, fail and vanish: the state in which a job ends, and after how many attempts.',
  concepts: ['messaging/background-job', 'messaging/failed-messages'],
  sources: [
    'brandur-idempotency#background-jobs',
    'sqs-dlq',
    'rabbitmq-quorum#poison-message-handling',
  ],
  rule: 'A failure that can pass leads to another attempt while fewer than `max_attempts` were made; one that cannot, and the last one, end in FAILED; an event that the state does not allow changes nothing.',
  parameters: {
    attempts: whole('attempts at most, the first one included', {
      unit: 'attempts',
      from: 1,
      to: 10,
      drawn: [2, 3],
    }),
    events: texts('what is reported, in this order', { most: 16, of: EVENTS }),
  },
  example: {
    attempts: 2,
    events: [
      'pick',
      'start',
      'lost',
      'requeue',
      'pick',
      'start',
      'error',
      'done',
      'requeue',
      'pick',
    ],
  },
  // Attempts that fail in one way or another, the report of a worker that was taken for dead, and what follows.
  draw(random, { attempts }) {
    const events: Event[] = []
    const tries = pick(random, [attempts - 1, attempts, attempts])
    for (let n = 1; n <= tries; n++) {
      const end = pick<Event>(
        random,
        n < tries ? ['error', 'lost'] : ['error', 'lost', 'invalid', 'invalid', 'done', 'done'],
      )
      const starts = end !== 'lost' || random() < 0.6
      events.push('pick', ...(starts ? (['start'] as const) : []), end)
      if (end === 'lost' && random() < 0.5) events.push('done')
      if (end === 'done' && random() < 0.7) events.push('lost')
      if (n < tries) events.push('requeue')
    }
    const rest: readonly (readonly Event[])[] = [['done'], ['requeue'], ['requeue', 'pick'], []]
    return { events: [...events, ...pick(random, rest)].slice(0, 12) }
  },
  run: it => lifecycle(it),
  misconceptions: {
    'retries-on-top': {
      belief: 'count the first attempt apart from `max_attempts`',
      because: 'The number is read as a number of retries.',
      fact: 'The first pick-up is an attempt too: a `max_attempts` of 3 leaves room for two retries.',
      run: it => lifecycle(it, { more: 1 }),
    },
    'invalid-again': {
      belief: 'try an input again that cannot be parsed',
      because: 'A failed job is retried, that is what the queue is for.',
      fact: 'It will fail in the same way each time; park it at once.',
      run: it => lifecycle(it, { repeatsInvalid: true }),
    },
    'lost-is-free': {
      belief: 'leave an attempt uncounted if its worker was lost',
      because: 'The job itself has not failed.',
      fact: 'Perhaps it has: a job that kills its workers would go round for ever, so the pick-up counts.',
      run: it => lifecycle(it, { lostCounts: false }),
    },
    'last-word-counts': {
      belief: 'let each report change the job, whatever its state is',
      because: 'The newest report seems to know best.',
      fact: 'A worker that was taken for dead may report late; the expected state in the update keeps it out.',
      run: it => lifecycle(it, { guarded: false }),
    },
  },
  questions: {
    end: {
      kind: 'choice',
      title: 'In which state does a job end, and after how many attempts?',
      prompt: it => `${setting(it)}\n\nWhere is the job then?`,
      answer: end,
      how: steps =>
        `${count(ignored(steps), 'report')} ${ignored(steps) === 1 ? 'changes' : 'change'} nothing, as the state does not allow it. At the end it is ${end(steps)}.`,
    },
    ignored: {
      kind: 'number',
      title: 'How many reports about a job change nothing?',
      unit: 'reports',
      prompt: it => `${setting(it)}\n\nHow many of these reports change nothing?`,
      answer: ignored,
      how: steps =>
        `Without effect: ${list(
          steps
            .map((it, index) => ({ ...it, index }))
            .filter(it => !it.allowed)
            .map(it => `${num(it.index + 1)} (${it.event} while ${it.from})`),
        )}.`,
    },
  },
  result: steps => `${end(steps)}${last(steps).to === 'FAILED' ? ', dead letter' : ''}`,
  trace: steps => ({
    columns: ['#', 'report', 'state before', 'state after', 'attempts'],
    rows: steps.map((it, index) => [
      num(index + 1),
      it.event,
      it.from,
      it.allowed ? it.to : 'unchanged',
      num(it.attempts),
    ]),
  }),
  picture: steps => {
    const states = ['QUEUED', 'PICKED_UP', 'RUNNING', 'RETRY', 'SUCCESS', 'FAILED']
    return states
      .map(state => {
        const cells = [steps[0]!.from, ...steps.map(it => it.to)]
        return `${state.padEnd(11)}${cells.map(it => (it === state ? ' #' : ' .')).join('')}`
      })
      .join('\n')
  },
})
