import { lab, pick } from './lab.ts'
import { texts } from './parameters.ts'
import { count, list, num } from './said.ts'

/** A field of a request or a response, as typed: `req.note:string`, with `!` if it is required or always there. */
interface Field {
  readonly side: 'req' | 'res'
  readonly name: string
  /** A type, or the values of an enum, parted by `/`. */
  readonly type: string
  readonly always: boolean
}

type Breaks = 'nobody' | 'strict' | 'all'

/** One row of the table of both versions; those that differ have a letter. */
interface Row {
  readonly letter: string
  readonly side: Field['side']
  readonly name: string
  readonly before: string
  readonly after: string
  readonly breaks: Breaks
}

interface Outcome {
  readonly rows: readonly Row[]
  /** The letters of the changes that break tolerant and strict clients. */
  readonly tolerant: readonly string[]
  readonly strict: readonly string[]
}

interface Versions {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

const FORM = /^(req|res)\.([a-z]{1,12}):(string|integer|boolean|[a-z]+(?:\/[a-z]+)+)(!?)$/

function field(written: string): Field {
  const [, side, name = '', type = '', mark] = FORM.exec(written) ?? []
  return { side: side === 'res' ? 'res' : 'req', name, type, always: mark === '!' }
}

const isEnum = ({ type }: Field) => type.includes('/')
const values = ({ type }: Field) => type.split('/')

/**
 * Whom a change breaks (GitHub's list of breaking changes, AIP-180). What a server **demands** may shrink and what it
 * **promises** may grow:
 * - a request may not need more (a new required field, an optional one that becomes required) or allow less (a field, a
 *   type or a value that is gone);
 * - a response may not hold less (a field that is gone or only sometimes there, another type); what is new in it, a field or
 *   a value of an enum, breaks only clients that refuse what they do not know.
 */
function verdict(old: Field | undefined, now: Field | undefined): Breaks {
  const { side } = (old ?? now)!
  if (old === undefined) return side === 'res' ? 'strict' : now!.always ? 'all' : 'nobody'
  if (now === undefined) return 'all'
  if (isEnum(old) !== isEnum(now) || (!isEnum(old) && old.type !== now.type)) return 'all'
  if (side === 'req' ? now.always && !old.always : old.always && !now.always) return 'all'
  const gone = values(old).some(it => !values(now).includes(it))
  const fresh = values(now).some(it => !values(old).includes(it))
  if (side === 'req') return gone ? 'all' : 'nobody'
  return fresh ? 'strict' : 'nobody'
}

/** Compares the versions field by field; `rule` is the wrong one that a misconception has. */
function compare(
  { before, after }: Versions,
  rule: (old: Field | undefined, now: Field | undefined) => Breaks = verdict,
): Outcome {
  const [old, now] = [before.map(field), after.map(field)]
  const same = (a: Field) => (b: Field) => a.side === b.side && a.name === b.name
  const all = [...old, ...now.filter(it => !old.some(same(it)))].toSorted(
    (a, b) => Number(a.side === 'res') - Number(b.side === 'res'),
  )
  let letters = 0
  const rows = all.map((it): Row => {
    const [was, is] = [old.find(same(it)), now.find(same(it))]
    const changed = told(was) !== told(is)
    return {
      letter: changed ? String.fromCharCode(65 + letters++) : '',
      side: it.side,
      name: it.name,
      before: told(was),
      after: told(is),
      breaks: changed ? rule(was, is) : 'nobody',
    }
  })
  const who = (of: readonly Breaks[]) =>
    rows.filter(it => of.includes(it.breaks)).map(it => it.letter)
  return { rows, tolerant: who(['all']), strict: who(['all', 'strict']) }
}

function told(of: Field | undefined): string {
  if (of === undefined) return '-'
  const always = of.side === 'req' ? 'required' : 'always'
  return `${of.type} ${of.always ? always : 'optional'}`
}

/** Both versions side by side. */
function shown(versions: Versions): string {
  const { rows } = compare(versions)
  const wide = (of: readonly string[]) => Math.max(...of.map(it => it.length)) + 2
  const [names, olds] = [
    wide(rows.map(it => it.name)),
    wide(['before', ...rows.map(it => it.before)]),
  ]
  const line = ({ letter, name, before, after }: Row) =>
    `${letter.padEnd(2)}  ${name.padEnd(names)}${before.padEnd(olds)}${letter === '' ? '' : after}`.trimEnd()
  const part = (side: string, title: string) => {
    const own = rows.filter(it => it.side === side)
    return own.length === 0
      ? []
      : [`${title.padEnd(names + 4)}${'before'.padEnd(olds)}after`, ...own.map(line)]
  }
  return `\`\`\`text\n${[...part('req', 'request'), ...part('res', 'response')].join('\n')}\n\`\`\``
}

const BEFORE = [
  'req.email:string!',
  'req.note:string',
  'req.size:small/large!',
  'res.id:string!',
  'res.status:open/paid!',
  'res.total:integer!',
  'res.coupon:string',
]

/** What may become of the fields; an empty place is a field that was not there or is gone. */
const CHANGES: readonly (readonly [from: string, ...to: string[]])[] = [
  ['req.email:string!', 'req.email:string'],
  ['req.note:string', 'req.note:string!', ''],
  [
    'req.size:small/large!',
    'req.size:small/large/huge!',
    'req.size:small/huge!',
    'req.size:small/large',
  ],
  ['res.status:open/paid!', 'res.status:open/paid/disputed!'],
  ['res.total:integer!', 'res.total:string!', 'res.total:integer', ''],
  ['res.coupon:string', 'res.coupon:string!'],
  ['', 'req.phone:string', 'req.phone:string!'],
  ['', 'res.currency:string!', 'res.currency:string'],
]

export const breakingChange = lab({
  id: 'breaking-change',
  title: 'Additive or breaking',
  summary:
    'Two versions of a request and its response: which changes break tolerant and strict clients.',
  concepts: [
    'versioning/breaking-change',
    'versioning/additive-change',
    'versioning/tolerant-reader',
  ],
  sources: ['github-api-versions', 'google-aip-180', 'tolerant-reader'],
  rule: 'A request may demand less and allow more, a response may promise more; what is new in a response breaks only clients that refuse the unknown.',
  parameters: {
    before: texts(
      'fields of the old version as req.name:type or res.name:type, ! for required or always there',
      {
        most: 10,
        form: { like: FORM, says: 'like req.note:string or res.status:open/paid!' },
      },
    ),
    after: texts('fields of the new version', {
      most: 10,
      form: { like: FORM, says: 'like req.note:string or res.status:open/paid!' },
    }),
  },
  example: {
    before: BEFORE,
    after: [
      'req.email:string!',
      'req.note:string!',
      'req.size:small/large/huge!',
      'res.id:string!',
      'res.status:open/paid/disputed!',
      'res.total:integer',
      'res.coupon:string',
      'res.currency:string!',
    ],
  },
  check({ before, after }) {
    const twice = [before, after].some(fields => {
      const names = fields.map(it => it.replace(/:.*/, ''))
      return new Set(names).size < names.length
    })
    return twice ? 'each field stands once in a version' : undefined
  },
  draw(random) {
    const groups = CHANGES.map(it => ({ it, at: random() })).toSorted((a, b) => a.at - b.at)
    const steps = groups
      .slice(0, pick(random, [3, 4, 4]))
      .map(({ it: [from, ...to] }) => ({ from, to: pick(random, to) }))
    return {
      before: BEFORE,
      after: [
        ...BEFORE.map(it => steps.find(({ from }) => from === it)?.to ?? it),
        ...steps.filter(({ from }) => from === '').map(({ to }) => to),
      ].filter(it => it !== ''),
    }
  },
  run: it => compare(it),
  misconceptions: {
    'adding-is-safe': {
      belief: 'take everything that adds something to be safe',
      because: '“Only add, never remove” is the usual advice.',
      fact: 'A new required field adds a demand, and a new value or field in a response breaks clients that refuse what they do not know.',
      run: it =>
        compare(it, (old, now) =>
          old === undefined ||
          (now !== undefined && isEnum(old) && values(now).length > values(old).length)
            ? 'nobody'
            : verdict(old, now),
        ),
    },
    'every-change': {
      belief: 'take every change to be breaking',
      because: 'A contract is a contract.',
      fact: 'Optional inputs, more accepted values and fewer demands leave each old request as valid as it was.',
      run: it => compare(it, () => 'all'),
    },
    'other-side': {
      belief: 'judge responses by the rule for requests, and requests by that for responses',
      because: 'The same schema often describes both.',
      fact: 'The directions differ: required is a demand in a request and a promise in a response.',
      run: it => {
        const turned = (of: Field | undefined): Field | undefined =>
          of && { ...of, side: of.side === 'req' ? 'res' : 'req' }
        return compare(it, (old, now) => verdict(turned(old), turned(now)))
      },
    },
    'optional-is-safe': {
      belief: 'take it to be safe when a field becomes optional',
      because: 'In a request it is, since it asks for less.',
      fact: 'In a response a client relied on the field; now it is missing sometimes.',
      run: it =>
        compare(it, (old, now) =>
          old?.always && now !== undefined && !now.always ? 'nobody' : verdict(old, now),
        ),
    },
    'clients-skip': {
      belief: 'expect each client to skip what it does not know',
      because: 'A JSON parser does so.',
      fact: 'Generated classes, closed enums and schema validation refuse it; the client has to be tolerant on purpose.',
      run: it =>
        compare(it, (old, now) => {
          const breaks = verdict(old, now)
          return breaks === 'strict' ? 'nobody' : breaks
        }),
    },
    'clients-validate': {
      belief: 'expect each client to fail at what it does not know',
      because: 'So it went with the one client that one remembers.',
      fact: 'A tolerant reader takes the fields that it needs and has a default for unknown values.',
      run: it =>
        compare(it, (old, now) => {
          const breaks = verdict(old, now)
          return breaks === 'strict' ? 'all' : breaks
        }),
    },
  },
  questions: {
    tolerant: {
      kind: 'choice',
      title: 'Which changes break tolerant clients?',
      prompt: it =>
        `A new release of \`POST /orders\`, without a new version:\n\n${shown(it)}\n\n${CLIENTS} The mobile app is a **tolerant reader**: it ignores unknown fields and shows unknown values as "other". Which changes break it?`,
      answer: it => list(it.tolerant, 'none of them'),
      how: it =>
        `They break it: ${list(it.tolerant, 'none of them')}. Of a request the question is what it demands, of a response what it promised.`,
    },
    strict: {
      kind: 'choice',
      title: 'Which changes break strict clients?',
      prompt: it =>
        `A new release of \`POST /orders\`, without a new version:\n\n${shown(it)}\n\n${CLIENTS} One partner checks responses **strictly**: unknown fields and unknown values are errors. Which changes break this partner?`,
      answer: it => list(it.strict, 'none of them'),
      how: it =>
        `They break the partner: ${list(it.strict, 'none of them')}. Additions to a response count here, additions that a request may leave out do not.`,
    },
    both: {
      kind: 'number',
      title: 'How many changes break even tolerant clients?',
      unit: 'changes',
      prompt: it =>
        `A new release of \`POST /orders\`, without a new version:\n\n${shown(it)}\n\n${CLIENTS} All of them ignore unknown fields and have a default for unknown values. How many of the changes break clients all the same?`,
      answer: it => it.tolerant.length,
      how: it => `${num(it.tolerant.length)}: ${list(it.tolerant, 'none of them')}.`,
    },
  },
  result: ({ tolerant, strict }) =>
    `tolerant clients break at ${list(tolerant, 'nothing')}, strict ones at ${list(strict, 'nothing')}`,
  trace: ({ rows }) => ({
    columns: ['', 'field', 'before', 'after', 'breaks'],
    rows: rows
      .filter(it => it.letter !== '')
      .map(it => [it.letter, `${it.side}.${it.name}`, it.before, it.after, it.breaks]),
  }),
  picture: ({ rows }) => {
    const changed = rows.filter(it => it.letter !== '')
    const lane = (name: string, of: readonly Breaks[]) =>
      `${name.padEnd(10)}${changed.map(it => `${it.letter}${of.includes(it.breaks) ? ' x' : '  '}`).join('  ')}`.trimEnd()
    return [
      lane('tolerant', ['all']),
      lane('strict', ['all', 'strict']),
      `${count(changed.length, 'change')}; x breaks`,
    ].join('\n')
  },
})

const CLIENTS =
  'Clients use all that the old version allows: they send or leave out what is optional, send every value, and read every field. The server refuses unknown fields.'
