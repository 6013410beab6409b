import type { Random } from '../random.ts'
import { sha256Base64url } from './crypto.ts'
import { lab, pick } from './lab.ts'
import { one, text, texts } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

/** What a token request brings as its `code_verifier`. */
const SHOWN = ['verifier', 'challenge', 'other', 'none'] as const
type Shown = (typeof SHOWN)[number]
type Method = 'S256' | 'plain'

interface Scenario {
  readonly method: Method
  readonly verifier: string
  readonly requests: readonly Shown[]
}

/** RFC 7636 §4.1: 43 to 128 unreserved characters. */
const LEGAL = /^[A-Za-z0-9._~-]{43,128}$/
const OTHER = 'Lk0rOiZ7wQ2nYt9sVbE4xMhGd6cPfJ1aUoT3yNq8RzS'

/** RFC 7636 §4.2. */
const challengeOf = (method: Method, verifier: string) =>
  method === 'S256' ? sha256Base64url(verifier) : verifier

/** What a wrong rule changes. */
interface Twist {
  /** How the server turns a verifier into what it compares with the stored challenge. */
  readonly transform?: (verifier: string) => string
  /** A request without a verifier is held against nothing. */
  readonly optional?: boolean
  /** A code may be redeemed again. */
  readonly reusable?: boolean
  readonly length?: number
}

/**
 * Redeems one authorization code by several token requests, in the order given. The server stored the challenge of the
 * authorization request with the code; it transforms each `code_verifier` by the stored method and compares (RFC 7636 §4.6).
 * A code works once (RFC 6749 §4.1.2); a request that fails does not use it up here.
 */
function redeem({ method, verifier, requests }: Scenario, twist: Twist = {}) {
  const challenge = challengeOf(method, verifier)
  const { transform = (it: string) => challengeOf(method, it) } = twist
  let used = false
  const steps = requests.map(shown => {
    const sent = { verifier, challenge, other: OTHER, none: null }[shown]
    const compared = sent === null ? null : transform(sent)
    const fits =
      sent === null ? twist.optional === true : LEGAL.test(sent) && compared === challenge
    const granted = fits && (!used || twist.reusable === true)
    used ||= granted
    return { shown, sent, compared, fits, granted }
  })
  return { challenge, length: twist.length ?? challenge.length, steps }
}

/** So much of a value as tells it from others. */
const head = (value: string) => `${value.slice(0, 12).replace(/-\d?$/, '')}…`

const granted = ({ steps }: ReturnType<typeof redeem>) =>
  steps.flatMap(({ granted }, place) => (granted ? [num(place + 1)] : []))

/** The token requests as a table of the server's log. */
function log({ method, verifier, requests }: Scenario): string {
  const rows = redeem({ method, verifier, requests }).steps.map(({ sent }, place) =>
    sent === null
      ? `${place + 1}  (absent)          -`
      : `${place + 1}  ${head(sent).padEnd(17)} ${head(sha256Base64url(sent))}`,
  )
  return ['#  code_verifier     base64url(SHA-256(code_verifier))', ...rows].join('\n')
}

export const pkce = lab({
  id: 'pkce',
  title: 'PKCE',
  summary:
    'Several parties try to redeem one authorization code: whose code verifier fits the challenge.',
  concepts: ['auth/pkce', 'auth/authorization-code-flow'],
  sources: ['rfc7636#4.1', 'rfc7636#4.2', 'rfc7636#4.6', 'rfc9700#2.1.1', 'rfc9700#4.8.2'],
  rule: 'The server transforms `code_verifier` by the method of the first request and compares it with the stored `code_challenge`; a code works once.',
  parameters: {
    method: one(
      'code_challenge_method of the authorization request',
      ['S256', 'plain'],
      ['S256', 'S256', 'plain'],
    ),
    verifier: text('code_verifier of the app that started the flow', {
      most: 128,
      form: { like: LEGAL, says: '43 to 128 letters, digits or any of . _ ~ -' },
    }),
    requests: texts('what each token request brings as code_verifier, in order', {
      least: 2,
      most: 6,
      of: SHOWN,
    }),
  },
  example: {
    method: 'S256',
    verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    requests: ['none', 'challenge', 'verifier', 'verifier'],
  },
  draw(random) {
    const requests = pick(random, ORDERS)
    return { verifier: randomVerifier(random), requests }
  },
  run: it => redeem(it),
  misconceptions: {
    'compares-as-sent': {
      belief: 'compare `code_verifier` with `code_challenge` as they are',
      because: 'The two parameters look alike, and something has to be equal.',
      fact: 'With S256 the server hashes the verifier first; who saw only the challenge cannot make a verifier for it.',
      run: it => redeem(it, { transform: verifier => verifier, length: it.verifier.length }),
    },
    'always-hashes': {
      belief: 'hash the verifier whatever the method is',
      because: 'PKCE is mostly explained with SHA-256.',
      fact: 'With `plain` the challenge is the verifier itself, so whoever read the first request can redeem the code.',
      run: it => redeem(it, { transform: sha256Base64url, length: 43 }),
    },
    'verifier-optional': {
      belief: 'let a request without a verifier through',
      because: 'PKCE began as an extension that old clients did not send.',
      fact: 'A code that was issued for a challenge needs the verifier; otherwise leaving it out would undo the protection.',
      run: it => redeem(it, { optional: true }),
    },
    'code-reusable': {
      belief: 'redeem a code as often as its verifier comes',
      because: 'It is still valid for some seconds.',
      fact: 'An authorization code works once; a second use is refused even with the right verifier.',
      run: it => redeem(it, { reusable: true }),
    },
    'challenge-is-hex': {
      belief: 'write the hash in hexadecimal',
      because: 'Tools for checksums print it so.',
      fact: 'The challenge is base64url without padding: 32 bytes are 43 characters.',
      run: it => redeem(it, { length: it.method === 'S256' ? 64 : it.verifier.length }),
    },
    'challenge-is-padded': {
      belief: 'keep the padding of ordinary base64',
      because: 'A base64 function adds `=` by itself.',
      fact: 'RFC 7636 leaves the padding out, so 32 bytes are 43 characters and not 44.',
      run: it =>
        redeem(it, { length: it.method === 'S256' ? 44 : Math.ceil(it.verifier.length / 4) * 4 }),
    },
  },
  questions: {
    redeemed: {
      kind: 'choice',
      title: 'Which token requests redeem a code under PKCE?',
      prompt: it =>
        `An authorization server issued a code for this request:\n\n\`\`\`http\nGET /authorize?response_type=code&client_id=app&code_challenge=\n    ${head(challengeOf(it.method, it.verifier))}&code_challenge_method=${it.method}\n\`\`\`\n\n` +
        `The redirect was read by others. With that code these token requests come in, one after the other (values cut short):\n\n\`\`\`\n${log(it)}\n\`\`\`\n\n` +
        'A refused request does not use the code up. Which requests get tokens?',
      answer: outcome => list(granted(outcome)),
      how: (outcome, { method }) =>
        `By \`${method}\` the server compares ${method === 'S256' ? 'the last column' : 'the verifier itself'} with \`${head(outcome.challenge)}\`. ` +
        `${count(granted(outcome).length, 'request gets', 'requests get')} tokens${granted(outcome).length > 0 ? `: ${list(granted(outcome))}` : ''}.`,
    },
    length: {
      kind: 'number',
      title: 'How long is a code challenge?',
      unit: 'characters',
      prompt: it =>
        `An app makes this \`code_verifier\` of ${num(it.verifier.length)} characters:\n\n\`\`\`\n${it.verifier.match(/.{1,64}/g)!.join('\n')}\n\`\`\`\n\n` +
        `It sends \`code_challenge_method=${it.method}\`. How many characters long is its \`code_challenge\`?`,
      answer: ({ length }) => length,
      how: (_, { method, verifier }) =>
        method === 'S256'
          ? 'SHA-256 gives 32 bytes whatever goes in: 256 bits at 6 bits a character are 42.67, so 43 characters without padding.'
          : `With \`plain\` the challenge is the verifier: ${num(verifier.length)} characters.`,
      bare: true,
    },
  },
  result: outcome =>
    `tokens for request: ${list(granted(outcome))}; challenge of ${num(outcome.length)} characters`,
  trace: ({ challenge, steps }) => ({
    columns: ['#', 'code_verifier', 'compared', 'with', ''],
    rows: steps.map(({ sent, compared, fits, granted }, place) => [
      num(place + 1),
      sent === null ? 'absent' : head(sent),
      compared === null ? '-' : head(compared),
      head(challenge),
      granted ? 'tokens' : fits ? 'code used up' : 'invalid_grant',
    ]),
  }),
  picture: ({ challenge, steps }, { method }) =>
    messages([
      { from: 'app', to: 'server', says: `/authorize  ${method} challenge ${head(challenge)}` },
      { from: 'server', to: 'app', says: 'redirect with the code (read by others)' },
      ...steps.flatMap(({ shown, granted }, place) => [
        {
          from: `request ${place + 1}`,
          to: 'server',
          says: `/token  ${shown === 'none' ? 'no verifier' : shown}`,
        },
        { from: 'server', to: `request ${place + 1}`, says: granted ? 'tokens' : '400' },
      ]),
    ]),
})

/** Who tries in which order: wrong ones around the app's own request. */
const ORDERS: readonly (readonly Shown[])[] = [
  ['none', 'challenge', 'verifier'],
  ['challenge', 'none', 'verifier'],
  ['challenge', 'other', 'verifier', 'verifier'],
  ['none', 'verifier', 'verifier'],
  ['other', 'verifier', 'verifier', 'none'],
  ['challenge', 'verifier', 'other'],
  ['verifier', 'challenge', 'verifier'],
  ['verifier', 'none', 'challenge'],
  ['challenge', 'verifier', 'none', 'verifier'],
  ['other', 'challenge', 'none'],
  ['none', 'other', 'challenge'],
]

/** As an app would make it; 43 characters are 32 random bytes. */
function randomVerifier(random: Random): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const length = pick(random, [48, 56, 64, 72, 80, 86, 96, 128])
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('')
}
