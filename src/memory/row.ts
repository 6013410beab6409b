import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import { type Day, dayOf, instant } from './day.ts'
import { type Line, MODES, type Mode } from './review.ts'

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
  /** Of a computed question: its seed; −1 without one. */
  readonly seed: number
  /** The misconceptions on offer as a list in JSON, and the one that was met; empty when there are none. */
  readonly offered: string
  readonly believed: string
  /** The review that an undo takes back, or the note of a flag; else empty. */
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

/** What there is of a question that was not computed. */
const WRITTEN = { seed: -1, offered: '', believed: '' }

export function rowOf(line: Line): Row {
  const when = instant(line.at)!
  const { id } = line
  const it = {
    id,
    at: when.ms,
    day: dayOf(when),
    sitting: '',
    reply: '',
    score: 0,
    ms: 0,
    ...WRITTEN,
  }
  const marks = TYPES.indexOf(line.type) + 1
  switch (line.type) {
    case 'undo':
      return { ...it, marks, question: '', text: line.of }
    case 'flag':
      return { ...it, marks, question: line.question, text: line.note }
    case 'review': {
      const { question, sitting, score, ms, reply, mode, confidence, again } = line
      const sure = confidence === undefined ? 0 : CONFIDENCES.indexOf(confidence) + 1
      const { seed, offered, believed = '' } = line
      const computed = seed !== undefined || offered !== undefined
      return {
        ...it,
        marks: reviewMarks(MODES.indexOf(mode), sure, again ?? false, computed),
        question,
        sitting,
        reply: typeof reply === 'object' ? JSON.stringify(reply) : '',
        score,
        ms,
        ...(computed && {
          seed: seed ?? -1,
          offered: offered === undefined ? '' : JSON.stringify(offered),
          believed,
        }),
        text: '',
      }
    }
  }
}
