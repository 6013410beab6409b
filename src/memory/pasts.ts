import { idsOf, type Listed } from '../bank/candidates.ts'
import { CONFIDENCES } from '../kinds/ask.ts'
import type { Memory, Remembered } from './memory.ts'
import type { Names } from './names.ts'
import { placesOf } from './placed.ts'
import { Questions } from './questions.ts'
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
} from './state.ts'

/**
 * What is known of some questions, in the columns of a state. All of ten thousand are gone through before the first one is asked,
 * by code that runs for the first time: to make an object of each, or only to ask one for its numbers, would take longer than
 * all the rest.
 */
export class Pasts {
  /** What the places are numbers of; undefined when they are just counted. */
  readonly ids: Names | undefined
  /** The place of each question in the columns; -1 when it was never met. */
  readonly places: Int32Array
  readonly numbers: Float64Array
  readonly counts: Int32Array

  constructor(questions: Memory['questions'], of: Listed<{ readonly id: string }>) {
    if (questions instanceof Questions) {
      const { ids, numbers, counts, placed } = questions.state
      this.ids = ids
      this.places = placesOf(ids, of, placed)
      this.numbers = numbers
      this.counts = counts
      return
    }
    // What was not read from a log has no columns yet.
    this.ids = undefined
    this.places = new Int32Array(of.length).fill(-1)
    this.numbers = new Float64Array(of.length * NUMBERS)
    this.counts = new Int32Array(of.length * COUNTS)
    for (const [it, id] of idsOf(of).entries()) {
      const past = questions.get(id)
      if (past !== undefined) this.#take(it, past)
    }
  }

  /** The place of a question that was answered in a sitting that counts; else -1. */
  met(it: number): number {
    const place = this.places[it]!
    return place >= 0 && this.counts[place * COUNTS + REVIEWS]! > 0 ? place : -1
  }

  #take(place: number, it: Remembered): void {
    const { places, numbers, counts } = this
    places[place] = place
    const number = place * NUMBERS
    numbers[number + STABILITY] = it.stability
    numbers[number + DIFFICULTY] = it.difficulty
    numbers[number + SCORE] = it.score
    numbers[number + MS] = it.ms
    const count = place * COUNTS
    counts[count + LAST] = it.last
    counts[count + REVIEWS] = it.reviews
    counts[count + MISSES] = it.misses
    counts[count + MISSES_IN_A_ROW] = it.missesInARow
    counts[count + GRADE] = it.grade
    counts[count + FIRST_GRADE] = it.firstGrade
    counts[count + CONFIDENCE] =
      it.confidence === undefined ? 0 : CONFIDENCES.indexOf(it.confidence) + 1
  }
}
