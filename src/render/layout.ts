import stringWidth from 'fast-string-width'
import type { Role } from '../bank/prose.ts'

/** What a run of text is, for the painter: roles of the text and parts of our own drawing. */
export type Look = Role | 'code' | 'em' | 'strong' | 'link' | 'url'

/** A run of text that looks the same throughout. It holds no control characters but tab and newline. */
export interface Piece {
  readonly text: string
  /** Outermost first. */
  readonly looks: readonly Look[]
  /** Where a click goes; already safe to print. */
  readonly url?: string
  /** Never broken within a word, however narrow it gets: half an address is no address. */
  readonly whole?: true
}

/** A line of text, left to right. */
export type Line = readonly Piece[]

export type Align = 'left' | 'right'

/** A piece without any frills. */
export function piece(text: string, ...looks: Look[]): Piece {
  return { text, looks }
}

/** The same pieces, seen as something more: a bold header cell, a coloured title. */
export function seenAs(line: Line, ...looks: Look[]): Line {
  return line.map(it => ({ ...it, looks: [...looks, ...it.looks] }))
}

/** Latin letters, typographic punctuation, arrows and signs of mathematics: a column each. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u203b\u2190-\u22ff]*$/

/** How many columns a text takes on a terminal. */
export function widthOf(text: string): number {
  // Nearly all text is of these, and the exact measure costs a regular expression per run and a millisecond to begin with.
  return NARROW.test(text) ? text.length : stringWidth(text)
}

/** How many columns a line takes on a terminal. */
export function lineWidth(line: Line): number {
  return widthOf(textOf(line))
}

/** The bare text of a line. */
export function textOf(line: Line): string {
  // Nearly every word is a single piece.
  return line.length === 1 ? line[0]!.text : line.map(it => it.text).join('')
}

const DASH = /^(—|–|--)$/

/** A word, made of one or more pieces that touch, and the space before it. */
interface Word {
  readonly gap: readonly Piece[]
  readonly body: readonly Piece[]
}

/** Natural and least width of a text: without any wrapping, and without breaking any word. */
export function measure(line: Line): { readonly natural: number; readonly least: number } {
  let natural = 0
  let least = 0
  for (const words of lex(line)) {
    natural = Math.max(natural, lineWidth(words.flatMap(it => [...it.gap, ...it.body])))
    for (const { body } of words) least = Math.max(least, lineWidth(body))
  }
  return { natural, least }
}

/**
 * Breaks text at spaces so that no line is wider than `width`, and at newlines. Words are broken only when they do not fit
 * on a line of their own, and pieces marked as whole not even then. Space at the ends of lines is dropped; nothing else is.
 */
export function wrap(line: Line, width: number): Line[] {
  if (isOneLine(textOf(line), width)) return [merged(line.filter(it => it.text !== ''))]
  return lex(line).flatMap(words => fill(words, Math.max(1, width)))
}

/** A text that stands on a line as it is. Most do, and to take them apart for that would take longer than all the rest of a page. */
function isOneLine(text: string, width: number): boolean {
  return text.length <= width && TRIMMED.test(text) && NARROW.test(text)
}

const TRIMMED = /^[^ ](.*[^ ])?$/

function fill(words: readonly Word[], width: number): Line[] {
  const lines: Line[] = []
  let current: Piece[] = []
  let used = 0
  for (const { gap, body } of words) {
    const needed = lineWidth(body)
    const space = current.length > 0 ? lineWidth(gap) : 0
    if (used + space + needed <= width) {
      current.push(...(current.length > 0 ? gap : []), ...body)
      used += space + needed
      continue
    }
    if (current.length > 0) lines.push(current)
    const parts = needed > width && !body.some(it => it.whole) ? broken(body, width) : [body]
    lines.push(...parts.slice(0, -1))
    current = [...parts.at(-1)!]
    used = lineWidth(current)
  }
  return [...lines, current].map(merged)
}

/** The words of each line, as newlines have it. A blank text has no lines. */
function lex(line: Line): Word[][] {
  const lines: Word[][] = [[]]
  let gap: Piece[] = []
  let body: Piece[] = []
  const flush = () => {
    if (body.length > 0) {
      const words = lines.at(-1)!
      const before = words.at(-1)
      // A dash belongs to what was said before it; no line starts with one.
      if (before && DASH.test(textOf(body))) {
        words[words.length - 1] = { ...before, body: [...before.body, ...gap, ...body] }
      } else words.push({ gap: before ? gap : [], body })
      gap = []
      body = []
    }
  }
  for (const it of line) {
    for (const text of it.text.split(/(\n|[ \t]+)/)) {
      if (text === '') continue
      if (text === '\n') {
        flush()
        gap = []
        lines.push([])
      } else if (text[0] === ' ' || text[0] === '\t') {
        flush()
        gap.push({ ...it, text: text.replaceAll('\t', ' ') })
      } else {
        body.push({ ...it, text })
      }
    }
  }
  flush()
  // Blank lines around a text are not part of it.
  const first = lines.findIndex(it => it.length > 0)
  const last = lines.findLastIndex(it => it.length > 0)
  return first < 0 ? [] : lines.slice(first, last + 1)
}

/** A word that is wider than a line, in parts that are not. */
function broken(body: readonly Piece[], width: number): Line[] {
  const lines: Piece[][] = [[]]
  for (const it of body) {
    let rest = it.text
    while (rest !== '') {
      const line = lines.at(-1)!
      const length = fitting(textOf(line), rest, width)
      if (length > 0) line.push({ ...it, text: rest.slice(0, length) })
      rest = rest.slice(length)
      if (rest !== '') lines.push([])
    }
  }
  return lines
}

/** How much of `text` fits behind `before`; on an empty line at least one character. */
function fitting(before: string, text: string, width: number): number {
  let length = 0
  for (const char of text) {
    const next = length + char.length
    if (widthOf(before + text.slice(0, next)) > width) {
      // Marks are drawn over the character before them and stay with it.
      if (length > 0 || before !== '') return length
    }
    length = next
  }
  return length
}

/** Puts neighbours that look the same into one piece, so that they are painted once. */
function merged(line: Line): Line {
  const out: Piece[] = []
  for (const it of line) {
    const last = out.at(-1)
    if (last && last.url === it.url && same(last.looks, it.looks)) {
      out[out.length - 1] = { ...last, text: last.text + it.text }
    } else out.push(it)
  }
  return out
}

function same(a: readonly Look[], b: readonly Look[]): boolean {
  return a === b || String(a) === String(b)
}

/** Puts `first` before the first line and `rest` before the others: bullets, bars, indentation. */
export function hang(lines: readonly Line[], first: Line, rest: Line): Line[] {
  return lines.map((line, index) => [...(index === 0 ? first : rest), ...line])
}

/** Short texts one after the other with a gap between them, as many on a line as fit; each stays whole where it can. */
export function inARow(items: readonly Line[], width: number): Line[] {
  const lines: Line[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const row = last === undefined ? item : [...last, piece('  '), ...item]
    if (lineWidth(row) > width) lines.push(...wrap(item, width))
    else lines.splice(-1, 1, row)
  }
  return lines
}

/** Moves lines to the right; blank ones stay blank. */
export function indented(lines: readonly Line[], by: number): Line[] {
  return lines.map(line => (line.length === 0 ? line : [piece(' '.repeat(by)), ...line]))
}

/** Fills a line up with spaces to `width` columns. */
export function padded(line: Line, width: number, align: Align = 'left'): Line {
  const space = piece(' '.repeat(Math.max(0, width - lineWidth(line))))
  return align === 'left' ? [...line, space] : [space, ...line]
}
