import { lab, pick } from './lab.ts'
import { one, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Scenario {
  readonly now: number
  readonly wait: number
  readonly remaining: number
  readonly retryAfter: 'seconds' | 'milliseconds' | 'date' | 'epoch'
  readonly reset: 'seconds' | 'milliseconds' | 'epoch'
  readonly resetAt: 'utc' | 'offset' | 'local-as-utc' | 'utc-as-local'
}

/** A field of the response: what it says, the instant that this names in seconds since 1970, and whether that is right. */
interface Field {
  readonly name: string
  readonly value: string
  readonly names: string
  readonly wrong: boolean
}

interface Outcome {
  readonly fields: readonly Field[]
  /** What Retry-After has to say if `reset_at` is right. */
  readonly due: number
}

const HOURS = 2

const date = (epoch: number) => new Date(epoch * 1000).toUTCString()
const iso = (epoch: number, zone = 'Z') =>
  new Date(epoch * 1000).toISOString().replace(/\.000Z$/, zone)

/** The four fields as text. */
function response({ now, wait, remaining, retryAfter, reset, resetAt }: Scenario) {
  const at = now + wait
  const zone = `+0${HOURS}:00`
  return {
    remaining: String(remaining),
    retryAfter: {
      seconds: `${wait}`,
      milliseconds: `${wait * 1000}`,
      date: date(at),
      epoch: `${at}`,
    }[retryAfter],
    reset: { seconds: `${wait}`, milliseconds: `${at * 1000}`, epoch: `${at}` }[reset],
    resetAt: {
      utc: iso(at),
      offset: iso(at + HOURS * 3600, zone),
      'local-as-utc': iso(at + HOURS * 3600),
      'utc-as-local': iso(at, zone),
    }[resetAt],
  }
}

/** Retry-After as RFC 9110 §10.2.3 has it: seconds from now, or an HTTP-date. */
const retryAfterInstant = (value: string, now: number) =>
  /^\d+$/.test(value) ? now + Number(value) : Date.parse(value) / 1000

/** `reset_at` as RFC 3339 has it: the time of the clock less its offset from UTC. */
const isoInstant = (value: string) => Date.parse(value) / 1000

/**
 * Reads a 429 field by field and says which do not name the instant at which the next request is allowed. The arguments are how
 * a field is read: what a wrong rule changes.
 */
function read(
  it: Scenario,
  {
    left = value => value !== '0',
    retryAfter = retryAfterInstant,
    reset = value => Number(value),
    resetAt = isoInstant,
    unit = seconds => seconds,
  }: {
    readonly left?: (value: string) => boolean
    readonly retryAfter?: (value: string, now: number) => number
    readonly reset?: (value: string, now: number) => number
    readonly resetAt?: (value: string) => number
    /** What is typed for so many seconds from now. */
    readonly unit?: (seconds: number) => number
  } = {},
): Outcome {
  const { now, wait } = it
  const said = response(it)
  const instant = (name: string, value: string, names: number): Field => ({
    name,
    value,
    names: Math.abs(names) < 1e11 ? iso(names) : 'no instant of this age',
    wrong: names !== now + wait,
  })
  const gone = left(said.remaining)
  return {
    fields: [
      instant('Retry-After', said.retryAfter, retryAfter(said.retryAfter, now)),
      {
        name: 'X-RateLimit-Remaining',
        value: said.remaining,
        names: `${said.remaining} left`,
        wrong: gone,
      },
      instant('X-RateLimit-Reset', said.reset, reset(said.reset, now)),
      instant('reset_at', said.resetAt, resetAt(said.resetAt)),
    ],
    due: unit(resetAt(response(rightly(it)).resetAt) - now),
  }
}

/** The same with a `reset_at` that is right. */
const rightly = (it: Scenario): Scenario => ({ ...it, resetAt: 'offset' })

const wrong = ({ fields }: Outcome) =>
  list(
    fields.filter(it => it.wrong).map(it => `\`${it.name}\``),
    'none of them',
  )

function exchange(it: Scenario, without: 'Retry-After' | '' = ''): string {
  const said = response(it)
  return [
    '```',
    'HTTP/1.1 429 Too Many Requests',
    `Date: ${date(it.now)}`,
    ...(without === ''
      ? [
          `Retry-After: ${said.retryAfter}`,
          `X-RateLimit-Remaining: ${said.remaining}`,
          `X-RateLimit-Reset: ${said.reset}`,
        ]
      : []),
    'Content-Type: application/problem+json',
    '',
    `{"title": "Quota used up", "reset_at": "${said.resetAt}"}`,
    '```',
  ].join('\n')
}

export const tooManyRequests = lab({
  id: 'too-many-requests',
  title: 'A 429 whose fields disagree',
  summary: 'A 429 says four times when to come back: which of its fields are wrong.',
  concepts: ['rate-limiting/saying-no', 'rate-limiting/rate-limit-headers'],
  sources: ['rfc6585#4', 'rfc9110#10.2.3', 'ratelimit-headers#A'],
  rule: '`Retry-After` is seconds from now or an HTTP-date, the reset here an epoch in seconds; all fields of a refusal have to name the same instant, with nothing left.',
  parameters: {
    now: whole('when the response is sent, as seconds since 1970 (UTC)', {
      unit: 's',
      from: 0,
      to: 4_000_000_000,
    }),
    wait: whole('seconds until the next request is really allowed', {
      unit: 's',
      from: 1,
      to: 86_400,
      drawn: [20, 30, 45, 60, 90],
    }),
    remaining: whole('what X-RateLimit-Remaining says', {
      unit: 'requests',
      from: 0,
      to: 10_000,
      drawn: [0, 0, 0, 12, 723],
    }),
    retryAfter: one(
      'how Retry-After is written',
      ['seconds', 'milliseconds', 'date', 'epoch'],
      ['seconds', 'seconds', 'milliseconds', 'date', 'epoch'],
    ),
    reset: one(
      'how X-RateLimit-Reset is written; the documentation says epoch',
      ['seconds', 'milliseconds', 'epoch'],
      ['epoch', 'epoch', 'seconds', 'milliseconds'],
    ),
    resetAt: one(
      'how reset_at in the body is written',
      ['utc', 'offset', 'local-as-utc', 'utc-as-local'],
      ['utc', 'offset', 'local-as-utc', 'utc-as-local'],
    ),
  },
  example: {
    now: 1_777_629_570,
    wait: 30,
    remaining: 723,
    retryAfter: 'date',
    reset: 'epoch',
    resetAt: 'offset',
  },
  // Round instants of May 2026, so that the epochs are easy to compare.
  draw(random, { wait }) {
    const hour = pick(random, [0, 1, 2, 3, 4, 5, 6, 7, 8])
    const day = pick(random, [0, 1, 2, 3, 4])
    return { now: 1_777_629_600 + day * 86_400 + hour * 3600 - wait }
  },
  run: it => read(it),
  misconceptions: {
    'retry-after-is-an-epoch': {
      belief: 'read a number in `Retry-After` as an instant since 1970',
      because: '`X-RateLimit-Reset` is often such an instant, and both say when to come back.',
      fact: 'A number in `Retry-After` is a delay in seconds (RFC 9110 §10.2.3).',
      run: it =>
        read(it, {
          retryAfter: (value, now) =>
            /^\d+$/.test(value) ? Number(value) : retryAfterInstant(value, now),
          unit: seconds => it.now + seconds,
        }),
    },
    'reset-counts-from-now': {
      belief: 'read `X-RateLimit-Reset` as seconds from now',
      because: 'Some APIs do send it so, and `Retry-After` counts from now.',
      fact: 'The field was never standardised; this documentation says that it is an instant.',
      run: it => read(it, { reset: (value, now) => now + Number(value) }),
    },
    'no-date-in-retry-after': {
      belief: 'take a date in `Retry-After` for a mistake',
      because: 'Nearly all examples show a number.',
      fact: 'An HTTP-date is the other form that RFC 9110 §10.2.3 allows.',
      run: it =>
        read(it, {
          retryAfter: (value, now) => (/^\d+$/.test(value) ? retryAfterInstant(value, now) : 0),
        }),
    },
    'offset-ignored': {
      belief: 'compare the time of the clock in `reset_at` and leave out its offset',
      because: 'The hour is what catches the eye.',
      fact: '`12:00:00+02:00` is 10:00:00 in UTC, so the offset has to be subtracted first.',
      run: it => read(it, { resetAt: value => isoInstant(value.replace(/[+-]\d\d:\d\d$/, 'Z')) }),
    },
    'remaining-may-be-left': {
      belief: 'let a 429 go together with requests that remain',
      because: 'The counter and the refusal seem to be two different things.',
      fact: 'Who still has quota is not refused by it: with 429 the remaining count is 0.',
      run: it => read(it, { left: () => false }),
    },
  },
  questions: {
    wrong: {
      kind: 'choice',
      title: 'Which fields of a 429 are wrong?',
      prompt: it =>
        `A limiter with one quota refuses a request. Its log says that the next one is allowed ${count(it.wait, 'second')} after the \`Date\` of this response, at the epoch ${it.now + it.wait}. The API’s documentation says that \`X-RateLimit-Reset\` is an epoch in seconds.\n\n${exchange(it)}\n\nWhich of \`Retry-After\`, \`X-RateLimit-Remaining\`, \`X-RateLimit-Reset\` and \`reset_at\` cannot be right?`,
      answer: wrong,
      how: (outcome, it) =>
        `The right instant is ${iso(it.now + it.wait)}. Wrong here: ${wrong(outcome)}.`,
    },
    'retry-after': {
      kind: 'number',
      title: 'Which Retry-After goes with a 429?',
      unit: 's',
      prompt: it =>
        `A 429 tells in its body when the quota is there again, but has no \`Retry-After\`.\n\n${exchange(rightly(it), 'Retry-After')}\n\nWhich whole number belongs in \`Retry-After\`?`,
      answer: it => it.due,
      how: ({ due }, it) =>
        `\`reset_at\` is ${iso(it.now + it.wait)} in UTC, \`Date\` is ${iso(it.now)}: ${num(due)} s lie between them.`,
      bare: true,
    },
  },
  result: it => `wrong: ${wrong(it)}`,
  trace: ({ fields }) => ({
    columns: ['field', 'says', 'names', ''],
    rows: fields.map(({ name, value, names, wrong }) => [
      name,
      value,
      names,
      wrong ? 'wrong' : 'right',
    ]),
  }),
  picture: ({ fields }) =>
    fields
      .map(({ name, value, wrong }) => `${wrong ? '!' : ' '} ${name.padEnd(22)} ${value}`)
      .join('\n'),
})
