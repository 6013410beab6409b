import { lab, pick } from './lab.ts'
import { numbers, one } from './parameters.ts'
import { count, list, num } from './said.ts'

const ORDERS = [
  'row-message-reply',
  'row-reply-message',
  'message-row-reply',
  'message-reply-row',
  'reply-row-message',
  'reply-message-row',
] as const

type Part = 'row' | 'message' | 'reply'

interface Scenario {
  readonly steps: (typeof ORDERS)[number]
  readonly done: readonly number[]
}

interface Request {
  /** The number of the job, from 1. */
  readonly job: number
  /** How many of the three steps were done before the process died; 3 for all. */
  readonly done: number
  /** What the client got. */
  readonly reply: '202' | 'no answer'
  /** What a GET of the status monitor says later: the state of the job, or 404, here `none`. */
  readonly monitor: 'done' | 'todo' | 'none'
}

/**
 * `POST /orders` that is worked off later: store a job row, send a message with its id, reply `202` with the `Location` of a
 * status monitor (RFC 9110, 15.3.3), in some order, each step taking effect at once. A process that dies leaves the steps
 * behind that it has done. Some seconds later a worker receives the message, looks up the row and does the job; a message
 * without a row is thrown away, and a row without a message stays as it is. The monitor reads the row. The arguments say
 * what a wrong rule changes.
 */
function follow(
  { steps, done }: Scenario,
  rule: (
    has: (part: Part) => boolean,
    all: boolean,
  ) => Pick<Request, 'reply' | 'monitor'> = has => ({
    reply: has('reply') ? '202' : 'no answer',
    monitor: !has('row') ? 'none' : has('message') ? 'done' : 'todo',
  }),
): Request[] {
  const parts = steps.split('-')
  return done.map((count, index) => ({
    job: index + 1,
    done: count,
    ...rule(part => parts.indexOf(part) < count, count === parts.length),
  }))
}

const seen = ({ reply, monitor }: Request) => `${reply} / ${monitor}`
const monitors = (requests: readonly Request[]) => requests.map(it => it.monitor).join(', ')
const broken = (requests: readonly Request[]) =>
  requests.filter(it => it.reply === '202' && it.monitor !== 'done')
const unaware = (requests: readonly Request[]) =>
  requests.filter(it => it.reply === 'no answer' && it.monitor === 'done')

const CODE: Record<Part, string> = {
  row: `${"INSERT INTO jobs (id, state) VALUES (<id>, 'todo')".padEnd(51)} -- committed`,
  message: `${'send a message with <id> to the queue'.padEnd(51)} -- confirmed`,
  reply: 'send 202, Location: /jobs/<id>',
}

const DIES = ['before step 1', 'after step 1', 'after step 2']

const setting = ({ steps, done }: Scenario) =>
  `\`POST /orders\` makes an id for a job and handles the rest like this:\n\n\`\`\`text\n${steps
    .split('-')
    .map((part, index) => `${index + 1}  ${CODE[part as Part]}`)
    .join('\n')}\n\`\`\`\n\n` +
  'Seconds later a worker receives the message and looks up the row: it does the job and sets its state to `done`; if there is no row, it drops the message. ' +
  '`GET /jobs/<id>` gives the state in the row, and `404` if there is no row. The process dies in some of the requests, and no client sends again:\n\n' +
  `\`\`\`text\n${done
    .map(
      (it, index) =>
        `job ${index + 1}   ${DIES[it] === undefined ? 'all steps done' : `dies ${DIES[it]}`}`,
    )
    .join('\n')}\n\`\`\``

export const asyncOrder = lab({
  id: 'async-order',
  title: 'Accepted with 202, and then?',
  summary: 'Row, message and 202 in some order, and a crash in between: which promises are kept.',
  concepts: ['messaging/sync-or-async', 'messaging/background-job', 'status-codes/202'],
  sources: ['rfc9110#15.3.3', 'microservices-io-outbox', 'brandur-idempotency#background-jobs'],
  rule: 'What was done before the crash stays: a `202` is kept only if row and message were there before it, and without an answer the job may still be done.',
  parameters: {
    steps: one('the order of the three steps', ORDERS),
    done: numbers('steps done in each request before the process dies; 3 for all', {
      unit: 'steps',
      from: 0,
      to: 3,
      whole: true,
      most: 8,
    }),
  },
  example: { steps: 'row-reply-message', done: [3, 1, 2, 0] },
  draw(random) {
    const done = Array.from({ length: pick(random, [4, 5]) }, () =>
      pick(random, [1, 1, 2, 2, 3, 0]),
    )
    return { done: done.toSpliced(Math.floor(random() * done.length), 1, 3) }
  },
  run: it => follow(it),
  misconceptions: {
    'accepted-is-done': {
      belief: 'take each `202` for a job that will be done',
      because: 'The server has accepted it.',
      fact: '`202` is noncommittal: it says nothing about what was stored before it was sent.',
      run: it =>
        follow(it, has => ({
          reply: has('reply') ? '202' : 'no answer',
          monitor: has('reply') ? 'done' : 'none',
        })),
    },
    'all-or-nothing': {
      belief: 'let the crash undo the steps that were done before it',
      because: 'A failed request in one transaction leaves nothing behind.',
      fact: 'Row, message and reply share no transaction; each takes effect when it is done.',
      run: it =>
        follow(it, (has, all) => ({
          reply: has('reply') ? '202' : 'no answer',
          monitor: all ? 'done' : 'none',
        })),
    },
    'row-is-enough': {
      belief: 'let the worker do each job that has a row',
      because: 'The job is stored, so somebody will find it.',
      fact: 'This worker is woken by messages; a row without one stays `todo` until somebody looks for it.',
      run: it =>
        follow(it, has => ({
          reply: has('reply') ? '202' : 'no answer',
          monitor: has('row') ? 'done' : 'none',
        })),
    },
    'message-is-enough': {
      belief: 'let the worker do each job that it has a message of',
      because: 'The broker keeps the message until it is handled.',
      fact: 'The message carries an id; without the row there is nothing to look up.',
      run: it =>
        follow(it, has => ({
          reply: has('reply') ? '202' : 'no answer',
          monitor: has('message') ? 'done' : has('row') ? 'todo' : 'none',
        })),
    },
  },
  questions: {
    monitors: {
      kind: 'choice',
      title: 'What do status monitors say after crashes between row, message and reply?',
      prompt: it =>
        `${setting(it)}\n\nWhat does \`GET /jobs/<id>\` say about these jobs a minute later, in this order (\`none\` stands for a \`404\`)?`,
      answer: monitors,
      how: requests =>
        `The monitor reads the row, and it is \`done\` only where there is a row and a message: ${list(
          requests.filter(it => it.monitor === 'done').map(it => `job ${it.job}`),
          'no job',
        )}.`,
    },
    broken: {
      kind: 'number',
      title: 'How many clients hold a 202 for work that is never done?',
      unit: 'clients',
      prompt: it =>
        `${setting(it)}\n\nHow many clients hold a \`202\` for a job that is never done?`,
      answer: requests => broken(requests).length,
      how: requests =>
        `A \`202\` without both a row and a message: ${list(
          broken(requests).map(it => `job ${it.job}`),
        )}.`,
    },
    repeated: {
      kind: 'number',
      title: 'How many jobs are done of which the client knows nothing?',
      unit: 'jobs',
      prompt: it =>
        `${setting(it)}\n\nHow many jobs are done although the client got no answer, so that a repeat under a new id would order twice?`,
      answer: requests => unaware(requests).length,
      how: requests =>
        `Row and message are there, the reply is not: ${list(
          unaware(requests).map(it => `job ${it.job}`),
        )}.`,
    },
  },
  result: requests =>
    `${requests.map(seen).join(', ')}; ${count(broken(requests).length, 'promise')} broken`,
  trace: requests => ({
    columns: ['job', 'steps done', 'client got', 'monitor later'],
    rows: requests.map(it => [num(it.job), num(it.done), it.reply, it.monitor]),
  }),
  picture: (requests, { steps }) =>
    requests
      .map(
        it =>
          `job ${it.job}  ${steps
            .split('-')
            .map((part, index) => (index < it.done ? part : part.replace(/./g, '.')))
            .join(' -> ')}${it.done < 3 ? ' X' : '  '}  ${seen(it)}`,
      )
      .join('\n'),
})
