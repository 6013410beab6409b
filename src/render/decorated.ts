import type { Inline } from '../bank/prose.ts'
import type { ChoiceLine, Tone } from '../view/doc.ts'
import { inset, type Manner } from './blocks.ts'
import { calendarLines } from './calendar.ts'
import type { Glyphs } from './glyphs.ts'
import { pieces, shown, type Wording } from './inline.ts'
import {
  hang,
  inARow,
  type Line,
  type Look,
  lineWidth,
  measure,
  padded,
  piece,
  seenAs,
  wrap,
} from './layout.ts'
import { columnWidths, type Grid, gridOf, stacked } from './table.ts'

const TONE_LOOK: Readonly<Record<Tone, Look>> = {
  good: 'good',
  bad: 'bad',
  partial: 'warn',
  note: 'accent',
}

const STATE_LOOK: Readonly<Record<NonNullable<ChoiceLine['state']>, Look>> = {
  right: 'good',
  wrong: 'bad',
  missed: 'warn',
}

/** Draws a table whose column widths are settled. */
export type DrawTable = (grid: Grid, widths: readonly number[]) => Line[]

/** Columns that a frame takes: a border and a space on both sides of every cell. */
const frameWidth = (columns: number) => 3 * columns + 1

/** Bars are to be compared at a glance; longer ones say no more. */
const LONGEST_BAR = 30

/** And shorter ones say nothing. */
const SHORTEST_BAR = 6

/** How a document looks to people who see it on a terminal. */
export function decorated(wording: Wording, glyphs: Glyphs, drawTable: DrawTable): Manner {
  const inline = (text: Inline) => pieces(text, wording)
  const say = (text: string) => shown(text, wording)
  const word = (text: string) => say(text).replace(/\s+/g, ' ').trim()
  return {
    inline,
    say,
    bullet: depth => glyphs.bullets[Math.min(depth, glyphs.bullets.length - 1)]!,
    quote: piece(`${glyphs.quote} `, 'muted'),
    sectionTitle: title => [piece(title, 'label')],

    heading({ level, text, note }, { width }) {
      const aside = note === undefined ? [] : [piece('  '), ...seenAs(inline(note), 'muted')]
      const lines = wrap([...seenAs(inline(text), 'title'), ...aside], width)
      if (level === 3 || lines.length === 0) return lines
      const under =
        level === 1
          ? piece(glyphs.title.repeat(width), 'muted')
          : piece(glyphs.rule.repeat(Math.min(width, Math.max(...lines.map(lineWidth)))), 'muted')
      return [...lines, [under]]
    },

    rule: ({ width }) => [[piece(glyphs.rule.repeat(width), 'muted')]],

    callout({ tone, title }, room, body) {
      const look = TONE_LOOK[tone]
      const inner = inset(room, 2)
      const edge = [piece(`${glyphs.edge} `, look)]
      const sign = piece(`${glyphs.tones[tone]} `, look, 'title')
      const head = hang(
        wrap(seenAs(inline(title), look, 'title'), inner.width - 2),
        [sign],
        [piece('  ')],
      )
      return hang([...head, ...body(inner)], edge, edge)
    },

    choices({ items }, { width }) {
      const keys = Math.max(0, ...items.map(it => lineWidth([piece(word(it.key))])))
      return items.flatMap(({ key, text, state }) => {
        const look: Look[] = state === undefined ? [] : [STATE_LOOK[state]]
        const sign = state === undefined ? ' ' : glyphs.states[state]
        const mark: Line = [
          piece(`${sign} `, ...look),
          ...padded([piece(`${word(key)})`, ...look, 'label')], keys + 1),
          piece(' '),
        ]
        const by = lineWidth(mark)
        return hang(wrap(inline(text), width - by), mark, [piece(' '.repeat(by))])
      })
    },

    progress({ left, right, done, total }, { width }) {
      const start = wrap(inline(left), width)
      const end = wrap(inline(right), width)
      const [first = [], last = []] = [start[0], end[0]]
      const beside =
        Math.max(start.length, end.length) <= 1 && lineWidth(first) + 2 + lineWidth(last) <= width
      const head = beside
        ? [[...padded(first, width - lineWidth(last)), ...last]]
        : [...start, ...end.map(it => padded(it, width, 'right'))]
      return [...head, meter(total > 0 ? done / total : 0, width, glyphs)]
    },

    bars({ rows, legend }, { width }) {
      const labels = rows.map(it => inline(it.label))
      const notes = rows.map(it => [piece(word(it.note), 'muted')])
      const noteWidth = Math.max(0, ...notes.map(it => measure(it).natural))
      const labelWidth = Math.min(
        Math.max(0, ...labels.map(it => measure(it).natural)),
        Math.floor(width * 0.45),
      )
      const bar = Math.min(LONGEST_BAR, width - labelWidth - noteWidth - 4)
      const drawn = bar >= SHORTEST_BAR
      const lines = rows.flatMap(({ value, reach }, index) => {
        const label = wrap(labels[index]!, labelWidth)
        const note = notes[index]!
        if (!drawn) {
          return [
            ...wrap(labels[index]!, width),
            ...hang(wrap(note, width - 2), [piece('  ')], [piece('  ')]),
          ]
        }
        // The bar stands beside the last line of its label, where the eye is.
        const last = [
          ...padded(label.at(-1) ?? [], labelWidth + 2),
          ...meter(value, bar, glyphs, reach),
          piece('  '),
          ...note,
        ]
        return [...label.slice(0, -1), last]
      })
      if (!drawn || legend === undefined) return lines
      const meaning = [
        [piece(glyphs.full, 'accent'), piece(` ${word(legend.value)}`, 'muted')],
        [piece(`${glyphs.reach} ${word(legend.reach)}`, 'muted')],
        [piece(`${glyphs.empty} ${word(legend.rest)}`, 'muted')],
      ]
      return [...lines, ...inARow(meaning, width)]
    },

    calendar: (block, { width }) => calendarLines(block, word, glyphs.levels, width),

    table(block, room) {
      const grid = gridOf(block, inline)
      const widths = columnWidths(grid, room.full - frameWidth(grid.head.length))
      return widths === undefined ? stacked(grid, room.width) : drawTable(grid, widths)
    },
  }
}

/** A bar for a share, and for how far it could be. Only nothing looks like nothing, and only everything like everything. */
function meter(value: number, width: number, { full, reach, empty }: Glyphs, most = value): Line {
  const cells = cellsOf(value, width)
  const more = Math.max(0, cellsOf(most, width) - cells)
  const rest = `${reach.repeat(more)}${empty.repeat(width - cells - more)}`
  return [piece(full.repeat(cells), 'accent'), piece(rest, 'muted')]
}

function cellsOf(value: number, width: number): number {
  const share = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0
  const cells = Math.round(share * width)
  return share === 0 || share === 1 ? cells : Math.min(width - 1, Math.max(1, cells))
}
