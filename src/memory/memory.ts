import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { Grade } from './fsrs.ts'
import {
  CONFIDENCE,
  COUNTS,
  DIFFICULTY,
  FIRST_GRADE,
  GRADE,
  type Growing,
  LAST,
  MISSES,
  MISSES_IN_A_ROW,
  MS,
  NUMBERS,
  REVIEWS,
  SCORE,
  STABILITY,
  type State,
} from './state.ts'

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
  readonly confidence?: Confidence
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
  /** Milliseconds, at most five minutes an answer. */
  readonly ms: number
}

/** Times as of a kind of answer. */
export interface Pace {
  readonly answers: number
  /** Milliseconds in all. */
  readonly ms: number
}

/** What came of a question, by meeting and outcome. */
export type Outcome = 'firstRight' | 'firstWrong' | 'laterRight' | 'laterWrong'

/** What the log says of the person: a fold over it, so the same lines give the same memory. */
export interface Memory {
  /** By present id. An entry is made when it is asked for, so looking up a few costs nothing for the others. */
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
  /**
   * How long answers take with all that belongs to them: from the showing of a question to that of the next one in the sitting,
   * at most five minutes. The last one of a sitting is not in it, as nobody knows for how long its verdict was read.
   */
  readonly pace: Readonly<Record<Outcome, Pace>>
  /** Notes on questions that were flagged, the oldest first. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  /** Answers of all sittings. */
  readonly answers: number
  readonly sittings: number
  /** Milliseconds, at most five minutes an answer. */
  readonly ms: number
}

/** What a fold knows, to look at; the state is not folded further from here on. */
export function memoryOf(state: State): Memory {
  const { calibration, pace, flags, answers, sittings, ms } = state
  let days: Memory['days'] | undefined
  return {
    questions: new Questions(state),
    get days() {
      days ??= state.days.all()
      return days
    },
    calibration,
    mistaken: () => state.mistakes.all(),
    pace,
    flags,
    answers,
    sittings,
    ms,
  }
}

/** The questions that counted at least once; the others of a state have no reviews. */
class Questions implements ReadonlyMap<string, Remembered> {
  readonly #state: State
  #size: number | undefined
  #places: Map<string, number> | undefined

  constructor(state: State) {
    this.#state = state
  }

  get size(): number {
    if (this.#size === undefined) {
      this.#size = 0
      const { size } = this.#state.ids
      for (let place = 0; place < size; place++) if (this.#counted(place)) this.#size++
    }
    return this.#size
  }

  get(id: string): Remembered | undefined {
    const place = this.#placeOf(id)
    return place === undefined || !this.#counted(place) ? undefined : this.#at(place, id)
  }

  has(id: string): boolean {
    const place = this.#placeOf(id)
    return place !== undefined && this.#counted(place)
  }

  *keys(): MapIterator<string> {
    for (const [place, id] of this.#state.ids.texts().entries()) if (this.#counted(place)) yield id
  }

  *values(): MapIterator<Remembered> {
    for (const [, it] of this) yield it
  }

  *entries(): MapIterator<[string, Remembered]> {
    for (const [place, id] of this.#state.ids.texts().entries()) {
      if (this.#counted(place)) yield [id, this.#at(place, id)]
    }
  }

  [Symbol.iterator](): MapIterator<[string, Remembered]> {
    return this.entries()
  }

  forEach(act: (it: Remembered, id: string, all: ReadonlyMap<string, Remembered>) => void): void {
    for (const [id, it] of this) act(it, id, this)
  }

  /** Who asks for one mostly asks for all that there are in a bank, and then this is faster than `Names`. */
  #placeOf(id: string): number | undefined {
    if (this.#places === undefined) {
      this.#places = new Map()
      const ids = this.#state.ids.texts()
      for (let place = 0; place < ids.length; place++) this.#places.set(ids[place]!, place)
    }
    return this.#places.get(id)
  }

  #counted(place: number): boolean {
    return this.#state.counts[place * COUNTS + REVIEWS]! > 0
  }

  #at(place: number, question: string): Remembered {
    const { numbers, counts } = this.#state
    const number = place * NUMBERS
    const count = place * COUNTS
    const confidence = CONFIDENCES[counts[count + CONFIDENCE]! - 1]
    const it: Growing<Remembered> = {
      question,
      stability: numbers[number + STABILITY]!,
      difficulty: numbers[number + DIFFICULTY]!,
      last: counts[count + LAST]!,
      reviews: counts[count + REVIEWS]!,
      misses: counts[count + MISSES]!,
      missesInARow: counts[count + MISSES_IN_A_ROW]!,
      grade: counts[count + GRADE] as Grade,
      score: numbers[number + SCORE]!,
      firstGrade: counts[count + FIRST_GRADE] as Grade,
      ms: numbers[number + MS]!,
    }
    // Ten thousand of them are made before the first question of a drill, and a spread takes as long as all the rest.
    if (confidence !== undefined) it.confidence = confidence
    return it
  }
}
