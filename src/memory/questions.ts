import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import type { Day } from './day.ts'
import type { Grade } from './fsrs.ts'
import { Made } from './made.ts'
import type { Remembered } from './memory.ts'
import {
  CONFIDENCE,
  COUNTS,
  DIFFICULTY,
  FIRST_GRADE,
  GRADE,
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

/** The questions of a state that counted at least once; the others have no reviews. */
export class Questions extends Made<Remembered> {
  readonly state: State

  constructor(state: State) {
    super(state.ids)
    this.state = state
  }

  protected override at(place: number): Remembered | undefined {
    return this.state.counts[place * COUNTS + REVIEWS]! > 0
      ? new Seen(this.state, place)
      : undefined
  }
}

/** A question of a state: a place in its columns. */
class Seen implements Remembered {
  readonly state: State
  readonly place: number

  constructor(state: State, place: number) {
    this.state = state
    this.place = place
  }

  get question(): string {
    return this.state.ids.text(this.place)
  }

  get stability(): number {
    return this.#number(STABILITY)
  }

  get difficulty(): number {
    return this.#number(DIFFICULTY)
  }

  get last(): Day {
    return this.#count(LAST)
  }

  get reviews(): number {
    return this.#count(REVIEWS)
  }

  get misses(): number {
    return this.#count(MISSES)
  }

  get missesInARow(): number {
    return this.#count(MISSES_IN_A_ROW)
  }

  get grade(): Grade {
    return this.#count(GRADE) as Grade
  }

  get score(): number {
    return this.#number(SCORE)
  }

  get confidence(): Confidence | undefined {
    return CONFIDENCES[this.#count(CONFIDENCE) - 1]
  }

  get firstGrade(): Grade {
    return this.#count(FIRST_GRADE) as Grade
  }

  get ms(): number {
    return this.#number(MS)
  }

  #number(column: number): number {
    return this.state.numbers[this.place * NUMBERS + column]!
  }

  #count(column: number): number {
    return this.state.counts[this.place * COUNTS + column]!
  }
}
