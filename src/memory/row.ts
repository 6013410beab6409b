import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import { type Day, dayOf, instant } from './day.ts'
import { type Line, MODES, type Mode, type Review } from './review.ts'

/** What the fold wants of a line, in the form in which a snapshot keeps it. */
export interface Row {
  readonly id: string
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number
  readonly day: Day
  /** The question as the line names it; empty for an undo. */
  readonly question: string
  /** The sitting of a review; else empty. */
  readonly sitting: string
  /** Keys, or pairs of keys, as JSON; empty when there are none. */
  readonly reply: string
  readonly score: number
  readonly ms: number
  readonly marks: Marks
  /** The review that an undo takes back, the note of a flag, what was computed (see `computedIn`) of a review; else empty. */
  readonly text: string
}

/** What there are only a few of, in a byte: the type in two bits, mode and confidence in two each, again and computed. Never 0. */
export type Marks = number

/** By number, from 1. */
const TYPES: readonly Line['type'][] = ['review', 'undo', 'flag']

/** `mode` is a place in `MODES`, `confidence` one in `CONFIDENCES` from 1, or 0. */
export function reviewMarks(mode: number, confidence: number, again: boolean, computed: boolean) {
  return 1 | (mode << 2) | (confidence << 4) | (again ? 64 : 0) | (computed ? 128 : 0)
}

export const typeIn = (marks: Marks): Line['type'] => TYPES[(marks & 3) - 1]!
export const modeIn = (marks: Marks): Mode => MODES[(marks >> 2) & 3]!
export const confidenceIn = (marks: Marks): Confidence | undefined =>
  CONFIDENCES[((marks >> 4) & 3) - 1]
export const isAgain = (marks: Marks): boolean => (marks & 64) !== 0
export const isComputed = (marks: Marks): boolean => (marks & 128) !== 0

export function rowOf(line: Line): Row {
  const when = instant(line.at)!
  const { id } = line
  const it = { id, at: when.ms, day: dayOf(when), sitting: '', reply: '', score: 0, ms: 0 }
  const marks = TYPES.indexOf(line.type) + 1
  switch (line.type) {
    case 'undo':
      return { ...it, marks, question: '', text: line.of }
    case 'flag':
      return { ...it, marks, question: line.question, text: line.note }
    case 'review': {
      const { question, sitting, score, ms, reply, mode, confidence, again } = line
      const sure = confidence === undefined ? 0 : CONFIDENCES.indexOf(confidence) + 1
      const text = computedOf(line)
      return {
        ...it,
        marks: reviewMarks(MODES.indexOf(mode), sure, again ?? false, text !== ''),
        question,
        sitting,
        reply: typeof reply === 'object' ? JSON.stringify(reply) : '',
        score,
        ms,
        text,
      }
    }
  }
}

/** What a review says of its question, where that was computed. */
export type ComputedReview = Pick<Review, 'seed' | 'offered' | 'believed'>

/** It in one text, empty where there is nothing to say. */
function computedOf({ seed, offered, believed }: Review): string {
  if (seed === undefined && offered === undefined) return ''
  return JSON.stringify([seed ?? null, offered ?? [], believed ?? null])
}

/** It from that text. */
export function computedIn(text: string): ComputedReview {
  const [seed, offered, believed] = JSON.parse(text) as [number | null, string[], string | null]
  return { offered, ...(seed !== null && { seed }), ...(believed !== null && { believed }) }
}
