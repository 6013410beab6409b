import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

type Design = 'three-commits' | 'save-last' | 'lease' | 'lease-unique' | 'transaction'
type Crash = 'before-order' | 'after-order' | 'after-save'

interface Server {
  readonly design: Design
  readonly crash: Crash
  readonly lease: number
  readonly keep: number
  readonly retries: readonly number[]
}

interface Step {
  /** Minutes after 12:00. */
  readonly at: number
  readonly verdict: 'no answer' | '409' | 'new order' | 'old order'
  /** Orders in the table afterwards. */
  readonly orders: number
  readonly key: 'none' | 'processing' | 'done'
}

/**
 * One order, sent again and again with the same key; the process of the first attempt dies.
 *
 *     three-commits   mark key | insert order | save answer     a commit each
 *     save-last       insert order | save key and answer        a commit each
 *     lease           as three-commits; a mark older than `lease` is taken over, and the order inserted (again)
 *     lease-unique    as lease; the order carries the key under a unique constraint
 *     transaction     mark, insert and save in a single commit
 *
 * A mark without an end is `processing`, and whoever finds it gets 409; with an answer, that one. A key is unknown `keep`
 * minutes after it was inserted. `afresh`: a retry ignores the mark of a crashed attempt. `finds`: it finds the first order.
 */
function attempts(
  { design, crash, lease, keep, retries }: Server,
  { afresh = false, finds = design === 'lease-unique' } = {},
): Step[] {
  const marks = design !== 'save-last' && design !== 'transaction'
  let orders = 0
  let key: { state: 'processing' | 'done'; at: number; locked: number } | undefined
  const step = (at: number, verdict: Step['verdict']): Step => ({
    at,
    verdict,
    orders,
    key: key?.state ?? 'none',
  })
  const ends = (at: number) => {
    const verdict = finds && orders > 0 ? 'old order' : 'new order'
    if (verdict === 'new order') orders++
    key = { state: 'done', at: key?.at ?? at, locked: at }
    return verdict
  }

  if (crash === 'after-save') ends(0)
  else {
    if (marks) key = { state: 'processing', at: 0, locked: 0 }
    if (crash === 'after-order' && design !== 'transaction') orders++
  }
  return [
    step(0, 'no answer'),
    ...retries.map(at => {
      if (key !== undefined && at >= key.at + keep) key = undefined
      if (key?.state === 'done') return step(at, 'old order')
      const over = afresh || (design.startsWith('lease') && at >= (key?.locked ?? 0) + lease)
      if (key !== undefined && !over) return step(at, '409')
      return step(at, ends(at))
    }),
  ]
}

/** What happens if the key alone were enough: one order, placed by the first retry at the latest, and its answer for the others. */
const onlyOne = ({ design, crash, retries }: Server): Step[] => {
  const placed = crash === 'after-save' || (crash === 'after-order' && design !== 'transaction')
  return [
    { at: 0, verdict: 'no answer', orders: placed ? 1 : 0, key: 'done' },
    ...retries.map(
      (at, place): Step => ({
        at,
        verdict: placed || place > 0 ? 'old order' : 'new order',
        orders: 1,
        key: 'done',
      }),
    ),
  ]
}

const orders = (steps: readonly Step[]) => steps.at(-1)!.orders
const verdicts = (steps: readonly Step[]) =>
  steps
    .slice(1)
    .map(it => it.verdict)
    .join(', ')

const clock = (minutes: number) =>
  `${String((12 + Math.floor(minutes / 60)) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const MARK = "INSERT INTO keys VALUES ('k1', 'processing')"
const LOCK = "INSERT INTO keys VALUES ('k1', 'processing', now())"
const ORDER = 'INSERT INTO orders ...'
const SAVE = "UPDATE keys SET state = 'done', answer = ..."

const CODE: Record<Design, readonly string[]> = {
  'three-commits': [`1  ${MARK}; COMMIT`, `2  ${ORDER}; COMMIT`, `3  ${SAVE}; COMMIT`],
  'save-last': [`1  ${ORDER}; COMMIT`, "2  INSERT INTO keys VALUES ('k1', 'done', answer); COMMIT"],
  lease: [`1  ${LOCK}; COMMIT`, `2  ${ORDER}; COMMIT`, `3  ${SAVE}; COMMIT`],
  'lease-unique': [
    `1  ${LOCK}; COMMIT`,
    `2  ${ORDER} ON CONFLICT (key) DO NOTHING; COMMIT`,
    `3  ${SAVE}; COMMIT`,
  ],
  transaction: [`1  BEGIN; ${MARK}`, `2  ${ORDER}`, `3  ${SAVE}; COMMIT`],
}

/** The line after which the process dies, by the number in front of it. */
function dies({ design, crash }: Server): string {
  if (crash === 'after-save') return 'after the last line, before the answer is sent'
  if (design === 'save-last')
    return crash === 'after-order' ? 'right after line 1' : 'before line 1'
  return `right after line ${crash === 'after-order' ? 2 : 1}`
}

function setting(it: Server): string {
  const leased = it.design.startsWith('lease')
  return (
    `A server handles an order with the idempotency key \`k1\` like this:\n\n\`\`\`text\n${CODE[it.design].join('\n')}\n\`\`\`\n\n` +
    'A request whose key is `done` gets the stored answer' +
    (it.design === 'save-last' ? '. ' : '; one whose key is `processing` gets `409`. ') +
    (leased
      ? `A mark that is ${count(it.lease, 'minute')} old or older is taken over instead: lines 2 and 3 are run${it.design === 'lease-unique' ? ', and an order that is there already is used' : ''}. `
      : '') +
    `Keys are removed ${count(it.keep, 'minute')} after they were inserted.\n\n` +
    `The first attempt comes at 12:00; its process dies ${dies(it)}. The client sends the same request again at ${list(it.retries.map(clock))}, and nothing else fails.`
  )
}

export const idempotentServer = lab({
  id: 'idempotent-server',
  title: 'A crash while a key is in use',
  summary:
    'A server dies between key, order and answer: what its retries get, and how many orders.',
  concepts: [
    'idempotency/same-transaction',
    'idempotency/in-flight-lease',
    'idempotency/key-retention',
  ],
  sources: [
    'brandur-idempotency#atomic-phases',
    'brandur-transactions#one-to-one',
    'powertools-idempotency',
  ],
  rule: 'What was committed stays, what was not is gone: a mark left behind blocks until its lease or the key ends, and an order without its answer is placed again.',
  parameters: {
    design: one('how key, order and answer are written', [
      'three-commits',
      'save-last',
      'lease',
      'lease-unique',
      'transaction',
    ]),
    crash: one('when the process of the first attempt dies', [
      'before-order',
      'after-order',
      'after-save',
    ]),
    lease: whole('age at which a mark may be taken over', {
      unit: 'min',
      from: 1,
      to: 600,
      drawn: [2, 5, 10],
    }),
    keep: whole('time that a key is kept', { unit: 'min', from: 1, to: 600, drawn: [30, 60] }),
    retries: numbers('when the client repeats, after the first attempt', {
      unit: 'min',
      from: 1,
      to: 700,
      whole: true,
      rising: true,
      most: 6,
    }),
  },
  example: { design: 'lease', crash: 'after-order', lease: 5, keep: 60, retries: [1, 6, 8] },
  // A retry at once, one around the end of the lease, and some that may come after the key is gone, once or twice.
  draw(random, { lease, keep }) {
    const late = [20, keep + 5, keep + 10, 2 * keep + 20]
    return {
      retries: [
        1,
        lease + pick(random, [1, 2, 3]),
        ...pick(random, [[0], [1], [1, 2], [2, 3], [1, 3]]).map(it => late[it]!),
      ],
    }
  },
  run: it => attempts(it),
  misconceptions: {
    'key-allows-one': {
      belief: 'trust the key to allow one order, wherever a crash happens',
      because: 'That is the promise that is made for idempotency keys.',
      fact: 'The key protects only as far as it is stored together with the order; between two commits a crash can part them.',
      run: onlyOne,
    },
    'crash-rolls-back': {
      belief: 'let the crash undo all that the first attempt did',
      because: 'Within one transaction it does.',
      fact: 'A crash undoes what is not committed, and nothing else.',
      run: it => attempts({ ...it, design: 'transaction' }),
    },
    'mark-stays': {
      belief: 'let the crash leave a mark that blocks until the key is removed',
      because: 'Keys that are stuck at `processing` are the best-known bug of this kind.',
      fact: 'It takes a mark in a commit of its own, and a lease lets a retry take it over.',
      run: it => attempts({ ...it, design: 'three-commits' }),
    },
    'crash-frees-key': {
      belief: 'let a retry start afresh as soon as the first attempt has died',
      because: 'A lock inside a process ends with it.',
      fact: 'The mark is a row in a table; it does not know that its process has died.',
      run: it => attempts(it, { afresh: true }),
    },
    'retry-finds-order': {
      belief: 'let a retry find the order that an earlier attempt placed',
      because: 'The order is in the same database.',
      fact: 'A retry looks for the key; only a constraint on the order itself, or a recovery point, tells it of the order.',
      run: it => attempts(it, { finds: true }),
    },
  },
  questions: {
    orders: {
      kind: 'number',
      title: 'How many orders exist after a crash and its retries?',
      unit: 'orders',
      prompt: it => `${setting(it)}\n\nHow many orders are in the table in the end?`,
      answer: orders,
      how: (steps, it) =>
        `The first attempt dies ${dies(it)}. Then the retries get: ${verdicts(steps)}. That makes ${count(orders(steps), 'order')}.`,
    },
    answers: {
      kind: 'choice',
      title: 'What do the retries get after a crash?',
      prompt: it =>
        `${setting(it)}\n\nWhat do the repeats get, in this order? \`new order\` inserts one, \`old order\` reports one that is there already.`,
      answer: verdicts,
      how: (steps, it) =>
        `The first attempt dies ${dies(it)}: there ${steps[0]!.orders === 1 ? 'is one order' : 'is no order'}, and the key is ${steps[0]!.key === 'none' ? 'unknown' : `\`${steps[0]!.key}\``}.`,
    },
  },
  result: steps => `${verdicts(steps)}; ${count(orders(steps), 'order')}`,
  trace: steps => ({
    columns: ['time', 'gets', 'orders', 'key'],
    rows: steps.map(it => [clock(it.at), it.verdict, num(it.orders), it.key]),
  }),
  picture: steps =>
    messages(
      steps.map(it => ({
        from: `${clock(it.at)} client`,
        to: 'server',
        says: `${it.verdict.padEnd(11)}  orders ${'#'.repeat(it.orders)}`.trimEnd(),
      })),
    ),
})
