import fc from 'fast-check'
import type { Block, Inline, Prose, Span } from '../../src/bank/prose.ts'
import type { Doc, DocBlock } from '../../src/view/doc.ts'

/** Bits that mean something to a terminal, to Markdown or to HTML, and some that do not. */
const BITS = [
  ...['cache', 'snake_case', '2 * 3', 'a < b', 'Ω', '日本', 'é', '1', 'x', 'https://a.example'],
  ...['*', '_', '`', '``', '#', '-', '+', '>', '<', '=', '|', '~', '!', '[', ']', '(', ')', '{'],
  ...['\\', '&', '&amp;', ';', ':', '.', '1.', '2)', '---', '# ', '- ', '> ', '<b>', '<!--', '**'],
  ...['[x]', '[x](y)', '[x]: y', '~~~', '```', '![', '\n', '\n', ' ', ' ', ' ', '  ', '\t', '|-|'],
]

const EVIL = [
  '\u001b[31m',
  '\u001b]8;;x\u0007',
  '\u0000',
  '\r',
  '\u009b',
  '\u202e',
  '\u200b',
  '\ud800',
  '\ue000',
]

const text = (bits: readonly string[]) =>
  fc.array(fc.constantFrom(...bits), { maxLength: 8 }).map(it => it.join(''))

const url = (bits: readonly string[]) =>
  fc.oneof(
    fc.constantFrom('https://a.example/x_y(1)?a=1&copy;=2', 'mailto:a@b.example', 'javascript:x()'),
    text(bits).map(it => `http://a.example/${it}`),
  )

function inlineOf(bits: readonly string[]): fc.Arbitrary<Inline> {
  const { line } = fc.letrec<{ line: Inline; span: Span }>(tie => ({
    span: fc.oneof(
      { depthSize: 'small' },
      text(bits),
      text(bits).map(code => ({ code })),
      tie('line').map(em => ({ em })),
      tie('line').map(strong => ({ strong })),
      fc.record({ link: tie('line'), url: url(bits) }),
      fc.record({ role: fc.constantFrom('muted', 'good', 'title'), text: tie('line') }),
    ) as fc.Arbitrary<Span>,
    line: fc.oneof({ depthSize: 'small' }, text(bits), fc.array(tie('span'), { maxLength: 4 })),
  }))
  return line
}

function proseOf(bits: readonly string[]): fc.Arbitrary<Prose> {
  const line = inlineOf(bits)
  const row = fc.array(line, { minLength: 1, maxLength: 3 })
  const { prose } = fc.letrec<{ prose: Prose; block: Block }>(tie => ({
    block: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      fc.record({ type: fc.constant('paragraph'), text: line }),
      fc.record({
        type: fc.constant('code'),
        text: text(bits),
        lang: fc.constantFrom('http', 'a`b'),
      }),
      fc.record({
        type: fc.constant('table'),
        columns: row,
        rows: fc.array(row, { maxLength: 3 }),
      }),
      fc.record({ type: fc.constant('quote'), blocks: tie('prose') }),
      fc.record({
        type: fc.constant('list'),
        ordered: fc.boolean(),
        items: fc.array(tie('prose'), { maxLength: 3 }),
      }),
    ) as fc.Arbitrary<Block>,
    prose: fc.array(tie('block'), { maxLength: 3 }),
  }))
  return prose
}

function docOf(bits: readonly string[]): fc.Arbitrary<Doc> {
  const line = inlineOf(bits)
  const prose = proseOf(bits)
  const block = fc.oneof(
    prose.map(blocks => ({ type: 'section', title: 'Say', blocks })),
    fc.record({ type: fc.constant('section'), title: text(bits), blocks: prose }),
    fc.record({
      type: fc.constant('callout'),
      tone: fc.constantFrom('good', 'bad', 'partial', 'note'),
      title: line,
      blocks: prose,
    }),
    fc.record({
      type: fc.constant('heading'),
      level: fc.constantFrom(1, 2, 3),
      text: line,
      note: line,
    }),
    fc.constant({ type: 'rule' }),
    fc.record({
      type: fc.constant('choices'),
      items: fc.array(
        fc.record(
          {
            key: fc.constantFrom('a', 'b', '1'),
            text: line,
            state: fc.constantFrom('right', 'missed'),
          },
          { requiredKeys: ['key', 'text'] },
        ),
        { maxLength: 3 },
      ),
    }),
    fc.record({
      type: fc.constant('progress'),
      left: line,
      right: line,
      done: fc.nat(9),
      total: fc.nat(9),
    }),
    fc.record({
      type: fc.constant('bars'),
      rows: fc.array(
        fc.record({ label: line, value: fc.double(), reach: fc.double(), note: text(bits) }),
        { maxLength: 3 },
      ),
      legend: fc.record({ value: text(bits), reach: text(bits), rest: text(bits) }),
    }),
    fc.record({
      type: fc.constant('calendar'),
      weekdays: fc.array(fc.oneof(fc.constant('Mon'), text(bits)), { maxLength: 7 }),
      weeks: fc.array(
        fc.record({
          month: fc.oneof(fc.constantFrom('Nov', 'Dec'), text(bits)),
          note: text(bits),
          days: fc.array(
            fc.option(
              fc.record({
                level: fc.constantFrom(0, 1, 2, 3, 4),
                amount: fc.nat(99),
                note: text(bits),
              }),
              { nil: undefined },
            ),
            { minLength: 7, maxLength: 7 },
          ),
        }),
        { maxLength: 60 },
      ),
      levels: fc.tuple(text(bits), text(bits), text(bits), text(bits), text(bits)),
    }),
  ) as fc.Arbitrary<DocBlock>
  return fc.oneof(prose, fc.array(block, { maxLength: 4 }))
}

/** Text of a bank at its most annoying. */
export const anyInline = inlineOf(BITS)
export const anyProse = proseOf(BITS)
export const anyDoc = docOf(BITS)

/** The same with what a terminal would obey. */
export const hostileDoc = docOf([...BITS, ...EVIL])
