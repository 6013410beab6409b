import { httpDate, readHttpDate } from './http-date.ts'
import { lab, pick } from './lab.ts'
import { one, text, whole } from './parameters.ts'
import { count, num, rounded } from './said.ts'
import { parsedList } from './structured.ts'

interface Scenario {
  readonly now: number
  readonly status: '200' | '429'
  readonly retryAfter: string
  readonly rateLimit: string
  readonly remaining: string
  readonly reset: string
  readonly documented: 'epoch' | 'seconds'
}

/** An item of the RateLimit field: policy, what is left, and for how many seconds. */
interface Left {
  readonly policy: string
  readonly left: number
  readonly seconds: number
}

interface Outcome {
  /** Seconds until the next request may be sent. */
  readonly wait: number
  /** The field that says so. */
  readonly by: string
  readonly policies: readonly Left[]
}

/** The RateLimit field, read with a parser of structured fields (RFC 9651); what is malformed is as if it were not there. */
function policiesOf(field: string): Left[] {
  return (parsedList(field) ?? []).flatMap(item => {
    const { r, t } = item.params
    if (!('value' in item) || typeof item.value !== 'string' || typeof r !== 'number') return []
    return [{ policy: item.value, left: r, seconds: typeof t === 'number' ? Math.max(0, t) : 0 }]
  })
}

/** RFC 9110 §10.2.3: seconds from now, or an HTTP-date; what is neither is as if it were not there. */
function delay(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value)
  const { at } = readHttpDate(value)
  return at === undefined ? undefined : Math.max(0, at - now)
}

/**
 * How long a client waits. `Retry-After` takes precedence; without it the RateLimit item that has nothing left for longest
 * decides (draft-ietf-httpapi-ratelimit-headers, 4.1 and 5.1), else X-RateLimit-Reset, if nothing remains, as its documentation
 * has it: an epoch or seconds from now. The arguments say what a wrong rule changes.
 */
function pace(
  { now, retryAfter, rateLimit, remaining, reset, documented }: Scenario,
  {
    retry = delay,
    resetFirst = false,
    unless = left => left > 0,
    of = policies => policies,
    as = documented,
    unit = 1,
  }: {
    readonly retry?: (value: string, now: number) => number | undefined
    readonly resetFirst?: boolean
    readonly unless?: (left: number) => boolean
    readonly of?: (policies: readonly Left[]) => readonly Left[]
    readonly as?: Scenario['documented']
    readonly unit?: number
  } = {},
): Outcome {
  const policies = policiesOf(rateLimit)
  const told = (): Omit<Outcome, 'policies'> | undefined => {
    const waits = of(policies).flatMap(it => (unless(it.left) ? [] : [it.seconds * unit]))
    if (waits.length > 0) return { wait: Math.max(...waits), by: 'RateLimit' }
    if (remaining === '' || reset === '' || unless(Number(remaining))) return undefined
    const value = Number(reset) * unit
    return { wait: Math.max(0, as === 'epoch' ? value - now : value), by: 'X-RateLimit-Reset' }
  }
  const after = retryAfter === '' ? undefined : retry(retryAfter, now)
  const retried = after === undefined ? undefined : { wait: after, by: 'Retry-After' }
  const decided = (resetFirst ? (told() ?? retried) : (retried ?? told())) ?? {
    wait: 0,
    by: 'none',
  }
  return { ...decided, wait: rounded(decided.wait, 3), policies }
}

const response = (it: Scenario) =>
  [
    '```',
    it.status === '429' ? 'HTTP/1.1 429 Too Many Requests' : 'HTTP/1.1 200 OK',
    `Date: ${httpDate(it.now)}`,
    ...Object.entries({
      'Retry-After': it.retryAfter,
      RateLimit: it.rateLimit,
      'X-RateLimit-Remaining': it.remaining,
      'X-RateLimit-Reset': it.reset,
    }).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])),
    '```',
  ].join('\n')

const documentation = ({ reset, documented, now }: Scenario) =>
  reset === ''
    ? ''
    : `The API’s documentation: “\`X-RateLimit-Reset\` is ${documented === 'epoch' ? 'the instant of the reset, in seconds since 1970' : 'the number of seconds until the reset'}.” The \`Date\` of the response is ${now} in seconds since 1970.\n\n`

const SECONDS_OR_DATE = /^(|\d{1,9}|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT)$/

export const rateLimitHeaders = lab({
  id: 'rate-limit-headers',
  title: 'What rate-limit headers tell a client',
  summary:
    'Retry-After, RateLimit and X-RateLimit fields of a response: how long the client waits.',
  concepts: ['rate-limiting/client-pacing', 'rate-limiting/rate-limit-headers'],
  sources: ['ratelimit-headers#4.1', 'ratelimit-headers#7', 'rfc9110#10.2.3'],
  rule: '`Retry-After` decides, in seconds or as a date; without it a quota with nothing left (`r=0`) holds the client for its `t`, or until the reset, read as documented.',
  parameters: {
    now: whole('when the response is sent, as seconds since 1970 (UTC)', {
      unit: 's',
      from: 0,
      to: 4_000_000_000,
    }),
    status: one('status of the response', ['200', '429'], ['429']),
    retryAfter: text('value of Retry-After, or nothing', {
      form: { like: SECONDS_OR_DATE, says: 'seconds, an HTTP-date or empty' },
    }),
    rateLimit: text('value of RateLimit, or nothing', {
      form: { like: /^(|"[a-z]+"[^`\n]*)$/, says: 'a field like "default";r=50;t=30, or empty' },
    }),
    remaining: text('value of X-RateLimit-Remaining, or nothing', {
      form: { like: /^\d{0,9}$/, says: 'a number or empty' },
    }),
    reset: text('value of X-RateLimit-Reset, or nothing', {
      form: { like: /^\d{0,10}$/, says: 'a number or empty' },
    }),
    documented: one('what the documentation says about X-RateLimit-Reset', ['epoch', 'seconds']),
  },
  example: {
    now: 1_777_629_570,
    status: '429',
    retryAfter: '',
    rateLimit: '"daily";r=480;t=50400, "burst";r=0;t=12',
    remaining: '',
    reset: '',
    documented: 'epoch',
  },
  // Either the draft's field with two policies or the old ones, with or without Retry-After.
  draw(random, { documented }) {
    const now = 1_777_629_600 + 60 * Math.floor(random() * 1000)
    const short = pick(random, [8, 12, 15, 20, 30])
    const long = pick(random, [45, 60, 90, 120])
    const used = random() < 0.75
    const burst = `"burst";r=${used ? 0 : pick(random, [2, 5, 8])};t=${short}`
    const daily = `"daily";r=${pick(random, [120, 480, 900])};t=${pick(random, [3600, 7200, 36_000])}`
    const late = pick(random, ['', '', `${long}`, httpDate(now + long)])
    const old = random() < 0.4
    const none = { rateLimit: '', remaining: '', reset: '' }
    return {
      now,
      status: used || late !== '' ? ('429' as const) : ('200' as const),
      retryAfter: late,
      ...none,
      ...(old
        ? {
            remaining: used || late !== '' ? '0' : `${pick(random, [3, 40, 723])}`,
            reset: documented === 'epoch' ? `${now + short}` : `${short}`,
          }
        : { rateLimit: pick(random, [`${burst}, ${daily}`, `${daily}, ${burst}`]) }),
    }
  },
  run: it => pace(it),
  misconceptions: {
    'reset-before-retry-after': {
      belief: 'follow the reset although there is a `Retry-After`',
      because: 'It is the more precise of the two, and names the quota.',
      fact: '`Retry-After` takes precedence; the reset is only a hint, and quota may come back later.',
      run: it => pace(it, { resetFirst: true }),
    },
    'waits-with-quota-left': {
      belief: 'wait for the reset although something is left',
      because: 'The number beside the quota looks like an order to wait.',
      fact: 'With `r` above 0 the client may go on: `t` says for how long no more than `r` may be used.',
      run: it => pace(it, { unless: () => false }),
    },
    'first-policy-only': {
      belief: 'read only the first policy of `RateLimit`',
      because: 'Most examples have one.',
      fact: 'The field is a list, and any policy with nothing left holds the client.',
      run: it => pace(it, { of: policies => policies.slice(0, 1) }),
    },
    'reset-the-other-way': {
      belief: 'read `X-RateLimit-Reset` the other way than documented',
      because: 'Another API has the same name with the other meaning.',
      fact: 'The field was never standardised: instant or seconds, only the documentation tells.',
      run: it => pace(it, { as: it.documented === 'epoch' ? 'seconds' : 'epoch' }),
    },
    'number-expected': {
      belief: 'take only a number in `Retry-After`, and send at once when there is a date',
      because: 'A number is the common form, and what is no number becomes 0.',
      fact: 'An HTTP-date is as valid: the wait is the date less the `Date` of the response.',
      run: it => pace(it, { retry: (value, now) => (/^\d+$/.test(value) ? delay(value, now) : 0) }),
    },
    milliseconds: {
      belief: 'hand the seconds to a timer that counts milliseconds',
      because: 'Timers in many languages do.',
      fact: 'All these fields count seconds, so the number has to be multiplied first.',
      run: it =>
        pace(it, {
          unit: 0.001,
          retry: (value, now) => (/^\d+$/.test(value) ? Number(value) / 1000 : delay(value, now)),
        }),
    },
  },
  questions: {
    wait: {
      kind: 'number',
      title: 'How long does a client wait?',
      unit: 's',
      prompt: it =>
        `A client gets this response.\n\n${response(it)}\n\n${documentation(it)}How many seconds does a well-behaved client wait before its next request? Type 0 if it need not wait.`,
      answer: it => it.wait,
      how: ({ wait, by }) =>
        by === 'none'
          ? 'There is no `Retry-After`, and each quota has something left: no wait.'
          : `\`${by}\` decides: ${count(wait, 'second')}.`,
      bare: true,
    },
    decides: {
      kind: 'choice',
      title: 'Which field decides how long a client waits?',
      prompt: it =>
        `This response arrives:\n\n${response(it)}\n\n${documentation(it)}Which field decides when the client may send again, and after how many seconds?`,
      answer: ({ wait, by }) =>
        by === 'none' ? 'none of them: at once' : `\`${by}\`: after ${num(wait)} s`,
      how: ({ wait, by }) =>
        by === 'none'
          ? 'There is no `Retry-After`, and each quota has something left.'
          : `\`${by}\` decides, and it says ${count(wait, 'second')}.`,
      bare: true,
    },
  },
  result: ({ wait, by }) => (by === 'none' ? 'no wait' : `waits ${num(wait)} s, told by ${by}`),
  trace: ({ policies, wait, by }, it) => ({
    columns: ['field', 'says', 'decides'],
    rows: [
      ['Retry-After', it.retryAfter || 'nothing', by === 'Retry-After' ? `${num(wait)} s` : ''],
      ...policies.map(({ policy, left, seconds }) => [
        'RateLimit',
        `${policy.slice(0, 20)}: ${num(left)} left for ${num(seconds)} s`,
        by === 'RateLimit' && left <= 0 && seconds === wait ? `${num(wait)} s` : '',
      ]),
      [
        'X-RateLimit',
        it.reset === '' ? 'nothing' : `${it.remaining || '?'} left, reset ${it.reset}`,
        by === 'X-RateLimit-Reset' ? `${num(wait)} s` : '',
      ],
    ],
  }),
  picture: ({ wait, by }, it) =>
    [
      `${'response'.padEnd(14)}${httpDate(it.now)}`,
      `${'next request'.padEnd(14)}${httpDate(it.now + Math.ceil(wait))}  (${by === 'none' ? 'no wait' : by})`,
    ].join('\n'),
})
