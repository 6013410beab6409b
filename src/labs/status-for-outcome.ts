import { lab, pick } from './lab.ts'
import { flag, texts } from './parameters.ts'
import { messages } from './picture.ts'
import { list, num } from './said.ts'

/**
 * What may be wrong with one request, in the order in which the API looks: the code that says so, the check that finds it, and the
 * fact that a reader is told.
 */
const TROUBLES = {
  maintenance: [503, 'maintenance', 'the API is closed for maintenance until 14:00'],
  limit: [429, 'request limit', 'the client has used up its requests of this minute'],
  'no-token': [401, 'token', 'the request carries no token'],
  'old-token': [401, 'token', 'the token expired an hour ago'],
  unknown: [404, 'note', 'there is no note 7'],
  method: [405, 'method', 'notes know only GET, PUT and DELETE'],
  'not-allowed': [403, 'right', 'the user of this client may neither read nor write note 7'],
  type: [415, 'content type', 'the body is XML and says so; the API reads only JSON'],
  'no-tag': [428, 'precondition', 'the API insists on `If-Match`, and the request has none'],
  'old-tag': [412, 'precondition', '`If-Match` carries the tag of an earlier version'],
  syntax: [400, 'syntax', 'the JSON of the body breaks off in the middle of an object'],
  value: [422, 'values', 'the body parses, but its member `minutes` is -5'],
  state: [409, 'state', 'the note is archived, and what is archived may not change'],
  crash: [500, 'hand-over', 'a bug in the API throws an exception at the hand-over'],
  garbage: [502, 'hand-over', 'the publishing service answers with something that is no HTTP'],
  silence: [504, 'hand-over', 'the publishing service does not answer in time'],
} as const satisfies Record<string, readonly [number, string, string]>

type Trouble = keyof typeof TROUBLES
const NAMES = Object.keys(TROUBLES) as Trouble[]

/** A check, what it found, and the code that tells it. */
interface Refusal {
  readonly trouble: Trouble
  readonly check: string
  readonly code: number
}

interface Request {
  readonly wrong: readonly Trouble[]
  readonly hides: boolean
}

/** How a wrong rule answers some of the troubles. */
type Codes = Partial<Record<Trouble, number>>

/**
 * The answers that a client meets which mends one thing after the other: each time the first check that fails decides.
 *
 * The codes are those of RFC 9110 §15.5 and §15.6 and RFC 6585 §3 and §4. That preconditions are looked at after the checks that any
 * request has to pass and before its content is used is RFC 9110 §13.2.1; the rest of the order is this API's. An API that hides
 * what a client may not see answers 404 in place of 403 (RFC 9110 §15.5.4).
 */
function refusals({ wrong, hides }: Request, codes: Codes = {}, hidden = 404): Refusal[] {
  return NAMES.filter(it => wrong.includes(it)).map(trouble => {
    const [code, check] = TROUBLES[trouble]
    const own = trouble === 'not-allowed' && hides ? hidden : (codes[trouble] ?? code)
    return { trouble, check, code: own }
  })
}

/** No two of these are true of one request. */
const APART: readonly (readonly Trouble[])[] = [
  ['no-token', 'old-token'],
  ['unknown', 'not-allowed', 'method'],
  ['unknown', 'old-tag'],
  ['unknown', 'state'],
  ['method', 'state'],
  ['no-tag', 'old-tag'],
  ['type', 'syntax', 'value'],
  ['crash', 'garbage', 'silence'],
]

const clash = (wrong: readonly Trouble[]) =>
  APART.map(group => group.filter(it => wrong.includes(it))).find(it => it.length > 1)

const line = (wrong: readonly Trouble[]) => `${wrong.includes('method') ? 'POST' : 'PUT'} /notes/7`

const facts = ({ wrong }: Request) =>
  // In an order of their own, so that the list does not give away which check comes first.
  [...wrong]
    .sort()
    .map(it => `- ${TROUBLES[it][2]}`)
    .join('\n')

const scene = (it: Request) =>
  `A client sends \`${line(it.wrong)}\`. This is in its way, and nothing else:\n\n${facts(it)}\n\n` +
  `The API looks in this order: maintenance, request limit, token, existence of the note, method, right to the note, content type, precondition, syntax, values, state. ` +
  `Then it hands the request over to a publishing service, as a gateway does; nothing is stored before that has succeeded.\n\n` +
  `It uses the most specific code of RFC 9110 and RFC 6585, tells content that cannot be parsed from content that breaks a rule, and ` +
  (it.hides
    ? 'never lets a client know of notes that it may not touch.'
    : 'makes no secret of which notes exist.')

export const statusForOutcome = lab({
  id: 'status-for-outcome',
  title: 'Which status code',
  summary:
    'One request with several things wrong: which answers it gets until all of them are mended.',
  concepts: ['status-codes/choosing-a-code', 'status-codes/401', 'status-codes/412'],
  sources: ['rfc9110#15.5', 'rfc9110#15.6', 'rfc9110#13.2.1', 'rfc6585#3', 'rfc6585#4'],
  rule: 'The first check that fails decides: `401` who are you, `403` you may not, `412` your version is old, `428` say your version, `400` unreadable, `422` readable but wrong, `409` not in this state.',
  parameters: {
    wrong: texts('what is wrong with the request', { of: NAMES, most: 4 }),
    hides: flag('the API hides what a client may not touch', [false, false, true]),
  },
  example: { wrong: ['old-token', 'not-allowed', 'old-tag'], hides: true },
  check({ wrong }) {
    if (new Set(wrong).size < wrong.length) return 'wrong names each thing once'
    const both = clash(wrong)
    return both && `wrong cannot hold ${list(both)} at once`
  },
  // What is hidden matters only to those who are not allowed; what comes early in the order is drawn less often.
  draw(random, { hides }) {
    const size = pick(random, [1, 2, 2, 3, 3])
    const wrong: Trouble[] = hides && random() < 0.7 ? ['not-allowed'] : []
    const pool = NAMES.filter(
      it => !['maintenance', 'limit', 'no-token', 'old-token'].includes(it) || random() < 0.3,
    )
    while (wrong.length < size) {
      const next = pick(random, pool)
      if (!wrong.includes(next) && clash([...wrong, next]) === undefined) wrong.push(next)
    }
    return { wrong }
  },
  run: it => refusals(it),
  misconceptions: {
    'swapped-401-403': {
      belief: 'take `401` for "you may not" and `403` for "you are not signed in"',
      because: 'The registered name of 401 is Unauthorized.',
      fact: '`401` asks for credentials, with a challenge in `WWW-Authenticate`; `403` says that these credentials do not help.',
      run: it => refusals(it, { 'no-token': 403, 'old-token': 403, 'not-allowed': 401 }),
    },
    'hidden-by-403': {
      belief: 'hide what exists with `403`',
      because: 'A plain refusal seems to tell nothing.',
      fact: 'A `403` for what exists beside a `404` for what does not shows which is which; only the same answer hides it.',
      run: it => refusals(it, {}, 403),
    },
    'always-404': {
      belief: 'answer `404` to everybody who may not touch a thing',
      because: 'Some well-known APIs do so for private things.',
      fact: 'It is a way to hide; where nothing is hidden, `403` tells the client that another right would help.',
      run: it => refusals(it, { 'not-allowed': 404 }),
    },
    'all-400': {
      belief: 'answer `400` to all mistakes of a client but `401` to `404` and `429`',
      because: 'Bad Request sounds like the name for all of it.',
      fact: 'A wrong method, type, version, value or state have codes of their own, and clients act on them without reading the body.',
      run: it =>
        refusals(it, {
          method: 400,
          type: 400,
          'no-tag': 400,
          'old-tag': 400,
          value: 400,
          state: 400,
        }),
    },
    'missing-token-is-400': {
      belief: 'answer `400` when a token or a condition is missing',
      because: 'Something that is required is not there, as with a missing member.',
      fact: 'What is missing has a code that asks for it: `401` for credentials, `428` for a condition.',
      run: it => refusals(it, { 'no-token': 400, 'no-tag': 400 }),
    },
    'conflict-for-versions': {
      belief: 'answer `409` wherever versions are in play',
      because: 'An old version is a conflict in everyday words.',
      fact: 'A condition in `If-Match` that is false is `412`, a missing one is `428`; `409` is for a clash that no header field asked about.',
      run: it => refusals(it, { 'no-tag': 409, 'old-tag': 409 }),
    },
    'rules-are-422': {
      belief: 'answer `422` to all content that cannot be accepted, and to broken rules of state',
      because: 'Some frameworks answer 422 whenever a model does not validate.',
      fact: '`422` is for content of the right type and syntax that is wrong in itself; the type is `415`, the syntax `400`, the state `409`.',
      run: it => refusals(it, { type: 422, syntax: 422, state: 422 }),
    },
    'all-500': {
      belief: 'answer `500` whenever the fault is not with the client',
      because: 'From outside it is all one server that fails.',
      fact: '`502` is an answer from behind that is none, `504` no answer in time, `503` a pause that ends: they tell whom to call and when to retry.',
      run: it => refusals(it, { garbage: 500, silence: 500, maintenance: 500 }),
    },
    'swapped-502-504': {
      belief: 'take `502` for silence from behind and `504` for a bad answer',
      because: 'Both come from a gateway, and the numbers say nothing.',
      fact: '`504` is a timeout, as `408` is one; `502` means that something came back and could not be used.',
      run: it => refusals(it, { garbage: 504, silence: 502 }),
    },
  },
  questions: {
    sequence: {
      kind: 'choice',
      title: 'Which answers does a request get until everything is mended?',
      prompt: it =>
        `${scene(it)}\n\nThe client mends what the answer complains about (or waits until a fault is over), and sends the request again, until it succeeds with \`200\`. Which codes does it get, one after another?`,
      answer: all => `\`${[...all.map(it => it.code), 200].join(' ')}\``,
      how: all =>
        `One thing after another, as the checks find it: ${list(all.map(it => `${it.check} \`${it.code}\``))}, then \`200\`.`,
    },
    first: {
      kind: 'number',
      title: 'With which status code is a request refused?',
      prompt: it => `${scene(it)}\n\nWhich status code does this request get? Type the number.`,
      answer: all => all[0]?.code ?? 200,
      how: all =>
        `The first check that fails: ${all[0]?.check}. Its code is \`${all[0]?.code}\`${all.length > 1 ? '; what else is wrong is not looked at any more' : ''}.`,
    },
  },
  result: all =>
    `answers ${[...all.map(it => it.code), 200].join(', ')} (${num(all.length)} refused)`,
  trace: all => ({
    columns: ['attempt', 'check that fails', 'code'],
    rows: [
      ...all.map((it, place) => [String(place + 1), it.check, String(it.code)]),
      [String(all.length + 1), 'none', '200'],
    ],
  }),
  picture: (all, { wrong }) =>
    messages(
      [...all, undefined].flatMap((it, place) => [
        {
          from: 'client',
          to: 'API',
          says: line(
            wrong.filter(own => !all.slice(0, place).some(({ trouble }) => trouble === own)),
          ),
        },
        { from: 'API', to: 'client', says: it === undefined ? '200' : `${it.code}  ${it.check}` },
      ]),
    ),
})
