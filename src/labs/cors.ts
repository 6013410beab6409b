import type { Random } from '../random.ts'
import { lab, pick } from './lab.ts'
import { flag, one, texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { list, num } from './said.ts'

const PAGE = 'https://app.shop.example'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const TYPES = [
  'none',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json',
] as const
const HEADERS = ['none', 'Authorization', 'X-Request-Id', 'Accept-Language'] as const

type Allowed = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | '*'
type Name = 'content-type' | 'authorization' | 'x-request-id' | '*'

const VALUES = {
  none: '',
  Authorization: 'Bearer 4f2a',
  'X-Request-Id': 'r-17',
  'Accept-Language': 'de',
}

interface Scenario {
  readonly method: (typeof METHODS)[number]
  readonly type: (typeof TYPES)[number]
  readonly header: (typeof HEADERS)[number]
  readonly credentials: boolean
  readonly allowOrigin: string
  readonly allowCredentials: boolean
  readonly allowMethods: readonly Allowed[]
  readonly allowHeaders: readonly Name[]
  readonly maxAge: number
  readonly calls: number
}

/** Fetch: CORS-safelisted request headers; here as far as their values are ordinary ones. */
const SAFE = ['accept-language', 'none']
const FORM_TYPES = [
  'none',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
]

/** Headers of the request that need permission. */
function unsafeHeaders({ type, header }: Pick<Scenario, 'type' | 'header'>): Name[] {
  return [
    ...(SAFE.includes(header.toLowerCase()) ? [] : [header.toLowerCase() as Name]),
    ...(FORM_TYPES.includes(type) ? [] : ['content-type' as const]),
  ]
}

/** What a wrong rule changes. */
interface Twist {
  readonly needsPreflight?: (it: Scenario) => boolean
  /** `*` stands for everything: any origin with cookies, any header. */
  readonly starIsAll?: boolean
  /** `*` never counts. */
  readonly starIsNothing?: boolean
  /** Cookies need no permission of their own. */
  readonly freeCookies?: boolean
  /** The answer to a preflight is not kept. */
  readonly forgets?: boolean
  /** A request that the page may not read is never sent. */
  readonly blocksSending?: boolean
}

/**
 * What a browser does with a cross-origin `fetch` (Fetch Standard, HTTP fetch and CORS-preflight fetch). It asks first unless
 * method and headers are safelisted; the preflight has to pass the CORS check, and its lists have to name the method and the
 * headers. `*` counts in them, and in Access-Control-Allow-Origin, only without credentials, and never stands for Authorization.
 * The actual request is sent and executed before its response is checked. The server sends the same headers on every response.
 */
function browse(it: Scenario, twist: Twist = {}) {
  const { method, credentials, allowOrigin, allowCredentials, allowMethods, allowHeaders } = it
  const star = (!credentials && !twist.starIsNothing) || twist.starIsAll === true
  const origin = allowOrigin === PAGE || (allowOrigin === '*' && star)
  const check = [
    ...(origin ? [] : ['Access-Control-Allow-Origin']),
    ...(!credentials || allowCredentials || twist.freeCookies
      ? []
      : ['Access-Control-Allow-Credentials']),
  ]
  const {
    needsPreflight = it =>
      !['GET', 'HEAD', 'POST'].includes(it.method) || unsafeHeaders(it).length > 0,
  } = twist
  const preflight = needsPreflight(it)
  const methodPasses =
    ['GET', 'HEAD', 'POST'].includes(method) ||
    allowMethods.includes(method as Allowed) ||
    (allowMethods.includes('*') && star)
  const headersPass = unsafeHeaders(it).every(
    name =>
      allowHeaders.includes(name) ||
      (allowHeaders.includes('*') &&
        star &&
        (name !== 'authorization' || twist.starIsAll === true)),
  )
  const lacking = [
    ...check,
    ...(preflight && !methodPasses ? ['Access-Control-Allow-Methods'] : []),
    ...(preflight && !headersPass ? ['Access-Control-Allow-Headers'] : []),
  ]
  const readable = lacking.length === 0
  const executed = preflight || twist.blocksSending ? readable : true
  const preflights = preflight ? (executed && it.maxAge > 0 && !twist.forgets ? 1 : it.calls) : 0
  return {
    preflight,
    executed,
    readable,
    lacking,
    received: preflights + (executed ? it.calls : 0),
  }
}

type Outcome = ReturnType<typeof browse>

const fate = ({ preflight, executed, readable }: Outcome) =>
  `${preflight ? 'preflight' : 'no preflight'}; ${executed ? 'executed' : 'not executed'}; ${readable ? 'readable' : 'not readable'}`

function exchange(it: Scenario): string {
  const headers = [
    ...(it.type === 'none' ? [] : [`'Content-Type': '${it.type}'`]),
    ...(it.header === 'none' ? [] : [`'${it.header}': '${VALUES[it.header]}'`]),
  ]
  return (
    `A script on \`${PAGE}\` calls another origin:\n\n\`\`\`js\nfetch('https://api.bank.example/orders', {\n  method: '${it.method}',\n` +
    `${headers.length === 0 ? '' : `  headers: { ${headers.join(',\n             ')} },\n`}  credentials: '${it.credentials ? 'include' : 'omit'}' })\n\`\`\`\n\n` +
    `To every request, \`OPTIONS\` too, the API answers 200 with ${answered(it).length === 0 ? 'no CORS header at all.' : `these CORS headers:\n\n\`\`\`http\n${answered(it).join('\n')}\n\`\`\``}`
  )
}

const answered = (it: Scenario): string[] => [
  ...(it.allowOrigin === 'none' ? [] : [`Access-Control-Allow-Origin: ${it.allowOrigin}`]),
  ...(it.allowCredentials ? ['Access-Control-Allow-Credentials: true'] : []),
  ...(it.allowMethods.length === 0
    ? []
    : [`Access-Control-Allow-Methods: ${it.allowMethods.join(', ')}`]),
  ...(it.allowHeaders.length === 0
    ? []
    : [`Access-Control-Allow-Headers: ${it.allowHeaders.join(', ')}`]),
]

export const cors = lab({
  id: 'cors',
  title: 'CORS and preflight',
  summary:
    'A page calls another origin: is there a preflight, does the call run, may the script read it.',
  concepts: ['api-security/cors', 'api-security/cors-preflight', 'api-security/cors-credentials'],
  sources: [
    'fetch#http-cors-protocol',
    'fetch#cors-preflight-fetch',
    'fetch#cors-protocol-and-credentials',
    'fetch#cors-safelisted-request-header',
  ],
  rule: 'What a form could send goes out at once, and without permission only its response is withheld; the rest needs a preflight that allows origin, cookies, method and headers.',
  parameters: {
    method: one('method of the call', METHODS, ['GET', 'POST', 'POST', 'PUT', 'DELETE']),
    type: one('content type that the script sets', TYPES, []),
    header: one('another header that the script sets', HEADERS),
    credentials: flag('cookies are included'),
    allowOrigin: one(
      'value of Access-Control-Allow-Origin',
      [PAGE, '*', 'https://shop.example', 'none'],
      [PAGE, PAGE, '*', '*', 'https://shop.example', 'none'],
    ),
    allowCredentials: flag('the API sends Access-Control-Allow-Credentials: true'),
    allowMethods: texts('methods in Access-Control-Allow-Methods', {
      least: 0,
      most: 4,
      of: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', '*'],
    }),
    allowHeaders: texts('names in Access-Control-Allow-Headers', {
      least: 0,
      most: 3,
      of: ['content-type', 'authorization', 'x-request-id', '*'],
    }),
    maxAge: whole('value of Access-Control-Max-Age', {
      unit: 's',
      from: 0,
      to: 86_400,
      drawn: [600, 1200, 3600],
    }),
    calls: whole('how often the page makes the call', {
      unit: 'calls',
      from: 1,
      to: 100,
      drawn: [2, 3, 4, 5, 6],
    }),
  },
  example: {
    method: 'POST',
    type: 'application/json',
    header: 'none',
    credentials: true,
    allowOrigin: '*',
    allowCredentials: true,
    allowMethods: ['POST'],
    allowHeaders: ['content-type'],
    maxAge: 600,
    calls: 3,
  },
  draw: (random, it) => drawHeaders(random, it),
  run: it => browse(it),
  misconceptions: {
    'cors-blocks-sending': {
      belief: 'take CORS for something that keeps the request from being sent',
      because: 'The console says “blocked by CORS policy”.',
      fact: 'Without a preflight the request is sent and runs; only its response is kept from the script.',
      run: it => browse(it, { blocksSending: true }),
    },
    'always-preflight': {
      belief: 'expect a preflight before every cross-origin call',
      because: 'The network tab is full of OPTIONS requests.',
      fact: 'GET, HEAD and POST with safelisted headers only and a form content type go out at once.',
      run: it => browse(it, { needsPreflight: () => true }),
    },
    'method-decides': {
      belief: 'go by the method alone when it comes to a preflight',
      because: 'GET and POST are called simple methods.',
      fact: 'A JSON content type or a header such as Authorization needs a preflight with any method.',
      run: it =>
        browse(it, { needsPreflight: ({ method }) => !['GET', 'HEAD', 'POST'].includes(method) }),
    },
    'star-is-all': {
      belief: 'let `*` stand for every origin and header, with cookies as well',
      because: 'A wildcard looks like the most permissive setting.',
      fact: 'With credentials `*` is no wildcard, and without them it still does not cover Authorization.',
      run: it => browse(it, { starIsAll: true }),
    },
    'star-is-nothing': {
      belief: 'let `*` count for nothing, whatever the call',
      because: 'One hears that a wildcard must never be used in production.',
      fact: 'Without credentials `*` is valid and safe for public data.',
      run: it => browse(it, { starIsNothing: true }),
    },
    'cookies-are-free': {
      belief: 'ask for no `Access-Control-Allow-Credentials` when cookies go along',
      because: 'The origin is allowed by its name already.',
      fact: 'With `credentials: include` the response also needs `Access-Control-Allow-Credentials: true`.',
      run: it => browse(it, { freeCookies: true }),
    },
    'preflight-each-time': {
      belief: 'expect a new preflight before each call',
      because: 'The browser asks before it sends.',
      fact: 'It keeps the answer for `Access-Control-Max-Age` seconds.',
      run: it => browse(it, { forgets: true }),
    },
  },
  questions: {
    fate: {
      kind: 'choice',
      title: 'Is there a preflight, is the call executed, and can the script read the response?',
      prompt: it =>
        `${exchange(it)}\n\nDoes the browser send a preflight, does the API execute the ${it.method}, and can the script read its response?`,
      answer: fate,
      how: (outcome, it) => reason(outcome, it),
      bare: true,
    },
    received: {
      kind: 'number',
      title: 'How many requests does an API get from a page of another origin?',
      unit: 'requests',
      prompt: it =>
        `${exchange(it)}\n\n${it.maxAge > 0 ? `\`Access-Control-Max-Age\` is ${num(it.maxAge)}` : '`Access-Control-Max-Age` is 0'}. ` +
        `The page makes the call ${num(it.calls)} times within a minute, one after the other, whatever becomes of it. How many requests does the API get, each \`OPTIONS\` included?`,
      answer: ({ received }) => received,
      how: (outcome, it) =>
        `${reason(outcome, it)} ${kept(outcome, it)}That makes ${sum(outcome, it)}.`,
      bare: true,
    },
    lacking: {
      kind: 'choice',
      title: 'Which CORS response headers are not good enough for this call?',
      prompt: it =>
        `${exchange(it)}\n\nFor each \`Access-Control-Allow-\` header: is what the API sends good enough for the script to read the response (ok, also where none is needed), or not (no)?`,
      answer: ({ lacking }) =>
        ['Origin', 'Credentials', 'Methods', 'Headers']
          .map(it => `${it} ${lacking.includes(`Access-Control-Allow-${it}`) ? 'no' : 'ok'}`)
          .join(', '),
      how: (outcome, it) => reason(outcome, it),
      bare: true,
    },
  },
  result: outcome =>
    `${fate(outcome)}; ${num(outcome.received)} requests; lacking ${list(outcome.lacking, 'nothing')}`,
  trace: ({ preflight, executed, readable, lacking }, it) => ({
    columns: ['step', 'finding'],
    rows: [
      [
        'needs permission',
        list(
          [
            ...(['GET', 'HEAD', 'POST'].includes(it.method) ? [] : [it.method]),
            ...unsafeHeaders(it),
          ],
          'nothing',
        ),
      ],
      ['preflight', !preflight ? 'not needed' : executed ? 'passes' : 'fails'],
      ['request', executed ? 'executed' : 'not sent'],
      ['response', readable ? 'readable' : executed ? 'kept from the script' : 'none'],
      [
        'lacking',
        list(
          lacking.map(it => it.slice('Access-Control-'.length)),
          'nothing',
        ),
      ],
    ],
  }),
  picture: ({ preflight, executed, readable }, { method }) =>
    messages([
      { from: 'script', to: 'browser', says: `fetch ${method}` },
      ...(preflight
        ? [
            { from: 'browser', to: 'API', says: 'OPTIONS' },
            { from: 'API', to: 'browser', says: executed ? '200, allowed' : '200, not allowed' },
          ]
        : []),
      ...(executed
        ? [
            { from: 'browser', to: 'API', says: `${method} (executed)` },
            { from: 'API', to: 'browser', says: '200' },
          ]
        : []),
      { from: 'browser', to: 'script', says: readable ? 'response' : 'TypeError' },
    ]),
})

function kept({ preflight, executed }: Outcome, { maxAge }: Scenario): string {
  if (!preflight) return ''
  if (!executed) return 'Only an answer that allows the call is kept, so each call asks anew. '
  return maxAge > 0 ? `The answer to the first preflight is kept for ${num(maxAge)} s. ` : ''
}

function sum({ received, executed }: Outcome, { calls, method }: Scenario): string {
  const preflights = received - (executed ? calls : 0)
  const parts = [
    ...(preflights > 0 ? [`${num(preflights)} \`OPTIONS\``] : []),
    ...(executed ? [`${num(calls)} \`${method}\``] : []),
  ]
  return parts.length === 1 ? parts[0]! : `${parts.join(' + ')} = ${num(received)} requests`
}

function reason({ preflight, executed, readable, lacking }: Outcome, it: Scenario): string {
  const asks = [
    ...(['GET', 'HEAD', 'POST'].includes(it.method) ? [] : [it.method]),
    ...unsafeHeaders(it),
  ].map(it => `\`${it}\``)
  return (
    `${preflight ? `${list(asks)} ${asks.length === 1 ? 'needs' : 'need'} a preflight` : 'Nothing here needs a preflight, so the call is sent and executed'}. ` +
    `${readable ? 'Everything that needs permission has it' : `${list(lacking.map(it => `\`${it}\``))} ${lacking.length === 1 ? 'does' : 'do'} not allow it${executed ? ', which only hides the response' : ', so the call itself is never sent'}`}.`
  )
}

/** Response headers that nearly fit. */
function drawHeaders(
  random: Random,
  { method, header }: Scenario,
): Pick<Scenario, 'type' | 'allowHeaders' | 'allowMethods'> {
  const type =
    method === 'GET' || method === 'DELETE'
      ? 'none'
      : pick(random, [
          'application/json',
          'application/json',
          'text/plain',
          'application/x-www-form-urlencoded',
        ] as const)
  const needs = unsafeHeaders({ type, header })
  const allowHeaders: Name[] =
    needs.length === 0
      ? pick(random, [[], ['content-type']])
      : pick(random, [needs, needs, ['*'], needs.slice(1), []])
  const allowMethods: Allowed[] =
    method === 'PUT' || method === 'DELETE'
      ? pick(random, [['GET', method], ['GET', method], ['GET', 'POST'], ['*']])
      : pick(random, [[], ['GET', 'POST']])
  return { type, allowHeaders, allowMethods }
}
