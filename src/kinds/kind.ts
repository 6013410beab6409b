import type { Inline } from '../bank/prose.ts'
import type { Random } from '../random.ts'
import type { Ask } from './ask.ts'

/**
 * A way of asking. Everything that tells one kind of question from another is behind this interface, one file a kind.
 *
 * A reply holds positions as written in the bank (or words, or a number), so that marking never depends on the shuffle.
 * The members are methods on purpose: that is what lets the registry hold kinds of different questions.
 */
export interface Kind<Question, R extends Reply> {
  /** What to ask for; options are shuffled by `random`. */
  ask(question: Question, random: Random): Ask
  /** Reads an answer as typed or as it came in JSON. A malformed one is asked again and costs nothing. */
  read(question: Question, ask: Ask, answer: unknown): Read<R>
  /** What a reply earns, and why. */
  mark(question: Question, reply: R): Mark
  /** The reply that earns full marks. */
  key(question: Question): R
  /** A reply as it is written in JSON and shown to a person: option keys, words, a number. */
  wire(ask: Ask, reply: R): Wire
}

/** What a person gave, read: positions as written, words, or a number. */
export type Reply = readonly number[] | string | number

export type Read<R extends Reply> = { readonly reply: R } | { readonly malformed: string }

export type Wire = string | number | readonly string[] | Readonly<Record<string, string>>

export interface Mark {
  /** 0 to 1. */
  readonly score: number
  /** Good enough not to be asked again in this sitting. */
  readonly right: boolean
  readonly notes: readonly Note[]
}

/** What there is to say about one part of a reply. */
export interface Note {
  /** Which option (choice, order), left side (match) or point (open) this is about, as written; none for text and number. */
  readonly option?: number
  /** Whether this part was as it should be. */
  readonly right: boolean
  /** Whether the person's reply holds this part. */
  readonly taken: boolean
  /** What this part says. */
  readonly text: Inline
  /** Why it is right, or why somebody would believe it and what rules it out. */
  readonly why?: Inline
}
