/** What the place that shows our words can do. Decided once, in world.ts, and passed on as data. */
export interface Screen {
  /** Standard output is a terminal. */
  readonly terminal: boolean
  /** Standard input and output are both a terminal, so questions can be asked with keys. */
  readonly interactive: boolean
  /** Width in columns; at least 20. */
  readonly columns: number
  /** chalk's levels: 0 no colour, 1 the 16 colours, 2 256 colours, 3 true colour. */
  readonly colors: 0 | 1 | 2 | 3
  /** Box drawing, bullets and arrows may be used; else ASCII only. */
  readonly unicode: boolean
  /** OSC 8 hyperlinks are understood. */
  readonly links: boolean
  /** Static numbered text with typed answers, nothing redrawn: for screen readers and dumb terminals. */
  readonly plain: boolean
}
