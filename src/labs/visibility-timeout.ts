import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Queue {
  readonly visibility: number
  readonly work: readonly number[]
  readonly extend: number
  readonly crash: number
  readonly receives: number
}

interface Run {
  /** Seconds after the first receipt. */
  readonly from: number
  /** When the work ends, or the worker does. */
  readonly to: number
  readonly crashed: boolean
  /** When the message can be received again, unless it was deleted before. */
  readonly visible: number
  readonly deletes: boolean
}

interface Outcome {
  readonly runs: readonly Run[]
  /** When the message is deleted or moved to the dead-letter queue. */
  readonly end: number
  readonly dead: boolean
}

/**
 * The life of one message of an SQS FIFO queue, with idle workers that receive it as soon as it is visible.
 *
 *     received at t, hidden until t + visibility
 *     extended at t + extend, t + 2·extend, …: hidden until then + visibility, counted from the call
 *     finished while it is hidden: deleted; later: the receipt handle has expired, and nothing is deleted
 *     visible again after `receives` receipts: to the dead-letter queue
 *
 * The n-th run takes the n-th time of `work`, further ones the last. The worker of the first run dies after `crash` seconds,
 * 0 for never. The arguments say what a wrong rule changes.
 */
function life(
  { visibility, work, extend, crash, receives }: Queue,
  {
    lateDeletes = false,
    diesLoudly = false,
    adds = false,
    most = receives,
  }: { lateDeletes?: boolean; diesLoudly?: boolean; adds?: boolean; most?: number } = {},
): Outcome {
  const runs: Run[] = []
  for (let from = 0; ; ) {
    // Somebody who is late, and whose delete counts all the same.
    const late = runs.find(it => lateDeletes && !it.crashed && it.to <= from)
    if (late !== undefined) return { runs, end: late.to, dead: false }
    if (runs.length >= most) return { runs, end: from, dead: true }
    const takes = work[Math.min(runs.length, work.length - 1)]!
    const crashed = runs.length === 0 && crash > 0 && crash < takes
    const to = from + (crashed ? crash : takes)
    let visible = from + visibility
    if (extend > 0) {
      for (let at = from + extend; at < to && at < visible; at += extend)
        visible = adds ? visible + visibility : at + visibility
    }
    if (crashed && diesLoudly) visible = to
    const deletes = !crashed && to < visible
    runs.push({ from, to, crashed, visible, deletes })
    if (deletes) return { runs, end: to, dead: false }
    from = visible
  }
}

/** What happens if a received message is gone: one run, and its end. */
function once(it: Queue): Outcome {
  const { runs } = life(it, { most: 1 })
  return { runs, end: runs[0]!.to, dead: false }
}

const course = ({ runs, end, dead }: Outcome) =>
  `received at ${list(runs.map(it => num(it.from)))} s, ${dead ? 'to the DLQ' : 'gone'} at ${num(end)} s`

const setting = ({ visibility, work, extend, crash, receives }: Queue) =>
  `A message of the SQS queue \`jobs.fifo\` is received at 0 s; idle workers wait for it to become visible again.\n\n` +
  `\`\`\`text\nVisibilityTimeout  ${visibility} s\nmaxReceiveCount    ${receives}, then to the dead-letter queue (DLQ)\n\`\`\`\n\n` +
  `${work.length === 1 ? `Each run takes ${count(work[0]!, 'second')}` : `The runs take ${list(work.map(it => `${num(it)} s`))} in this order (a cache is warmer each time), further ones as long as the last`}; at the end of a run the worker calls \`DeleteMessage\`. ` +
  (extend > 0
    ? `While it works, a worker calls \`ChangeMessageVisibility\` with ${num(visibility)} s every ${num(extend)} s. `
    : '') +
  (crash > 0 ? `The first worker is killed at ${num(crash)} s.` : 'No worker crashes.')

export const visibilityTimeout = lab({
  id: 'visibility-timeout',
  title: 'Visibility timeout and slow work',
  summary: 'Work outlasts the visibility timeout or its worker dies: when the message comes again.',
  concepts: ['messaging/visibility-timeout', 'idempotency/broker-dedup'],
  sources: ['sqs-visibility', 'sqs-dlq'],
  rule: 'A received message is hidden until the timeout ends, counted from the receipt or the last extension; who finishes later deletes nothing, and it is received again.',
  parameters: {
    visibility: whole('visibility timeout', {
      unit: 's',
      from: 1,
      to: 43_200,
      drawn: [20, 30, 40, 60],
    }),
    work: numbers('how long each run takes', {
      unit: 's',
      from: 1,
      to: 86_400,
      whole: true,
      most: 6,
    }),
    extend: whole('how often a worker extends the timeout; 0 for never', {
      unit: 's',
      from: 0,
      to: 43_200,
    }),
    crash: whole('when the first worker dies; 0 for never', { unit: 's', from: 0, to: 43_200 }),
    receives: whole('receipts before it goes to the dead-letter queue', {
      unit: 'receipts',
      from: 1,
      to: 10,
      drawn: [3, 4, 5],
    }),
  },
  example: { visibility: 30, work: [50, 40, 20], extend: 0, crash: 0, receives: 4 },
  check: ({ visibility, extend }) =>
    extend >= visibility
      ? `extend is less than visibility, or the message is received again first: ${extend} is not less than ${visibility}`
      : undefined,
  // Slow work without extensions, or extensions that a crash ends.
  draw(random, { visibility }) {
    const slow = visibility + pick(random, [5, 10, 15, 25, 35])
    const less = visibility - pick(random, [5, 10])
    if (random() < 0.5) {
      const middle = visibility + 5
      return {
        extend: 0,
        crash: random() < 0.3 ? pick(random, [5, 10, 15]) : 0,
        work: pick(random, [
          [slow],
          [slow, less],
          [slow, middle, less],
          [slow, slow, middle, less],
        ]),
      }
    }
    const extend = visibility / pick(random, [2, 2, 4])
    return {
      extend,
      crash: extend * pick(random, [1, 2, 3]) + 3,
      work: [visibility * 3, pick(random, [less, slow])],
    }
  },
  run: it => life(it),
  misconceptions: {
    'received-is-gone': {
      belief: 'take a message for gone once it is received',
      because: 'FIFO queues promise exactly-once processing.',
      fact: 'A receipt hides it for the timeout; only a delete in time ends it.',
      run: once,
    },
    'late-delete-counts': {
      belief: 'let a worker delete the message although its timeout is over',
      because: 'It has the receipt handle and has done the work.',
      fact: 'The handle of a FIFO message expires with the timeout; the delete fails, and the next run goes on.',
      run: it => life(it, { lateDeletes: true }),
    },
    'crash-is-noticed': {
      belief: 'let the queue notice the crash and release the message at once',
      because: 'A broker with an open channel, such as RabbitMQ, requeues when the channel closes.',
      fact: 'SQS has no connection to watch; the message stays hidden until the timeout ends.',
      run: it => life(it, { diesLoudly: true }),
    },
    'extension-adds': {
      belief: 'add each extension to what is left of the timeout',
      because: 'Extending sounds like adding.',
      fact: '`ChangeMessageVisibility` sets a new timeout that counts from the call.',
      run: it => life(it, { adds: true }),
    },
    'retries-on-top': {
      belief: 'count the first receipt apart from `maxReceiveCount`',
      because: 'The number is read as a number of retries.',
      fact: 'Each receipt counts, the first one too.',
      run: it => life(it, { most: it.receives + 1 }),
    },
  },
  questions: {
    runs: {
      kind: 'number',
      title: 'How often is a message received?',
      unit: 'receipts',
      prompt: it => `${setting(it)}\n\nHow often is the message received in all?`,
      answer: it => it.runs.length,
      how: it => `It is ${course(it)}.`,
    },
    course: {
      kind: 'choice',
      title: 'When does a message come again, and when is it gone?',
      prompt: it => `${setting(it)}\n\nWhat becomes of the message?`,
      answer: course,
      how: ({ runs }) => {
        const { to, visible, crashed, deletes } = runs[0]!
        return `The first worker ${crashed ? 'dies' : 'finishes'} at ${num(to)} s; the message is hidden until ${num(visible)} s${deletes ? ', so the delete comes in time' : ', and then it is received again'}.`
      },
    },
  },
  result: course,
  trace: ({ runs }) => ({
    columns: ['received', 'run ends', 'hidden until', 'then'],
    rows: runs.map(it => [
      `${num(it.from)} s`,
      `${num(it.to)} s`,
      `${num(it.visible)} s`,
      it.deletes ? 'deleted' : it.crashed ? 'worker is dead' : 'too late to delete',
    ]),
  }),
  picture: ({ runs, end, dead }) => {
    const until = Math.max(end, ...runs.map(it => it.to), 1)
    const column = (at: number) => Math.round((at / until) * 52)
    return [
      ...runs.map(({ from, to, crashed, visible }, index) => {
        const bar = Math.max(1, column(to) - column(from) - 1)
        const line = `${' '.repeat(column(from))}|${'='.repeat(bar)}${crashed ? 'X' : '|'}`
        const mark = column(visible)
        return `${`run ${index + 1}`.padEnd(8)}${mark < line.length && visible <= to ? `${line.slice(0, mark)}v${line.slice(mark + 1)}` : line}`
      }),
      `${' '.repeat(8)}0 s${`${num(until)} s`.padStart(50)}`,
      `v visible again   X worker dies   ${dead ? 'dead-letter queue' : 'deleted'} at ${num(end)} s`,
    ].join('\n')
  },
})
