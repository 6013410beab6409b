import type { Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { Grade } from './fsrs.ts'

/** What the log says of one question that was answered at least once in a sitting that counts. */
export interface Remembered {
  /** Present id (renamed ones are under their new id). */
  readonly question: string
  /** FSRS: days after which recall has fallen to 0.9. */
  readonly stability: number
  /** FSRS: 1 (easy) to 10. */
  readonly difficulty: number
  /** Day of the last answer that counted. */
  readonly last: Day
  /** Answers that counted (relearning within a sitting does not count). */
  readonly reviews: number
  /** Those of them that were graded again. */
  readonly misses: number
  /** Misses in a row, up to and including the last answer. */
  readonly missesInARow: number
  /** How the last answer that counted was graded (1 again … 4 easy), its score 0–1 and the confidence given with it. */
  readonly grade: Grade
  readonly score: number
  readonly confidence?: Confidence
  /** The grade of the first answer: what was known before. */
  readonly firstGrade: Grade
  /** Total time of its answers that counted, in milliseconds. */
  readonly ms: number
}

/** One day of the person. All sittings are in it, also those that do not count. */
export interface DayTotal {
  readonly answers: number
  readonly right: number
  /** Questions met for the first time. */
  readonly fresh: number
  readonly ms: number
}

export interface Memory {
  readonly questions: ReadonlyMap<string, Remembered>
  readonly days: ReadonlyMap<Day, DayTotal>
  /** What a confidence was worth: answers given with it and the sum of their scores. */
  readonly calibration: Readonly<
    Record<Confidence, { readonly answers: number; readonly score: number }>
  >
  /**
   * Keys of wrong choices that were taken: by question id, by key as written, how often (undone ones not, relearning
   * included). For `match`: `left:right` pairs. Loaded when asked for.
   */
  mistaken(): ReadonlyMap<string, ReadonlyMap<string, number>>
  /**
   * How long answers take with all that belongs to them (reading the verdict): from one answer to the next in a sitting,
   * at most 5 minutes each. By meeting (first | later) and outcome (right | wrong).
   */
  readonly pace: Readonly<
    Record<
      'firstRight' | 'firstWrong' | 'laterRight' | 'laterWrong',
      { readonly answers: number; readonly ms: number }
    >
  >
  /** Question → notes. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly answers: number
  readonly sittings: number
  readonly ms: number
}
