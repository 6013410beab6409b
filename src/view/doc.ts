import type { Block, Inline } from '../bank/prose.ts'

/**
 * What to show, without saying how. Views build a `Doc` from the domain; `render/` turns it into a terminal screen,
 * plain text, Markdown or HTML.
 */
export type Doc = readonly DocBlock[]

/** How a thing went. Renderers show it with a sign and a word, and in colour besides. */
export type Tone = 'good' | 'bad' | 'partial' | 'note'

export type DocBlock =
  | Block
  /** A heading; `note` stands beside it, quieter (an id, a count). */
  | {
      readonly type: 'heading'
      readonly level: 1 | 2 | 3
      readonly text: Inline
      readonly note?: Inline
    }
  | { readonly type: 'rule' }
  /** A short label and what belongs under it: 'Say', 'Avoid', 'Sources'. */
  | { readonly type: 'section'; readonly title: string; readonly blocks: Doc }
  /** A verdict or a remark that stands out. */
  | {
      readonly type: 'callout'
      readonly tone: Tone
      readonly title: Inline
      readonly blocks: Doc
    }
  /** Answers to choose from, each with the key that picks it; `state` once they were judged. */
  | { readonly type: 'choices'; readonly items: readonly ChoiceLine[] }
  /** The head of a question in a drill: where it is from, which one of how many, how far along. */
  | {
      readonly type: 'progress'
      readonly left: Inline
      readonly right: Inline
      /** How many of `total` are done. */
      readonly done: number
      readonly total: number
    }
  /** Shares between 0 and 1, drawn as bars; `note` says the number in words. */
  | { readonly type: 'bars'; readonly rows: readonly BarRow[] }

export interface ChoiceLine {
  readonly key: string
  readonly text: Inline
  /** `right`: picked and right. `wrong`: picked and wrong. `missed`: right, but not picked. */
  readonly state?: 'right' | 'wrong' | 'missed'
}

export interface BarRow {
  readonly label: Inline
  /** 0 to 1. */
  readonly value: number
  readonly note: string
}
