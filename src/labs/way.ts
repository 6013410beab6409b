import type { Askable } from '../bank/model.ts'
import type { Reply } from '../kinds/kind.ts'

/**
 * A way of asking about a scenario. `answer` reads the answer off an outcome: off the model's it gives the key, off a
 * misconception's what somebody answers who believes that.
 */
export type Way<P, R> =
  | NumberWay<P, R>
  | ChoiceWay<P, R>
  | TextWay<P, R>
  | OrderWay<P, R>
  | MatchWay<P, R>

interface Common<P, R> {
  /** What is asked, in a sentence without numbers, for lists and searches. */
  readonly title: string
  /** The scenario and the question. It tells everything that is needed, and the rule only as far as a person may look it up. */
  prompt(values: P): string
  /** How the answer comes about, with the numbers of the scenario. */
  how(outcome: R, values: P): string
  /** Leave the table of steps out of the explanation, where it adds nothing. */
  readonly bare?: boolean
}

/** A number is typed. What comes within `tolerance` of a misconception's is taken for it; 0 unless set. */
export interface NumberWay<P, R> extends Common<P, R> {
  readonly kind: 'number'
  readonly unit?: string
  readonly tolerance?: number
  answer(outcome: R, values: P): number
}

/** One of up to four answers is picked: the key and what misconceptions say. */
export interface ChoiceWay<P, R> extends Common<P, R> {
  readonly kind: 'choice'
  answer(outcome: R, values: P): string
}

/** A few words are typed; `accept` gives other spellings of an answer. */
export interface TextWay<P, R> extends Common<P, R> {
  readonly kind: 'text'
  answer(outcome: R, values: P): string
  accept?(answer: string): readonly string[]
}

/** Things are put in order, 3 to 9 of them; `answer` lists the places of `items`, first to last. */
export interface OrderWay<P, R> extends Common<P, R> {
  readonly kind: 'order'
  items(values: P): readonly string[]
  answer(outcome: R, values: P): readonly number[]
  /** Why an item is where it is. */
  why(item: number, outcome: R, values: P): string
}

/** Each thing on the left gets its partner, 3 to 7 of them; no two have the same. */
export interface MatchWay<P, R> extends Common<P, R> {
  readonly kind: 'match'
  left(values: P): readonly string[]
  /** The partner of each. */
  answer(outcome: R, values: P): readonly string[]
  why(left: number, outcome: R, values: P): string
}

type Own = 'id' | 'topic' | 'concepts' | 'level' | 'sources' | 'tags' | 'formerly' | 'example'
type Bare<T> = T extends unknown ? Omit<T, Own> : never

/** What a question of an ordinary kind says and asks, without its place in a bank. */
export type Asked = Bare<Exclude<Askable, { kind: 'open' }>>

/** A question that was computed, and what misconceptions answer to it. */
export interface Computed {
  readonly asked: Asked
  readonly offered: readonly Offered[]
}

/** A wrong answer on offer, and the misconception that gives it. */
export interface Offered {
  readonly misconception: string
  readonly reply: Reply
}
