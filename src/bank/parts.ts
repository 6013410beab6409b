import type { Question } from './model.ts'

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

/** Columns of the same length, an entry a question. */
export interface CatalogueTopic {
  readonly id: string
  readonly ids: readonly string[]
  readonly levels: readonly Question['level'][]
  readonly kinds: readonly Question['kind'][]
  /** Places in `Catalogue.lists`. */
  readonly tested: readonly number[]
  readonly tags: Readonly<Record<string, readonly number[]>>
  /** Ids that questions had before, each with the place of its question. */
  readonly formerly: Readonly<Record<string, number>>
  /** Where each question's line begins in bytes, and where the last one ends. */
  readonly at: readonly number[]
}

/** How often each value is there. */
export function tally(values: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {}
  for (const it of values) out[it] = (out[it] ?? 0) + 1
  return out
}
