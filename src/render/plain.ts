import type { Inline } from '../bank/prose.ts'
import type { Screen } from '../screen.ts'
import type { Doc } from '../view/doc.ts'
import { asText, inset, layOut, type Manner, type Of, roomOn } from './blocks.ts'
import { pieces, shown, type Wording } from './inline.ts'
import { hang, indented, type Line, piece, textOf, widthOf, wrap } from './layout.ts'
import { aligned, gridOf, stacked } from './table.ts'

/**
 * A document as words only: no colours, boxes, rules or bars. For pipes tables stay tables of aligned columns; for screen
 * readers (`screen.plain`) they are read row by row.
 */
export function plainText(doc: Doc, screen: Screen): string {
  const wording = { ascii: !screen.unicode, links: false, ticks: !screen.plain }
  const lines = layOut(doc, roomOn(screen), plainManner(wording, screen.plain))
  return asText(lines.map(line => textOf(line).trimEnd()))
}

function plainManner(wording: Wording, aloud: boolean): Manner {
  const inline = (text: Inline) => pieces(text, wording)
  const say = (text: string) => shown(text, wording)
  return {
    inline,
    say,
    bullet: () => '-',
    quote: piece('  '),
    sectionTitle: title => [piece(title.endsWith(':') ? title : `${title}:`)],
    heading({ text, note }, { width }) {
      const aside = note === undefined ? [] : [piece(' ('), ...inline(note), piece(')')]
      return wrap([...inline(text), ...aside], width)
    },
    rule: () => [],
    callout: ({ title }, room, body) => [
      ...wrap(inline(title), room.width),
      ...indented(body(inset(room, 2)), 2),
    ],
    choices: ({ items }, { width }) =>
      items.flatMap(({ key, text, state }) => {
        const mark = piece(`${say(key)}) `)
        const by = widthOf(mark.text)
        const words = state === undefined ? inline(text) : [...inline(text), piece(` (${state})`)]
        return hang(wrap(words, width - by), [mark], [piece(' '.repeat(by))])
      }),
    progress: ({ left, right }, { width }) =>
      wrap(together(inline(left), inline(right), ', '), width),
    bars: ({ rows }, { width }) =>
      rows.flatMap(({ label, note }) =>
        hang(wrap(together(inline(label), [piece(say(note))], ': '), width - 2), [], [piece('  ')]),
      ),
    calendar: (block, { width }) =>
      block.weeks.flatMap(({ note }) =>
        hang(wrap([piece(say(note))], width - 2), [], [piece('  ')]),
      ),
    table: (block: Of<'table'>, { full }) => {
      const grid = gridOf(block, inline)
      return (aloud ? undefined : aligned(grid, full)) ?? stacked(grid, full)
    },
  }
}

/** Two texts with something between them, unless one is empty. */
function together(left: Line, right: Line, between: string): Line {
  const both = textOf(left).trim() !== '' && textOf(right).trim() !== ''
  return [...left, ...(both ? [piece(between)] : []), ...right]
}
