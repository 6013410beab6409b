import { type Inline, type Prose, wordsOf } from '../bank/prose.ts'
import type { Screen } from '../screen.ts'
import type { Doc, DocBlock } from '../view/doc.ts'
import { hang, indented, type Line, type Piece, piece, widthOf, wrap } from './layout.ts'

/** A block of one type. */
export type Of<T extends DocBlock['type']> = Extract<DocBlock, { readonly type: T }>

/** The place a block has. */
export interface Room {
  /** Columns for running text, which is hard to read when it gets wide. */
  readonly width: number
  /** Columns for tables, which may be as wide as the screen. */
  readonly full: number
  /** How many lists we are in. */
  readonly depth: number
}

/** What differs between the ways of writing text: for the eye on a terminal, for a pipe, for a screen reader. */
export interface Manner {
  /** A text of the data in pieces that are safe to show. */
  inline(text: Inline): Line
  /** A bare string of the data, safe to show. */
  say(text: string): string
  bullet(depth: number): string
  /** What stands before each line of a quotation. */
  readonly quote: Piece
  sectionTitle(title: string): Line
  heading(block: Of<'heading'>, room: Room): Line[]
  rule(room: Room): Line[]
  callout(block: Of<'callout'>, room: Room, body: (room: Room) => Line[]): Line[]
  choices(block: Of<'choices'>, room: Room): Line[]
  progress(block: Of<'progress'>, room: Room): Line[]
  bars(block: Of<'bars'>, room: Room): Line[]
  calendar(block: Of<'calendar'>, room: Room): Line[]
  table(block: Of<'table'>, room: Room): Line[]
}

/** Lines of prose longer than this are hard to find the way back from. */
const WIDEST_PROSE = 88

/** The room a document has on a screen. Whoever reads the other end of a pipe gets the width that was asked for. */
export function roomOn({ columns, terminal }: Screen): Room {
  return { width: terminal ? Math.min(columns, WIDEST_PROSE) : columns, full: columns, depth: 0 }
}

const CODE_INDENT = 4
const TAB = 4

/** Lays out a document, one blank line between blocks. */
export function layOut(
  doc: Doc,
  room: Room,
  manner: Manner,
  separator: readonly Line[] = [[]],
): Line[] {
  const blocks = doc
    .map(it => blockLines(it, room, manner))
    .filter(lines => lines.some(it => it.length > 0))
  return blocks.flatMap((lines, index) => (index === 0 ? lines : [...separator, ...lines]))
}

/** Lines as a text that ends with one newline and does not begin with a blank line. */
export function asText(lines: readonly string[]): string {
  return `${lines.join('\n').replace(/^\n+|\n+$/g, '')}\n`
}

/** The room that is left behind an indentation. */
export function inset(room: Room, by: number): Room {
  return { ...room, width: Math.max(1, room.width - by), full: Math.max(1, room.full - by) }
}

/** Whether the items of a list are short enough to stand without blank lines between them. */
export function isTight(items: readonly Prose[]): boolean {
  return items.every(
    ([first, second, ...more]) =>
      second === undefined ||
      (first?.type === 'paragraph' && second.type === 'list' && more.length === 0),
  )
}

function blockLines(block: DocBlock, room: Room, manner: Manner): Line[] {
  switch (block.type) {
    case 'paragraph':
      return wrap(manner.inline(block.text), room.width)
    case 'list':
      return listLines(block, room, manner)
    case 'code':
      return indented(codeLines(manner.say(block.text)), CODE_INDENT)
    case 'quote': {
      const by = widthOf(manner.quote.text)
      return hang(layOut(block.blocks, inset(room, by), manner), [manner.quote], [manner.quote])
    }
    case 'section':
      return [
        ...wrap(manner.sectionTitle(manner.say(block.title)), room.width),
        ...indented(layOut(block.blocks, inset(room, 2), manner), 2),
      ]
    case 'heading':
      return manner.heading(block, room)
    case 'rule':
      return manner.rule(room)
    case 'callout':
      return manner.callout(block, room, inner => layOut(block.blocks, inner, manner))
    case 'choices':
      return manner.choices(block, room)
    case 'progress':
      return manner.progress(block, room)
    case 'bars':
      return manner.bars(block, room)
    case 'calendar':
      return manner.calendar(block, room)
    case 'table':
      return wordsOf([block]).trim() === '' ? [] : manner.table(block, room)
  }
}

function listLines({ items, ordered }: Of<'list'>, room: Room, manner: Manner): Line[] {
  const separator: Line[] = isTight(items) ? [] : [[]]
  const digits = String(items.length).length + 1
  return items.flatMap((item, index) => {
    const mark = ordered ? `${index + 1}.`.padStart(digits) : manner.bullet(room.depth)
    const by = widthOf(mark) + 1
    const inner = { ...inset(room, by), depth: room.depth + 1 }
    const lines = layOut(item, inner, manner, separator)
    return [
      ...(index === 0 ? [] : separator),
      [piece(mark, 'muted'), piece(' '), ...(lines[0] ?? [])],
      ...indented(lines.slice(1), by),
    ]
  })
}

/** Lines of code as they are; tabs become spaces, since where a tab ends depends on what stands before it. */
function codeLines(text: string): Line[] {
  return text
    .replace(/^(\s*\n)+|\s+$/g, '')
    .split('\n')
    .map(line => {
      let out = ''
      for (const part of line.split(/(\t)/)) {
        out += part === '\t' ? ' '.repeat(TAB - (widthOf(out) % TAB)) : part
      }
      return out.trimEnd() === '' ? [] : [piece(out)]
    })
}
