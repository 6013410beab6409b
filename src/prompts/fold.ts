import stringWidth from 'fast-string-width'
import { type Inline, spans } from '../bank/prose.ts'
import { visible } from '../visible.ts'

/** How a run of text looks. */
export type Style = 'bold' | 'dim' | 'italic' | 'accent' | 'good' | 'bad'

/** Some text in one look. */
interface Run {
  readonly text: string
  readonly styles: readonly Style[]
}

/** Breaks text into lines of at most `width` columns, between words where it can. What a terminal would obey is made visible. */
export function fold(text: Inline, width: number): readonly (readonly Run[])[] {
  const lines: Run[][] = []
  let line: Run[] = []
  let used = 0
  let word: Run[] = []

  const endLine = () => {
    lines.push(line)
    line = []
    used = 0
  }
  const endWord = () => {
    const needed = widthOf(word)
    if (needed > 0) {
      if (used > 0 && used + 1 + needed > width) endLine()
      if (used > 0) {
        line.push({ text: ' ', styles: [] })
        used += 1
      }
      for (const run of needed > width ? word.flatMap(letters) : word) {
        const more = stringWidth(run.text)
        if (used > 0 && used + more > width) endLine()
        line.push(run)
        used += more
      }
    }
    word = []
  }

  for (const { text: part, styles } of runs(text, [])) {
    for (const piece of part.split(/(\s+)/)) {
      if (piece.trim() !== '') word.push({ text: piece, styles })
      else if (piece !== '') {
        endWord()
        for (const _ of piece.matchAll(/\n/g)) endLine()
      }
    }
  }
  endWord()
  if (line.length > 0 || lines.length === 0) endLine()
  return lines
}

function runs(text: Inline, styles: readonly Style[]): readonly Run[] {
  return spans(text).flatMap(span => {
    if (typeof span === 'string') return [{ text: visible(span), styles }]
    if ('code' in span)
      return [{ text: visible(span.code), styles: [...styles, 'accent' as const] }]
    if ('em' in span) return runs(span.em, [...styles, 'italic'])
    if ('strong' in span) return runs(span.strong, [...styles, 'bold'])
    if ('link' in span) return runs(span.link, styles)
    return runs(span.text, styles)
  })
}

const widthOf = (word: readonly Run[]) => word.reduce((sum, { text }) => sum + stringWidth(text), 0)

const letters = ({ text, styles }: Run): Run[] =>
  [...text].map(letter => ({ text: letter, styles }))
