import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, list, num } from './said.ts'

/**
 * What goes wrong: the status that says so; the name of the kind, its summary, this occurrence; what `errors` tells of it; and
 * something more that the old error told.
 */
const PROBLEMS = {
  unreadable: [
    400,
    'unreadable',
    'Body is not JSON',
    'The text ends inside an object, at byte 212',
    '"unexpected end"',
    ['byte', '212'],
  ],
  values: [
    422,
    'bad-values',
    'Some values are not valid',
    'Two values of order 81 break a rule',
    '"must be from 1 to 99", "pointer": "#/qty"',
    ['fields', '[{"at": "qty", "text": "must be from 1 to 99"}]'],
  ],
  taken: [
    409,
    'seat-taken',
    'Seat is taken',
    'Seat 14C was booked at 09:12 by somebody else',
    '"taken at 09:12", "pointer": "#/seat"',
    ['free', '["14D", "15A"]'],
  ],
  quota: [
    429,
    'out-of-quota',
    'Quota is used up',
    'All 100 calls of this hour are used; 20 minutes are left',
    '"100 of 100 calls used"',
    ['limit', '100'],
  ],
  missing: [
    404,
    'no-such-order',
    'There is no such order',
    'Order 81 was never made in this shop',
    '"no order 81"',
    ['order', '81'],
  ],
} as const satisfies Record<
  string,
  readonly [number, string, string, string, string, readonly [string, string]]
>

type Problem = keyof typeof PROBLEMS

/** The members that RFC 9457 §3.1 defines; whatever else stands in the object is an extension (§3.2). */
const STANDARD = ['type', 'status', 'title', 'detail', 'instance'] as const
const EXTENSIONS = ['errors', 'code', 'request_id', 'timestamp', 'severity', 'docs'] as const
type Member = (typeof STANDARD)[number] | (typeof EXTENSIONS)[number]

const MEMBERS: readonly Member[] = [...STANDARD, ...EXTENSIONS]

/** Members of the old error, which become those of a problem details object; `more` has another name in each problem. */
const OLD = ['kind', 'message', 'info', 'ref', 'more'] as const

/** An error as problem details. */
interface Told {
  readonly status: number
  readonly mediaType: string
  /** Where the value stands that is wrong, as a URI fragment. */
  readonly pointer: string
  readonly standard: readonly Member[]
  readonly extensions: readonly Member[]
  /** What each member of the old error becomes. */
  readonly moved: Readonly<Record<(typeof OLD)[number], Member | 'extension'>>
}

interface Scene {
  readonly problem: Problem
  readonly path: readonly string[]
  readonly members: readonly Member[]
}

const MOVED: Told['moved'] = {
  kind: 'type',
  message: 'title',
  info: 'detail',
  ref: 'instance',
  more: 'extension',
}

/**
 * Tells an error by RFC 9457. The status code of the response stays what HTTP says it is; the media type is
 * `application/problem+json`. `type` names the kind of problem, `title` is its summary and the same each time, `detail` and
 * `instance` are about this occurrence. The example of §3 shows `errors` with a `pointer`, which is an extension for all that.
 *
 * A JSON Pointer (RFC 6901 §3, §4, §6) joins member names and array places, counted from 0, with `/`; inside a name `~` is
 * written `~0` and `/` is written `~1`.
 */
function told(
  { problem, path, members }: Scene,
  {
    status = PROBLEMS[problem][0],
    mediaType = 'application/problem+json',
    escaped = it => it.replaceAll('~', '~0').replaceAll('/', '~1'),
    base = 0,
    dotted = false,
    standard = STANDARD,
    moved = MOVED,
  }: {
    readonly status?: number
    readonly mediaType?: string
    readonly escaped?: (name: string) => string
    readonly base?: 0 | 1
    readonly dotted?: boolean
    readonly standard?: readonly Member[]
    readonly moved?: Told['moved']
  } = {},
): Told {
  const steps = path.map(it => (/^\d+$/.test(it) ? num(Number(it) + base) : escaped(it)))
  return {
    status,
    mediaType,
    pointer: `#/${steps.join(dotted ? '.' : '/')}`,
    standard: members.filter(it => standard.includes(it)),
    extensions: members.filter(it => !standard.includes(it)),
    moved,
  }
}

/** A value for each member, as a body shows it. */
function body({ problem, members }: Scene): string {
  const [status, kind, title, detail, errors] = PROBLEMS[problem]
  const values: Record<Member, string> = {
    type: `"https://api.shop.example/problems/${kind}"`,
    status: String(status),
    title: `"${title}"`,
    detail: `"${detail}"`,
    instance: '"/errors/8f3c"',
    errors: `[{"detail": ${errors}}]`,
    code: '"E1042"',
    request_id: '"7d1e90"',
    timestamp: '"2026-11-21T09:12:00Z"',
    severity: '"low"',
    docs: '"https://docs.shop.example/errors"',
  }
  return `{ ${members.map(it => `"${it}": ${values[it]}`).join(',\n  ')} }`
}

/** A body that has this path, with an unwanted value at its end. */
function holder(path: readonly string[]): string {
  return path.reduceRight((inner, it) => {
    if (!/^\d+$/.test(it)) return `{"${it}": ${inner}}`
    return `[${'…, '.repeat(Number(it))}${inner}]`
  }, '-5')
}

const head = (it: Told) => `\`${it.status}\`, \`Content-Type: ${it.mediaType}\``

const HAPPENED: Record<Problem, string> = {
  unreadable: 'The body of a request cannot be parsed as JSON.',
  values:
    'The body of a request is JSON of the right shape, but two of its values break rules of the shop. This API tells such content from content that it cannot parse.',
  taken:
    'A valid request books a seat that somebody else has got in the meantime; the client may choose another one.',
  quota: 'A client has used up its calls of this hour.',
  missing: 'A client asks for an order that there never was.',
}

export const problemDetails = lab({
  id: 'problem-details',
  title: 'Problem details',
  summary:
    'An error of one’s own becomes a problem details object: members, media type, status and pointer.',
  concepts: ['errors/problem-details', 'errors/extension-members', 'errors/json-pointer'],
  sources: ['rfc9457#3', 'rfc9457#3.1', 'rfc9457#3.2', 'rfc6901#4'],
  rule: '`type`, `status`, `title`, `detail` and `instance` are defined by RFC 9457, all else is an extension; the response keeps its real status code and is `application/problem+json`. Steps of a pointer are joined by `/`, places counted from 0.',
  parameters: {
    problem: one('what has gone wrong', ['unreadable', 'values', 'taken', 'quota', 'missing']),
    path: texts('names and places that lead to the invalid value', {
      form: { like: /^[a-z0-9/~_]{1,20}$/, says: 'a member name or a place in an array' },
      most: 4,
    }),
    members: texts('members of the problem details object', { of: MEMBERS, most: 11 }),
  },
  example: {
    problem: 'values',
    path: ['items', '1', 'qty'],
    members: ['type', 'title', 'status', 'detail', 'errors', 'request_id'],
  },
  check: ({ members, path }) =>
    new Set(members).size < members.length
      ? 'members names each member once'
      : path[0] !== undefined && /^\d+$/.test(path[0])
        ? 'path begins with a name'
        : path.some(it => Number(it) > 5) || path.join('').length > 40
          ? 'path has places up to 5, and at most 40 letters'
          : undefined,
  draw(random) {
    const list = pick(random, ['items', 'lines', 'seats', 'guests'])
    const place = String(pick(random, [0, 1, 2]))
    const name = pick(random, ['qty', 'price', 'unit/price', 'km/h', 'from~to', 'zip', 'in/out'])
    const path = pick(random, [
      [list, place, name],
      [list, place, 'limits', name],
      ['order', list, place, name],
    ])
    const some = <T>(from: readonly T[], least: number) => {
      const out: T[] = []
      const size = least + Math.floor(random() * 3)
      while (out.length < size) {
        const next = pick(random, from)
        if (!out.includes(next)) out.push(next)
      }
      return out
    }
    // Title and status, which half of the beliefs are about, are there most of the time.
    const members = new Set<Member>([
      'type',
      ...(random() < 0.8 ? (['title', 'status'] as const) : []),
      ...some(['detail', 'instance', 'status'] as const, 1),
      ...some(EXTENSIONS, 1),
      ...(random() < 0.7 ? (['errors'] as const) : []),
    ])
    return { path, members: [...members] }
  },
  run: it => told(it),
  misconceptions: {
    'errors-is-standard': {
      belief: 'take `errors` for a member that RFC 9457 defines',
      because: 'It stands in an example of the RFC.',
      fact: 'Section 3.1 has five members; `errors` is an extension that the example type defines.',
      run: it => told(it, { standard: [...STANDARD, 'errors'] }),
    },
    'status-is-outside': {
      belief: 'take `status` for an extension',
      because: 'The status code stands in the status line already.',
      fact: 'It is one of the five: a copy for whoever sees the body without the status line.',
      run: it => told(it, { standard: STANDARD.filter(it => it !== 'status') }),
    },
    'ids-are-standard': {
      belief: 'take `code`, `request_id` and `timestamp` for members that RFC 9457 defines',
      because: 'Nearly every error format has them.',
      fact: 'They are good extensions; of its own the RFC has `type` for the kind and `instance` for the occurrence.',
      run: it => told(it, { standard: [...STANDARD, 'code', 'request_id', 'timestamp'] }),
    },
    'title-is-the-case': {
      belief: 'put what happened this time into `title` and the summary into `detail`',
      because: 'A title seems to be the place for what a user should read first.',
      fact: '`title` stays the same from one occurrence to the next; `detail` explains this one.',
      run: it => told(it, { moved: { ...MOVED, message: 'detail', info: 'title' } }),
    },
    'instance-is-the-kind': {
      belief: 'put the kind of problem into `instance` and this occurrence into `type`',
      because: 'Both are URIs, and the names are abstract.',
      fact: '`type` is what clients branch on, so it names the kind; `instance` names the one occurrence.',
      run: it => told(it, { moved: { ...MOVED, kind: 'instance', ref: 'type' } }),
    },
    'dotted-path': {
      belief: 'join the steps of a pointer with dots',
      because: 'Many languages and validators write paths so.',
      fact: 'In a JSON Pointer each step begins with `/`; a dot is an ordinary character of a name.',
      run: it => told(it, { dotted: true }),
    },
    'counts-from-one': {
      belief: 'count the places of an array from 1',
      because: 'People say "the first item".',
      fact: 'Array places are counted from 0.',
      run: it => told(it, { base: 1 }),
    },
    'no-escapes': {
      belief: 'write `/` and `~` inside a name as they are',
      because: 'In JSON they need no escape.',
      fact: 'A bare `/` would begin a new step: it is written `~1`, and `~` is written `~0`.',
      run: it => told(it, { escaped: name => name }),
    },
    'always-200': {
      belief: 'send the error with `200`, as the body tells its status',
      because: 'The object has a member `status`, so the status line seems spare.',
      fact: 'Caches, retries and monitoring read the status line only; the member is a copy of it.',
      run: it => told(it, { status: 200 }),
    },
    'all-400': {
      belief: 'answer `400` to whatever is wrong with a request',
      because: 'The body says the rest.',
      fact: 'Generic software knows codes and no bodies: `404`, `409`, `422` and `429` each tell it something else.',
      run: it => told(it, { status: 400 }),
    },
    'plain-json': {
      belief: 'send it as `application/json`',
      because: 'It is JSON.',
      fact: 'The type tells the client that this is a problem details object, whatever the status and the URL are.',
      run: it => told(it, { mediaType: 'application/json' }),
    },
  },
  questions: {
    extensions: {
      kind: 'number',
      title: 'How many members of a problem details object are extensions?',
      unit: 'members',
      prompt: it =>
        `An API answers:\n\n\`\`\`http\nHTTP/1.1 ${PROBLEMS[it.problem][0]}\nContent-Type: application/problem+json\n\n${body(it)}\n\`\`\`\n\nHow many of the ${num(it.members.length)} members of this object are extension members?`,
      answer: it => it.extensions.length,
      how: it =>
        `RFC 9457 defines ${list(STANDARD.map(it => `\`${it}\``))}. Here ${list(it.extensions.map(it => `\`${it}\``))} ${it.extensions.length === 1 ? 'is an extension' : 'are extensions'}.`,
      bare: true,
    },
    pointer: {
      kind: 'choice',
      title: 'Which pointer names an invalid value?',
      prompt: it =>
        `The \`-5\` in this body is refused (\`…\` stands for one item each that is fine):\n\n\`\`\`json\n${holder(it.path)}\n\`\`\`\n\nThe answer is a problem details object with \`errors\`, in which \`pointer\` is a JSON Pointer in the form of a URI fragment. Which one names the value?`,
      answer: it => `\`${it.pointer}\``,
      how: (it, { path }) =>
        `The steps are ${list(path.map(it => `\`${it}\``))}: array places count from 0, and \`/\` and \`~\` inside a name become \`~1\` and \`~0\`. That is \`${it.pointer}\`.`,
      bare: true,
    },
    head: {
      kind: 'choice',
      title: 'With which status and media type is a problem sent?',
      prompt: it =>
        `${HAPPENED[it.problem]} The API uses problem details of RFC 9457 and the most specific status code there is. The body is:\n\n\`\`\`json\n${body({ ...it, members: ['type', 'title', 'detail'] })}\n\`\`\`\n\nWhich status code and media type does the response have?`,
      answer: head,
      how: it => `The response has ${head(it)}.`,
      bare: true,
    },
    members: {
      kind: 'match',
      title: 'Which members of an old error become which of a problem details object?',
      prompt: it => {
        const [, kind, title, detail, , [name, value]] = PROBLEMS[it.problem]
        return (
          `An API moves from an error format of its own to RFC 9457. Its errors look like this:\n\n` +
          `\`\`\`json\n{ "kind": "https://api.shop.example/problems/${kind}",\n  "message": "${title}",\n  "info": "${detail}",\n  "ref": "/errors/8f3c",\n  "${name}": ${value} }\n\`\`\`\n\n` +
          '`message` is the same text for each error of a kind; `ref` leads to the record of this one occurrence. Match each member with what it becomes.'
        )
      },
      left: ({ problem }) => OLD.map(it => `\`${it === 'more' ? PROBLEMS[problem][5][0] : it}\``),
      answer: it =>
        OLD.map(old => (old === 'more' ? 'an extension member' : `\`${it.moved[old]}\``)),
      how: (it, { problem }) =>
        `${OLD.filter(old => old !== 'more')
          .map(old => `\`${old}\` becomes \`${it.moved[old]}\``)
          .join(
            ', ',
          )}; \`${PROBLEMS[problem][5][0]}\` has no counterpart and becomes an extension.`,
      why: left =>
        [
          'It names the kind of problem by a URI, and clients branch on it.',
          'A summary that stays the same each time.',
          'It explains this occurrence.',
          'It names this one occurrence.',
          'None of the five members is for it; the problem type defines an extension.',
        ][left]!,
      bare: true,
    },
  },
  result: it =>
    `${it.status} ${it.mediaType}, pointer ${it.pointer}, ${count(it.extensions.length, 'extension member')}; message becomes ${it.moved.message}, kind becomes ${it.moved.kind}`,
  trace: (it, { members }) => ({
    columns: ['member', 'defined by'],
    rows: members.map(name => [
      name,
      it.standard.includes(name) ? 'RFC 9457 §3.1' : 'the problem type (an extension)',
    ]),
  }),
  picture: it =>
    [
      `HTTP/1.1 ${it.status}`,
      `Content-Type: ${it.mediaType}`,
      '',
      ...OLD.map(old => `${old.padEnd(8)} -> ${it.moved[old]}`),
      `at       -> ${it.pointer}`,
    ].join('\n'),
})
