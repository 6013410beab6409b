import type { Random } from '../random.ts'
import { lab, pick } from './lab.ts'
import { flag, one, texts } from './parameters.ts'
import { list, num } from './said.ts'

/** A request to https://bank.shop.example: whose page makes it, how, and what of that the cookie rules look at. */
interface Kind {
  readonly says: string
  readonly site: 'own page' | 'sibling' | 'other site' | 'address bar'
  /** A navigation of the whole tab. */
  readonly top: boolean
  readonly method: 'GET' | 'POST'
}

const KINDS = {
  'own-fetch': {
    says: 'bank.shop.example: its own page calls fetch, POST',
    site: 'own page',
    top: false,
    method: 'POST',
  },
  'sibling-form': {
    says: 'blog.shop.example: a form is submitted, POST',
    site: 'sibling',
    top: true,
    method: 'POST',
  },
  'sibling-fetch': {
    says: 'blog.shop.example: fetch with credentials, POST',
    site: 'sibling',
    top: false,
    method: 'POST',
  },
  typed: {
    says: 'the address is typed into the address bar, GET',
    site: 'address bar',
    top: true,
    method: 'GET',
  },
  link: {
    says: 'mail.example: a link is clicked, GET',
    site: 'other site',
    top: true,
    method: 'GET',
  },
  'get-form': {
    says: 'evil.example: a form is submitted by script, GET',
    site: 'other site',
    top: true,
    method: 'GET',
  },
  'post-form': {
    says: 'evil.example: a form is submitted by script, POST',
    site: 'other site',
    top: true,
    method: 'POST',
  },
  image: {
    says: 'evil.example: an <img> is loaded, GET',
    site: 'other site',
    top: false,
    method: 'GET',
  },
  frame: {
    says: 'evil.example: an <iframe> is loaded, GET',
    site: 'other site',
    top: false,
    method: 'GET',
  },
  'other-fetch': {
    says: 'evil.example: fetch with credentials, GET',
    site: 'other site',
    top: false,
    method: 'GET',
  },
} as const satisfies Record<string, Kind>
type Name = keyof typeof KINDS
const NAMES = Object.keys(KINDS) as Name[]

interface Scenario {
  readonly sameSite: 'Strict' | 'Lax' | 'None'
  readonly secure: boolean
  readonly requests: readonly Name[]
}

/** What a wrong rule changes. */
interface Twist {
  readonly siblingIsOther?: boolean
  readonly laxSends?: (it: Kind) => boolean
  readonly strictSends?: (it: Kind) => boolean
  readonly insecureNone?: boolean
  readonly noneIsNever?: boolean
}

/**
 * Which requests carry a cookie (draft-ietf-httpbis-rfc6265bis, §5.2 and its retrieval algorithm). A site is scheme and registrable domain, so
 * sibling hosts are the same site. Strict holds the cookie back on all cross-site requests, Lax on all but top-level navigations
 * with a safe method, None on none; but a browser does not store SameSite=None without Secure. Third-party cookies are not blocked.
 */
function carry({ sameSite, secure, requests }: Scenario, twist: Twist = {}) {
  const { laxSends = it => it.top && it.method === 'GET', strictSends = () => false } = twist
  const stored =
    secure || sameSite !== 'None' || twist.insecureNone === true || twist.noneIsNever === true
  return requests.map(name => {
    const kind: Kind = KINDS[name]
    const cross =
      kind.site === 'other site' || (kind.site === 'sibling' && twist.siblingIsOther === true)
    const sends = { Strict: strictSends, Lax: laxSends, None: () => !twist.noneIsNever }[sameSite]
    return { name, cross, sent: stored && (!cross || sends(kind)) }
  })
}

type Sent = ReturnType<typeof carry>
const places = (requests: Sent) =>
  requests.flatMap((it, place) => (it.sent ? [num(place + 1)] : []))

const story = ({ sameSite, secure, requests }: Scenario) =>
  `\`https://bank.shop.example\` has answered a log-in with\n\n\`\`\`http\nSet-Cookie: sid=8f3a; Path=/; HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=${sameSite}\n\`\`\`\n\n` +
  `In the same browser, which keeps to the draft of RFC 6265bis and does not block third-party cookies, these requests go to it over HTTPS:\n\n\`\`\`\n${requests.map((it, place) => `${place + 1}  ${KINDS[it].says}`).join('\n')}\n\`\`\`\n\n`

export const cookieSameSite = lab({
  id: 'cookie-samesite',
  title: 'SameSite cookies',
  summary:
    'Pages of the own and of other sites cause requests: which of them carry the session cookie.',
  concepts: ['api-security/samesite', 'api-security/csrf', 'auth/session'],
  sources: ['rfc6265bis#5.2', 'rfc6265bis#4.1.2.7', 'rfc6265bis#8.8.1'],
  rule: 'Strict sends nothing across sites, Lax only top-level navigations with a safe method, None everything if Secure; sibling hosts are one site.',
  parameters: {
    sameSite: one(
      'the SameSite attribute',
      ['Strict', 'Lax', 'None'],
      ['Strict', 'Lax', 'Lax', 'None'],
    ),
    secure: flag('the cookie is Secure', [true]),
    requests: texts('requests to the server', { most: 8, of: NAMES }),
  },
  example: {
    sameSite: 'Lax',
    secure: true,
    requests: ['link', 'post-form', 'get-form', 'sibling-form', 'image'],
  },
  draw: (random, { sameSite }) => ({
    secure: sameSite !== 'None',
    requests: drawRequests(random),
  }),
  run: it => carry(it),
  misconceptions: {
    'site-is-origin': {
      belief: 'take a sibling subdomain for another site',
      because: 'It is another origin, and CORS does treat it so.',
      fact: 'A site is scheme and registrable domain: every host under `shop.example` is the same site.',
      run: it => carry(it, { siblingIsOther: true }),
    },
    'lax-is-any-navigation': {
      belief: 'let Lax pass every navigation of the tab, a POST too',
      because: 'Lax is remembered as “top-level navigations”.',
      fact: 'The method has to be safe as well; a cross-site POST goes without the cookie.',
      run: it => carry(it, { laxSends: ({ top }) => top }),
    },
    'lax-is-any-get': {
      belief: 'let Lax pass every GET, from images and frames too',
      because: 'Lax is remembered as “safe methods”.',
      fact: 'It has to be a navigation of the whole tab; images, frames and fetch go without the cookie.',
      run: it => carry(it, { laxSends: ({ method }) => method === 'GET' }),
    },
    'lax-stops-all': {
      belief: 'let Lax hold the cookie back on every cross-site request',
      because: 'Lax is called a protection against CSRF.',
      fact: 'A link or a GET form from anywhere still carries it, so a GET must not change anything.',
      run: it => carry(it, { laxSends: () => false }),
    },
    'strict-follows-links': {
      belief: 'let Strict send the cookie when somebody follows a link',
      because: 'The user did that on purpose.',
      fact: 'Strict holds it back on all cross-site requests; who comes from a mail looks logged out.',
      run: it => carry(it, { strictSends: ({ top, method }) => top && method === 'GET' }),
    },
    'none-needs-nothing': {
      belief: 'accept `SameSite=None` without `Secure`',
      because: 'None sounds like the old behaviour.',
      fact: 'Browsers refuse to store such a cookie, so no request carries it.',
      run: it => carry(it, { insecureNone: true }),
    },
    'none-is-never': {
      belief: 'read None as “to no other site”',
      because: 'The word sounds like the strictest value.',
      fact: 'None means no restriction by site, and only for cookies that are `Secure`.',
      run: it => carry(it, { noneIsNever: true }),
    },
  },
  questions: {
    carried: {
      kind: 'choice',
      title: 'Which requests carry the session cookie?',
      prompt: it => `${story(it)}Which of them carry the cookie?`,
      answer: sent => list(places(sent)),
      how: (sent, it) => told(sent, it),
      bare: true,
    },
    count: {
      kind: 'number',
      title: 'How many requests go without the session cookie?',
      unit: 'requests',
      prompt: it => `${story(it)}How many of them go WITHOUT the cookie?`,
      answer: sent => sent.length - places(sent).length,
      how: (sent, it) => told(sent, it),
      bare: true,
    },
  },
  result: sent =>
    `the cookie goes with ${num(places(sent).length)} of ${num(sent.length)}: ${list(places(sent))}`,
  trace: sent => ({
    columns: ['#', 'from', 'tab', 'method', 'cookie'],
    rows: sent.map(({ name, sent }, place) => {
      const { site, top, method } = KINDS[name]
      return [
        num(place + 1),
        site,
        top ? 'navigates' : 'stays',
        method,
        sent ? 'sent' : 'held back',
      ]
    }),
  }),
  picture: sent =>
    sent
      .map(({ name, sent }) => `${sent ? '--o-->' : '----->'}  ${KINDS[name].says}`)
      .join('\n')
      .concat('\n\no: with the cookie'),
})

function told(sent: Sent, { sameSite, secure }: Scenario): string {
  if (sameSite === 'None' && !secure)
    return 'A cookie with `SameSite=None` and without `Secure` is not stored, so nothing carries it.'
  const cross = sent.flatMap((it, place) => (it.cross ? [num(place + 1)] : []))
  const sibling = sent.some(it => KINDS[it.name].site === 'sibling')
  return `Cross-site: ${list(cross)}${sibling ? '; blog.shop.example is the same site' : ''}. ${sameSite} sends the cookie with ${list(places(sent))}.`
}

function drawRequests(random: Random): Name[] {
  const left = [...NAMES]
  return Array.from(
    { length: pick(random, [4, 5]) },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  )
}
