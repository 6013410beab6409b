import { lab, pick } from './lab.ts'
import { number, texts } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, num } from './said.ts'

interface Send {
  /** Minutes after 12:00. */
  readonly at: number
  readonly group: string
  readonly id: string
}

interface Step extends Send {
  readonly delivered: boolean
}

interface Queue {
  readonly handled: number
  readonly sends: readonly string[]
}

/** Minutes for which SQS remembers a deduplication id; it cannot be set. */
const INTERVAL = 5

/** `1.5:o17:a`, in the order of time. */
function read(sends: readonly string[]): Send[] {
  return sends
    .map(it => it.split(':'))
    .map(([at, group, id]) => ({ at: Number(at), group: group!, id: id! }))
    .toSorted((a, b) => a.at - b.at)
}

/**
 * Which sends to an SQS FIFO queue come out of it again. Each is answered with success. One whose deduplication id belongs
 * to a message delivered in the last five minutes is dropped, whatever its group is (`DeduplicationScope: queue`) and
 * whether that message has been deleted since. A dropped send is taken not to prolong the interval; the guide leaves that
 * open, so no drawn scenario depends on it. The arguments say what a wrong rule changes.
 */
function deliveries(
  { sends }: Queue,
  {
    remembers = INTERVAL,
    same = (a: Send, b: Send): boolean => a.id === b.id,
    forgets = (_: Send, __: Send): boolean => false,
  } = {},
): Step[] {
  const delivered: Send[] = []
  return read(sends).map(send => {
    const known = delivered.some(
      it => same(it, send) && send.at < it.at + remembers && !forgets(it, send),
    )
    if (!known) delivered.push(send)
    return { ...send, delivered: !known }
  })
}

const many = (steps: readonly Step[]) => steps.filter(it => it.delivered).length
const signs = (steps: readonly Step[]) => steps.map(it => (it.delivered ? '#' : '.')).join('')

function clock(minutes: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two((12 + minutes / 60) % 24)}:${two(minutes % 60)}:${two((minutes * 60) % 60)}`
}

const setting = ({ handled, sends }: Queue) =>
  `A producer sends to the SQS queue \`orders.fifo\` (\`DeduplicationScope\` is \`queue\`, the default):\n\n` +
  `\`\`\`text\n${read(sends)
    .map(it => `${clock(it.at)}  SendMessage  group=${it.group}  dedup=${it.id}  200 OK`)
    .join('\n')}\n\`\`\`\n\n` +
  `A consumer receives each message at once and deletes it ${count(handled, 'minute')} later, long before its visibility timeout ends.`

export const fifoDeduplication = lab({
  id: 'fifo-deduplication',
  title: 'Deduplication in SQS FIFO',
  summary: 'A producer repeats sends to a FIFO queue: which of them are delivered.',
  concepts: ['idempotency/broker-dedup'],
  sources: ['sqs-dedup-id', 'sqs-fifo-terms'],
  rule: 'A send is accepted and dropped if the same deduplication id was delivered less than five minutes before, in whatever group and whether it is deleted or not.',
  parameters: {
    handled: number('time from receipt to deletion', {
      unit: 'min',
      from: 0,
      to: 60,
      drawn: [1, 2],
    }),
    sends: texts('sends as minute:group:id', {
      most: 12,
      form: { like: /^\d{1,3}(\.5)?:[a-z0-9]{1,4}:[a-z0-9]{1,4}$/, says: 'like 1.5:o17:a' },
    }),
  },
  example: {
    handled: 1,
    sends: ['0:o17:a', '0.5:o17:a', '3:o17:a', '4:o18:a', '6:o18:b', '9.5:o17:a', '10:o18:b'],
  },
  // Repeats at once, after the deletion, from another group, and when the interval is over; perhaps a second id.
  draw(random, { handled }) {
    const some = (likely: number, ...at: number[]) => (random() < likely ? at : [])
    const own = [...some(0.5, handled - 0.5), ...some(0.6, handled + pick(random, [0.5, 1]))]
    const other = some(0.5, pick(random, [3.5, 4, 4.5]))
    const late = Math.max(0, ...own, ...other) + 5 + pick(random, [0.5, 1, 2])
    const start = pick(random, [1, 2, 3])
    const sends = [0, ...own, ...some(0.7, late)].map(at => `${at}:o17:a`)
    const others = some(0.5, start, start + pick(random, [3, 4, 6])).map(at => `${at}:o18:b`)
    return {
      sends: [...sends, ...other.map(at => `${at}:o18:a`), ...others].toSorted(
        (a, b) => Number.parseFloat(a) - Number.parseFloat(b),
      ),
    }
  },
  run: it => deliveries(it),
  misconceptions: {
    forever: {
      belief: 'let the queue drop an id that it has ever seen',
      because: 'The queue is advertised with exactly-once processing.',
      fact: 'It remembers an id for five minutes; a later send is a new message.',
      run: it => deliveries(it, { remembers: Number.POSITIVE_INFINITY }),
    },
    'accepted-is-delivered': {
      belief: 'take each send that was answered with success for delivered',
      because: 'A dropped send looks as if it had to be refused.',
      fact: 'A duplicate is answered with success as well, so that the producer stops repeating; it is not delivered.',
      run: it => deliveries(it, { remembers: 0 }),
    },
    'deleted-is-forgotten': {
      belief: 'let the queue forget an id once its message is deleted',
      because: 'What is not in the queue any more cannot be compared with.',
      fact: 'SQS keeps track of the id after the message was received and deleted.',
      run: it => deliveries(it, { forgets: (a, b) => b.at >= a.at + it.handled }),
    },
    'own-group-only': {
      belief: 'look for the id in its own message group only',
      because: 'The order is kept per group, so the rest seems to be as well.',
      fact: 'With the scope `queue`, which is the default, an id counts in all groups of the queue.',
      run: it => deliveries(it, { same: (a, b) => a.id === b.id && a.group === b.group }),
    },
    'clock-windows': {
      belief: 'begin a new interval at 12:00, 12:05, 12:10 and so on',
      because: 'Fixed windows are how many counters work.',
      fact: 'The five minutes of an id begin with its own delivery.',
      run: it =>
        deliveries(it, {
          remembers: Number.POSITIVE_INFINITY,
          forgets: (a, b) => Math.floor(b.at / INTERVAL) > Math.floor(a.at / INTERVAL),
        }),
    },
  },
  questions: {
    delivered: {
      kind: 'number',
      title: 'How many of several sends does a FIFO queue deliver?',
      unit: 'messages',
      prompt: it => `${setting(it)}\n\nHow many messages does it receive?`,
      answer: many,
      how: steps =>
        `Five minutes from its delivery each id is known; repeats in that time are answered with success and dropped. ${num(many(steps))} of ${num(steps.length)} are delivered.`,
    },
    which: {
      kind: 'choice',
      title: 'Which of several sends does a FIFO queue deliver?',
      prompt: it =>
        `${setting(it)}\n\nWhich sends does the consumer receive (\`#\`), and which are dropped (\`.\`)?`,
      answer: steps => `\`${signs(steps)}\``,
      how: steps =>
        `Each delivery starts five minutes for its id, in all groups. Sends of the same id in that time are dropped: ${num(steps.length - many(steps))} of ${num(steps.length)}.`,
    },
  },
  result: steps => `${signs(steps)}, ${num(many(steps))} of ${num(steps.length)} delivered`,
  trace: steps => ({
    columns: ['time', 'group', 'id', 'consumer'],
    rows: steps.map(it => [
      clock(it.at),
      it.group,
      it.id,
      it.delivered ? 'receives it' : 'receives nothing',
    ]),
  }),
  picture: steps =>
    timeline(
      [...new Set(steps.map(it => it.id))].map(id => ({
        label: `id ${id}`,
        marks: steps
          .filter(it => it.id === id)
          .map(it => ({ at: it.at, sign: it.delivered ? '#' : '.' })),
      })),
      0,
      steps.at(-1)!.at,
      'min',
    ),
})
