import type { ChalkInstance } from 'chalk'
import type { Screen } from '../screen.ts'
import type { Doc } from '../view/doc.ts'
import { asText, layOut, roomOn } from './blocks.ts'
import { type DrawTable, decorated } from './decorated.ts'
import { ASCII, UNICODE } from './glyphs.ts'
import {
  type Line,
  type Look,
  lineWidth,
  type Piece,
  padded,
  piece,
  seenAs,
  wrap,
} from './layout.ts'

/** A document for people who see it on a terminal. chalk is loaded for colours only, cli-table3 for tables only. */
export async function terminalText(doc: Doc, screen: Screen): Promise<string> {
  const paint = screen.colors > 0 ? await painter(screen.colors) : bare
  const drawTable = holdsTable(doc) ? await framed(screen.unicode) : () => []
  const wording = { ascii: !screen.unicode, links: screen.links, ticks: screen.colors === 0 }
  const manner = decorated(wording, screen.unicode ? UNICODE : ASCII, drawTable)
  const lines = layOut(doc, roomOn(screen), manner)
  return asText(lines.map(line => withoutTail(line).map(paint).join('')))
}

type Paint = (piece: Piece) => string

const bare: Paint = ({ text, url }) => clickable(text, url)

/**
 * Colours that can be read on light and on dark backgrounds: no yellow, blue, white or black, and no backgrounds. What
 * they say is said by a word or a sign as well.
 */
async function painter(level: Screen['colors']): Promise<Paint> {
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level })
  const looks: Readonly<Record<Look, ChalkInstance>> = {
    title: chalk.bold,
    label: chalk.bold,
    strong: chalk.bold,
    em: chalk.underline,
    muted: chalk.dim,
    url: chalk.dim,
    accent: chalk.cyan,
    code: chalk.cyan,
    link: chalk.cyan.underline,
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.magenta,
  }
  return ({ text, looks: wanted, url }) =>
    clickable(
      [...new Set(wanted)].reduceRight((painted, it) => looks[it](painted), text),
      url,
    )
}

/** An OSC 8 hyperlink. */
function clickable(text: string, url: string | undefined): string {
  return url === undefined ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`
}

/** A line without the spaces at its end, which would be copied along, and underlined. */
function withoutTail(line: Line): Line {
  const out = [...line]
  while (out.length > 0) {
    const last = out.pop()!
    const text = last.text.trimEnd()
    if (text !== '') return [...out, { ...last, text }]
  }
  return []
}

function holdsTable(doc: Doc): boolean {
  return doc.some(block => {
    if (block.type === 'table') return true
    if (block.type === 'list') return block.items.some(holdsTable)
    return 'blocks' in block && holdsTable(block.blocks)
  })
}

/** Stands for one line of a cell while cli-table3 draws the frame. */
const PLACE = '\ue000'

/**
 * Draws tables with cli-table3. It is given places instead of words, which are put in afterwards: it measures with a ruler
 * of its own, cuts off what it finds too wide, does not know hyperlinks, and takes seconds for a cell of many lines.
 */
async function framed(unicode: boolean): Promise<DrawTable> {
  const { default: Table } = await import('cli-table3')
  return ({ head, rows, aligns }, widths) => {
    const titled = lineWidth(head.flat()) > 0
    const cells = [...(titled ? [head.map(it => seenAs(it, 'title'))] : []), ...rows].map(row =>
      row.map((cell, column) => wrap(cell, widths[column]!)),
    )
    const places = cells.map(row => {
      const height = Math.max(1, ...row.map(it => it.length))
      return row.map(() => Array(height).fill(PLACE).join('\n'))
    })
    const tall = places.slice(1).some(row => row[0]!.includes('\n'))
    const table = new Table({
      head: titled ? places[0]! : [],
      colWidths: widths.map(it => it + 2),
      // Rows of one line need nothing between them.
      style: { head: [], border: [], compact: !tall },
      ...(unicode ? {} : { chars: ASCII_FRAME }),
    })
    table.push(...places.slice(titled ? 1 : 0))
    const words = inDrawingOrder(cells)
    return table
      .toString()
      .split('\n')
      .map(line => {
        let column = 0
        return line.split(/(\ue000 *)/).flatMap(it => {
          if (!it.startsWith(PLACE)) return [piece(it, 'muted')]
          const width = widths[column]!
          return [...padded(words.next().value ?? [], width, aligns[column++]!), piece(' ')]
        })
      })
  }
}

/** The lines of all cells: row by row, each line of a row from left to right. */
function* inDrawingOrder(rows: readonly (readonly Line[][])[]): Generator<Line, undefined> {
  for (const row of rows) {
    const height = Math.max(1, ...row.map(it => it.length))
    for (let line = 0; line < height; line++) for (const cell of row) yield cell[line] ?? []
  }
}

const ASCII_FRAME = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
} as const
