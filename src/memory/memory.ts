import type { Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { Grade } from './fsrs.ts'
import { Questions } from './questions.ts'
import { Mistaken } from './slips.ts'
import { ANSWERS, COUNTS, type State } from './state.ts'

/** What the log says of one question that was answered at least once in a sitting that counts. */
export interface Remembered {
  /** Present id; what was answered under a former one is in it. */
  readonly question: string
  /** Days after which recall has fallen to 0.9. */
  readonly stability: number
  /** From 1 (easy) to 10. */
  readonly difficulty: number
  /** Day of the last answer that counted. */
  readonly last: Day
  /** Answers that counted; relearning within a sitting does not. */
  readonly reviews: number
  /** Those of them that were graded again. */
  readonly misses: number
  /** Misses in a row, up to and including the last answer. */
  readonly missesInARow: number
  /** How the last answer that counted was graded. */
  readonly grade: Grade
  /** Its score, 0 to 1. */
  readonly score: number
  /** The confidence given with it. */
  readonly confidence?: Confidence | undefined
  /** The grade of the first answer: what was known before. */
  readonly firstGrade: Grade
  /** Total time of its answers that counted, in milliseconds, at most five minutes each. */
  readonly ms: number
}

/** One day of the person. All sittings are in it, also those that do not count for memory. */
export interface DayTotal {
  readonly answers: number
  /** Answers with a score of at least two thirds. */
  readonly right: number
  /** Questions that were met for the first time. */
  readonly fresh: number
  /** Milliseconds, at most five minutes a question: with the reading of its verdict, as far as that is known. */
  readonly ms: number
}

/** Times as of a kind of answer. */
export interface Pace {
  readonly answers: number
  /** Milliseconds in all. */
  readonly ms: number
}

/** A misconception, as far as answers tell of it. */
export interface Met {
  /** Answers to questions that it would have answered wrong, and those of them that were what it says. */
  readonly offered: number
  readonly believed: number
  /** The last `RECENT` of them, a bit for each, the latest one lowest: set where it was believed. */
  readonly recent: number
  /** Day of the last such answer. */
  readonly last: Day
}

/** How many answers tell whether somebody still believes something. */
export const RECENT = 8

/** What came of a question, by meeting and outcome. */
export type Outcome = 'firstRight' | 'firstWrong' | 'laterRight' | 'laterWrong'

/** What the log says of the person: a fold over it, so the same lines give the same memory. */
export interface Memory {
  /**
   * By present id. The values are made to be looked at: what they hold is behind getters, so a copy by `...` holds nothing. Who looks
   * at many of them takes their columns; see `Pasts`.
   */
  readonly questions: ReadonlyMap<string, Remembered>
  readonly days: ReadonlyMap<Day, DayTotal>
  /** What a confidence was worth: answers given with it, and the sum of their scores. */
  readonly calibration: Readonly<
    Record<Confidence, { readonly answers: number; readonly score: number }>
  >
  /**
   * Keys in answers with a score under 1: by question, by key as written, how often, relearning included. For `match` a key is
   * `left:right`. Which of them are wrong the bank tells, as the log does not know it. Computed questions are left out: their
   * keys mean something else each time. Read when asked for.
   */
  mistaken(): ReadonlyMap<string, ReadonlyMap<string, number>>
  /** How often a question was answered, in any sitting and relearning included: out of so many are those keys. */
  answered(question: string): number
  /**
   * How long answers take with all that belongs to them: from the showing of a question to that of the next one in the sitting,
   * at most five minutes. The last one of a sitting is not in it, as nobody knows for how long its verdict was read.
   */
  readonly pace: Readonly<Record<Outcome, Pace>>
  /** The seed with which each computed question was asked last, so that it is not asked again with the same scenario. */
  readonly lastSeeds: ReadonlyMap<string, number>
  /** By `lab/misconception`: how often it could have been met in a computed question, and how often it was. */
  readonly misconceptions: ReadonlyMap<string, Met>
  /** Notes on questions that were flagged, the oldest first. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  /** Answers of all sittings. */
  readonly answers: number
  readonly sittings: number
  /** Milliseconds, as in `DayTotal`. */
  readonly ms: number
}

/** What a fold knows, to look at; the state is not folded further from here on. */
export function memoryOf(state: State): Memory {
  const { calibration, pace, flags, misconceptions, answers, sittings, ms } = state
  let days: Memory['days'] | undefined
  let mistaken: Mistaken | undefined
  let lastSeeds: Memory['lastSeeds'] | undefined
  return {
    questions: new Questions(state),
    get days() {
      days ??= state.days.all()
      return days
    },
    calibration,
    mistaken() {
      mistaken ??= new Mistaken(state.ids, state.slips, state.newSlips)
      return mistaken
    },
    answered(question) {
      const place = state.ids.find(question)
      return place < 0 ? 0 : state.counts[place * COUNTS + ANSWERS]!
    },
    pace,
    get lastSeeds() {
      lastSeeds ??= state.lastSeeds.all()
      return lastSeeds
    },
    misconceptions,
    flags,
    answers,
    sittings,
    ms,
  }
}
