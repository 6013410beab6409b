import { CONFIDENCES } from '../kinds/ask.ts'
import type { Memory, Remembered } from './memory.ts'
import type { Names } from './names.ts'
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
 * What is known of some questions, in columns with an entry for each, 0 where it was never answered. All of ten thousand are gone
 * through before the first one is asked: to make an object of each, or only to ask one for its numbers, would take longer than
 * all the rest.
 */
export class Pasts {
  /** What the places are numbers of; undefined when they are just counted. */
  readonly ids: Names | undefined
  /** The rows of the questions; -1 where there is none. */
  readonly places: Int32Array
  readonly #numbers: Float64Array
  readonly #counts: Int32Array

  constructor(questions: Memory['questions'], of: readonly { readonly id: string }[]) {
    this.places = new Int32Array(of.length).fill(-1)
    if (questions instanceof Questions) {
      const { ids, numbers, counts } = questions.state
      this.ids = ids
      this.#numbers = numbers
      this.#counts = counts
      const places = new Map<string, number>()
      const texts = ids.texts()
      for (let place = 0; place < texts.length; place++) places.set(texts[place]!, place)
      for (let it = 0; it < of.length; it++) this.places[it] = places.get(of[it]!.id) ?? -1
      return
    }
    // What was not read from a log has no columns yet.
    this.ids = undefined
    this.#numbers = new Float64Array(of.length * NUMBERS)
    this.#counts = new Int32Array(of.length * COUNTS)
    for (let it = 0; it < of.length; it++) {
      const past = questions.get(of[it]!.id)
      if (past !== undefined) this.#take(it, past)
    }
  }

  /** A column of `State.numbers`. */
  numbers(column: number): Float64Array {
    const { places } = this
    const all = this.#numbers
    const out = new Float64Array(places.length)
    for (let it = 0; it < out.length; it++) {
      const place = places[it]!
      if (place >= 0) out[it] = all[place * NUMBERS + column]!
    }
    return out
  }

  /** A column of `State.counts`. */
  counts(column: number): Int32Array {
    const { places } = this
    const all = this.#counts
    const out = new Int32Array(places.length)
    for (let it = 0; it < out.length; it++) {
      const place = places[it]!
      if (place >= 0) out[it] = all[place * COUNTS + column]!
    }
    return out
  }

  #take(place: number, it: Remembered): void {
    this.places[place] = place
    const number = place * NUMBERS
    this.#numbers[number + STABILITY] = it.stability
    this.#numbers[number + DIFFICULTY] = it.difficulty
    this.#numbers[number + SCORE] = it.score
    this.#numbers[number + MS] = it.ms
    const count = place * COUNTS
    this.#counts[count + LAST] = it.last
    this.#counts[count + REVIEWS] = it.reviews
    this.#counts[count + MISSES] = it.misses
    this.#counts[count + MISSES_IN_A_ROW] = it.missesInARow
    this.#counts[count + GRADE] = it.grade
    this.#counts[count + FIRST_GRADE] = it.firstGrade
    this.#counts[count + CONFIDENCE] =
      it.confidence === undefined ? 0 : CONFIDENCES.indexOf(it.confidence) + 1
  }
}
