import type { Within } from '../labs/lab.ts'
import type { Inline, Prose } from './prose.ts'
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

/** What a lab question asks is computed when it is asked; until then its prompt is what that is about. */
type Each<T> = T extends { readonly kind: 'lab' }
  ? Omit<Resolved<T>, 'with'> & {
      readonly prompt: Prose
      /** The values that parameters are drawn from, instead of those of the lab. */
      readonly with?: Within
    }
  : Resolved<T>

/** A thing worth knowing. */
export type Concept = Resolved<WrittenConcept> & {
  /** Simulations that are about it. */
  readonly labs?: readonly ConceptLab[]
}

/** A simulation about a concept; the first one of a concept with a small run. */
export interface ConceptLab {
  readonly id: string
  readonly title: string
  readonly run?: Prose
}

/** One item of one kind. */
export type Question = Each<WrittenQuestion>

/** A question that a simulation computes from a seed: each time another one of an ordinary kind. */
export type LabQuestion = Extract<Question, { readonly kind: 'lab' }>

/** A question as it is asked. */
export type Askable = Exclude<Question, LabQuestion>

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
