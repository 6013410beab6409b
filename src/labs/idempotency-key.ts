import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

/** What a request to pay gets: its own answer, the stored one, or a refusal. */
type Verdict = 'charged' | 'declined' | 'replayed' | '409' | '422'

interface Request {
  /** Seconds after 10:00:00. */
  readonly at: number
  readonly key: string
  readonly amount: number
}

interface Step extends Request {
  readonly verdict: Verdict
  /** The status on the wire; a replay has that of the first answer. */
  readonly status: number
}

interface Server {
  readonly limit: number
  readonly work: number
  readonly keep: number
  readonly requests: readonly string[]
}

/** A key that the server knows, with what came of the request that brought it. */
interface Stored extends Request {
  readonly status: number
}

/** `5:a:40`, in the order of time. */
function read(requests: readonly string[]): Request[] {
  return requests
    .map(it => it.split(':'))
    .map(([at, key, amount]) => ({ at: Number(at), key: key!, amount: Number(amount) }))
    .toSorted((a, b) => a.at - b.at)
}

/**
 * What a server does with requests that carry a key (draft-ietf-httpapi-idempotency-key-header, 2.6 and 2.7), at the
 * instant when each arrives:
 *
 *     unknown, or known for `keep` minutes        do the work, keep the answer
 *     known with another body                     422, also while the first runs
 *     known, still running                        409
 *     known, finished                             the stored answer, success or error
 *
 * A key lives from the arrival of its first request. Work takes `work` seconds; the bank declines amounts above `limit`,
 * which is an answer like any other. The arguments say what a wrong rule changes: when a key is known, until when, and what
 * is done with one that is.
 */
function replay(
  { limit, work, keep, requests }: Server,
  {
    same = (a: Request, b: Request): boolean => a.key === b.key,
    compares = true,
    expires = true,
    replays = true,
    keepsDeclined = true,
    knownOnArrival = true,
  } = {},
): Step[] {
  const stored: Stored[] = []
  return read(requests).map(request => {
    const { at, amount } = request
    const known = stored.find(
      it =>
        same(it, request) &&
        (knownOnArrival || at >= it.at + work) &&
        (!expires || at < it.at + keep * 60) &&
        (keepsDeclined || it.status === 201 || at < it.at + work),
    )
    if (known === undefined) {
      const status = amount > limit ? 402 : 201
      stored.push({ ...request, status })
      return { ...request, verdict: status === 201 ? 'charged' : 'declined', status }
    }
    if (compares && known.amount !== amount) return { ...request, verdict: '422', status: 422 }
    if (!replays || at < known.at + work) return { ...request, verdict: '409', status: 409 }
    return { ...request, verdict: 'replayed', status: known.status }
  })
}

/** `10:00:05`; a day later `10:00:05` again, which no drawn scenario reaches. */
function clock(at: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two((10 + at / 3600) % 24)}:${two((at / 60) % 60)}:${two(at % 60)}`
}

const total = (steps: readonly Step[]) =>
  steps.filter(it => it.verdict === 'charged').reduce((sum, it) => sum + it.amount, 0)

const asked = (steps: readonly Step[]) =>
  steps.filter(it => it.verdict === 'charged' || it.verdict === 'declined').length

const setting = ({ limit, work, keep, requests }: Server) =>
  `A payment API follows the IETF draft for idempotency keys and keeps each key for ${count(keep, 'minute')} from its first request. ` +
  `A payment takes ${count(work, 'second')} to process; the bank declines amounts above ${num(limit)}. These requests arrive:\n\n` +
  '```text\n' +
  read(requests)
    .map(it => `${clock(it.at)}  POST /payments  key "${it.key}"  {"amount": ${num(it.amount)}}`)
    .join('\n') +
  '\n```'

export const idempotencyKey = lab({
  id: 'idempotency-key',
  title: 'Idempotency keys on the server',
  summary:
    'Payments repeat a key too early, too late or with another body: what each of them gets.',
  concepts: ['idempotency/key-states', 'idempotency/idempotency-key', 'idempotency/key-retention'],
  sources: ['idempotency-key-draft#2.6', 'idempotency-key-draft#2.7', 'stripe-idempotency'],
  rule: 'A new or expired key does the work; a known one gets `422` with another body, `409` while the first runs, and then the stored answer.',
  parameters: {
    limit: whole('largest amount that the bank does not decline', {
      from: 1,
      to: 100_000,
      drawn: [100, 200],
    }),
    work: whole('time that a payment takes', { unit: 's', from: 1, to: 600, drawn: [3, 5, 10] }),
    keep: whole('time that a key is kept, from its first request', {
      unit: 'min',
      from: 1,
      to: 1440,
      drawn: [10, 20, 30],
    }),
    requests: texts('requests as second:key:amount', {
      most: 12,
      form: { like: /^\d{1,5}:[a-z]{1,3}:[1-9]\d{0,4}$/, says: 'like 5:a:40' },
    }),
  },
  example: {
    limit: 100,
    work: 5,
    keep: 10,
    requests: ['0:a:40', '2:a:40', '8:a:40', '9:a:60', '20:b:150', '30:b:150', '720:a:40'],
  },
  // One request that the repeats refer to, some of the ways to repeat it, and now and then a second key. Another body while
  // the first request runs is left out, since the draft does not say which of the two refusals comes first.
  draw(random, { limit, work, keep }) {
    const amount = pick(random, [20, 30, 40, 50])
    const first = pick(random, [amount, amount, limit + amount])
    const second = pick(random, [limit + 10, 60, 70, 80])
    const repeats = [
      `${pick(random, [1, 2])}:a:${first}`,
      `${work + pick(random, [2, 5, 20])}:a:${first}`,
      `${work + pick(random, [30, 40])}:a:${amount + 10}`,
      `${(keep + pick(random, [-4, 2, 5])) * 60}:a:${first}`,
      `${work + pick(random, [25, 50])}:b:${second}`,
      `${work + pick(random, [65, 90])}:b:${second}`,
    ]
    const chosen = repeats.filter(() => random() < 0.7)
    return { requests: [`0:a:${first}`, ...chosen] }
  },
  run: replay,
  misconceptions: {
    'every-repeat-409': {
      belief: 'answer each repeat of a known key with `409`',
      because: 'A duplicate looks like a conflict, and for a while it is one.',
      fact: '`409` says that the first request still runs; once it is done, the repeat gets the stored answer.',
      run: it => replay(it, { replays: false }),
    },
    'no-fingerprint': {
      belief: 'look at the key alone and not at the body',
      because: 'The key is meant to identify the request.',
      fact: 'A key must not be reused with another payload: the old answer would confirm a payment that was never made, so it is `422`.',
      run: it => replay(it, { compares: false }),
    },
    'other-body-other-payment': {
      belief: 'take the same key with another body for another payment',
      because: 'Key and body together seem to make up the request.',
      fact: 'The key names the intention, and the body has to agree with it: another one is answered with `422` and not executed.',
      run: it => replay(it, { same: (a, b) => a.key === b.key && a.amount === b.amount }),
    },
    'kept-for-good': {
      belief: 'remember a key for good',
      because: 'The promise is read as: the same key never pays twice.',
      fact: 'A key is kept for a published time; after that the same key is a new request.',
      run: it => replay(it, { expires: false }),
    },
    'successes-only': {
      belief: 'store successes only and run a payment again that was declined',
      because: 'An error looks like something that deserves another try.',
      fact: 'The answer of a completed request is replayed, success or error; a new try of a declined payment takes a new key.',
      run: it => replay(it, { keepsDeclined: false }),
    },
    'known-when-done': {
      belief: 'store the key only when the payment is done',
      because: 'There is no answer to store before.',
      fact: 'The key is stored before the work begins, so that a repeat in the meantime finds it and gets `409`.',
      run: it => replay(it, { knownOnArrival: false }),
    },
  },
  questions: {
    verdicts: {
      kind: 'choice',
      title: 'What do repeated payments with idempotency keys get?',
      prompt: it =>
        `${setting(it)}\n\nWhat happens to each, in this order? \`charged\` and \`declined\` ask the bank, \`replayed\` sends the stored answer.`,
      answer: steps => steps.map(it => it.verdict).join(', '),
      how: steps =>
        `The first request with a key asks the bank. For a known key the body is compared first, then the state counts. In this order: ${list(steps.map(it => it.verdict))}.`,
    },
    total: {
      kind: 'number',
      title: 'How much is charged in all when payments are repeated with idempotency keys?',
      prompt: it => `${setting(it)}\n\nHow much do the customers pay in all?`,
      answer: total,
      how: steps =>
        `Only a request that is executed and not declined charges anything: ${list(
          steps.filter(it => it.verdict === 'charged').map(it => num(it.amount)),
          'none of them',
        )}. In all ${num(total(steps))}.`,
    },
    asked: {
      kind: 'number',
      title: 'How often is the bank asked when payments are repeated with idempotency keys?',
      prompt: it => `${setting(it)}\n\nHow often is the bank asked?`,
      answer: asked,
      how: steps =>
        `It is asked for each request that is charged or declined, at ${list(
          steps
            .filter(it => it.verdict === 'charged' || it.verdict === 'declined')
            .map(it => clock(it.at)),
        )}.`,
    },
  },
  result: steps =>
    `${steps.map(it => it.verdict).join(', ')}; ${num(total(steps))} charged; ${count(asked(steps), 'call')} to the bank`,
  trace: steps => ({
    columns: ['time', 'key', 'amount', 'what happens', 'status'],
    rows: steps.map(it => [clock(it.at), it.key, num(it.amount), it.verdict, String(it.status)]),
  }),
  picture: steps =>
    messages(
      steps.map(it => ({
        from: `${clock(it.at)} client`,
        to: it.verdict === 'charged' || it.verdict === 'declined' ? 'server -> bank' : 'server',
        says: `${it.key} ${num(it.amount)}: ${it.status}${it.verdict === 'replayed' ? ' replayed' : ''}`,
      })),
    ),
})
