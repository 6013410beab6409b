import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, num } from './said.ts'

const FIELDS = ['If-Match', 'If-Unmodified-Since', 'If-None-Match', 'If-Modified-Since'] as const
type Field = (typeof FIELDS)[number]
type Verdict = 'holds' | 'fails' | 'not looked at'

/** What a conditional request gets, and which field made it so. */
interface Answer {
  readonly code: number
  /** The field that fails; undefined if none does. */
  readonly by?: Field
  /** In the order in which they are looked at. */
  readonly steps: readonly { readonly field: Field; readonly verdict: Verdict }[]
}

type Version = 'current' | 'old' | 'star'
type When = 'before' | 'same'

/** One request and its conditions: tags of the current or an earlier version, dates that of Last-Modified or before it. */
interface Conditional {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly match?: Version
  readonly unmodified?: When
  readonly none?: Version
  readonly modified?: When
}

interface Scene {
  readonly etag: 'strong' | 'weak'
  readonly requests: readonly string[]
}

/** What a wrong rule changes. */
interface Wrong {
  /** Whose word counts where there is a tag and a date for the same. */
  readonly first?: 'tags' | 'dates' | 'both'
  readonly weakInMatch?: boolean
  readonly weakInNone?: boolean
  readonly star?: 'exists' | 'always-holds'
  readonly refusedWrite?: number
}

/**
 * Evaluates the preconditions of a request whose target exists, in the order of RFC 9110 §13.2.2.
 *
 * `If-Match` comes first, by strong comparison; `If-Unmodified-Since` only counts without it: if one fails, 412. Then `If-None-Match`, by
 * weak comparison; `If-Modified-Since` only counts without it, and only for GET and HEAD. If one of these two fails, 304 for GET and
 * HEAD, otherwise 412. A date condition compares with Last-Modified. The arguments say what a wrong rule changes.
 */
function evaluated(
  { method, match, unmodified, none, modified }: Conditional,
  etag: Scene['etag'],
  wrong: Wrong = {},
): Answer {
  const { first = 'tags', weakInMatch = false, weakInNone = true, star = 'exists' } = wrong
  const reads = method === 'GET' || method === 'HEAD'
  const refused = reads ? 304 : (wrong.refusedWrite ?? 412)
  const holds: Record<Field, boolean | undefined> = {
    'If-Match':
      match && (match === 'star' || (match === 'current' && (etag === 'strong' || weakInMatch))),
    'If-Unmodified-Since': unmodified && unmodified === 'same',
    'If-None-Match':
      none &&
      (none === 'star'
        ? star === 'always-holds'
        : none === 'old' || (etag === 'weak' && !weakInNone)),
    'If-Modified-Since': reads ? modified && modified === 'before' : undefined,
  }
  const order: readonly (readonly [Field, Field, number])[] = [
    ['If-Match', 'If-Unmodified-Since', 412],
    ['If-None-Match', 'If-Modified-Since', refused],
  ]
  const steps: { field: Field; verdict: Verdict }[] = []
  let failed: { by: Field; code: number } | undefined
  for (const [tag, date, code] of order) {
    const [one, other] = first === 'dates' ? [date, tag] : [tag, date]
    for (const field of [one, other]) {
      const spare = field === other && holds[one] !== undefined && first !== 'both'
      if (holds[field] === undefined || spare || failed !== undefined) {
        steps.push({ field, verdict: 'not looked at' })
        continue
      }
      steps.push({ field, verdict: holds[field] ? 'holds' : 'fails' })
      if (!holds[field]) failed = { by: field, code }
    }
  }
  return failed === undefined ? { code: reads ? 200 : 204, steps } : { ...failed, steps }
}

/** `GET:none=current:modified=same`, read. */
function conditional(written: string): Conditional {
  const [method, ...conditions] = written.split(':')
  return {
    method,
    ...Object.fromEntries(conditions.map(it => it.split('='))),
  } as unknown as Conditional
}

const run = ({ etag, requests }: Scene, wrong?: Wrong) =>
  requests.map(it => evaluated(conditional(it), etag, wrong))

const tag = (etag: Scene['etag'], version: Version) =>
  version === 'star' ? '*' : `${etag === 'weak' ? 'W/' : ''}"v${version === 'old' ? 6 : 7}"`

const date = (at: When) => `${at === 'before' ? '09' : '10'}:00:00`

/** The request in a line; the dates are of one day, so it tells only the time. */
function line(written: string, etag: Scene['etag']): string {
  const { method, match, none, unmodified, modified } = conditional(written)
  return [
    method.padEnd(6),
    ...(match ? [`If-Match: ${tag(etag, match)}`] : []),
    ...(none ? [`If-None-Match: ${tag(etag, none)}`] : []),
    ...(unmodified ? [`If-Unmodified-Since: ${date(unmodified)}`] : []),
    ...(modified ? [`If-Modified-Since: ${date(modified)}`] : []),
  ].join('  ')
}

const scene = ({ etag, requests }: Scene) =>
  `The current representation of \`/docs/5\` has \`ETag: ${tag(etag, 'current')}\` and \`Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT\`. An origin server that evaluates preconditions as RFC 9110 §13.2.2 says gets these requests for it, each of them on its own in this state (all dates are of that day):\n\n` +
  `\`\`\`text\n${requests.map((it, place) => `${place + 1}  ${line(it, etag)}`).join('\n')}\n\`\`\`\n\n` +
  'What is carried out gets `200` if it reads and `204` if it writes.'

const codes = (all: readonly Answer[]) => all.map(it => it.code).join(' ')

/** What decided on a request, in words. */
const why = ({ by, code }: Answer, place: number) =>
  `${place + 1}: ${by === undefined ? 'no condition fails' : `\`${by}\` fails`}, \`${code}\``

const READS = [
  'none=current:modified=before',
  'none=current:modified=same',
  'none=old:modified=same',
  'none=old:modified=before',
  'modified=same',
  'modified=before',
  'match=current:none=current',
  'match=old:none=current',
]
const WRITES = [
  'match=current:unmodified=before',
  'match=old:unmodified=same',
  'match=current',
  'unmodified=before',
  'unmodified=same',
  'none=star',
  'none=current',
  'modified=same',
]

export const conditionalGet = lab({
  id: 'conditional-get',
  title: 'Which condition counts',
  summary:
    'Requests carry tags and dates as conditions: which of them decide, and which codes come back.',
  concepts: ['status-codes/304', 'status-codes/412'],
  sources: ['rfc9110#13.2.2', 'rfc9110#13.1.2', 'rfc9110#8.8.3.2'],
  rule: 'A tag makes the server ignore the date beside it; `If-Match` compares strongly and fails with `412`, `If-None-Match` compares weakly and fails with `304` for GET and HEAD, otherwise with `412`.',
  parameters: {
    etag: one('kind of the ETag', ['strong', 'weak']),
    requests: texts('requests with their conditions, each like PUT:match=old:unmodified=same', {
      form: {
        like: /^(GET|HEAD|PUT|DELETE)(:(match|none)=(current|old|star)|:(unmodified|modified)=(before|same))+$/,
        says: 'a method with conditions: match or none = current, old, star; unmodified or modified = before, same',
      },
      most: 6,
    }),
  },
  example: {
    etag: 'weak',
    requests: [
      'GET:none=old:modified=same',
      'PUT:match=current',
      'GET:none=current:modified=before',
      'PUT:none=star',
    ],
  },
  check: ({ requests }) =>
    requests.some(it => {
      const names = it.split(':').map(own => own.split('=')[0])
      return new Set(names).size < names.length
    })
      ? 'requests name each condition once'
      : undefined,
  // Readers and writers by turns, three or four in all.
  draw(random) {
    const out: string[] = []
    const size = pick(random, [3, 4])
    while (out.length < size) {
      const reads = out.length % 2 === 0
      const method = pick(random, reads ? ['GET', 'GET', 'HEAD'] : ['PUT', 'PUT', 'DELETE'])
      const own = `${method}:${pick(random, reads ? READS : WRITES)}`
      if (!out.includes(own)) out.push(own)
    }
    return { requests: random() < 0.5 ? out : out.toReversed() }
  },
  run: it => run(it),
  misconceptions: {
    'all-have-to-hold': {
      belief: 'look at every condition and refuse as soon as any of them fails',
      because: 'Several conditions read like a list joined by "and".',
      fact: 'A date beside a tag is there for servers that do not know tags; the others do not look at it.',
      run: it => run(it, { first: 'both' }),
    },
    'dates-first': {
      belief: 'let the date decide where there are a tag and a date',
      because: 'Dates were there first, and they look more exact than a label.',
      fact: 'Beside `If-Match` or `If-None-Match` the date is ignored: the tag is the better validator, as dates count whole seconds.',
      run: it => run(it, { first: 'dates' }),
    },
    'weak-never-matches': {
      belief: 'let a weak tag match nothing in `If-None-Match`',
      because: 'In `If-Match` it does match nothing.',
      fact: '`If-None-Match` compares weakly: equivalent is good enough to keep a stored copy.',
      run: it => run(it, { weakInNone: false }),
    },
    'weak-matches': {
      belief: 'let a weak tag match in `If-Match`',
      because: 'The text between the quotes is the same.',
      fact: '`If-Match` compares strongly, and by that a weak tag is equal to none.',
      run: it => run(it, { weakInMatch: true }),
    },
    'writes-get-304': {
      belief: 'answer `304` wherever `If-None-Match` fails',
      because: 'That is what a GET gets.',
      fact: '`304` sends a reader to its stored copy; a write that may not be carried out is refused with `412`.',
      run: it => run(it, { refusedWrite: 304 }),
    },
    'star-always-holds': {
      belief: 'take `If-None-Match: *` for a condition that always holds',
      because: 'A star looks like "any will do".',
      fact: 'It fails as soon as there is any current representation: create, but do not overwrite.',
      run: it => run(it, { star: 'always-holds' }),
    },
  },
  questions: {
    codes: {
      kind: 'choice',
      title: 'Which codes do conditional requests get?',
      prompt: it => `${scene(it)}\n\nWhich codes does it send, in this order?`,
      answer: all => `\`${codes(all)}\``,
      how: all => `${all.map(why).join('; ')}.`,
    },
    carried: {
      kind: 'number',
      title: 'How many conditional requests are carried out?',
      unit: 'requests',
      prompt: it =>
        `${scene(it)}\n\nHow many of the ${num(it.requests.length)} requests are carried out, that is, get neither \`304\` nor \`412\`?`,
      answer: all => all.filter(it => it.by === undefined).length,
      how: all => `${all.map(why).join('; ')}.`,
    },
  },
  result: all =>
    `${codes(all)}; ${count(all.filter(it => it.by === undefined).length, 'request')} carried out`,
  trace: (all, { requests }) => ({
    columns: ['#', 'method', 'looked at', 'fails', 'code'],
    rows: all.map(({ steps, by, code }, place) => [
      num(place + 1),
      conditional(requests[place]!).method,
      steps
        .filter(it => it.verdict !== 'not looked at')
        .map(it => it.field)
        .join(', ') || '-',
      by ?? '-',
      num(code),
    ]),
  }),
  picture: (all, { requests, etag }) =>
    all
      .flatMap(({ steps, code }, place) => [
        `${place + 1}  ${line(requests[place]!, etag)}`,
        `   -> ${[
          ...steps
            .filter(it => it.verdict !== 'not looked at')
            .map(it => `${it.field} ${it.verdict}`),
          String(code),
        ].join(', ')}`,
      ])
      .map(it => it.slice(0, 76))
      .join('\n'),
})
