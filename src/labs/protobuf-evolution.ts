import { lab, pick } from './lab.ts'
import { texts } from './parameters.ts'
import { count, list } from './said.ts'

/** A field of a message type, as typed: `total:2:int32`, with `!` at the end if it is required. */
interface Field {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly required: boolean
}

interface Change {
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** `old>new`: the same thing under another name. Without it another name is another thing. */
  readonly renamed: readonly string[]
}

interface Outcome {
  /** What breaks, of binary, JSON and source. */
  readonly breaks: readonly string[]
  /** What goes wrong, where, and for which field. */
  readonly faults: readonly {
    readonly where: string
    readonly name: string
    readonly says: string
  }[]
  /** Fields that an old binary reader gets wrong or misses when the new side writes. */
  readonly misread: readonly string[]
}

const FORM =
  /^([a-z][a-z_]{0,15}):([1-9]\d{0,3}):(int32|int64|sint32|sint64|sfixed32|bool|string|bytes)(!?)$/

function field(written: string): Field {
  const [, name = '', number = '0', type = '', mark] = FORM.exec(written) ?? []
  return { name, number: Number(number), type, required: mark === '!' }
}

/** What a writer puts for a field: a small number, `true`, or a short text, so that every conditionally safe change holds. */
const VALUES: Readonly<Record<string, string>> = { bool: 'true', string: 'A17', bytes: 'A17' }
const put = ({ type }: Field) => VALUES[type] ?? '150'

/** The wire type of a type, and what stands there: zigzag doubles a number that is not negative. */
function wire({ type }: Field): { readonly kind: string; readonly raw: string } {
  if (type === 'string' || type === 'bytes') return { kind: 'length', raw: 'A17' }
  if (type === 'sfixed32') return { kind: 'fixed32', raw: '150' }
  return { kind: 'varint', raw: type === 'bool' ? '1' : type.startsWith('s') ? '300' : '150' }
}

/** What a reader makes of a field of its number; undefined if the wire type is another one, so that it counts as unknown. */
function readBinary(of: Field, from: Field): string | undefined {
  const { kind, raw } = wire(from)
  if (kind !== wire(of).kind) return undefined
  if (of.type.startsWith('sint')) return Number(raw) % 2 === 0 ? String(Number(raw) / 2) : '-1'
  if (of.type === 'bool') return Number(raw) === 1 ? 'true' : 'lossy'
  // Numbers and `true` mean the same as 1.
  return from.type === 'bool' ? 'true' : raw
}

/** What a conformant ProtoJSON reader makes of a member: integers of any width and quotes, texts as texts, bytes as base64. */
function readJson(of: Field, from: Field): string | undefined {
  const sort = ({ type }: Field) => (type in VALUES ? type : 'integer')
  return sort(of) === sort(from) ? put(from) : undefined
}

interface Rules {
  /** The field of the reader that a field of the writer lands in, in binary. */
  readonly lands: (of: Field, from: Field) => boolean
  readonly read: (of: Field, from: Field) => string | undefined
  readonly reuseHurts: boolean
  readonly jsonRefuses: boolean
  readonly jsonAs: 'json' | 'binary'
  readonly sourceAs: 'source' | 'binary'
}

const RULES: Rules = {
  lands: (of, from) => of.number === from.number,
  read: readBinary,
  reuseHurts: true,
  jsonRefuses: true,
  jsonAs: 'json',
  sourceAs: 'source',
}

/**
 * Lets an old and a new program exchange messages with all fields set, in both directions, by the rules of the language guide
 * ('Updating a message type') and of ProtoJSON ('wire safety'). In binary a field is its number and wire type, unknown ones
 * are skipped, and nothing fails when a value lands in a field that means something else. In JSON it is its name, and
 * unknown names are refused. In source it is its name and the type in Go. A required field that is missing is refused.
 */
function evolve({ before, after, renamed }: Change, rule: Partial<Rules> = {}): Outcome {
  const { lands, read, reuseHurts, jsonRefuses, jsonAs, sourceAs } = { ...RULES, ...rule }
  const [old, fresh] = [before.map(field), after.map(field)]
  const forward = new Map(renamed.map(it => it.split('>') as [string, string]))
  const same = (a: Field, b: Field) => (forward.get(a.name) ?? a.name) === b.name
  const means = (a: Field, b: Field) => (old.includes(a) ? same(a, b) : same(b, a))

  const binary = (writer: readonly Field[], reader: readonly Field[]) =>
    reader.flatMap(of => {
      const from = writer.find(it => lands(of, it))
      const own = writer.find(it => means(it, of))
      const value = from === undefined ? undefined : read(of, from)
      if (value === undefined) {
        if (own !== undefined) return [{ where: 'binary', name: of.name, says: 'is not found' }]
        return of.required
          ? [{ where: 'binary', name: of.name, says: 'is required and missing' }]
          : []
      }
      if (own === undefined || own !== from) {
        return reuseHurts ? [{ where: 'binary', name: of.name, says: `gets ${from!.name}` }] : []
      }
      return value === put(from!)
        ? []
        : [
            {
              where: 'binary',
              name: of.name,
              says: value === 'lossy' ? 'gets true for 150' : `gets ${value}`,
            },
          ]
    })
  const json = (writer: readonly Field[], reader: readonly Field[]) => [
    ...writer.flatMap(from => {
      const of = reader.find(it => it.name === from.name)
      if (of !== undefined)
        return readJson(of, from) === undefined
          ? [{ where: 'JSON', name: of.name, says: 'has another form' }]
          : []
      const gone = jsonRefuses || reader.some(it => means(from, it))
      return gone ? [{ where: 'JSON', name: from.name, says: 'is an unknown name' }] : []
    }),
    ...reader
      .filter(of => of.required && !writer.some(it => it.name === of.name))
      .map(of => ({ where: 'JSON', name: of.name, says: 'is required and missing' })),
  ]
  const goType = ({ type }: Field) => type.replace(/^(sint|sfixed)/, 'int')
  const source = old.flatMap(it => {
    const now = fresh.find(other => other.name === it.name)
    if (now === undefined) return [{ where: 'source', name: it.name, says: 'is gone' }]
    return goType(now) === goType(it)
      ? []
      : [{ where: 'source', name: it.name, says: `is ${goType(now)}` }]
  })

  const toOld = binary(fresh, old)
  const onWire = [...toOld, ...binary(old, fresh)]
  const called = (where: string) => onWire.map(it => ({ ...it, where }))
  const faults = [
    ...onWire,
    ...(jsonAs === 'binary' ? called('JSON') : [...json(fresh, old), ...json(old, fresh)]),
    ...(sourceAs === 'binary' ? called('source') : source),
  ]
  const kept = [...new Map(faults.map(it => [`${it.where} ${it.name} ${it.says}`, it])).values()]
  return {
    breaks: ['binary', 'JSON', 'source'].filter(it => kept.some(({ where }) => where === it)),
    faults: kept,
    misread: [...new Set(toOld.map(it => it.name))],
  }
}

const ORDER = ['id:1:string', 'total:2:int32', 'coupon:4:string', 'express:5:bool']
type Step = readonly [from: string, to: string, renamed?: string]

/** What may be done to the four fields of an order; one step a field. */
const STEPS: readonly (readonly Step[])[] = [
  [
    ['id:1:string', 'ref:1:string', 'id>ref'],
    ['id:1:string', 'id:7:string'],
    ['id:1:string', 'id:1:bytes'],
  ],
  [
    ['total:2:int32', 'amount:2:int32', 'total>amount'],
    ['total:2:int32', 'total:2:int64'],
    ['total:2:int32', 'total:2:sint32'],
    ['total:2:int32', 'total:2:string'],
    ['total:2:int32', 'total:6:int32'],
    ['total:2:int32', 'total:2:sfixed32'],
  ],
  [
    ['coupon:4:string', ''],
    ['coupon:4:string', 'gift_note:4:string'],
    ['coupon:4:string', 'promo:4:string', 'coupon>promo'],
    ['coupon:4:string', 'coupon:4:bytes'],
  ],
  [
    ['express:5:bool', 'express:5:int32'],
    ['express:5:bool', 'express:9:bool'],
    ['express:5:bool', 'urgent:5:bool', 'express>urgent'],
  ],
  [
    ['', 'currency:8:string'],
    ['', 'currency:8:string!'],
  ],
]

/** Steps that do not break both JSON and source, as most do: without them the answer would nearly always be the same. */
const CALM = [
  'id:7:string',
  'total:2:int64',
  'total:2:sint32',
  'total:2:sfixed32',
  'total:6:int32',
  'express:9:bool',
  'currency:8:string',
  'currency:8:string!',
]

function shown({ before, after, renamed }: Change): string {
  const old = [...before, ...after].some(it => it.endsWith('!'))
  const text = (fields: readonly string[]) =>
    fields.map(field).map(it => {
      const label = old ? (it.required ? 'required ' : 'optional ') : ''
      return `  ${label}${it.type} ${it.name} = ${it.number};`
    })
  const rename = renamed
    .map(it => it.split('>'))
    .map(([from, to]) => `\`${to}\` is the former \`${from}\``)
  return (
    `\`\`\`proto\n// before, syntax ${old ? 'proto2' : 'proto3'}\nmessage Order {\n${text(before).join('\n')}\n}\n\n// after\nmessage Order {\n${text(after).join('\n')}\n}\n\`\`\`` +
    `\n\n${rename.length > 0 ? `${list(rename)}; any other new name is a new thing. ` : 'Each new name is a new thing. '}` +
    'Programs with either version exchange orders in both directions, with all fields set: texts are ASCII, numbers are 150.'
  )
}

export const protobufEvolution = lab({
  id: 'protobuf-evolution',
  title: 'Changing a Protobuf message',
  summary:
    'Two versions of a .proto message: what breaks in the binary form, in JSON and in source code.',
  concepts: ['versioning/protobuf-evolution', 'api-styles/protobuf'],
  sources: [
    'protobuf-proto3#updating',
    'protobuf-proto3#fieldreserved',
    'protobuf-json#json-wire-safety',
  ],
  rule: 'In the binary form a field is its number and wire type; in JSON it is its name and form; in source code its name and type.',
  parameters: {
    before: texts('fields of the old version as name:number:type, with ! if required', {
      most: 8,
      form: { like: FORM, says: 'like total:2:int32 or currency:8:string!' },
    }),
    after: texts('fields of the new version', {
      most: 8,
      form: { like: FORM, says: 'like total:2:int32 or currency:8:string!' },
    }),
    renamed: texts('fields with another name and the same meaning, as old>new', {
      least: 0,
      most: 8,
      form: { like: /^[a-z_]+>[a-z_]+$/, says: 'like total>amount' },
    }),
  },
  example: {
    before: ORDER,
    after: ['id:1:bytes', 'amount:2:int32', 'gift_note:4:string', 'express:9:bool'],
    renamed: ['total>amount'],
  },
  check({ before, after, renamed }) {
    for (const fields of [before, after]) {
      const all = fields.map(field)
      if (
        (['name', 'number'] as const).some(key => new Set(all.map(it => it[key])).size < all.length)
      )
        return 'each field has a name and a number of its own'
    }
    const names = (fields: readonly string[]) => fields.map(it => field(it).name)
    const odd = renamed.find(it => {
      const [from = '', to = ''] = it.split('>')
      return (
        !names(before).includes(from) || !names(after).includes(to) || names(before).includes(to)
      )
    })
    return odd === undefined ? undefined : `${odd} does not lead from an old field to a new one`
  },
  draw(random) {
    const calm = pick(random, [true, false])
    const groups = STEPS.map(it => it.filter(([, to]) => !calm || CALM.includes(to)))
      .filter(it => it.length > 0)
      .map(it => ({ it, at: random() }))
      .toSorted((a, b) => a.at - b.at)
    const steps = groups.slice(0, pick(random, [1, 2, 3, 4, 4])).map(({ it }) => pick(random, it))
    const after = ORDER.map(it => steps.find(([from]) => from === it)?.[1] ?? it).filter(
      it => it !== '',
    )
    return {
      before: ORDER,
      after: [...after, ...steps.filter(([from]) => from === '').map(([, to]) => to)],
      renamed: steps.flatMap(([, , renamed]) => (renamed === undefined ? [] : [renamed])),
    }
  },
  run: it => evolve(it),
  misconceptions: {
    'names-on-the-wire': {
      belief: 'look fields up by their names in the binary form',
      because: 'JSON does so, and the names are what one sees in the file.',
      fact: 'Only numbers travel: a new name changes no byte, a new number loses the field.',
      run: it => evolve(it, { lands: (of, from) => of.name === from.name }),
    },
    'free-number': {
      belief: 'let a new field have the number of a deleted one',
      because: 'The compiler accepts it, unless the number is reserved.',
      fact: 'Programs of the other version still give this number its former meaning, and read the value without any error.',
      run: it => evolve(it, { reuseHurts: false }),
    },
    'type-is-fixed': {
      belief: 'take every change of type to break the binary form',
      because: 'A type is part of the contract.',
      fact: '`int32`, `int64` and `bool` share one encoding, and so do `string` and `bytes` with UTF-8 inside; while the values fit, nothing changes.',
      run: it =>
        evolve(it, {
          read: (of, from) => (of.type === from.type ? readBinary(of, from) : undefined),
        }),
    },
    'json-like-binary': {
      belief: 'give JSON the rules of the binary form',
      because: 'Both come from one schema.',
      fact: 'ProtoJSON carries names instead of numbers, writes `bytes` as base64, and refuses unknown names unless told otherwise.',
      run: it => evolve(it, { jsonAs: 'binary' }),
    },
    'json-skips': {
      belief: 'let JSON readers skip names that they do not know',
      because: 'The binary form does, and many JSON libraries do.',
      fact: 'A ProtoJSON parser refuses unknown fields by default; ignoring them is an option.',
      run: it => evolve(it, { jsonRefuses: false }),
    },
    'compiles-if-it-parses': {
      belief: 'expect code to compile whenever the binary form is compatible, and only then',
      because: 'The generated code comes from the same file.',
      fact: 'Names and types are what code uses: a rename breaks it, and a new number does not.',
      run: it => evolve(it, { sourceAs: 'binary' }),
    },
  },
  questions: {
    breaks: {
      kind: 'choice',
      title: 'What does a change to a .proto file break?',
      prompt: it =>
        `A team changes a message type.\n\n${shown(it)} JSON parsers have their default options. The binary or JSON form is broken if a message is refused, or a value that was written is missing from its field, changed, or lands in another one; source is broken if Go code for the old fields no longer compiles.\n\nWhat is broken?`,
      answer: it => list(it.breaks, 'none of them'),
      how: it => `Broken: ${list(it.breaks, 'none of them')}.`,
    },
    misread: {
      kind: 'number',
      title: 'How many fields does an old reader of a Protobuf message get wrong?',
      unit: 'fields',
      bare: true,
      prompt: it =>
        `A team changes a message type.\n\n${shown(it)}\n\nIn the binary form, how many fields does an **old** program fill wrongly, or leave empty although the new program wrote that value? It is wrong if it is another thing or another value, such as \`true\` for 150.`,
      answer: it => it.misread.length,
      how: it =>
        `Wrong or missing: ${list(it.misread.map(name => `\`${name}\``))}. A field is found by its number, if the wire type fits.`,
    },
  },
  result: it =>
    `breaks ${list(it.breaks, 'nothing')}; an old binary reader gets ${count(it.misread.length, 'field')} wrong`,
  trace: ({ faults }) => ({
    columns: ['where', 'field', 'what happens'],
    rows: faults.map(it => [it.where, it.name, it.says]),
  }),
  picture: ({ breaks, faults }) =>
    ['binary', 'JSON', 'source']
      .map(where => {
        const own = [...new Set(faults.filter(it => it.where === where).map(it => it.name))]
        return `${where.padEnd(8)}${breaks.includes(where) ? `x  ${own.join(', ')}` : 'ok'}`.slice(
          0,
          76,
        )
      })
      .join('\n'),
})
