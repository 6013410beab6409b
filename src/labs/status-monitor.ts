import { lab, pick } from './lab.ts'
import { flag, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, list, num } from './said.ts'

interface Job {
  readonly wait: number
  readonly work: number
  readonly fails: boolean
  readonly retryAfter: number
}

type State = 'queued' | 'running' | 'succeeded' | 'failed'

interface Outcome {
  readonly polls: readonly { readonly at: number; readonly state: State }[]
  /** When the job ends. */
  readonly end: number
  /** When the client has learnt of it. */
  readonly learns: number
  /** The POST, the polls, and the GET of the order if there is one. */
  readonly requests: number
}

/** Most polls that are followed. */
const MOST = 60

/**
 * A client that polls the status monitor of a `202` (RFC 9110, 15.3.3) as `Retry-After` asks, until the state is final. The
 * job waits in the queue, then runs; its states begin at 0, `wait` and `wait + work`. Time on the network is left out. The
 * arguments say what a wrong rule changes: the wait, the first poll, what is final, and whether the end is announced.
 */
function follow(
  { wait, work, fails, retryAfter }: Job,
  { waits = wait, first = retryAfter, acceptedIsDone = false, announced = false } = {},
): Outcome {
  const end = waits + work
  const final: State = fails ? 'failed' : 'succeeded'
  const polls: { at: number; state: State }[] = []
  for (let at = first; polls.length < MOST; at += retryAfter) {
    const now = announced ? Math.min(at, end) : at
    const state = acceptedIsDone ? final : now >= end ? final : now < waits ? 'queued' : 'running'
    polls.push({ at: now, state })
    if (state === 'succeeded' || state === 'failed') break
  }
  const { at, state } = polls.at(-1)!
  return { polls, end, learns: at, requests: 1 + polls.length + (state === 'succeeded' ? 1 : 0) }
}

const course = ({ polls }: Outcome) => {
  const groups: { state: State; times: number }[] = []
  for (const { state } of polls) {
    if (groups.at(-1)?.state === state) groups.at(-1)!.times++
    else groups.push({ state, times: 1 })
  }
  return groups.map(it => (it.times === 1 ? it.state : `${num(it.times)} × ${it.state}`)).join(', ')
}

const setting = ({ wait, work, fails, retryAfter }: Job) =>
  `A client orders and is told to look again every ${count(retryAfter, 'second')}:\n\n` +
  `\`\`\`http\nPOST /orders HTTP/1.1\n\nHTTP/1.1 202 Accepted\nLocation: /jobs/81\nRetry-After: ${num(retryAfter)}\n\`\`\`\n\n` +
  `It keeps to the \`Retry-After\`, which each answer of \`/jobs/81\` repeats: \`200\` with the state \`queued\`, \`running\`, \`succeeded\` or \`failed\`. It polls until one of the last two; after \`succeeded\` it fetches the order once from \`/orders/17\`. ` +
  `The job waits ${count(wait, 'second')} in the queue after the \`202\`, then runs for ${count(work, 'second')} and ${fails ? 'fails' : 'succeeds'}. Time on the network does not count.`

export const statusMonitor = lab({
  id: 'status-monitor',
  title: 'Polling a status monitor',
  summary:
    'A client polls the address that came with its 202: what it is told, and how often it asks.',
  concepts: ['messaging/background-job', 'status-codes/202'],
  sources: ['rfc9110#15.3.3', 'rfc9110#10.2.3'],
  rule: 'A `202` promises nothing but the place to ask; the first poll comes after `Retry-After`, and the first one after queue and work tells the outcome.',
  parameters: {
    wait: whole('time in the queue', { unit: 's', from: 0, to: 600, drawn: [3, 7, 12, 17] }),
    work: whole('time that the job runs', { unit: 's', from: 1, to: 600, drawn: [4, 9, 14, 21] }),
    fails: flag('the job fails'),
    retryAfter: whole('the `Retry-After` of each answer', {
      unit: 's',
      from: 1,
      to: 600,
      drawn: [5, 6, 10],
    }),
  },
  example: { wait: 12, work: 9, fails: false, retryAfter: 5 },
  check: ({ wait, work, retryAfter }) =>
    (wait + work) / retryAfter > MOST - 2
      ? `wait + work is at most ${MOST - 2} times retryAfter`
      : undefined,
  // A state that begins just when a poll comes would leave open what the poll sees.
  draw(random, { wait, work, retryAfter }) {
    const off = (value: number, by: number) => (value % retryAfter === 0 ? value + by : value)
    const waits = off(wait, 1)
    const ends = off(waits + work, pick(random, [1, 2]))
    return { wait: waits, work: ends - waits }
  },
  run: it => follow(it),
  misconceptions: {
    'starts-at-once': {
      belief: 'let the work begin when the `202` is sent',
      because: 'Accepted sounds like begun.',
      fact: 'The job is in a queue; it begins when a worker takes it.',
      run: it => follow(it, { waits: 0 }),
    },
    'accepted-is-done': {
      belief: 'take the `202` for done and expect the outcome at the first poll',
      because: 'It is a 2xx.',
      fact: '`202` says that the request was taken in; the work may still be waiting, and may fail.',
      run: it => follow(it, { acceptedIsDone: true }),
    },
    'polls-at-once': {
      belief: 'poll for the first time right after the `202`',
      because: 'One wants to know.',
      fact: '`Retry-After` stands on the `202` as well: the first poll comes after that time.',
      run: it => follow(it, { first: 0 }),
    },
    'told-at-the-end': {
      belief: 'let the client know the moment that the job ends',
      because: 'The server knows it then.',
      fact: 'A poller learns of it with its next poll; on average half an interval late.',
      run: it => follow(it, { announced: true }),
    },
  },
  questions: {
    course: {
      kind: 'choice',
      title: 'What does a client see that polls a status monitor?',
      prompt: it => `${setting(it)}\n\nWhich states does it see, poll by poll?`,
      answer: course,
      how: ({ polls, end }, { wait }) =>
        `The job is running from ${num(wait)} s and ends at ${num(end)} s. The polls come at ${list(polls.map(it => num(it.at)))} s.`,
    },
    requests: {
      kind: 'number',
      title: 'How many requests does a client send that polls?',
      unit: 'requests',
      prompt: it => `${setting(it)}\n\nHow many requests does it send in all, the POST included?`,
      answer: it => it.requests,
      how: ({ polls, requests }, { fails }) =>
        `${list(['the POST', count(polls.length, 'poll'), ...(fails ? [] : ['the GET of the order'])])} make ${num(requests)}.`.replace(
          'the',
          'The',
        ),
    },
    learns: {
      kind: 'number',
      title: 'When does a poller learn how its job has ended?',
      unit: 's',
      prompt: it =>
        `${setting(it)}\n\nHow many seconds after the \`202\` does it learn the outcome?`,
      answer: it => it.learns,
      how: ({ end, learns }) =>
        `The job ends at ${num(end)} s, and the first poll from then on is at ${num(learns)} s.`,
    },
  },
  result: it => `${course(it)}; known at ${num(it.learns)} s, ${count(it.requests, 'request')}`,
  trace: ({ polls }) => ({
    columns: ['t (s)', 'GET /jobs/81'],
    rows: polls.map(it => [num(it.at), `200 ${it.state}`]),
  }),
  picture: ({ polls, end, learns }, { wait }) =>
    timeline(
      [
        {
          label: 'job',
          marks: [
            { at: 0, sign: 'q' },
            { at: wait, sign: 'r' },
            { at: end, sign: 'E' },
          ],
        },
        { label: 'polls', marks: polls.map(it => ({ at: it.at, sign: it.state[0]! })) },
      ],
      0,
      Math.max(learns, end),
    ),
})
