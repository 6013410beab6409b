import type { Random } from '../random.ts'
import {
  base64url,
  ed25519Base64url,
  ed25519Fits,
  fromBase64url,
  hmacSha256Base64url,
} from './crypto.ts'
import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { list, num } from './said.ts'

/** What the API knows: who it is, whom it trusts, and the keys (those of RFC 8037 A.1; they sign nothing but this lab). */
const NOW = 1_800_000_000
const ISSUER = 'https://id.example'
const API = 'orders-api'
const SECRET = 'shared-by-issuer-and-api-32-bytes'
const PUBLIC = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
const PAIR = { d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: PUBLIC }

const ORDER = ['alg', 'signature', 'exp', 'nbf', 'iss', 'aud'] as const
type Check = (typeof ORDER)[number]

interface Config {
  readonly expects: 'HS256' | 'EdDSA'
  readonly skew: number
}

interface Scenario extends Config {
  readonly alg: 'HS256' | 'EdDSA' | 'none'
  readonly signer: 'issuer' | 'stranger' | 'public-key' | 'nobody'
  readonly iss: string
  readonly aud: readonly string[]
  readonly starts: number
  readonly expires: number
}

interface Claims {
  readonly iss: string
  readonly aud?: string | readonly string[]
  readonly nbf: number
  readonly exp: number
}

/** The claims of a token; times are seconds since 1970, and an audience alone is no list. */
function claims({ iss, aud, starts, expires }: Scenario): Claims {
  return {
    iss,
    ...(aud.length > 0 && { aud: aud.length === 1 ? aud[0]! : aud }),
    nbf: NOW + starts,
    exp: NOW + expires,
  }
}

/** A real token in compact form (RFC 7515 §7.1). */
function token(it: Scenario): string {
  const input = `${base64url(JSON.stringify({ alg: it.alg }))}.${base64url(JSON.stringify(claims(it)))}`
  if (it.signer === 'nobody') return `${input}.`
  if (it.alg === 'EdDSA') {
    const d = it.signer === 'issuer' ? PAIR.d : base64url('another private key, of 32 bytes')
    return `${input}.${ed25519Base64url({ ...PAIR, d }, input)}`
  }
  const secret = { issuer: SECRET, 'public-key': PUBLIC, stranger: 'a secret of somebody else' }
  return `${input}.${hmacSha256Base64url(secret[it.signer], input)}`
}

/** Signing and verifying cost more than all the rest, and every rule looks at the same token. */
const verified = new WeakMap<Scenario, { jwt: string; fits: Record<Scenario['alg'], boolean> }>()

/** The token, and by which algorithms its signature fits what the API holds. */
function verify(it: Scenario) {
  const known = verified.get(it)
  if (known !== undefined) return known
  const jwt = token(it)
  const input = jwt.slice(0, jwt.lastIndexOf('.'))
  const signature = jwt.slice(input.length + 1)
  const fits = {
    // Told HS256, a verifier that believes the header takes whatever key it has as the secret.
    HS256: hmacSha256Base64url(it.expects === 'HS256' ? SECRET : PUBLIC, input) === signature,
    EdDSA: it.expects === 'EdDSA' && it.alg === 'EdDSA' && ed25519Fits(PUBLIC, input, signature),
    none: signature === '',
  }
  verified.set(it, { jwt, fits })
  return { jwt, fits }
}

/** What a wrong rule changes. */
interface Twist {
  /** The algorithm that counts is the one that the header names. */
  readonly trustsHeader?: boolean
  /** The algorithm is not looked at; the signature has to fit the configured one. */
  readonly ignoresAlg?: boolean
  /** Added to `exp` and taken from `nbf`. */
  readonly leeway?: { readonly exp: number; readonly nbf: number }
  readonly fitsIssuer?: (iss: string) => boolean
  readonly fitsAudience?: (aud: readonly string[]) => boolean
  /** Checks that are left out. */
  readonly skips?: readonly Check[]
}

/**
 * Validates a token as RFC 8725 §3 and RFC 7519 §4.1 have it: the algorithm that the configuration names, its signature, then
 *
 *     now < exp + leeway     now >= nbf - leeway     iss = the issuer, letter by letter     aud holds this API
 *
 * All checks are made, so that each can be asked about; a server stops at the first that fails.
 */
function validate(it: Scenario, twist: Twist = {}) {
  const { jwt, fits } = verify(it)
  const [header = '', payload = ''] = jwt.split('.')
  const { alg } = JSON.parse(fromBase64url(header)) as { alg: Scenario['alg'] }
  const { iss, aud = [], nbf, exp } = JSON.parse(fromBase64url(payload)) as Claims
  const { leeway = { exp: it.skew, nbf: it.skew } } = twist
  const {
    fitsIssuer = iss => iss === ISSUER,
    fitsAudience = aud => aud.includes(API),
    trustsHeader = false,
    ignoresAlg = false,
    skips = [],
  } = twist
  const passes: Record<Check, boolean> = {
    alg: trustsHeader || ignoresAlg || alg === it.expects,
    signature: fits[trustsHeader ? alg : it.expects],
    exp: NOW < exp + leeway.exp,
    nbf: NOW >= nbf - leeway.nbf,
    iss: fitsIssuer(iss),
    aud: fitsAudience([aud].flat()),
  }
  const failed = ORDER.filter(check => !passes[check] && !skips.includes(check))
  return {
    token: jwt,
    failed,
    from: nbf - leeway.nbf - NOW,
    until: exp + leeway.exp - NOW,
  }
}

const made = {
  issuer: { HS256: 'made with the shared secret', EdDSA: "made with the issuer's private key" },
  stranger: { HS256: 'HMAC with an unknown secret', EdDSA: 'made with an unknown private key' },
  'public-key': { HS256: "HMAC with the issuer's public key as the secret", EdDSA: '' },
  nobody: { HS256: 'empty', EdDSA: 'empty' },
}

function decoded(it: Scenario): string {
  const body = JSON.stringify(claims(it), undefined, 1).replace(/\n\s*/g, ' ')
  // The audience gets a line of its own where it is a list.
  const lines = body.split(it.aud.length > 1 ? / (?="aud"|"nbf")/ : / (?="nbf")/)
  return [
    '```',
    `header     { "alg": "${it.alg}" }`,
    `claims     ${lines.join('\n             ')}`,
    `signature  ${it.alg === 'none' ? 'empty' : made[it.signer][it.alg]}`,
    '```',
  ].join('\n')
}

const times = ({ skew }: Config) =>
  `Its clock says ${NOW}, and it grants ${num(skew)} s of leeway on \`exp\` and on \`nbf\`.`
const keys = ({ expects }: Config) =>
  expects === 'HS256'
    ? '`HS256` with a secret that both share'
    : "`EdDSA`, for which it holds the issuer's public key"

export const jwtValidation = lab({
  id: 'jwt-validation',
  title: 'JWT validation',
  summary: 'A token meets the checks of an API: which one refuses it, or does it get in.',
  concepts: [
    'auth/jwt-validation',
    'auth/alg-confusion',
    'auth/clock-skew',
    'auth/registered-claims',
  ],
  sources: [
    'rfc8725#3.1',
    'rfc8725#3.8',
    'rfc8725#3.9',
    'rfc7519#4.1.3',
    'rfc7519#4.1.4',
    'rfc7519#4.1.5',
  ],
  rule: 'The configuration names the algorithm, and the signature must fit by it; `iss` is equal, `aud` holds this API, and `nbf − leeway ≤ now < exp + leeway`.',
  parameters: {
    expects: one('algorithm that the API is configured for', ['HS256', 'EdDSA']),
    skew: whole('leeway on exp and nbf', {
      unit: 's',
      from: 0,
      to: 3600,
      drawn: [30, 60, 90, 120],
    }),
    alg: one('algorithm that the header of the token names', ['HS256', 'EdDSA', 'none'], []),
    signer: one('whose key made the signature', ['issuer', 'stranger', 'public-key', 'nobody'], []),
    iss: one('issuer', [ISSUER, `${ISSUER}/`, 'https://login.example'], []),
    aud: texts('audiences; none of them leaves the claim out', {
      least: 0,
      most: 3,
      of: [API, 'billing-api', 'web-app'],
    }),
    starts: whole('nbf, counted from now', { unit: 's', from: -86_400, to: 86_400 }),
    expires: whole('exp, counted from now', { unit: 's', from: -86_400, to: 86_400 }),
  },
  example: {
    expects: 'HS256',
    skew: 60,
    alg: 'HS256',
    signer: 'issuer',
    iss: ISSUER,
    aud: ['billing-api'],
    starts: -620,
    expires: -20,
  },
  check({ alg, signer, expects, starts, expires }) {
    if (starts >= expires) return 'expires comes after starts'
    if ((alg === 'none') !== (signer === 'nobody'))
      return 'signer is nobody if alg is none, and only then'
    return signer === 'public-key' && (alg !== 'HS256' || expects !== 'EdDSA')
      ? 'signer public-key needs alg HS256 and expects EdDSA'
      : undefined
  },
  draw: (random, drawn) => drawToken(random, drawn),
  run: it => validate(it),
  misconceptions: {
    'header-picks-alg': {
      belief: 'verify with the algorithm that the header of the token names',
      because: 'The header is there to say how the token was signed.',
      fact: 'Whoever writes the token writes the header: `none` needs no signature, and HS256 turns a public key into a secret. The configuration decides.',
      run: it => validate(it, { trustsHeader: true }),
    },
    'signature-will-tell': {
      belief: 'leave a wrong `alg` to the signature check',
      because: 'A token with another algorithm should not verify anyway.',
      fact: 'The name is compared with the allowed ones before any key is touched; a library that goes on to verify has already chosen how.',
      run: it => validate(it, { ignoresAlg: true }),
    },
    'any-audience': {
      belief: 'leave `aud` unchecked',
      because: 'Signature, issuer and expiry are fine, so the token is genuine.',
      fact: 'A genuine token may be meant for another API; the one that is not named in `aud` refuses it, and also one without the claim.',
      run: it => validate(it, { fitsAudience: () => true }),
    },
    'signature-is-all': {
      belief: 'take a token with a good signature for a valid one',
      because: 'The signature shows that the issuer made it.',
      fact: 'A genuine token may be too old, or meant for another API: its claims have to fit as well.',
      run: it => validate(it, { skips: ['exp', 'nbf', 'iss', 'aud'] }),
    },
    'exp-is-for-clients': {
      belief: 'leave `exp` to the client, which refreshes in time',
      because: 'The client is told when its token ends.',
      fact: 'Whoever has copied a token does not refresh it: the API that gets it has to look at `exp` itself.',
      run: it => validate(it, { skips: ['exp'] }),
    },
    'only-audience': {
      belief: 'want `aud` to be this API and no other',
      because: 'One string is what `aud` usually is.',
      fact: '`aud` may be a list; it is enough that this API is in it.',
      run: it => validate(it, { fitsAudience: aud => aud.length === 1 && aud[0] === API }),
    },
    'loose-issuer': {
      belief: 'compare issuers as URLs, with or without a slash at the end',
      because: 'For a web server both addresses are often the same page.',
      fact: '`iss` is compared letter by letter; a slash more is another issuer.',
      run: it => validate(it, { fitsIssuer: iss => iss.replace(/\/$/, '') === ISSUER }),
    },
    'no-leeway': {
      belief: 'compare times to the second, without the leeway',
      because: 'A clock skew of zero is often shown as the strict setting.',
      fact: 'Clocks differ, so a small leeway is granted: it is added to `exp` and taken from `nbf`.',
      run: it => validate(it, { leeway: { exp: 0, nbf: 0 } }),
    },
    'leeway-at-the-end': {
      belief: 'grant the leeway to `exp` alone',
      because: 'Leeway is thought of as grace after the end.',
      fact: 'A clock that is behind sees a fresh token before its `nbf`, so the leeway counts at both ends.',
      run: it => validate(it, { leeway: { exp: it.skew, nbf: 0 } }),
    },
  },
  questions: {
    first: {
      kind: 'choice',
      title: 'Which check refuses this token, or is it accepted?',
      prompt: it =>
        `\`${API}\` takes tokens of the issuer \`${ISSUER}\`, signed with ${keys(it)}, and insists on an audience. ${times(it)} A request brings this token, shown decoded:\n\n${decoded(it)}\n\n` +
        `The API checks ${list(ORDER.map(check => `\`${check}\``))} in this order and stops at the first failure. How does it end?`,
      answer: ({ failed }) =>
        failed[0] === undefined
          ? 'accepted by all six'
          : `refused by the check of \`${failed[0]}\``,
      how: ({ failed }, it) =>
        `${failed[0] === undefined ? 'All six checks pass' : `\`${failed[0]}\` is the first check that fails`}. ` +
        `\`exp\` is ${ago(it.expires)} and \`nbf\` ${ago(it.starts)}, each with ${num(it.skew)} s of leeway.`,
    },
    claims: {
      kind: 'choice',
      title: 'Which claims of this token fail?',
      prompt: it =>
        `\`${API}\` reads the claims of a token whose signature has been verified. It trusts the issuer \`${ISSUER}\` and insists on an audience. ${times(it)}\n\n\`\`\`json\n${JSON.stringify(claims(it), undefined, 2)}\n\`\`\`\n\nFor its log it checks every claim. Which fail?`,
      answer: ({ failed }) => {
        const own = failed.filter(it => it !== 'alg' && it !== 'signature').map(it => `\`${it}\``)
        return list(own, 'none of them')
      },
      how: (_, it) =>
        `Now is ${NOW}: \`exp\` is ${ago(it.expires)} and \`nbf\` ${ago(it.starts)}, each with ${num(it.skew)} s of leeway. ` +
        `The issuer has to be equal, and \`${API}\` among the audiences.${it.aud.length > 0 ? '' : ' A token without `aud` is for nobody in particular; of an issuer that leaves it out, like Amazon Cognito in access tokens, check `client_id` instead.'}`,
      bare: true,
    },
    window: {
      kind: 'number',
      title: 'For how long does an API accept a token, with leeway?',
      unit: 's',
      prompt: it =>
        `A token carries \`nbf\` ${NOW + it.starts} and \`exp\` ${NOW + it.expires}. The API grants ${num(it.skew)} s of leeway on both; signature, issuer and audience are fine.\n\n` +
        'For how many seconds in all, by its own clock, does this API accept the token?',
      answer: ({ from, until }) => until - from,
      how: ({ from, until }, it) =>
        `From \`nbf\` to \`exp\` are ${num(it.expires - it.starts)} s; the leeway adds ${num(it.skew)} s at each end: ${num(until - from)} s.`,
      bare: true,
    },
  },
  result: ({ failed, from, until }) =>
    `${failed[0] === undefined ? 'accepted' : `refused: ${failed.join(', ')}`}; in time for ${num(until - from)} s`,
  trace: ({ failed }, it) => {
    const { iss, aud, nbf, exp } = claims(it)
    const rows: Record<Check, [string, string]> = {
      alg: [it.alg, `= ${it.expects}`],
      signature: [it.signer, `fits by ${it.expects}`],
      exp: [String(exp), `> ${NOW - it.skew}`],
      nbf: [String(nbf), `<= ${NOW + it.skew}`],
      iss: [iss, `= ${ISSUER}`],
      aud: [[aud ?? 'absent'].flat().join(' '), `holds ${API}`],
    }
    return {
      columns: ['check', 'token', 'wanted', ''],
      rows: ORDER.map(check => [check, ...rows[check], failed.includes(check) ? 'fails' : 'ok']),
    }
  },
  picture: ({ from, until }, { starts, expires }) =>
    timeline(
      [
        {
          label: 'nbf, exp',
          marks: [
            { at: starts, sign: '[' },
            { at: expires, sign: ')' },
          ],
        },
        {
          label: 'with leeway',
          marks: [
            { at: from, sign: '[' },
            { at: until, sign: ')' },
          ],
        },
        { label: 'now', marks: [{ at: 0, sign: '^' }] },
      ],
      Math.min(0, from, starts),
      Math.max(0, until, expires),
    ),
})

const ago = (seconds: number) =>
  seconds < 0 ? `${num(-seconds)} s ago` : seconds === 0 ? 'now' : `${num(seconds)} s ahead`

/** A forged algorithm, a token for somebody else, or a good one that looks bad; its times lie around the leeway. */
function drawToken(random: Random, { expects, skew, signer }: Scenario) {
  const life = pick(random, [120, 300, 600, 900])
  const third = Math.floor(skew / 3)
  const expires = pick(random, [
    -third,
    -2 * third,
    -skew - 10,
    -skew - third,
    life - third,
    life + third,
  ])
  const starts = expires - life
  const good = { alg: expects, signer: 'issuer', iss: ISSUER, starts, expires } as const
  // Who narrows the signer wants a forged token, as far as there is one of this kind.
  const forged = random() < 0.12 || signer !== 'issuer'
  const publicKey = random() < 0.6 ? signer !== 'nobody' : signer === 'public-key'
  const aud = pick(random, [
    [API],
    [API],
    ['billing-api'],
    ['billing-api', API],
    [API, 'web-app'],
    ['web-app'],
    [],
  ])
  const iss = pick(random, [ISSUER, ISSUER, `${ISSUER}/`, 'https://login.example'] as const)
  if (!forged) return { ...good, aud, iss }
  return expects === 'EdDSA' && publicKey
    ? { ...good, aud, alg: 'HS256' as const, signer: 'public-key' as const }
    : { ...good, aud, alg: 'none' as const, signer: 'nobody' as const }
}
