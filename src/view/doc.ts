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
  /** Shares between 0 and 1, drawn as bars; `note` says the number in words. `legend` says what the parts of a bar are. */
  | {
      readonly type: 'bars'
      readonly rows: readonly BarRow[]
      readonly legend?: { readonly value: string; readonly reach: string; readonly rest: string }
    }
  /**
   * Days by weeks, the darker the more. `weeks` come one after the other; where there is no room for all, the latest are
   * shown. `weekdays` are the names of its days, `levels` what each level stands for, from nothing to most.
   */
  | {
      readonly type: 'calendar'
      readonly weekdays: readonly string[]
      readonly weeks: readonly Week[]
      readonly levels: readonly [string, string, string, string, string]
    }

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
  /** How far the bar could be, `value` to 1: a second part of it, drawn differently. */
  readonly reach?: number
  readonly note: string
}

export interface Week {
  /** The month in which it ends, in three letters. */
  readonly month: string
  /** Which week it is and what was done in it, for who sees no grid; empty when there is nothing to tell. */
  readonly note: string
  /** As many as there are weekdays; undefined for those that are not to be shown. */
  readonly days: readonly (DayCell | undefined)[]
}

export interface DayCell {
  readonly level: 0 | 1 | 2 | 3 | 4
  /** The number that the level stands for. */
  readonly amount: number
  /** The date and the number in words. */
  readonly note: string
}
