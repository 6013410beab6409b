import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

const REPLIES = [
  'timeout',
  'reset',
  '201',
  '400',
  '402',
  '408',
  '409-running',
  '409-taken',
  '422',
  '429',
  '502',
  '503',
  '504',
] as const

type Reply = (typeof REPLIES)[number]

interface Loop {
  readonly attempts: number
  readonly base: number
  readonly retryAfter: number
  readonly replies: readonly Reply[]
}

interface Run {
  readonly calls: readonly { readonly reply: Reply; readonly pause: number }[]
  readonly end: 'order placed' | 'refused' | 'outcome unknown'
}

/** Lost connections, what may pass by itself, and the 409 that says that the first request still runs. */
const RETRYABLE: readonly Reply[] = [
  'timeout',
  'reset',
  '408',
  '409-running',
  '429',
  '502',
  '503',
  '504',
]

/**
 * A client's loop around one idempotency key (RFC 9110, 9.2.2; draft-ietf-httpapi-idempotency-key-header, 2.7):
 *
 *     call; 2xx → done; not worth another try → refused
 *     attempts left → pause max(Retry-After, base × 2^n), without jitter here, and call again
 *     none left → outcome unknown, without a pause
 *
 * `429` and `503` carry the `Retry-After`. The arguments say what a wrong loop changes.
 */
function loop(
  { attempts, base, retryAfter, replies }: Loop,
  {
    again = (reply: Reply): boolean => RETRYABLE.includes(reply),
    placed = (reply: Reply): boolean => reply === '201',
    asked = retryAfter,
    pausesLast = false,
  } = {},
): Run {
  const calls: { reply: Reply; pause: number }[] = []
  for (const [n, reply] of replies.slice(0, attempts).entries()) {
    if (placed(reply)) return { calls: [...calls, { reply, pause: 0 }], end: 'order placed' }
    if (!again(reply)) return { calls: [...calls, { reply, pause: 0 }], end: 'refused' }
    const own = base * 2 ** n
    const pause = reply === '429' || reply === '503' ? Math.max(asked, own) : own
    calls.push({ reply, pause: n + 1 < attempts || pausesLast ? pause : 0 })
  }
  return { calls, end: 'outcome unknown' }
}

const paused = ({ calls }: Run) => calls.reduce((sum, it) => sum + it.pause, 0)
const told = (run: Run) =>
  `${count(run.calls.length, 'call')}, ${num(paused(run))} s of pauses, ${run.end}`

/** A reply as a log has it. */
function said(reply: Reply, { retryAfter }: Loop): string {
  if (reply === 'timeout') return 'no answer within the timeout'
  if (reply === 'reset') return 'connection reset'
  if (reply === '409-running') return '409  {"type": ".../request-in-progress"}'
  if (reply === '409-taken') return '409  {"type": ".../out-of-stock"}'
  return reply === '429' || reply === '503' ? `${reply}  Retry-After: ${num(retryAfter)}` : reply
}

/** The same in a few words. */
const brief = (reply: Reply) =>
  reply === '409-running' ? '409 in progress' : reply === '409-taken' ? '409 out of stock' : reply

const setting = (it: Loop) =>
  `A client places an order in at most ${count(it.attempts, 'attempt')}, all with the same idempotency key. It tries again whatever may pass by itself. ` +
  `Its own pauses are ${list(it.replies.slice(0, it.attempts).map((_, n) => `${num(it.base * 2 ** n)} s`))} for the attempts 1 to ${num(it.attempts)}, without jitter. ` +
  `What each attempt would meet:\n\n` +
  `\`\`\`text\n${it.replies
    .slice(0, it.attempts)
    .map((reply, n) => `attempt ${n + 1}   ${said(reply, it)}`)
    .join('\n')}\n\`\`\``

export const idempotentClient = lab({
  id: 'idempotent-client',
  title: 'Retry loop with one key',
  summary:
    'Timeouts, 429, 503 and two kinds of 409: how often a client calls and how long it pauses.',
  concepts: ['idempotency/client-loop', 'resilience/retryable-errors'],
  sources: ['rfc9110#9.2.2', 'rfc9110#10.2.3', 'idempotency-key-draft#2.7'],
  rule: 'Lost connections, 408, 429, 502, 503, 504 and the `409` in progress are tried again after a pause, for `Retry-After` if it is longer; there is no pause after the last attempt.',
  parameters: {
    attempts: whole('calls at most', { unit: 'attempts', from: 1, to: 6, drawn: [3, 4] }),
    base: whole('first pause; each further one is twice as long', {
      unit: 's',
      from: 1,
      to: 60,
      drawn: [1, 2],
    }),
    retryAfter: whole('the `Retry-After` of a 429 or 503', {
      unit: 's',
      from: 0,
      to: 600,
      drawn: [10, 20, 30],
    }),
    replies: texts('what each attempt meets', { most: 8, of: REPLIES }),
  },
  example: {
    attempts: 4,
    base: 1,
    retryAfter: 10,
    replies: ['timeout', '409-running', '503', 'reset'],
  },
  check: ({ attempts, replies }) =>
    replies.length < attempts ? `replies has one for each of the ${attempts} attempts` : undefined,
  // Failures that pass, and then an answer that settles it; at the last attempt perhaps one more of them instead.
  draw(random, { attempts }) {
    const transient: readonly Reply[] = ['timeout', 'reset', '409-running', '429', '503', '502']
    const settled: readonly Reply[] = ['201', '409-taken', '402', '422']
    const last: readonly Reply[] = [...settled, 'timeout', '503']
    const left = pick(random, [0, 0, 1])
    const several = (many: number) => Array.from({ length: many }, () => pick(random, transient))
    return {
      replies: [
        // Nothing of its own runs yet at the first attempt.
        pick(
          random,
          transient.filter(it => it !== '409-running'),
        ),
        ...several(attempts - 2 - left),
        pick(random, left > 0 ? settled : last),
        ...several(left),
      ],
    }
  },
  run: it => loop(it),
  misconceptions: {
    'timeouts-only': {
      belief: 'try again after a timeout and after nothing else',
      because: 'A timeout is the textbook case of an unknown outcome.',
      fact: 'A reset connection is as unclear as a timeout, and 408, 429, 502, 503 and 504 may pass by themselves.',
      run: it => loop(it, { again: reply => reply === 'timeout' }),
    },
    'any-answer-is-success': {
      belief: 'take each answer that arrives for success',
      because: '`fetch` and many clients throw on a broken connection, but not on a 503.',
      fact: 'An answer is success if its status says so; the status has to be checked.',
      run: it => loop(it, { placed: reply => reply !== 'timeout' && reply !== 'reset' }),
    },
    'each-409-final': {
      belief: 'treat each `409` as final',
      because: 'A conflict reads like a refusal.',
      fact: 'The problem type tells: in progress means that the own first request still runs, so wait and ask again with the key.',
      run: it => loop(it, { again: reply => reply !== '409-running' && RETRYABLE.includes(reply) }),
    },
    'repeats-refusals': {
      belief: 'try again after each answer that is not a success',
      because: 'With the key each repeat is safe.',
      fact: 'Safe is not useful: what was refused for its content, such as 402 or 422, is refused again until somebody changes it.',
      run: it => loop(it, { again: () => true }),
    },
    'pauses-after-last': {
      belief: 'pause after the last attempt as well',
      because: 'The pause stands at the end of the loop, behind each call.',
      fact: 'Between n attempts lie n − 1 pauses; after the last there is nothing to wait for.',
      run: it => loop(it, { pausesLast: true }),
    },
    'own-backoff-only': {
      belief: 'pause for your own backoff, whatever `Retry-After` says',
      because: 'The backoff is there already and grows.',
      fact: '`Retry-After` says how long the server wants to be left alone; an earlier call is likely to be refused again.',
      run: it => loop(it, { asked: 0 }),
    },
  },
  questions: {
    paused: {
      kind: 'number',
      title: 'How long does a retry loop pause in all?',
      unit: 's',
      prompt: it => `${setting(it)}\n\nHow many seconds does it pause in all?`,
      answer: paused,
      how: run =>
        `It calls ${count(run.calls.length, 'time')} and ends with: ${run.end}. The pauses are ${list(
          run.calls.filter(it => it.pause > 0).map(it => `${num(it.pause)} s`),
        )}, in all ${num(paused(run))} s.`,
    },
    course: {
      kind: 'choice',
      title: 'How does a retry loop with an idempotency key end?',
      prompt: it => `${setting(it)}\n\nWhat does it do?`,
      answer: told,
      how: run =>
        `Attempt by attempt: ${list(
          run.calls.map(
            ({ reply, pause }) =>
              `${brief(reply)} (${pause > 0 ? `then ${num(pause)} s` : 'no pause after it'})`,
          ),
        )}. The end is: ${run.end}.`,
    },
    calls: {
      kind: 'number',
      title: 'How many calls does a retry loop make?',
      unit: 'calls',
      prompt: it => `${setting(it)}\n\nHow many calls does it make?`,
      answer: run => run.calls.length,
      how: run =>
        `It goes on as long as the reply may pass and attempts are left; the last reply is ${brief(run.calls.at(-1)!.reply)}: ${run.end}.`,
    },
  },
  result: told,
  trace: ({ calls, end }) => ({
    columns: ['attempt', 'meets', 'then'],
    rows: calls.map(({ reply, pause }, n) => [
      num(n + 1),
      brief(reply),
      n + 1 === calls.length
        ? `${end}${pause > 0 ? ` after ${num(pause)} s` : ''}`
        : `pauses ${num(pause)} s`,
    ]),
  }),
  picture: ({ calls, end }, it) =>
    [
      messages(
        calls.flatMap(({ reply, pause }) => [
          { from: 'client', to: 'server', says: said(reply, it) },
          ...(pause > 0 ? [{ from: 'client', to: 'client', says: `pauses ${num(pause)} s` }] : []),
        ]),
      ),
      `=> ${end}`,
    ].join('\n'),
})
