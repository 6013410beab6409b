import { lab } from './lab.ts'
import { flag, one, whole } from './parameters.ts'
import { count, num } from './said.ts'

interface Content {
  readonly bytes: number
  readonly padded: boolean
  readonly name: string
  readonly limit: number
}

interface Outcome {
  /** Characters of the base64 text, and how many of them are `=`. */
  readonly letters: number
  readonly padding: number
  /** Bytes of a JSON body that holds nothing else. */
  readonly body: number
  /** The largest content in bytes whose JSON body is no longer than the limit. */
  readonly largest: number
}

/** What a wrong rule says of a content: its characters, `=` among them. */
interface Text {
  readonly letters: number
  readonly padding: number
}

/**
 * Base64 (RFC 4648 §4) spells each group of three bytes with four characters of six bits. A rest of one byte takes two
 * characters and `==`, a rest of two bytes three and `=`. Without padding, as base64url often has it (§3.2), the `=` are left out.
 */
function spelled(bytes: number, padded: boolean): Text {
  const padding = padded ? (3 - (bytes % 3)) % 3 : 0
  return { letters: Math.ceil((bytes * 4) / 3) + padding, padding }
}

/**
 * The text, the JSON body `{"name":"text"}`, in which base64 needs no escapes, and the largest content for a limit: the
 * longest one whose body still fits. The arguments say what a wrong rule changes.
 */
function measure(
  { bytes, padded, name, limit }: Content,
  {
    text = it => spelled(it, padded),
    around = `{"${name}":""}`.length,
    fits = room => (padded ? Math.floor(room / 4) * 3 : Math.floor((room * 3) / 4)),
  }: {
    readonly text?: (bytes: number) => Text
    readonly around?: number
    readonly fits?: (room: number) => number
  } = {},
): Outcome {
  const { letters, padding } = text(bytes)
  return { letters, padding, body: around + letters, largest: Math.max(0, fits(limit - around)) }
}

const kindOf = (padded: boolean) => (padded ? 'base64 with padding' : 'base64url without padding')

export const base64Size = lab({
  id: 'base64-size',
  title: 'Base64 in JSON',
  summary:
    'Bytes as base64 text in a JSON body: how many characters, how much padding, what fits under a limit.',
  concepts: ['file-uploads/multipart-form', 'file-uploads/body-limits'],
  sources: ['rfc4648#4', 'rfc4648#3.2'],
  rule: 'Three bytes become four characters; a rest of one or two bytes takes two or three, filled up to four with `=` where there is padding.',
  parameters: {
    bytes: whole('size of the content', {
      unit: 'bytes',
      from: 0,
      to: 1_000_000_000,
      drawn: [
        10, 11, 16, 17, 20, 22, 25, 26, 28, 31, 32, 34, 37, 40, 41, 44, 46, 47, 50, 53, 56, 58, 61,
        64, 65, 68, 70, 71, 80, 91, 92, 100, 128, 152, 200, 256, 301, 302,
      ],
    }),
    padded: flag('fill the last group up with =', [true, true, false]),
    name: one('name of the member that holds the text', [
      'data',
      'photo',
      'file',
      'content',
      'pdf',
    ]),
    limit: whole('most bytes that a server takes as a body', {
      unit: 'bytes',
      from: 0,
      to: 1_000_000_000,
      drawn: [100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000],
    }),
  },
  example: { bytes: 32, padded: true, name: 'data', limit: 100 },
  run: it => measure(it),
  misconceptions: {
    hexadecimal: {
      belief: 'count two characters a byte',
      because: 'Hexadecimal does so, and hashes are often shown that way.',
      fact: 'A character of base64 carries six bits, so three bytes need four.',
      run: it =>
        measure(it, {
          text: bytes => ({ letters: 2 * bytes, padding: 0 }),
          fits: room => Math.floor(room / 2),
        }),
    },
    'third-more': {
      belief: 'add exactly a third and round up',
      because: 'Base64 “adds 33 per cent”.',
      fact: 'With padding the text comes in groups of four, so its length is a multiple of four.',
      run: it =>
        measure(it, {
          text: bytes => ({ letters: Math.ceil((bytes * 4) / 3), padding: 0 }),
          fits: room => Math.floor((room * 3) / 4),
        }),
    },
    'rest-is-padding': {
      belief: 'write as many `=` as bytes are left over',
      because: 'One byte left, one sign: it sounds right.',
      fact: 'It is the other way round: the signs stand for what is missing, two after one byte and one after two.',
      run: it =>
        measure(it, {
          text: bytes => {
            const padding = it.padded ? bytes % 3 : 0
            return { letters: Math.ceil((bytes * 4) / 3) + padding, padding }
          },
        }),
    },
    'always-padded': {
      belief: 'fill up with `=` in every form',
      because: 'Most encoders do.',
      fact: 'The padding can be left out where the length is known, as in tokens in base64url.',
      run: it => measure({ ...it, padded: true }),
    },
    'bytes-as-they-are': {
      belief: 'put the bytes into JSON as they are',
      because: 'JSON travels as bytes, too.',
      fact: 'A JSON string is text: arbitrary bytes are no valid UTF-8 and have to be spelled out.',
      run: it => {
        const outcome = measure(it)
        const around = outcome.body - outcome.letters
        return { ...outcome, body: around + it.bytes, largest: Math.max(0, it.limit - around) }
      },
    },
    'text-only': {
      belief: 'count the text and not the JSON around it',
      because: 'A name and a few signs seem to be nothing.',
      fact: 'Braces, quotes, colon and name are bytes of the body as well, and a limit is sharp.',
      run: it => measure(it, { around: 0 }),
    },
  },
  questions: {
    letters: {
      kind: 'choice',
      title: 'How long is a content as base64?',
      bare: true,
      prompt: ({ bytes, padded }) =>
        `A service spells ${count(bytes, 'random byte')} as ${kindOf(padded)}, without line breaks.\n\nHow long is the text?`,
      answer: ({ letters, padding }) =>
        `${count(letters, 'character')}, ${padding === 0 ? 'none' : num(padding)} of them \`=\``,
      how: told,
    },
    body: {
      kind: 'number',
      title: 'How large is a JSON body that holds base64?',
      unit: 'bytes',
      bare: true,
      prompt: ({ bytes, padded, name }) =>
        `A client puts a file of ${count(bytes, 'byte')} into JSON, as ${kindOf(padded)} and without any spaces or line breaks:\n\n\`\`\`json\n{"${name}":"..."}\n\`\`\`\n\nHow many bytes does the body have, when \`...\` is the text?`,
      answer: it => it.body,
      how: (outcome, values) =>
        `${told(outcome, values)} With the ${num(`{"${values.name}":""}`.length)} bytes of JSON around it the body has ${num(outcome.body)}.`,
    },
    largest: {
      kind: 'number',
      title: 'Which is the largest file that fits as base64 under a limit?',
      unit: 'bytes',
      bare: true,
      prompt: ({ padded, name, limit }) =>
        `A gateway takes bodies of at most ${count(limit, 'byte')}. A client sends files inside JSON, as ${kindOf(padded)} and without any spaces or line breaks:\n\n\`\`\`json\n{"${name}":"..."}\n\`\`\`\n\nHow many bytes may a file have at most?`,
      answer: it => it.largest,
      how: ({ largest }, { name, limit, padded }) => {
        const around = `{"${name}":""}`.length
        return `${num(limit)} − ${num(around)} = ${count(limit - around, 'character')} for the text, which hold ${padded ? 'three bytes for each full four' : 'three bytes for every four and the rest without padding'}: ${count(largest, 'byte')}.`
      },
    },
  },
  result: ({ letters, padding, body, largest }, { limit }) =>
    `${count(letters, 'character')}, ${num(padding)} of them =, a body of ${count(body, 'byte')}; ${count(limit, 'byte')} hold a file of ${num(largest)}`,
  trace: ({ letters, padding, body }, { bytes, name }) => ({
    columns: ['step', 'count'],
    rows: [
      ['groups of three bytes', num(Math.floor(bytes / 3))],
      ['bytes left over', num(bytes % 3)],
      ['characters', num(letters)],
      ['of them =', num(padding)],
      [`with {"${name}":""}`, num(body)],
    ],
  }),
  picture: ({ padding }, { bytes, padded }) => {
    const rest = bytes % 3
    const last = ['aaaaaabb|bbbbcccc|ccdddddd', 'aaaaaabb|0000', 'aaaaaabb|bbbbcccc|00'][rest]
    const text = ['A B C D', 'A B', 'A B C'][rest]
    return [
      `last group  ${rest === 0 ? 'three bytes' : count(rest, 'byte')}, as bits`,
      `            ${last}`,
      `characters  ${text}${' ='.repeat(padding)}${padded || rest === 0 ? '' : '  (no padding)'}`,
    ].join('\n')
  },
})

function told({ letters, padding }: Outcome, { bytes, padded }: Content): string {
  const rest = bytes % 3
  const left = rest === 0 ? 'nothing is left' : `${count(rest, 'byte')} left`
  return (
    `${num(bytes)} bytes are ${count(Math.floor(bytes / 3), 'group')} of three, ${left}: ${count(letters, 'character')}` +
    `${padded ? `, ${padding === 0 ? 'none' : num(padding)} of them \`=\`` : ', without padding'}` +
    '.'
  )
}
