import type { Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { DayTotal, Outcome, Pace } from './memory.ts'
import { widened } from './names.ts'

type Growing<T> = { -readonly [K in keyof T]: T[K] }

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
export const COUNTS = 7

/** The last question of a sitting: when it was shown, and what came of it; undefined before the first one. */
export interface Showing {
  shown: number
  outcome: Outcome | undefined
}

/** Keys in answers that were not fully right: by question, by key, how often. */
export type Mistakes = Map<string, Map<string, number>>

/** Where a fold stands: all that the lines so far say, in the form in which the next line changes it. */
export class State {
  /** Every question that was met, in any sitting; one that never counted has no reviews. */
  readonly ids: string[]
  numbers: Float64Array
  counts: Int32Array
  readonly days = new Map<Day, Growing<DayTotal>>()
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
  /** Sittings that may go on; `sittings` counts all. */
  readonly showings = new Map<string, Showing>()
  /** Former ids that were met, and what they were taken for. */
  readonly renamed = new Map<string, string>()
  sittings = 0
  answers = 0
  ms = 0

  #places: Map<string, number> | undefined
  /** Read when they are asked for; what was missed since waits for that. */
  #mistakes: Mistakes | (() => Mistakes)
  readonly #missed: Mistakes = new Map()

  constructor(
    ids: string[] = [],
    numbers = new Float64Array(),
    counts = new Int32Array(),
    mistakes: Mistakes | (() => Mistakes) = new Map(),
  ) {
    this.ids = ids
    this.numbers = numbers
    this.counts = counts
    this.#mistakes = mistakes
  }

  /** Where a question is; undefined when it was never met. */
  placeOf(id: string): number | undefined {
    this.#places ??= new Map(this.ids.map((it, place) => [it, place]))
    return this.#places.get(id)
  }

  /** A place for a question that is met for the first time. */
  meet(id: string): number {
    const place = this.ids.length
    if ((place + 1) * NUMBERS > this.numbers.length) {
      const room = Math.max(64, place * 2)
      this.numbers = widened(this.numbers, new Float64Array(room * NUMBERS))
      this.counts = widened(this.counts, new Int32Array(room * COUNTS))
    }
    this.ids.push(id)
    this.#places?.set(id, place)
    return place
  }

  /** Keys of a question in answers that were not fully right, to be counted up. */
  missed(id: string): Map<string, number> {
    const mistakes = typeof this.#mistakes === 'function' ? this.#missed : this.#mistakes
    let keys = mistakes.get(id)
    if (keys === undefined) {
      keys = new Map()
      mistakes.set(id, keys)
    }
    return keys
  }

  get mistakes(): Mistakes {
    if (typeof this.#mistakes === 'function') {
      const mistakes = this.#mistakes()
      this.#mistakes = mistakes
      for (const [id, keys] of this.#missed) {
        const known = this.missed(id)
        for (const [key, times] of keys) known.set(key, (known.get(key) ?? 0) + times)
      }
    }
    return this.#mistakes
  }
}
