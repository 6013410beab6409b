import type { Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { DayTotal, Met, Outcome, Pace } from './memory.ts'
import { Names, widened } from './names.ts'
import type { Placed } from './placed.ts'
import { NO_SLIPS, type Slips } from './slips.ts'

/** As it is while it grows. */
export type Growing<T> = { -readonly [K in keyof T]: T[K] }

/** Columns of `State.numbers` and of `State.counts`, a row each question. */
export const STABILITY = 0
export const DIFFICULTY = 1
export const SCORE = 2
export const MS = 3
export const NUMBERS = 4
export const LAST = 0
export const REVIEWS = 1
export const MISSES = 2
export const MISSES_IN_A_ROW = 3
export const GRADE = 4
export const FIRST_GRADE = 5
/** A place in `CONFIDENCES` from 1, or 0. */
export const CONFIDENCE = 6
/** Answers in any sitting, relearning included. */
export const ANSWERS = 7
export const COUNTS = 8

/** The last question of a sitting: when it was shown, and what came of it; undefined before the first one. */
export interface Showing {
  shown: number
  /** For how long it was answered, in milliseconds. */
  ms: number
  outcome: Outcome | undefined
}

/** A map of which an older part is made only when all of it is asked for. */
export class Late<K, V> {
  /** What came since; a key may be in the older part as well. */
  readonly newer = new Map<K, V>()
  readonly #older: () => Map<K, V>
  readonly #joined: (older: V, newer: V) => V

  constructor(joined: (older: V, newer: V) => V, older: () => Map<K, V> = () => new Map()) {
    this.#joined = joined
    this.#older = older
  }

  all(): Map<K, V> {
    const all = this.#older()
    for (const [key, newer] of this.newer) {
      const older = all.get(key)
      all.set(key, older === undefined ? newer : this.#joined(older, newer))
    }
    return all
  }
}

/** Where a fold stands: all that the lines so far say, in the form in which the next line changes it. */
export class State {
  /** Every question that was met, in any sitting; one that never counted has no reviews. */
  readonly ids: Names
  numbers: Float64Array
  counts: Int32Array
  readonly days: Late<Day, Growing<DayTotal>>
  /** How often each key was in answers to a question that were not fully right: older ones, and by question what came since. */
  readonly slips: Slips
  readonly newSlips = new Map<string, Map<string, number>>()
  readonly calibration: Record<Confidence, { answers: number; score: number }> = {
    guess: { answers: 0, score: 0 },
    unsure: { answers: 0, score: 0 },
    sure: { answers: 0, score: 0 },
  }
  readonly pace: Record<Outcome, Growing<Pace>> = {
    firstRight: { answers: 0, ms: 0 },
    firstWrong: { answers: 0, ms: 0 },
    laterRight: { answers: 0, ms: 0 },
    laterWrong: { answers: 0, ms: 0 },
  }
  readonly flags = new Map<string, string[]>()
  /** The seed with which a computed question was asked last. */
  readonly lastSeeds: Late<string, number>
  /** By `lab/misconception`. */
  readonly misconceptions = new Map<string, Growing<Met>>()
  /** Sittings that may go on; `sittings` counts all. */
  readonly showings = new Map<string, Showing>()
  /** Former ids that were met, and what they were taken for. */
  readonly renamed = new Map<string, string>()
  /** Of a list of questions, where they are. */
  placed: Placed | undefined
  sittings = 0
  answers = 0
  ms = 0

  constructor(older: Partial<Older> = {}) {
    this.ids = older.ids ?? new Names()
    this.numbers = older.numbers ?? new Float64Array()
    this.counts = older.counts ?? new Int32Array()
    this.days = new Late(addedDay, older.days)
    this.lastSeeds = new Late((_, newer) => newer, older.lastSeeds)
    this.slips = older.slips ?? NO_SLIPS
  }

  /** A place for a question that is met for the first time. */
  meet(id: string): number {
    const place = this.ids.addText(id)
    if ((place + 1) * NUMBERS > this.numbers.length) {
      const room = Math.max(64, place * 2)
      this.numbers = widened(this.numbers, new Float64Array(room * NUMBERS))
      this.counts = widened(this.counts, new Int32Array(room * COUNTS))
    }
    return place
  }
}

/** What a state begins with. */
interface Older extends Pick<State, 'ids' | 'numbers' | 'counts' | 'slips'> {
  days(): Map<Day, Growing<DayTotal>>
  lastSeeds(): Map<string, number>
}

function addedDay(one: DayTotal, other: DayTotal): DayTotal {
  return {
    answers: one.answers + other.answers,
    right: one.right + other.right,
    fresh: one.fresh + other.fresh,
    ms: one.ms + other.ms,
  }
}
