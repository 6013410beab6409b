import type { ChoiceLine, Tone } from '../view/doc.ts'

/** What we draw with. */
export interface Glyphs {
  readonly bullets: readonly string[]
  readonly title: string
  readonly rule: string
  readonly quote: string
  readonly edge: string
  readonly full: string
  /** What could be full and is not. */
  readonly reach: string
  readonly empty: string
  /** From nothing to most. */
  readonly levels: readonly [string, string, string, string, string]
  readonly states: Readonly<Record<NonNullable<ChoiceLine['state']>, string>>
  readonly tones: Readonly<Record<Tone, string>>
}

export const UNICODE: Glyphs = {
  bullets: ['•', '◦', '–'],
  title: '━',
  rule: '─',
  quote: '│',
  edge: '┃',
  full: '━',
  reach: '╍',
  empty: '─',
  levels: ['·', '░', '▒', '▓', '█'],
  states: { right: '✓', wrong: '✗', missed: '→' },
  tones: { good: '✓', bad: '✗', partial: '≈', note: '›' },
}

export const ASCII: Glyphs = {
  bullets: ['*', '-', '+'],
  title: '=',
  rule: '-',
  quote: '|',
  edge: '|',
  full: '#',
  reach: '=',
  empty: '.',
  levels: ['.', '-', '+', '*', '#'],
  states: { right: '+', wrong: 'x', missed: '>' },
  tones: { good: '+', bad: 'x', partial: '~', note: '>' },
}
