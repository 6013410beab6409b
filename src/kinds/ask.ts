import type { Inline } from '../bank/prose.ts'

/** A prompt as data: what to ask for, without saying how. `prompts.ts` and the JSON lines turn it into a conversation. */
export type Ask =
  /** Pick one, or all that apply. */
  | { readonly type: 'pick'; readonly many: boolean; readonly options: readonly Option[] }
  /** Put all options in order. */
  | { readonly type: 'arrange'; readonly options: readonly Option[] }
  /** Find the right-hand partner of each left-hand option; some on the right may be left over. */
  | { readonly type: 'pair'; readonly left: readonly Option[]; readonly right: readonly Option[] }
  /** Type a few words. */
  | { readonly type: 'line' }
  /** Type a number; `unit` is what it is counted in. */
  | { readonly type: 'number'; readonly unit?: string }
  /** Answer out loud or in writing; then see the model answer and tick the points made. */
  | { readonly type: 'speak' }
  /** Tick what applies, maybe nothing. */
  | { readonly type: 'tick'; readonly options: readonly Option[] }
  /** Press one of some keys to go on; the first one is also meant by enter. */
  | { readonly type: 'press'; readonly keys: readonly Option[] }

export interface Option {
  /** What the person types or presses: a, b, c… for options, 1, 2, 3… for the left side of a pair. */
  readonly key: string
  readonly text: Inline
  /** Position as written in the bank, so that marking never depends on the shuffle. */
  readonly index: number
}

/** What came back: an answer for the kind to read (keys, words, a number), or a wish about the session. */
export type Heard =
  | { readonly answer: unknown; readonly confidence?: Confidence }
  | { readonly wish: Wish }

/** How sure the person is of an answer, if they say so. */
export type Confidence = (typeof CONFIDENCES)[number]

export const CONFIDENCES = ['guess', 'unsure', 'sure'] as const

/** `undo` takes the last answer back, `skip` leaves this question out, `quit` ends the sitting and shows the summary. */
export type Wish = 'undo' | 'skip' | 'quit'
