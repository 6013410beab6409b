import { lab, pick } from './lab.ts'
import { texts } from './parameters.ts'
import { count, num, rounded } from './said.ts'

/** A field of a message and its value, as typed: `id:1:string=A17`. */
interface Field {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly value: string
}

/** What a field becomes: tag, length where there is one, and content, each as bytes. */
interface Piece {
  readonly name: string
  readonly tag: readonly number[]
  readonly length: readonly number[]
  readonly content: readonly number[]
}

interface Outcome {
  readonly pieces: readonly Piece[]
  readonly size: number
  /** The size of the same message as compact JSON, with the names of enum values and without defaults. */
  readonly json: number
}

interface Message {
  readonly fields: readonly string[]
}

const FORM = /^([a-z][a-z_]{0,19}):([1-9]\d{0,4}):(string|int32|sint32|bool|enum)=(.{0,60})$/
const VALUES: Readonly<Record<string, RegExp>> = {
  string: /^[\x21-\x7e]*$/,
  int32: /^(0|-?[1-9]\d{0,8})$/,
  sint32: /^(0|-?[1-9]\d{0,8})$/,
  bool: /^(true|false)$/,
  enum: /^[A-Z_]{1,20}\(\d{1,4}\)$/,
}

function field(written: string): Field {
  const [, name = '', number = '0', type = '', value = ''] = FORM.exec(written) ?? []
  return { name, number: Number(number), type, value }
}

/** The number behind a value that is no text; an enum value has its own in brackets. */
function numeric({ type, value }: Field): number {
  if (type === 'bool') return value === 'true' ? 1 : 0
  return Number(type === 'enum' ? /\((\d+)\)/.exec(value)?.[1] : value)
}

/** Seven bits a byte, the lowest first; all but the last byte have the top bit set. */
function varint(value: bigint): number[] {
  const low = Number(value & 0x7fn)
  return value < 0x80n ? [low] : [low | 0x80, ...varint(value >> 7n)]
}

/** `int32` extends the sign to 64 bits, so that -1 takes ten bytes; `sint32` folds it in: 0, -1, 1, -2 become 0, 1, 2, 3. */
function folded({ type }: Field, value: number): bigint {
  if (type === 'sint32') return BigInt(value >= 0 ? 2 * value : -2 * value - 1)
  return BigInt.asUintN(64, BigInt(value))
}

/** Four bytes, the lowest first. */
const fixed = (value: number) => [0, 8, 16, 24].map(shift => (value >> shift) & 0xff)

/**
 * A message in the binary form of Protocol Buffers (encoding guide): per field a tag, the varint of
 * `number × 8 + wire type`, then a varint, or a length and that many bytes. A proto3 field without `optional` that has its
 * default value (0, false, empty) is not written at all. The arguments say what a wrong rule changes.
 */
function encode(
  { fields }: Message,
  {
    defaults = false,
    tagOf = (number: number, type: number) => varint(BigInt(number * 8 + type)),
    intOf = (it: Field, value: number) => varint(folded(it, value)),
  }: {
    readonly defaults?: boolean
    readonly tagOf?: (number: number, type: number) => number[]
    readonly intOf?: (it: Field, value: number) => number[]
  } = {},
): Outcome {
  const all = fields.map(field).toSorted((a, b) => a.number - b.number)
  const set = all.filter(it => (it.type === 'string' ? it.value !== '' : numeric(it) !== 0))
  const pieces = (defaults ? all : set).map((it): Piece => {
    const text = it.type === 'string'
    const content = text
      ? Array.from(it.value, letter => letter.charCodeAt(0))
      : intOf(it, numeric(it))
    return {
      name: it.name,
      tag: tagOf(it.number, text ? 2 : 0),
      length: text ? varint(BigInt(content.length)) : [],
      content,
    }
  })
  const bytes = pieces.flatMap(bytesOf)
  const json = set.map(it => `"${it.name}":${jsonOf(it)}`)
  return { pieces, size: bytes.length, json: `{${json.join(',')}}`.length }
}

function jsonOf({ type, value }: Field): string {
  if (type === 'string') return JSON.stringify(value)
  return type === 'enum' ? `"${value.replace(/\(.*/, '')}"` : value
}

const bytesOf = ({ tag, length, content }: Piece) => [...tag, ...length, ...content]
const hex = (bytes: readonly number[]) =>
  bytes.map(it => it.toString(16).padStart(2, '0')).join(' ')

/** The `.proto` file and the values, as somebody would show them. */
function shown({ fields }: Message): string {
  const all = fields.map(field)
  const enums = all.filter(it => it.type === 'enum')
  const schema = [
    'message Shipment {',
    ...all.map(it => `  ${it.type === 'enum' ? 'Kind' : it.type} ${it.name} = ${it.number};`),
    '}',
    ...(enums.length > 0
      ? [`// Kind: ${enums.map(it => it.value.replace('(', ' = ').replace(')', '')).join(', ')}`]
      : []),
  ]
  const values = all.map(
    it => `${it.name}: ${jsonOf(it).replace(it.type === 'enum' ? /"/g : /$^/, '')}`,
  )
  return `\`\`\`proto\nsyntax = "proto3";\n${schema.join('\n')}\n\`\`\`\n\n\`\`\`text\n${values.join('\n')}\n\`\`\``
}

export const protobufSize = lab({
  id: 'protobuf-size',
  title: 'Bytes of a Protobuf message',
  summary:
    'A message in the binary form of Protocol Buffers: which bytes it takes, against compact JSON.',
  concepts: ['api-styles/protobuf'],
  sources: [
    'protobuf-encoding#structure',
    'protobuf-encoding#varints',
    'protobuf-encoding#length-types',
  ],
  rule: 'Each field that is not at its default costs a tag (1 byte up to number 15, 2 up to 2047) and a varint of 7 bits a byte, or a length and the text.',
  parameters: {
    fields: texts('fields as name:number:type=value; types string, int32, sint32, bool, enum', {
      most: 8,
      form: { like: FORM, says: 'like id:1:string=A17 or kind:3:enum=PARCEL(2)' },
    }),
  },
  example: {
    fields: [
      'id:1:string=A17',
      'status:2:string=SHIPPED',
      'weight:3:int32=150',
      'pallets:4:int32=0',
      'kind:16:enum=PARCEL(2)',
    ],
  },
  check({ fields }) {
    const all = fields.map(field)
    const wrong = all.find(it => VALUES[it.type]?.test(it.value) !== true)
    if (wrong !== undefined) return `${wrong.value} is no value of the type ${wrong.type}`
    const high = all.find(it => it.number >= 19_000)
    if (high !== undefined)
      return `this lab takes field numbers up to 18,999; ${high.number} is more`
    const twice = ['name', 'number'] as const
    return twice.some(key => new Set(all.map(it => it[key])).size < all.length)
      ? 'each field has a name and a number of its own'
      : undefined
  },
  draw(random) {
    const text = pick(random, [
      'id:1:string=A17',
      'id:1:string=X9',
      'id:1:string=NO-81',
      'code:2:string=OSLO',
      'code:2:string=FRA',
    ])
    const int = pick(random, [
      'weight:3:int32=150',
      'weight:3:int32=300',
      'weight:3:int32=127',
      'weight:3:int32=128',
      'weight:3:int32=1000',
      'weight:4:int32=20000',
    ])
    const kind = pick(random, [
      'kind:5:enum=PARCEL(2)',
      'kind:15:enum=PARCEL(2)',
      'kind:16:enum=LETTER(1)',
      'kind:17:enum=PALLET(3)',
      'express:20:bool=true',
    ])
    const last = pick(random, [
      'pallets:6:int32=0',
      'insured:7:bool=false',
      'delta:8:int32=-1',
      'delta:8:sint32=-1',
      'delta:8:sint32=-5',
      'note:9:string=',
    ])
    const note = pick(random, ['', 'note:9:string=fragile', 'note:18:string=top'])
    return {
      fields: [text, int, kind, last, ...(note !== '' && !last.startsWith('note') ? [note] : [])],
    }
  },
  run: it => encode(it),
  misconceptions: {
    'fixed-integers': {
      belief: 'give each integer and enum the four bytes of its type',
      because: 'An `int32` has 32 bits in every language.',
      fact: 'On the wire it is a varint: 7 bits a byte, so 0 to 127 take one byte and 128 to 16,383 two.',
      run: it =>
        encode(it, { intOf: (field, value) => (field.type === 'bool' ? [value] : fixed(value)) }),
    },
    'defaults-too': {
      belief: 'write fields that have their default value as well',
      because: 'They are part of the message, and JSON often shows them.',
      fact: 'In proto3 a field without `optional` that is 0, false or empty is left out; the reader fills it in.',
      run: it => encode(it, { defaults: true }),
    },
    'one-byte-tags': {
      belief: 'count one byte for every tag',
      because: 'The examples that one meets have few fields.',
      fact: 'A tag is a varint with three bits for the wire type, so four bits are left for the number; from 16 on it takes two bytes.',
      run: it => encode(it, { tagOf: (number, type) => [(number * 8 + type) & 0x7f] }),
    },
    'small-negatives': {
      belief: 'take a negative `int32` to be as short as a positive one',
      because: 'That is what `sint32` does.',
      fact: 'An `int32` below 0 is extended to 64 bits and takes ten bytes; `sint32` folds the sign into the lowest bit.',
      run: it =>
        encode(it, {
          intOf: (field, value) =>
            varint(field.type === 'int32' ? BigInt(Math.abs(value)) : folded(field, value)),
        }),
    },
    'a-fifth': {
      belief: 'take a message for a fifth of its JSON',
      because: 'A much repeated rule of thumb says that 50 bytes become 10.',
      fact: 'Names fall away, but text keeps its length; how much is saved depends on the message.',
      run: it => {
        const outcome = encode(it)
        return { ...outcome, size: rounded(outcome.json / 5) }
      },
    },
  },
  questions: {
    size: {
      kind: 'number',
      title: 'How many bytes does a Protobuf message take?',
      unit: 'bytes',
      prompt: values =>
        `A service sends this message.\n\n${shown(values)}\n\nHow many bytes does it take in the binary form, without any framing around it?`,
      answer: it => it.size,
      how: ({ pieces, size, json }) =>
        `${pieces.map(it => num(bytesOf(it).length)).join(' + ')} = ${count(size, 'byte')}; as compact JSON without defaults it is ${num(json)}.`,
    },
    wire: {
      kind: 'choice',
      title: 'Which bytes does a Protobuf message take?',
      prompt: values =>
        `A service sends this message.\n\n${shown(values)}\n\nThe library writes fields in the order of their numbers. Which bytes, in hexadecimal, does it write?`,
      answer: it => `\`${hex(it.pieces.flatMap(bytesOf))}\``,
      how: ({ size }) =>
        `Tag by tag, in ${count(size, 'byte')}. A tag is the number times eight plus the wire type, 2 for text and 0 for a varint.`,
    },
  },
  result: ({ size, json }) => `${count(size, 'byte')}, ${num(json)} as compact JSON`,
  trace: ({ pieces }) => ({
    columns: ['field', 'tag', 'length', 'content', 'bytes'],
    rows: pieces.map(it => [
      it.name,
      hex(it.tag),
      hex(it.length),
      it.content.length > 10 ? `${hex(it.content.slice(0, 9))} …` : hex(it.content),
      num(bytesOf(it).length),
    ]),
  }),
  picture: ({ pieces }) =>
    pieces.length === 0
      ? '(no bytes at all)'
      : pieces
          .map(it => {
            const parts = [it.tag, it.length, it.content.slice(0, 10)].filter(
              part => part.length > 0,
            )
            return `${it.name.padEnd(20)} ${parts.map(part => `[${hex(part)}]`).join(' ')}${it.content.length > 10 ? ' …' : ''}`
          })
          .join('\n'),
})
