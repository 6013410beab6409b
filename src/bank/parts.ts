/**
 * A compiled bank on disk: one small file for what every command needs, and the rest apart, so that nobody reads what
 * they do not show.
 *
 *     index.json           topics: every command
 *     names.tsv            every name: explain, compare
 *     forms.tsv            the same names, for who writes them otherwise: explain, compare
 *     catalogue.json       what can be asked, by number: drill
 *     search.json          the words: search, explain when no name fits
 *     sources.json         the registry of sources: compiling the banks that build on this one
 *     topic-ID.jsonl       a topic: its title and cheat sheet, then a concept a line, found by its id
 *     questions-ID.jsonl   its questions, a line each, found by byte offset
 */
export type Parts = Readonly<Record<string, string>>

/** Goes up when the shape of the parts changes; parts of another version are compiled anew. */
export const PARTS_VERSION = 8

export interface Index {
  readonly version: number
  /** Tells one compiled bank from another: changes when its content does. */
  readonly stamp: string
  readonly topics: readonly TopicEntry[]
}

/** What is told of a topic without opening it. */
export interface TopicEntry {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly concepts: number
  readonly questions: number
  /** How many questions of each level and of each kind. */
  readonly levels: Readonly<Record<string, number>>
  readonly kinds: Readonly<Record<string, number>>
}

/** What can be asked, without the questions themselves. */
export interface Catalogue {
  /** Concepts by number, and what each is confused with. */
  readonly concepts: readonly string[]
  readonly confused: readonly (readonly number[])[]
  /**
   * What questions test: lists of such numbers, the main concept first. Each list is there once, as many questions share it, and
   * to make a list for each of ten thousand takes longer than to read all the rest.
   */
  readonly lists: readonly (readonly number[])[]
  readonly topics: readonly CatalogueTopic[]
}

/** Columns with an entry a question, as `TopicColumns` reads them: texts, which are read as they are and mostly never looked at. */
export interface CatalogueTopic {
  readonly id: string
  /** How many questions there are. */
  readonly size: number
  /** Ids, a space after each, and where each begins, and where they end: numbers as base64. */
  readonly ids: string
  readonly starts: string
  /** Places in `LEVELS` and in `KINDS`, a byte each: base64. */
  readonly levels: string
  readonly kinds: string
  /** Places in `Catalogue.lists`: numbers as base64. */
  readonly tested: string
  readonly tags: Readonly<Record<string, readonly number[]>>
  /** Ids that questions had before, each with the place of its question. */
  readonly formerly: Readonly<Record<string, number>>
  /** Where each question's line begins in bytes, and where the last one ends: numbers as base64. */
  readonly at: string
}

/** How often each value is there. */
export function tally(values: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {}
  for (const it of values) out[it] = (out[it] ?? 0) + 1
  return out
}
