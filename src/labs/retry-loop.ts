import { lab, pick } from './lab.ts'
import { number, texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, num, rounded } from './said.ts'

const ANSWERS = [
  '201',
  'refused',
  'timeout',
  '408',
  '425',
  '429',
  '502',
  '503',
  '504',
  '409 in flight',
  '409 slot taken',
  '400',
  '403',
  '404',
  '422',
  '501',
] as const
type Answer = (typeof ANSWERS)[number]

interface Loop {
  readonly attempts: number
  readonly base: number
  readonly answers: readonly Answer[]
}

/** What may pass by itself: RFC 9110 §9.2.2 and the sections of the codes; a 409 if the first try is still at work (errata E-064, E-065). */
const TRANSIENT: readonly Answer[] = [
  'refused',
  'timeout',
  '408',
  '425',
  '429',
  '502',
  '503',
  '504',
  '409 in flight',
]

interface Twist {
  readonly retried?: (answer: Answer) => boolean
  readonly tries?: number
  readonly sleepsLast?: boolean
}

/**
 * Runs a client's loop of at most `attempts` tries, the first included. It sleeps base, 2 × base, 4 × base, … seconds between
 * tries, without jitter, and ends with a success, an answer that no repeat changes, or the last try. If the answers run out,
 * the last one repeats.
 */
function loop({ attempts, base, answers }: Loop, twist: Twist = {}) {
  const {
    retried = answer => TRANSIENT.includes(answer),
    tries = attempts,
    sleepsLast = false,
  } = twist
  const calls: { readonly answer: Answer; readonly slept: number }[] = []
  for (let n = 0; n < tries; n++) {
    const answer = answers[Math.min(n, answers.length - 1)]!
    const again = answer !== '201' && retried(answer)
    const sleeps = again && (sleepsLast || n < tries - 1)
    calls.push({ answer, slept: sleeps ? rounded(base * 2 ** n, 4) : 0 })
    if (!again) break
  }
  return {
    calls,
    total: rounded(
      calls.reduce((sum, it) => sum + it.slept, 0),
      4,
    ),
  }
}

type Course = ReturnType<typeof loop>

const last = ({ calls }: Course) => calls.at(-1)!.answer
const course = (it: Course) =>
  `${count(it.calls.length, 'call')}, ${num(it.total)} s slept, ends with ${last(it)}`

const story = ({ attempts, base, answers }: Loop) =>
  `A client books a slot with \`POST /bookings\` and sends the same \`Idempotency-Key\` each time, so that a repeat does no harm. ` +
  `It retries what may pass by itself and reports everything else at once:\n\n` +
  `\`\`\`yaml\nmax_attempts: ${num(attempts)}\nbackoff: { first: ${num(base)} s, factor: 2, jitter: none }\n\`\`\`\n\n` +
  `What the server would answer, call by call, were the client to go on: ${answers.join(', ')}.`

export const retryLoop = lab({
  id: 'retry-loop',
  title: 'Retry loop',
  summary: 'A client repeats a failed call: how many calls and sleeps there are, and what ends it.',
  concepts: ['resilience/retryable-errors', 'resilience/retry', 'resilience/retry-cap'],
  sources: [
    'rfc9110#9.2.2',
    'grpc-a6#maximum-number-of-retries',
    'requests-quickstart#response-status-codes',
  ],
  rule: 'Attempts include the first call and have sleeps only between them; the loop ends with a success, the last attempt, or an answer that no repeat changes.',
  parameters: {
    attempts: whole('calls at most, the first included', { from: 1, to: 10, drawn: [3, 4, 5] }),
    base: number('first sleep; each next one is twice as long', {
      unit: 's',
      from: 0,
      to: 60,
      drawn: [0.5, 1, 2],
    }),
    answers: texts('what the server answers, call by call', { of: ANSWERS, most: 12 }),
  },
  example: { attempts: 3, base: 1, answers: ['503', '429', '409 in flight', '503'] },
  // Some that pass, and then often one that ends the loop; enough answers for whoever calls once too often.
  draw(random, { attempts }) {
    const answers: Answer[] = []
    const end = pick(random, [1, 2, attempts - 1, attempts, attempts])
    for (let n = 0; n < end; n++) answers.push(pick(random, [...TRANSIENT, '409 in flight', '503']))
    if (end < attempts)
      answers.push(
        pick(random, ['201', '409 slot taken', '400', '403', '404', '422', '501', '501'] as const),
      )
    while (answers.length <= attempts)
      answers.push(pick(random, ['201', '503', 'timeout', '503'] as const))
    return { answers }
  },
  run: it => loop(it),
  misconceptions: {
    'sleeps-after-the-last': {
      belief: 'sleep after the last attempt as well',
      because: 'Three attempts with waits of 1, 2 and 4 s is how many comments put it.',
      fact: 'Between n attempts there are n − 1 sleeps; after the last one nothing is left to wait for.',
      run: it => loop(it, { sleepsLast: true }),
    },
    'attempts-are-retries': {
      belief: 'take the attempts for retries that come on top of the first call',
      because: 'Other libraries have a setting called max retries, which counts that way.',
      fact: 'Attempts include the first call, so n attempts are n − 1 retries.',
      run: it => loop(it, { tries: it.attempts + 1 }),
    },
    '5xx-yes-4xx-no': {
      belief: 'retry every 5xx and no 4xx',
      because: 'A 4xx is the fault of the client, as the specification says.',
      fact: '`408`, `425`, `429` and a `409` in flight pass by themselves, and `501` never does.',
      run: it => loop(it, { retried: answer => !answer.startsWith('4') }),
    },
    'every-409-is-final': {
      belief: 'give up at every 409',
      because: 'A conflict usually means that somebody else was faster.',
      fact: 'A `409` that says in flight is about the own first try: wait and ask again. Only the slot that is taken is final.',
      run: it =>
        loop(it, { retried: answer => TRANSIENT.includes(answer) && !answer.startsWith('409') }),
    },
    'any-answer-is-the-end': {
      belief: 'retry only when no answer came at all',
      because:
        'Only then does the call throw: `fetch` resolves for a 503, and `requests` returns it.',
      fact: 'An HTTP answer is no success before its status was looked at; `429`, `502`, `503` and `504` are retried too.',
      run: it => loop(it, { retried: answer => answer === 'timeout' || answer === 'refused' }),
    },
  },
  questions: {
    slept: {
      kind: 'number',
      title: 'How long does a retry loop sleep in total?',
      unit: 's',
      prompt: it => `${story(it)}\n\nHow many seconds does the loop sleep in total?`,
      answer: ({ total }) => total,
      how: outcome =>
        `There are ${count(outcome.calls.length, 'call')} and so ${count(outcome.calls.length - 1, 'sleep')}: ${num(outcome.total)} s. The last answer is ${last(outcome)}.`,
    },
    course: {
      kind: 'choice',
      title: 'How does a retry loop end, and after how many calls?',
      prompt: it => `${story(it)}\n\nHow does the loop go?`,
      answer: course,
      how: (outcome, { attempts }) =>
        last(outcome) === '201'
          ? `Everything before the success may pass by itself, so the loop goes on until call ${num(outcome.calls.length)}.`
          : TRANSIENT.includes(last(outcome))
            ? `All answers may pass by themselves, so it is the limit of ${count(attempts, 'attempt')} that ends the loop; nobody sleeps after the last.`
            : `${last(outcome)} stays the same however often one asks, so the loop ends at call ${num(outcome.calls.length)}.`,
    },
  },
  result: course,
  trace: ({ calls }) => ({
    columns: ['call', 'answer', 'then'],
    rows: calls.map(({ answer, slept }, n) => [
      num(n + 1),
      answer,
      n < calls.length - 1
        ? `sleep ${num(slept)} s`
        : answer === '201'
          ? 'done'
          : TRANSIENT.includes(answer)
            ? 'no attempt left'
            : 'final, report it',
    ]),
  }),
  picture: ({ calls }) =>
    messages(
      calls.flatMap(({ answer, slept }, n) => [
        { from: 'client', to: 'server', says: `POST /bookings, attempt ${num(n + 1)}` },
        ...(answer === 'refused' || answer === 'timeout'
          ? [{ from: 'client', to: 'client', says: answer }]
          : [{ from: 'server', to: 'client', says: answer }]),
        ...(n < calls.length - 1
          ? [{ from: 'client', to: 'client', says: `sleep ${num(slept)} s` }]
          : []),
      ]),
    ),
})
