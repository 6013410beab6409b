import { lab } from './lab.ts'
import { flag, one, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, num } from './said.ts'

const ANSWERS = ['301', '302', '307', '308', '403', 'closed'] as const
interface Scenario {
  readonly answer: (typeof ANSWERS)[number]
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly calls: number
  readonly nights: number
  readonly client: 'script' | 'browser'
  readonly hsts: boolean
}

/** What a wrong rule changes. */
interface Twist {
  /** What is in clear in a call that is redirected, refused, or finds no listener. */
  readonly redirected?: Seen
  readonly refused?: Seen
  readonly closed?: Seen
  /** Whether the client goes to https by itself after the first answer. */
  readonly learns?: (it: Scenario) => boolean
  /** The method of the second request; none if the client does not follow. */
  readonly follows?: (it: Scenario) => string | null
}

type Seen = 'path read, token read' | 'path read, token safe' | 'path safe, token safe'

/** Fetch, HTTP-redirect fetch: 301 and 302 turn POST into GET; 307 and 308 change nothing, and neither does 301 with PUT. */
const second = ({ answer, method }: Scenario) =>
  method === 'POST' && (answer === '301' || answer === '302') ? 'GET' : method

/**
 * A client is configured with `http://` and a token. Whatever the server on port 80 answers, the request has crossed the network
 * in clear by then (draft-ietf-httpapi-privacy §2.1); only a port where nobody listens keeps it from being sent. A script stops at
 * the first call that fails, and keeps neither HSTS nor redirects; a browser keeps HSTS from the first response over TLS, and the
 * permanent redirect of a GET.
 */
function send(it: Scenario, twist: Twist = {}) {
  const { answer, client, hsts, method } = it
  const redirects = answer !== '403' && answer !== 'closed'
  const permanent = answer === '301' || answer === '308'
  const {
    learns = () => client === 'browser' && (hsts || (permanent && method === 'GET')),
    follows = second,
    redirected = 'path read, token read',
    refused = 'path read, token read',
    closed = 'path safe, token safe',
  } = twist
  const seen: Seen = redirects ? redirected : answer === '403' ? refused : closed
  const learnt = redirects && learns(it)
  const all = redirects ? it.calls * it.nights : it.nights
  const leaked = seen === 'path read, token read' ? (learnt ? 1 : all) : 0
  const next = redirects ? follows(it) : null
  return { seen, leaked, next, noticed: !redirects }
}

type Outcome = ReturnType<typeof send>
const PATH = '/v1/charges'
const REASONS: Record<string, string> = {
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  403: 'Forbidden',
}

/** What travels on port 80. */
function wire({ answer, method }: Scenario): string {
  const request = `${method} ${PATH} HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer sk_live_9f2c${method === 'GET' ? '' : '\nContent-Type: application/json\n\n{ "amount": 1200 }'}`
  if (answer === 'closed')
    return `\`\`\`\nconnect to api.shop.example:80 ... connection refused\n\`\`\``
  const location = answer === '403' ? '' : `\nLocation: https://api.shop.example${PATH}`
  return `\`\`\`http\n${request}\n\nHTTP/1.1 ${answer} ${REASONS[answer]}${location}\n\`\`\``
}

const who = (it: Scenario) =>
  `${it.client === 'script' ? 'A nightly job' : 'A browser'} is configured with \`http://api.shop.example\` instead of \`https://\`, and sends ${it.method} requests with a bearer token${it.method === 'GET' ? '' : ' and a body'}. ${
    it.answer === 'closed'
      ? 'Nobody listens on port 80:'
      : 'On port 80 its calls are answered like this:'
  }\n\n${wire(it)}\n\n`

export const httpsRedirect = lab({
  id: 'https-redirect',
  title: 'Redirect to HTTPS',
  summary:
    'An API is called over plain HTTP by mistake: what has leaked, and what arrives after a redirect.',
  concepts: ['api-security/https-only-api', 'api-security/hsts', 'api-security/tls'],
  sources: [
    'httpapi-privacy#2.1',
    'httpapi-privacy#2.2',
    'rfc6797#8.1',
    'fetch#http-redirect-fetch',
  ],
  rule: 'The answer on port 80 comes after the whole request crossed in clear; a redirect only hides that, and 301 and 302 turn POST into GET.',
  parameters: {
    answer: one('what port 80 answers; closed if nobody listens', ANSWERS, [
      '301',
      '302',
      '307',
      '308',
      '301',
      '308',
      '403',
      'closed',
    ]),
    method: one('method of the calls', ['GET', 'POST', 'PUT']),
    calls: whole('calls that it makes each night', {
      unit: 'calls',
      from: 1,
      to: 1000,
      drawn: [5, 12, 20, 30, 50],
    }),
    nights: whole('nights until somebody corrects the address', {
      unit: 'nights',
      from: 1,
      to: 100,
      drawn: [2, 3, 4, 6, 8],
    }),
    client: one('who calls', ['script', 'browser'], ['script']),
    hsts: flag('responses over TLS carry Strict-Transport-Security'),
  },
  example: { answer: '301', method: 'POST', calls: 30, nights: 4, client: 'script', hsts: true },
  run: it => send(it),
  misconceptions: {
    'redirect-protects': {
      belief: 'count a call that is redirected to HTTPS as protected',
      because: 'In the end the data is served over TLS.',
      fact: 'The redirect answers a request that was sent in clear, token included; it protects the second request only.',
      run: it => send(it, { redirected: 'path safe, token safe' }),
    },
    'refused-is-unsent': {
      belief: 'count a call that is refused on port 80 as not sent',
      because: 'The API never touched the data.',
      fact: 'To be refused it had to arrive; its token was readable on the way, so it has to be revoked.',
      run: it => send(it, { refused: 'path safe, token safe' }),
    },
    'asks-first': {
      belief: 'let the client send only the path until it is on TLS',
      because: 'A redirect seems to happen before the real request.',
      fact: 'HTTP sends the header fields, the token among them, right after the request line; no answer comes in between.',
      run: it =>
        send(it, {
          redirected: 'path read, token safe',
          refused: 'path read, token safe',
          closed: 'path read, token safe',
        }),
    },
    'sends-without-connection': {
      belief: 'expect a request to go out even where nobody listens',
      because: 'The client does try to call.',
      fact: 'HTTP is sent over a connection; where none comes about, not a byte of the request leaves.',
      run: it => send(it, { closed: 'path read, token read' }),
    },
    'hsts-for-all': {
      belief: 'let every client go to HTTPS by itself after the first response with HSTS',
      because: 'In a browser it works like that.',
      fact: 'HSTS is for clients that store it; an HTTP library in a job starts at `http://` each time.',
      run: it => send(it, { learns: ({ hsts }) => hsts }),
    },
    'permanent-is-remembered': {
      belief: 'let every client remember a permanent redirect',
      because: 'Permanent sounds like an order to update the address.',
      fact: 'A client may remember it; an ordinary HTTP library asks the old address again with each call.',
      run: it => send(it, { learns: ({ answer }) => answer === '301' || answer === '308' }),
    },
    'method-stays': {
      belief: 'repeat the same method after any redirect',
      because: 'A redirect gives another address, no other method.',
      fact: 'After 301 and 302 clients turn a POST into a GET without a body; 307 and 308 were made to forbid that.',
      run: it => send(it, { follows: ({ method }) => method }),
    },
    'redirect-means-get': {
      belief: 'send a GET after any redirect',
      because: 'Following a redirect feels like following a link.',
      fact: 'After 301 and 302 only a POST becomes a GET; 307 and 308 keep method and body whatever they are.',
      run: it => send(it, { follows: () => 'GET' }),
    },
    'post-stops': {
      belief: 'expect only a GET to be redirected without asking',
      because: 'An early HTTP specification wanted the user to confirm it.',
      fact: 'Fetch follows a redirect whatever the method is; what differs is the method of the second request.',
      run: it => send(it, { follows: it => (it.method === 'GET' ? 'GET' : null) }),
    },
  },
  questions: {
    leaked: {
      kind: 'number',
      title: 'How many times does a token cross the network in clear?',
      unit: 'times',
      prompt: it =>
        `${who(it)}${it.answer === '403' || it.answer === 'closed' ? 'The job stops at the first call that fails.' : `${it.client === 'script' ? 'Each call is a process of its own, whose HTTP library follows redirects' : 'It follows redirects'}, so no call fails${it.hsts ? '; the responses over TLS carry `Strict-Transport-Security: max-age=31536000`' : ''}.`} ` +
        `It has ${count(it.calls, 'call')} to make each night, and after ${count(it.nights, 'night')} somebody corrects the address. How many times did the token cross the network in clear?`,
      answer: ({ leaked }) => leaked,
      how: ({ leaked, noticed }, it) =>
        noticed
          ? `Only the first call of a night is tried: ${count(leaked, 'time')} in ${count(it.nights, 'night')}.`
          : leaked === 1 && it.client === 'browser'
            ? 'Only the first call starts in clear: the browser keeps what it has learnt from the answer.'
            : `Every call starts in clear: ${num(it.calls)} x ${num(it.nights)} = ${num(leaked)}. As no call fails, nobody notices; for an API a refusal, or no listener at all, is better.`,
      bare: true,
    },
    second: {
      kind: 'choice',
      title: 'What does an API get over TLS after a redirect?',
      prompt: it =>
        `${who(it)}The client treats redirects as the Fetch Standard has it. What arrives over TLS because of the first call?`,
      answer: ({ next }, { method }) => request(next, method),
      how: ({ next }, { answer, method }) =>
        answer === '403' || answer === 'closed'
          ? 'There is no redirect to follow.'
          : next === method
            ? `${answer} leaves ${method} as it is, with its body.`
            : `${answer} with POST becomes a GET, and the body is dropped; 308 would keep both.`,
      bare: true,
    },
    seen: {
      kind: 'choice',
      title: 'What of a call to port 80 can be read on the network?',
      prompt: it =>
        `${who(it)}What of the first call could somebody read who listens on the network: its path, its token?`,
      answer: ({ seen }) => seen,
      how: (_, { answer }) =>
        answer === 'closed'
          ? 'Without a connection no request is sent.'
          : `The whole request was sent before the ${answer} came, header fields included.`,
      bare: true,
    },
  },
  result: (outcome, it) =>
    `token ${count(outcome.leaked, 'time')} in clear (${outcome.seen}); over TLS: ${request(outcome.next, it.method)}`,
  trace: (outcome, it) => ({
    columns: ['step', 'what happens'],
    rows: [
      [
        'port 80',
        it.answer === 'closed' ? 'no listener' : `${it.method} ${PATH}, then ${it.answer}`,
      ],
      ['readable', outcome.seen],
      ['port 443', request(outcome.next, it.method)],
      ['in clear', count(outcome.leaked, 'time')],
    ],
  }),
  picture: (outcome: Outcome, it) =>
    messages([
      {
        from: 'client',
        to: 'port 80',
        says: it.answer === 'closed' ? 'SYN' : `${it.method} ${PATH}  in clear: ${outcome.seen}`,
      },
      {
        from: 'port 80',
        to: 'client',
        says: it.answer === 'closed' ? 'RST, connection refused' : it.answer,
      },
      ...(outcome.next === null
        ? []
        : [{ from: 'client', to: 'port 443', says: `${outcome.next} ${PATH}  over TLS` }]),
    ]),
})

function request(next: string | null, method: string): string {
  if (next === null) return 'nothing at all'
  return method === 'GET'
    ? 'GET again'
    : next === 'GET'
      ? 'GET without a body'
      : `${next} with its body`
}
