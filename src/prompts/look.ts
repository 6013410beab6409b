import stringWidth from 'fast-string-width'
import type { Inline } from '../bank/prose.ts'
import type { Screen } from '../screen.ts'
import { visible } from '../visible.ts'
import { fold, type Style } from './fold.ts'

/** Lines longer than this are hard to read, however wide the terminal is. */
export const COMFORTABLE = 88

/** How prompts look on one screen: its width, its signs and its colours. */
export interface Look {
  readonly width: number
  /** Rows of the terminal, where it tells. */
  readonly rows: number | undefined
  readonly sign: Signs
  paint(text: string, ...styles: readonly Style[]): string
}

interface Signs {
  readonly pointer: string
  readonly on: string
  readonly off: string
  readonly none: string
  readonly to: string
  readonly between: string
  readonly updown: string
  readonly up: string
  readonly down: string
}

const UNICODE: Signs = {
  pointer: '❯',
  on: '◉',
  off: '○',
  none: '·',
  to: '→',
  between: ' · ',
  updown: '↑↓',
  up: '↑',
  down: '↓',
}

const ASCII: Signs = {
  pointer: '>',
  on: '[x]',
  off: '[ ]',
  none: '-',
  to: '->',
  between: ', ',
  updown: 'arrows',
  up: '^',
  down: 'v',
}

/** Only the sixteen colours a person's theme has made readable, so light and dark backgrounds are both fine. */
const SGR: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  accent: [36, 39],
  good: [32, 39],
  bad: [31, 39],
}

/** The look of this screen as wide and high as its output is now. */
export function lookOf(screen: Screen, output: NodeJS.WritableStream): Look {
  const { columns, rows } = output as { columns?: number; rows?: number }
  return {
    width: Math.min(screen.columns, columns || screen.columns, COMFORTABLE + 1) - 1,
    rows,
    sign: screen.unicode ? UNICODE : ASCII,
    paint: (text, ...styles) =>
      screen.colors === 0 || text === ''
        ? text
        : styles.reduceRight((inner, style) => {
            const [on, off] = SGR[style]
            return `\u001b[${on}m${inner}\u001b[${off}m`
          }, text),
  }
}

/** Text behind a margin: `margin` stands on the first line, and the others are indented as far. */
export function hang(
  look: Look,
  margin: string,
  text: Inline,
  ...styles: readonly Style[]
): readonly string[] {
  const indent = stringWidth(margin)
  return fold(text, Math.max(4, look.width - indent)).map((line, index) => {
    const words = line.map(run => look.paint(run.text, ...styles, ...run.styles)).join('')
    return index === 0 ? `${margin}${words}` : `${' '.repeat(indent)}${words}`
  })
}

/** A key, or a few, and what it does; quietly, unless it says in which style. */
export type Hint = readonly [keys: string, does: string, style?: Style]

/** Hints side by side, quietly: on one line where they fit, else each group begins a line of its own. */
export function shortHelp(look: Look, ...groups: readonly (readonly Hint[])[]): readonly string[] {
  const all = sideBySide(look, groups.flat())
  return all.length <= 1 ? all : groups.flatMap(group => sideBySide(look, group))
}

function sideBySide(look: Look, hints: readonly Hint[]): readonly string[] {
  const { between } = look.sign
  const lines: string[] = []
  let used = 0
  for (const [keys, does, style = 'dim'] of hints) {
    const hint = `${look.paint(keys, 'bold')} ${look.paint(does, style)}`
    const needed = stringWidth(`${keys} ${does}`)
    if (lines.length > 0 && used + between.length + needed <= look.width) {
      lines.push(`${lines.pop()}${look.paint(between, 'dim')}${hint}`)
      used += between.length + needed
    } else {
      lines.push(hint)
      used = needed
    }
  }
  return lines
}

/** Hints one below the other. */
export function longHelp(look: Look, hints: readonly Hint[]): readonly string[] {
  const column = Math.max(...hints.map(([keys]) => stringWidth(keys)))
  return hints.flatMap(([keys, does]) => {
    const gap = ' '.repeat(column - stringWidth(keys) + 2)
    return hang(look, `${look.paint(keys, 'bold')}${gap}`, does, 'dim')
  })
}

/** A remark on an answer that cannot be taken yet. */
export function complaintLines(look: Look, complaint: string): readonly string[] {
  return hang(look, `${look.paint('!', 'bold', 'bad')} `, complaint, 'bad')
}

/** What was typed, with one stand-in for every code unit a terminal would obey, so that the cursor stays where it is. */
export function asTyped(line: string): string {
  return Array.from(line, char => (visible(char) === char ? char : '?'.repeat(char.length))).join(
    '',
  )
}
