import { lab, pick } from './lab.ts'
import { numbers, texts, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, list, num, rounded } from './said.ts'

const FIELDS = ['title', 'price', 'stock', 'image', 'description', 'reviews'] as const
type Field = (typeof FIELDS)[number]

/** What goes over the wire, in bytes. */
interface Transfer {
  readonly whole: number
  readonly sparse: number
  /** Share saved, in percent, rounded to a whole number. */
  readonly saved: number
}

interface Request {
  readonly fields: readonly Field[]
  readonly bytes: readonly number[]
  readonly items: number
  readonly head: number
  readonly identity: number
}

/**
 * Bytes of a response with all fields and with those that were asked for.
 *
 *     bytes = head + items × (identity + Σ fields)      saved = 1 − sparse ÷ whole
 *
 * A sparse fieldset limits attributes and relationships; `type` and `id` identify an item and are not among the fields (JSON:API 1.1,
 * sparse fieldsets, document structure). Neither does it shrink header fields and the frame around the items. So what it saves
 * depends on the sizes, and on nothing else. The arguments say what a wrong rule changes.
 */
function transfer(
  { fields, bytes, items, head, identity }: Request,
  {
    counted = head,
    identified = identity,
    saves = (sparse, all) => 1 - sparse / all,
  }: {
    readonly counted?: number
    readonly identified?: number
    readonly saves?: (sparse: number, all: number) => number
  } = {},
): Transfer {
  const size = (field: Field) => bytes[FIELDS.indexOf(field)]!
  const sum = (of: readonly Field[]) => of.reduce((total, it) => total + size(it), 0)
  const all = counted + items * (identity + sum(FIELDS))
  const sparse = counted + items * (identified + sum(fields))
  return { whole: all, sparse, saved: rounded(100 * saves(sparse, all)) }
}

const scene = ({ fields, bytes, items, head, identity }: Request) =>
  `A list of ${count(items, 'product')} is sent uncompressed. Status line and header fields together with the frame around the items have ${num(head)} bytes. Each item has (names, quotes and commas counted in):\n\n` +
  `\`\`\`text\ntype and id  ${num(identity)} bytes\n${FIELDS.map((it, place) => `${it.padEnd(11)}  ${num(bytes[place]!)} bytes`).join('\n')}\n\`\`\`\n\n` +
  `The API follows JSON:API. A client now asks for a sparse fieldset:\n\n\`\`\`http\nGET /products?fields[products]=${fields.join(',')}\n\`\`\``

export const sparseFields = lab({
  id: 'sparse-fields',
  title: 'Sparse fieldsets',
  summary:
    'A client asks for some fields only: how many bytes that leaves, and what share it saves.',
  concepts: ['rest/sparse-fieldsets'],
  sources: ['jsonapi-1.1#fetching-sparse-fieldsets'],
  rule: 'Bytes are `head + items × (identity + the fields asked for)`; what is saved depends on the sizes of the fields that are left out, and `type` and `id` always stay.',
  parameters: {
    fields: texts('fields that are asked for', { of: FIELDS, most: 6 }),
    bytes: numbers(`size of ${FIELDS.join(', ')} in one item`, {
      unit: 'B',
      whole: true,
      from: 0,
      to: 100_000,
      least: 6,
      most: 6,
    }),
    items: whole('items in the list', { from: 1, to: 1000, drawn: [5, 10, 20] }),
    head: whole('bytes of header fields and frame', {
      unit: 'B',
      from: 0,
      to: 10_000,
      drawn: [200, 400, 600],
    }),
    identity: whole('bytes of type and id of an item', {
      unit: 'B',
      from: 0,
      to: 200,
      drawn: [20, 40],
    }),
  },
  example: {
    fields: ['title', 'price'],
    bytes: [60, 20, 20, 80, 400, 360],
    items: 10,
    head: 400,
    identity: 40,
  },
  check: ({ fields, bytes, head, identity }) =>
    new Set(fields).size < fields.length
      ? 'fields names each field once'
      : head + identity + bytes.reduce((sum, it) => sum + it, 0) === 0
        ? 'bytes are not all 0'
        : undefined,
  // Round sums: with its part of the head an item has 500 or 1,000 bytes, so that what is saved is a whole percentage.
  draw(random, { identity, items, head }) {
    const small = [pick(random, [40, 60, 80]), 20, pick(random, [10, 20, 30]), 80]
    const item = pick(random, [500, 1000]) - head / items
    const rest = item - identity - small.reduce((sum, it) => sum + it, 0)
    const description = Math.max(50, Math.round((rest * pick(random, [0.3, 0.5, 0.6])) / 10) * 10)
    const reviews = Math.max(40, Math.round((rest - description) / 10) * 10)
    const fields = pick(random, [
      ['title', 'price'],
      ['title', 'price', 'image'],
      ['price', 'stock'],
      ['title', 'description'],
      ['title', 'price', 'stock', 'image'],
      ['title', 'price', 'stock', 'image', 'reviews'],
      ['image', 'reviews'],
    ] as const)
    return { fields, bytes: [...small, description, reviews] }
  },
  run: it => transfer(it),
  misconceptions: {
    'counts-fields': {
      belief: 'take the share of fields left out for the share of bytes saved',
      because: 'Fields are what one sees in the request.',
      fact: 'Fields differ in size: leaving out one long text can save more than leaving out five numbers.',
      run: it => {
        const { whole } = transfer(it)
        const kept = it.fields.length / FIELDS.length
        return {
          whole,
          sparse: rounded(whole * kept),
          saved: rounded(100 * (1 - kept)),
        }
      },
    },
    'seventy-percent': {
      belief: 'take 70 % for what selecting fields saves',
      because: 'The figure goes around, without the payload that it was measured on.',
      fact: 'There is no such constant: with other sizes and other fields the share is another. Measure it.',
      run: it => ({ ...transfer(it), sparse: rounded(transfer(it).whole * 0.3), saved: 70 }),
    },
    'only-what-is-named': {
      belief: 'leave out `type` and `id` as well',
      because: 'The request does not name them.',
      fact: 'In JSON:API they identify the item and are no fields, so a sparse fieldset does not remove them.',
      run: it => transfer(it, { identified: 0 }),
    },
    'forgets-the-head': {
      belief: 'leave header fields and the frame out of the reckoning',
      because: 'The request is about the items only.',
      fact: 'They travel with every response and do not shrink, so on a short list they eat up a part of what is saved.',
      run: it => transfer(it, { counted: 0 }),
    },
    'kept-for-saved': {
      belief: 'give the share that is left in place of the one that is saved',
      because: 'Dividing the small number by the big one comes to mind first.',
      fact: 'That quotient is what still travels; what is saved is the rest up to 100 %.',
      run: it => transfer(it, { saves: (sparse, all) => sparse / all }),
    },
  },
  questions: {
    bytes: {
      kind: 'number',
      title: 'How many bytes has a response with a sparse fieldset?',
      unit: 'bytes',
      prompt: it => `${scene(it)}\n\nHow many bytes has the response now?`,
      answer: it => it.sparse,
      how: (it, { fields, bytes, head, items, identity }) =>
        `${num(head)} + ${num(items)} × (${[identity, ...fields.map(field => bytes[FIELDS.indexOf(field)]!)].map(num).join(' + ')}) = ${num(it.sparse)} bytes; \`type\` and \`id\` stay with ${list(fields)}. Before it was ${num(it.whole)}.`,
    },
    saved: {
      kind: 'number',
      title: 'What share does a sparse fieldset save?',
      unit: '%',
      prompt: it =>
        `${scene(it)}\n\nHow many percent of the bytes does that save, rounded to a whole number?`,
      answer: it => it.saved,
      how: it =>
        `${num(it.whole)} bytes shrink to ${num(it.sparse)}: ${num(it.whole - it.sparse)} ÷ ${num(it.whole)} is about ${num(it.saved)} %.`,
    },
  },
  result: it => `${num(it.sparse)} of ${num(it.whole)} bytes, ${num(it.saved)} % saved`,
  trace: (it, { fields, bytes, items, head, identity }) => ({
    columns: ['part', 'all fields (B)', 'sparse (B)'],
    rows: [
      ['head and frame', num(head), num(head)],
      ['type and id', num(items * identity), num(items * identity)],
      ...FIELDS.map((name, place) => [
        name,
        num(items * bytes[place]!),
        fields.includes(name) ? num(items * bytes[place]!) : '0',
      ]),
      ['together', num(it.whole), num(it.sparse)],
    ],
  }),
  picture: it =>
    bars([
      { label: 'all fields', value: it.whole, note: `${num(it.whole)} B` },
      { label: 'sparse', value: it.sparse, note: `${num(it.sparse)} B, ${num(it.saved)} % less` },
    ]),
})
