import { type Inline, words } from '../bank/prose.ts'
import type { Of } from './blocks.ts'
import {
  type Align,
  hang,
  type Line,
  measure,
  padded,
  piece,
  seenAs,
  textOf,
  wrap,
} from './layout.ts'

/** A table whose rows all have one cell for each column. */
export interface Grid {
  readonly head: readonly Line[]
  readonly rows: readonly (readonly Line[])[]
  readonly aligns: readonly Align[]
}

const NUMBER = /^[-+−~≈<>≤≥]? ?\d[\d,]*(\.\d+)?( ?%)?$/

/** The cells of a table, ragged rows filled up. */
export function gridOf({ columns, rows }: Of<'table'>, inline: (text: Inline) => Line): Grid {
  const count = Math.max(columns.length, ...rows.map(it => it.length))
  const full = (row: readonly Inline[]) =>
    Array.from({ length: count }, (_, index) => inline(row[index] ?? ''))
  const body = rows.map(full)
  return { head: full(columns), rows: body, aligns: alignsOf(rows, count) }
}

/**
 * How the first `count` columns of a table are aligned: numbers to the right, everything else to the left. Numbers of one
 * length, such as status codes, are names; they read better on the left.
 */
export function alignsOf(rows: readonly (readonly Inline[])[], count: number): Align[] {
  return Array.from({ length: count }, (_, index) => {
    const texts = rows.map(row => words(row[index] ?? '').trim()).filter(it => it !== '')
    const differ = texts.some(it => it.length !== texts[0]?.length)
    return differ && texts.every(it => NUMBER.test(it)) ? 'right' : 'left'
  })
}

/** A column that has to wrap is no pleasure to read below this. */
const READABLE = 12

/**
 * Widths for the columns of a table that has `room` columns of text to give away, or nothing if that cannot be done without
 * breaking words or making needles of columns.
 *
 * Columns that want no more than an equal share get what they want. The others get what their longest word needs, and
 * share the rest by how much more they could use.
 */
export function columnWidths({ head, rows }: Grid, room: number): number[] | undefined {
  const columns = head.map((title, index) => {
    const cells = [title, ...rows.map(row => row[index]!)].map(measure)
    const natural = Math.max(...cells.map(it => it.natural))
    const least = Math.max(...cells.map(it => it.least), Math.min(natural, READABLE), 1)
    return { natural, least, width: least }
  })
  if (total(columns.map(it => it.least)) > room) return undefined

  let hungry = columns.filter(it => it.natural > it.least)
  let left = room - total(columns.map(it => it.least))
  for (;;) {
    const share = left / Math.max(1, hungry.length)
    const modest = hungry.filter(it => it.natural - it.least <= share)
    if (modest.length === 0) break
    for (const it of modest) {
      it.width = it.natural
      left -= it.natural - it.least
    }
    hungry = hungry.filter(it => !modest.includes(it))
  }
  let want = total(hungry.map(it => it.natural - it.least))
  for (const it of hungry) {
    const more = Math.round((left * (it.natural - it.least)) / want)
    want -= it.natural - it.least
    left -= more
    it.width += more
  }
  return columns.map(it => it.width)
}

/** A table as columns with two spaces between them, or nothing if it does not fit. */
export function aligned(grid: Grid, room: number): Line[] | undefined {
  const widths = columnWidths(grid, room - 2 * (grid.head.length - 1))
  if (widths === undefined) return undefined
  const titled = grid.head.some(it => textOf(it).trim() !== '')
  const blocks = [...(titled ? [grid.head] : []), ...grid.rows].map(row => {
    const cells = row.map((cell, index) => wrap(cell, widths[index]!))
    const height = Math.max(...cells.map(it => it.length))
    return Array.from({ length: height }, (_, line) =>
      cells.flatMap((cell, index) => [
        ...(index > 0 ? [piece('  ')] : []),
        ...padded(cell[line] ?? [], widths[index]!, grid.aligns[index]),
      ]),
    )
  })
  // Rows of several lines run into each other without something between them.
  const airy = blocks.some(it => it.length > 1)
  return blocks.flatMap((block, index) => (airy && index > 0 ? [[], ...block] : block))
}

/** A table as one small block for each row: `Column: value`. Empty cells are left out. */
export function stacked({ head, rows }: Grid, room: number): Line[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [[]] : []),
    ...row.flatMap((cell, column) => {
      if (textOf(cell).trim() === '') return []
      const title = head[column]!
      const label =
        textOf(title).trim() === ''
          ? []
          : [...seenAs(title, 'label'), piece(':', 'label'), piece(' ')]
      return hang(wrap([...label, ...cell], room - 2), [], [piece('  ')])
    }),
  ])
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0)
}
