import { lab, pick } from './lab.ts'
import { flag, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { list, num } from './said.ts'

interface Scenario {
  readonly ttl: number
  readonly theft: number
  readonly use: number
  readonly life: number
  readonly rotation: boolean
}

/** A refresh: who asked, and how the authorization server took it. */
interface Refresh {
  readonly at: number
  readonly who: 'app' | 'thief'
  readonly outcome: 'new tokens' | 'spent token: reuse' | 'refused'
}

/** What a wrong rule changes. */
interface Twist {
  /** A revoked grant stops access tokens that were issued before, too. */
  readonly killsAccess?: boolean
  /** A refresh token works only for the app that got it first. */
  readonly bound?: boolean
  /** Reuse revokes what the thief holds and leaves the app's tokens alone. */
  readonly sparesApp?: boolean
  /** The copied access token begins its life anew. */
  readonly freshCopy?: boolean
}

/**
 * Replays a log-in at minute 0 whose access and refresh token are both copied at `theft`. The app refreshes whenever its access
 * token runs out, at `ttl`, `2 × ttl` and so on; the thief does the same from `use` on. Access tokens are checked by their
 * signature and `exp` alone. With rotation each refresh token works once, and a spent one that comes again revokes the whole
 * grant (RFC 9700 §4.14.2); without it the one refresh token works for everybody until `life`.
 */
function replay({ ttl, theft, use, life, rotation }: Scenario, twist: Twist = {}) {
  const refreshes: Refresh[] = []
  // Refresh tokens are numbered in the order of their issue; the log-in's is 0.
  let newest = 0
  const holds = { app: 0, thief: Math.floor(theft / ttl) }
  const next = { app: ttl, thief: use }
  // The copied access token was issued at the app's last refresh before the theft.
  const copied = twist.freshCopy ? theft + ttl : (holds.thief + 1) * ttl
  // A thief who comes late has no valid access token for a while.
  let until = copied
  let gap = 0
  let detected: number | null = null
  while (Math.min(next.app, next.thief) < life) {
    const who = next.app < next.thief ? 'app' : 'thief'
    const at = next[who]
    next[who] += ttl
    if (who === 'thief' && twist.bound) {
      refreshes.push({ at, who, outcome: 'refused' })
      next.thief = life
    } else if (rotation && holds[who] !== newest) {
      refreshes.push({ at, who, outcome: 'spent token: reuse' })
      detected = at
      break
    } else {
      refreshes.push({ at, who, outcome: 'new tokens' })
      newest += 1
      holds[who] = newest
      if (who === 'thief') {
        gap += Math.max(0, at - until)
        until = at + ttl
      }
    }
  }
  if (twist.killsAccess && detected !== null) until = Math.min(until, detected)
  return {
    detected,
    by: detected === null ? null : refreshes.at(-1)!.who,
    until,
    exposed: until - theft - gap,
    /** When the thief has a valid access token: from, to. */
    spans: (gap === 0
      ? [[theft, until]]
      : [
          [theft, copied],
          [copied + gap, until],
        ]) as [number, number][],
    loggedOut: detected !== null && !twist.sparesApp,
    refreshes,
  }
}

type Replay = ReturnType<typeof replay>

const found = ({ detected, by }: Replay) =>
  detected === null ? 'not noticed' : `noticed at minute ${num(detected)} by the ${by}'s refresh`
const out = ({ loggedOut }: Replay) =>
  loggedOut ? 'the user logs in again' : 'the user stays logged in'

const story = ({ ttl, theft, use, life, rotation }: Scenario) =>
  `A user logs in at minute 0. Access tokens live ${num(ttl)} min and are checked by signature and \`exp\` alone; ` +
  `the app refreshes as soon as one runs out. ${
    rotation
      ? `Refresh tokens rotate: each works once, and a spent one that comes again revokes the whole grant; from minute ${num(life)} on none works.`
      : `There is one refresh token, without rotation; from minute ${num(life)} on it does not work.`
  }\n\n\`\`\`\nmin ${String(theft).padEnd(4)} malware copies the app's current access and refresh token\nmin ${String(use).padEnd(4)} the thief refreshes for the first time, later every ${num(ttl)} min\n\`\`\``

export const tokenRotation = lab({
  id: 'token-rotation',
  title: 'Stolen tokens and rotation',
  summary:
    'Both tokens of a log-in are copied: how long does the thief get in, and who is logged out.',
  concepts: [
    'auth/refresh-rotation',
    'auth/access-token',
    'auth/token-revocation',
    'auth/refresh-token',
  ],
  sources: ['rfc9700#4.14.2', 'oauth-v2-1#4.3.1', 'rfc7009#3'],
  rule: 'A spent refresh token that comes again ends the grant for both sides; access tokens already issued live on to their `exp`.',
  parameters: {
    ttl: whole('life of an access token', {
      unit: 'min',
      from: 1,
      to: 120,
      drawn: [5, 10, 15, 20, 30, 60],
    }),
    theft: whole('when both tokens are copied', { unit: 'min', from: 1, to: 5000 }),
    use: whole('when the thief refreshes for the first time', { unit: 'min', from: 1, to: 5000 }),
    life: whole('until when refreshing works at all', { unit: 'min', from: 10, to: 5000 }),
    rotation: flag('refresh tokens rotate, with reuse detection', [true]),
  },
  example: { ttl: 15, theft: 20, use: 25, life: 240, rotation: true },
  check({ ttl, theft, use, life }) {
    if (theft > use) return 'use is not before theft'
    if (use >= life) return 'use is before life'
    if (life / ttl > 200) return 'life is at most 200 times ttl'
    return theft % ttl === 0 || use % ttl === 0
      ? 'theft and use do not fall on a refresh of the app, at a multiple of ttl'
      : undefined
  },
  // The thief comes before the app's next refresh, or just after it.
  draw(random, { ttl }) {
    const period = pick(random, [0, 1, 2, 3])
    const within = pick(random, [1, 2, 3, 4])
    const theft = period * ttl + (within * ttl) / 5
    const step = Math.max(1, Math.round(ttl / 5))
    const early = within < 4 && random() < 0.65
    const use = early
      ? period * ttl + ttl - step * pick(random, within < 3 ? [1, 2] : [1])
      : (period + pick(random, [1, 1, 2])) * ttl + step * pick(random, [1, 2])
    return { theft, use: Math.max(theft, use), life: ttl * pick(random, [6, 8]) }
  },
  run: it => replay(it),
  misconceptions: {
    'revocation-stops-access': {
      belief: 'let the revocation stop access tokens that are already out',
      because: 'Revoking sounds as if everything ended at once.',
      fact: 'An API that checks signature and `exp` hears nothing of it; the token works until it expires.',
      run: it => replay(it, { killsAccess: true }),
    },
    'copy-is-useless': {
      belief: 'take a copied refresh token for useless to the thief',
      because: 'Rotation is described as the cure for stolen refresh tokens.',
      fact: 'The token names no holder: whoever comes first gets the successor. Binding it to a key (DPoP, mTLS) is what stops copies.',
      run: it => replay(it, { bound: true }),
    },
    'only-the-thief-goes': {
      belief: 'let the server throw out the thief alone',
      because: 'The user did nothing wrong.',
      fact: 'The server sees one spent token and cannot tell who is who, so it ends the grant for both.',
      run: it => replay(it, { sparesApp: true }),
    },
    'spent-still-works': {
      belief: 'let a refresh token work until it expires, used or not',
      because: 'Without rotation it is just so.',
      fact: 'With rotation each refresh token works once; the second use is the alarm.',
      run: it => replay({ ...it, rotation: false }),
    },
    'copy-lives-anew': {
      belief: 'count the life of the copied access token from the theft',
      because: 'For the thief everything begins there.',
      fact: '`exp` is written in the token; a copy runs out with the original.',
      run: it => replay(it, { freshCopy: true }),
    },
  },
  questions: {
    exposed: {
      kind: 'number',
      title: 'For how long can a thief of both tokens call the API?',
      unit: 'min',
      prompt: it => `${story(it)}\n\nFor how many minutes in all can the thief call the API?`,
      answer: ({ exposed }) => exposed,
      how: outcome =>
        `The thief gets in ${list(outcome.spans.map(([from, to]) => `from minute ${num(from)} to ${num(to)}`))}: ${num(outcome.exposed)} min. The theft was ${found(outcome)}.`,
    },
    noticed: {
      kind: 'choice',
      title: 'Is the theft of a refresh token noticed, and does the user have to log in again?',
      prompt: it =>
        `${story(it)}\n\nIs the theft noticed before minute ${num(it.life)}, and what becomes of the user until then?`,
      answer: outcome => `${found(outcome)}; ${out(outcome)}`,
      how: ({ detected, by }) =>
        detected === null
          ? 'No spent refresh token ever comes in, so the server sees nothing.'
          : `At minute ${num(detected)} the ${by} shows a refresh token that the other side has already used. The grant ends for both.`,
    },
  },
  result: outcome => `exposed for ${num(outcome.exposed)} min; ${found(outcome)}; ${out(outcome)}`,
  trace: ({ refreshes, until }) => ({
    columns: ['minute', 'who', 'refresh'],
    rows: [...refreshes, { at: until, who: 'thief', outcome: 'last access token runs out' }]
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, who, outcome }) => [num(at), who, outcome]),
  }),
  picture: ({ refreshes, until, spans }, { theft }) =>
    timeline(
      [
        ...(['app', 'thief'] as const).map(who => ({
          label: who,
          marks: refreshes
            .filter(it => it.who === who)
            .slice(0, 40)
            .map(({ at, outcome }) => ({ at, sign: outcome === 'new tokens' ? '+' : 'x' })),
        })),
        {
          label: 'exposed',
          marks: spans.flatMap(([from, to]) => [
            { at: from, sign: '[' },
            { at: to, sign: ')' },
          ]),
        },
      ],
      0,
      Math.max(until, theft, refreshes.at(-1)?.at ?? 0),
      'min',
    ),
})
