import { lab, pick } from './lab.ts'
import { flag, one, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, num } from './said.ts'

type Step = 'verify' | 'store' | 'answer' | 'work'

interface Scenario {
  readonly plan: 'answer-first' | 'work-first' | 'inbox'
  readonly crash: 'never' | Step
  readonly work: number
  readonly timeout: number
  readonly once: boolean
  readonly attempts: number
}

/** What an attempt of the sender led to. */
interface Attempt {
  readonly steps: readonly string[]
  readonly booked: boolean
  readonly acknowledged: boolean
}

interface Outcome {
  readonly attempts: readonly Attempt[]
  /** How often the effect took place. */
  readonly effects: number
}

const STEPS: Readonly<Record<Scenario['plan'], readonly Step[]>> = {
  'answer-first': ['verify', 'answer', 'work'],
  'work-first': ['verify', 'work', 'answer'],
  inbox: ['verify', 'store', 'answer', 'work'],
}

/**
 * Plays one event from a sender that delivers again until it gets a 2xx in time, `attempts` times at most. The process may crash
 * once, in the first attempt, right after a step; it is started again at once. `once` says that the effect is recorded under the
 * event's id in the same transaction, so that a second one does nothing. In the inbox the row survives a crash, and a worker takes
 * it up after the restart; its id is unique.
 *
 * The arguments say what a wrong rule changes.
 */
function play(
  { plan, crash, work, timeout, once, attempts: most }: Scenario,
  {
    survives = plan === 'inbox',
    seesFailure = false,
    sendsAgain = true,
    undone = false,
    late = false,
  }: {
    readonly survives?: boolean
    readonly seesFailure?: boolean
    readonly sendsAgain?: boolean
    readonly undone?: boolean
    readonly late?: boolean
  } = {},
): Outcome {
  const attempts: Attempt[] = []
  let effects = 0
  let stored = false
  let done = false
  for (let attempt = 0; attempt < most; attempt++) {
    const crashed = attempt === 0 && crash !== 'never' ? crash : undefined
    const own = STEPS[plan]
    const reached = crashed === undefined ? own : own.slice(0, own.indexOf(crashed) + 1)
    const known = plan === 'inbox' && stored
    const told: string[] = known
      ? ['verify', 'find the row', 'answer']
      : reached.map(step => (step === 'work' && once && done ? 'find the id' : step))
    if (crashed !== undefined) told.push('crash')
    let answered = reached.includes('answer')
    let works = reached.includes('work')
    if (plan === 'inbox') {
      // The worker finds the row sooner or later, and once only.
      works = reached.includes('store') && !stored && (crashed === undefined || works || survives)
      stored ||= reached.includes('store')
    } else if (answered && !works && survives) works = true
    if (plan === 'work-first' && answered && work > timeout && !late && !(once && done)) {
      answered = false
      told[told.indexOf('answer')] = 'answer too late'
    }
    const booked = works && !(once && done) && !(undone && !answered)
    if (booked) effects += 1
    if (booked) done = true
    attempts.push({ steps: told, booked, acknowledged: answered })
    const content = answered && !(seesFailure && !booked && !done)
    if (content || !sendsAgain) break
  }
  return { attempts, effects }
}

const times = (effects: number) =>
  effects === 0 ? 'never booked' : effects === 1 ? 'booked once' : `booked ${num(effects)} times`
const fate = ({ attempts, effects }: Outcome) =>
  `${times(effects)}, ${attempts.length === 1 ? '1 delivery' : `${num(attempts.length)} deliveries`}`

const PLANS: Readonly<Record<Scenario['plan'], string>> = {
  'answer-first':
    'verifies the signature, answers 200, and does the work afterwards in a background task of the same process',
  'work-first': 'verifies the signature, does the work, and then answers 200',
  inbox:
    'verifies the signature, inserts the event into an inbox table (its id is unique), answers 200, and a worker does the work from the table',
}

function situation({ plan, crash, work, timeout, once, attempts }: Scenario): string {
  const after: Readonly<Record<Step, string>> = {
    verify: 'verifying',
    store: 'the insert is committed',
    answer: 'the 200 is on its way',
    work: 'the work is committed',
  }
  return (
    `An endpoint for payment events ${PLANS[plan]}. The work (booking the payment) takes ${num(work)} s${once ? ', and in its own transaction it records the event’s id and skips what was recorded before' : plan === 'inbox' ? ' and marks the row as done in the same transaction' : '; it keeps no record of ids'}. ` +
    `The sender waits ${num(timeout)} s for a 2xx and else delivers again an hour later, ${count(attempts, 'time')} in all.${plan === 'work-first' && work > timeout ? ' Work that has begun goes on when the sender has hung up.' : ''}\n\n` +
    (crash === 'never'
      ? 'Nothing crashes.'
      : `In the first delivery the process is killed right after ${after[crash]}, and is started again. Nothing else goes wrong.`)
  )
}

export const webhookEndpoint = lab({
  id: 'webhook-endpoint',
  title: 'Verify, acknowledge, defer',
  summary: 'A webhook endpoint crashes at some step: is the event lost, repeated or booked once.',
  concepts: ['webhooks/ack-fast', 'webhooks/dedupe-events'],
  sources: [
    'fastapi-background#caveat',
    'standard-webhooks#delivery-success-and-failure',
    'github-webhooks-best#respond-within-10-seconds',
  ],
  rule: 'After a 2xx the sender never comes back; without one in time it does. What only a process knew is gone with it; what was committed stays.',
  parameters: {
    plan: one('when the endpoint answers', ['answer-first', 'work-first', 'inbox']),
    crash: one('after which step the first attempt crashes', [
      'never',
      'verify',
      'store',
      'answer',
      'work',
    ]),
    work: whole('how long the work takes', { unit: 's', from: 0, to: 3600, drawn: [1, 2, 15, 30] }),
    timeout: whole('how long the sender waits', { unit: 's', from: 1, to: 3600, drawn: [5, 10] }),
    once: flag('record the effect under the event’s id', [false, false, true]),
    attempts: whole('how often the sender delivers at most', { from: 1, to: 10, drawn: [3, 4, 5] }),
  },
  example: {
    plan: 'answer-first',
    crash: 'answer',
    work: 2,
    timeout: 10,
    once: false,
    attempts: 3,
  },
  check: ({ plan, crash }) =>
    crash === 'never' || STEPS[plan].includes(crash)
      ? undefined
      : `the plan ${plan} has no step ${crash}: it has ${STEPS[plan].join(', ')}`,
  draw: (random, { plan, once }) => ({
    crash: pick(random, ['never', ...STEPS[plan], ...STEPS[plan]] as const),
    once: once && plan !== 'inbox',
  }),
  run: it => play(it),
  misconceptions: {
    'tasks-survive': {
      belief: 'expect a background task to go on after the restart',
      because: 'The framework took the task, so it seems to be kept somewhere.',
      fact: 'It lives in the memory of the process and dies with it; only what was committed is found again.',
      run: it => play(it, { survives: true }),
    },
    'inbox-forgotten': {
      belief: 'expect nothing to come of an event whose process died',
      because: 'Who was working on it is gone.',
      fact: 'A committed row is still there after the restart, and the worker takes it up.',
      run: it => play(it, { survives: false }),
    },
    'sender-sees-the-work': {
      belief: 'let the sender deliver again because the work failed',
      because: 'Senders do retry what has failed.',
      fact: 'The sender knows only the status code: after a 2xx the event is done for it.',
      run: it => play(it, { seesFailure: true }),
    },
    'delivered-once': {
      belief: 'let the sender deliver each event only once',
      because: 'It sends one event, so one request is what one expects.',
      fact: 'Delivery is at least once: without a 2xx in time the sender delivers it again.',
      run: it => play(it, { sendsAgain: false }),
    },
    'unanswered-is-undone': {
      belief: 'take work for undone when its answer did not arrive in time',
      because: 'In a transaction all of it would fail together.',
      fact: 'What was committed stays committed; the missing answer only makes the sender repeat the event.',
      run: it => play(it, { undone: true }),
    },
  },
  questions: {
    fate: {
      kind: 'choice',
      title: 'What becomes of a webhook when the endpoint crashes?',
      prompt: it =>
        `${situation(it)}\n\nHow often is the payment booked in the end, and how many deliveries does the sender make?`,
      answer: fate,
      how: it => `The sender stops at the first 200 that comes in time. In the end: ${fate(it)}.`,
    },
    effects: {
      kind: 'number',
      title: 'How often does a webhook take effect?',
      unit: 'bookings',
      prompt: it => `${situation(it)}\n\nHow often is the payment booked in the end?`,
      answer: it => it.effects,
      how: it => `Count what is committed, delivery by delivery: ${fate(it)}.`,
    },
  },
  result: fate,
  trace: ({ attempts }) => ({
    columns: ['delivery', 'steps', 'booked', '200 in time'],
    rows: attempts.map(({ steps, booked, acknowledged }, i) => [
      num(i + 1),
      steps.join(', '),
      booked ? 'yes' : 'no',
      acknowledged ? 'yes' : 'no',
    ]),
  }),
  picture: ({ attempts }) =>
    messages(
      attempts.flatMap(({ steps, booked, acknowledged }, i) => [
        { from: 'sender', to: 'endpoint', says: `delivery ${i + 1}` },
        ...steps
          .filter(step => step !== 'answer too late')
          .map(step =>
            step === 'answer'
              ? { from: 'endpoint', to: 'sender', says: '200' }
              : {
                  from: 'endpoint',
                  to: 'endpoint',
                  says: step === 'work' && booked ? 'work: the payment is booked' : step,
                },
          ),
        ...(acknowledged ? [] : [{ from: 'endpoint', to: 'sender', says: 'nothing in time' }]),
        ...(booked && !steps.includes('work')
          ? [{ from: 'endpoint', to: 'endpoint', says: 'a worker books the payment' }]
          : []),
      ]),
    ),
})
