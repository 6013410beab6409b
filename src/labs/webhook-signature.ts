import { hmacSha256Hex } from './crypto.ts'
import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { count, num } from './said.ts'

interface Scenario {
  readonly signers: readonly string[]
  readonly secrets: readonly string[]
  readonly amount: number
  readonly sent: number
  readonly age: number
  readonly tolerance: number
  readonly change: 'none' | 'amount' | 'rewritten' | 'no-time'
  readonly order: 'time-first' | 'time-last'
}

const ACCEPT = 'accept: signature and age fit'
const NO_MATCH = 'reject: no signature matches'
const TOO_OLD = 'reject: it is too old by now'
const UNREADABLE = 'reject: header not readable'

interface Outcome {
  readonly header: string
  readonly body: string
  readonly verdict: string
  /** What this endpoint computes with its first secret. */
  readonly expected: string
  /** The same with each of its secrets. */
  readonly own: readonly string[]
}

const SHOWN = 8
const short = (hash: string) => `${hash.slice(0, SHOWN)}…`

/** A body with spaces, as it is sent, and what a parser and a serialiser make of it. */
const written = (amount: number) => `{"id": "evt_${amount}", "amount": ${amount}}`
const again = (body: string) => JSON.stringify(JSON.parse(body))

/**
 * What arrives: a header with one v1 for each secret that the sender signs with, and a body. `amount` has the body changed by
 * somebody on the way, `rewritten` by a proxy that formats JSON; `no-time` is a sender who signs the body alone.
 */
function delivery({ signers, amount, sent, change, order }: Scenario) {
  const body = written(amount)
  const original = change === 'rewritten' ? again(body) : body
  const signed = change === 'no-time' ? original : `${sent}.${original}`
  const time = `t=${sent}`
  const values = signers.map(secret => `v1=${hmacSha256Hex(secret, signed)}`)
  return {
    header: (order === 'time-first' ? [time, ...values] : [...values, time]).join(','),
    body: change === 'amount' ? written(amount * 10) : body,
  }
}

/**
 * Verifies a `Stripe-Signature` header with real HMAC-SHA256 (stripe-python, _webhook.py): look up t and all v1 by name, compare
 * each with the HMAC of `t + "." + raw body` under each secret, then refuse what is older than the tolerance. The arguments say
 * what a wrong rule changes.
 */
function verify(
  it: Scenario,
  {
    signed = (time, body) => `${time}.${body}`,
    offered = values => values,
    byPlace = false,
    looksAtAge = true,
  }: {
    readonly signed?: (time: string, body: string) => string
    readonly offered?: (values: readonly string[]) => readonly string[]
    readonly byPlace?: boolean
    readonly looksAtAge?: boolean
  } = {},
): Outcome {
  const { header, body } = delivery(it)
  const pairs = header.split(',').map(pair => {
    const [name = '', value = ''] = pair.split('=')
    return { name, value }
  })
  const time = pairs.find(pair => pair.name === 't')?.value ?? ''
  const values = pairs.flatMap(({ name, value }) => (name === 'v1' ? [value] : []))
  const own = it.secrets.map(secret => hmacSha256Hex(secret, signed(time, body)))
  const verdict = () => {
    if (byPlace && pairs[0]?.name !== 't') return UNREADABLE
    if (!offered(values).some(value => own.includes(value))) return NO_MATCH
    return looksAtAge && it.age > it.tolerance ? TOO_OLD : ACCEPT
  }
  return { header, body, verdict: verdict(), expected: own[0] ?? '', own }
}

/** What one can compute from a delivery, to compare by eye. */
function hashes(it: Scenario): string {
  const { body } = delivery(it)
  const rows = [
    ['t + "." + raw body', `${it.sent}.${body}`],
    ['raw body', body],
    ['t + "." + JSON again', `${it.sent}.${again(body)}`],
  ]
  return [
    '```',
    ['HMAC-SHA256 of'.padEnd(22), ...it.secrets.map(secret => secret.padEnd(12))]
      .join('')
      .trimEnd(),
    ...rows.map(([name = '', text = '']) =>
      [name.padEnd(22), ...it.secrets.map(secret => short(hmacSha256Hex(secret, text)).padEnd(12))]
        .join('')
        .trimEnd(),
    ),
    '```',
  ].join('\n')
}

const request = (it: Scenario) => {
  const { header, body } = delivery(it)
  return [
    '```',
    'POST /webhooks/stripe',
    `Stripe-Signature: ${header.replace(/v1=([0-9a-f]+)/g, (_, hash: string) => `v1=${short(hash)}`)}`,
    '',
    body,
    '```',
  ].join('\n')
}

const situation = (it: Scenario) =>
  `${request(it)}\n\nIt arrives ${count(it.age, 'second')} after \`t\`. The endpoint holds ${it.secrets.length === 1 ? 'the secret' : 'the secrets'} ${it.secrets.map(secret => `\`${secret}\``).join(' and ')}. ` +
  `Hashes are cut to ${SHOWN} digits here; “JSON again” is the body parsed and written again without spaces:\n\n${hashes(it)}`

export const webhookSignature = lab({
  id: 'webhook-signature',
  title: 'Webhook signature',
  summary: 'A signed delivery with real HMAC-SHA256: accepted, or refused by which check.',
  concepts: ['webhooks/stripe-signature', 'webhooks/raw-body', 'webhooks/replay-window'],
  sources: ['stripe-python-webhook', 'stripe-webhooks'],
  rule: 'The signed text is `t + "." + raw body`; any `v1` that matches under any secret will do, and then `t` may not be older than the tolerance.',
  parameters: {
    signers: texts('secrets that the sender signs with, one v1 for each', {
      least: 1,
      most: 3,
      form: { like: /^whsec_[a-z0-9]{1,6}$/, says: 'a secret like whsec_k3f9' },
    }),
    secrets: texts('secrets that the endpoint holds', {
      least: 1,
      most: 2,
      form: { like: /^whsec_[a-z0-9]{1,6}$/, says: 'a secret like whsec_k3f9' },
    }),
    amount: whole('amount in the body', { from: 1, to: 1_000_000 }),
    sent: whole('when it was signed (t), as seconds since 1970', {
      unit: 's',
      from: 0,
      to: 4_000_000_000,
    }),
    age: whole('how long after that it arrives', {
      unit: 's',
      from: 0,
      to: 1_000_000,
      drawn: [2, 4, 120, 280, 320, 900],
    }),
    tolerance: whole('oldest age that is accepted', {
      unit: 's',
      from: 1,
      to: 100_000,
      drawn: [300],
    }),
    change: one(
      'what went wrong with the signed text',
      ['none', 'amount', 'rewritten', 'no-time'],
      ['none', 'none', 'none', 'rewritten', 'no-time'],
    ),
    order: one('where t stands in the header', ['time-first', 'time-last']),
  },
  example: {
    signers: ['whsec_old1', 'whsec_new2'],
    secrets: ['whsec_new2'],
    amount: 1200,
    sent: 1_777_626_000,
    age: 900,
    tolerance: 300,
    change: 'none',
    order: 'time-first',
  },
  // Mostly a rotation of secrets, where the sender signs with two and the endpoint holds one or both of them.
  draw(random) {
    const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
    const secret = () =>
      `whsec_${Array.from({ length: 4 }, () => letters[Math.floor(random() * letters.length)]).join('')}`
    const [first, second, other] = [secret(), secret(), secret()]
    const [signers, secrets] = pick(random, [
      [[first, second], [second]],
      [[first, second], [second]],
      [[first, second], [first]],
      [[first, second], [other]],
      [[second], [first, second]],
      [[second], [first, second]],
      [[first], [first]],
    ])
    return {
      signers,
      secrets,
      amount: pick(random, [500, 1200, 2500, 4900, 9900]),
      sent: 1_777_626_000 + 60 * Math.floor(random() * 1000),
    }
  },
  run: it => verify(it),
  misconceptions: {
    'first-v1-only': {
      belief: 'look only at the first `v1`',
      because:
        'Outside a rotation there is only one, so code that takes the first works for months.',
      fact: 'While a secret is rotated there is one for each active secret, and any match will do.',
      run: it => verify(it, { offered: values => values.slice(0, 1) }),
    },
    'body-alone': {
      belief: 'sign the body alone, without `t` and the dot',
      because: 'Other providers, GitHub among them, do sign just the body.',
      fact: 'Here the time is part of the signed text, `t + "." + raw body`, so that nobody can change it.',
      run: it => verify(it, { signed: (_, body) => body }),
    },
    'body-parsed-first': {
      belief: 'sign the parsed and rewritten body',
      because:
        'Frameworks hand over an object, and writing it as JSON seems to give the same text.',
      fact: 'Spaces, order and escapes change, and one other byte gives another HMAC: keep the raw body.',
      run: it => verify(it, { signed: (time, body) => `${time}.${again(body)}` }),
    },
    'age-not-checked': {
      belief: 'leave out the age of `t` once the signature matches',
      because: 'A signature that matches proves who sent it.',
      fact: 'It proves nothing about when: a recorded delivery could be sent again for ever.',
      run: it => verify(it, { looksAtAge: false }),
    },
    't-comes-first': {
      belief: 'expect `t` to be the first item of the header',
      because: 'In all examples it stands there.',
      fact: 'Items are looked up by name; no order is promised.',
      run: it => verify(it, { byPlace: true }),
    },
  },
  questions: {
    verdict: {
      kind: 'choice',
      title: 'Is a signed webhook accepted?',
      prompt: it =>
        `A provider signs as Stripe does; the tolerance is ${num(it.tolerance)} s.\n\n${situation(it)}\n\nA correct receiver checks the signature first and then the age. What does it do?`,
      answer: it => it.verdict,
      how: ({ expected, verdict }, it) =>
        `The row to compare is \`t + "." + raw body\` (${it.secrets.length === 1 ? short(expected) : 'under either secret'}), with every \`v1\`; after that comes the age, ${num(it.age)} s against ${num(it.tolerance)} s. So: ${verdict}.`,
      bare: true,
    },
    expected: {
      kind: 'text',
      title: 'Which signature does a webhook receiver look for?',
      prompt: it =>
        `A delivery has to be verified with the secret \`${it.secrets[0]}\`.\n\n${situation(it)}\n\nType the first ${SHOWN} hexadecimal digits of the hash that you look for among the \`v1\` values, whether it is there or not.`,
      answer: it => it.expected.slice(0, SHOWN),
      how: ({ expected }) =>
        `It is the HMAC of the signed text, \`t + "." + raw body\`: \`${short(expected)}\`.`,
      bare: true,
    },
  },
  result: it => it.verdict,
  trace: ({ header, own, verdict }, it) => ({
    columns: ['step', 'value'],
    rows: [
      ...header
        .split(',')
        .map(pair => [
          'in the header',
          pair.length > 40 ? `${pair.slice(0, 3 + 2 * SHOWN)}…` : pair,
        ]),
      ...own.map((hash, i) => [`HMAC with ${it.secrets[i]}`, `${hash.slice(0, 2 * SHOWN)}…`]),
      ['verdict', verdict],
    ],
  }),
  picture: ({ body, own }, it) =>
    [
      `signed  ${it.sent}.${body}`,
      ...own.flatMap((hash, i) => [
        `secret  ${it.secrets[i]}`,
        `HMAC    ${hash.slice(0, 32)}`,
        `        ${hash.slice(32)}`,
      ]),
    ].join('\n'),
})
