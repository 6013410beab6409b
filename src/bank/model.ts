import type { Inline } from './prose.ts'
import type {
  LEVELS,
  WrittenConcept,
  WrittenQuestion,
  WrittenSheet,
  WrittenSource,
  WrittenTopic,
} from './schema.ts'

/** A place in a primary source that says what we say. */
export interface Citation {
  /** As written: `rfc9111#5.2.2.4`. */
  readonly ref: string
  /** As shown: `RFC 9111 §5.2.2.4`. */
  readonly title: string
  readonly url: string
}

/** A real system that does it, with where it says so. */
export interface Example {
  readonly text: Inline
  readonly source: Citation
}

export type Level = (typeof LEVELS)[number]

/** A written record with its references resolved: `id` and all references are `topic/id`, sources are citations. */
type Resolved<T> = Readonly<Omit<T, 'sources' | 'example'>> & {
  readonly topic: string
  readonly sources: readonly Citation[]
  readonly example?: Example
}

type Each<T> = T extends unknown ? Resolved<T> : never

/** A thing worth knowing. */
export type Concept = Resolved<WrittenConcept>

/** One item of one kind. */
export type Question = Each<WrittenQuestion>

/** A table of a cheat sheet. */
export type Sheet = Readonly<WrittenSheet>

/** One topic, as far as reading it goes; its questions are kept apart, since most commands never need them. */
export interface Topic extends Readonly<WrittenTopic> {
  readonly title: string
  readonly summary: string
  readonly concepts: readonly Concept[]
  readonly sheet: readonly Sheet[]
}

/** An entry of the registry of sources. */
export type SourceEntry = Readonly<WrittenSource>
