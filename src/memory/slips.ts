import { Made } from './made.ts'
import { Names } from './names.ts'
import type { Pasts } from './pasts.ts'

/**
 * How often each key was in answers to a question that were not fully right, in columns with a row for each key of a question: of
 * ten thousand questions that is three times as much, and maps of it would take longer to make than all that is told of it.
 */
export interface Slips {
  readonly keys: readonly string[]
  /** The place of the question, that of the key in `keys`, and how often. */
  readonly question: Int32Array
  readonly key: Int32Array
  readonly times: Int32Array
}

export const NO_SLIPS: Slips = {
  keys: [],
  question: new Int32Array(),
  key: new Int32Array(),
  times: new Int32Array(),
}

type ByQuestion = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Slips with those that came later; `ids` are the questions. What is of none of them is left out. */
export function joined(older: Slips, newer: ByQuestion, ids: Names): Slips {
  const added = [...newer.values()].reduce((sum, own) => sum + own.size, 0)
  const longer = (column: Int32Array) => {
    const out = new Int32Array(column.length + added)
    out.set(column)
    return out
  }
  const [question, key, times] = [older.question, older.key, older.times].map(longer) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const numbers = new Map(older.keys.map((it, number) => [it, number]))
  let end = older.key.length
  for (const [id, own] of newer) {
    const place = ids.find(id)
    if (place < 0) continue
    for (const [name, count] of own) {
      const number = numbers.get(name) ?? numbers.size
      numbers.set(name, number)
      let row = older.question.indexOf(place)
      while (row >= 0 && key[row] !== number) row = older.question.indexOf(place, row + 1)
      if (row < 0) row = end++
      question[row] = place
      key[row] = number
      times[row]! += count
    }
  }
  return {
    keys: [...numbers.keys()],
    question: question.subarray(0, end),
    key: key.subarray(0, end),
    times: times.subarray(0, end),
  }
}

/** The same as a map by ids. */
export class Mistaken extends Made<ReadonlyMap<string, number>> {
  readonly ids: Names
  readonly slips: Slips

  constructor(ids: Names, slips: Slips, newer: ByQuestion) {
    super(ids)
    this.ids = ids
    this.slips = joined(slips, newer, ids)
  }

  protected override at(place: number): ReadonlyMap<string, number> | undefined {
    const { keys, question, key, times } = this.slips
    let own: Map<string, number> | undefined
    for (let row = question.indexOf(place); row >= 0; row = question.indexOf(place, row + 1)) {
      own ??= new Map()
      own.set(keys[key[row]!]!, times[row]!)
    }
    return own
  }
}

/** The slips of some questions, and the places that the questions have in them; `pasts` are theirs. */
export function slipsOf(
  mistaken: ByQuestion,
  questions: readonly { readonly id: string }[],
  pasts: Pasts,
): { readonly slips: Slips; readonly places: Int32Array } {
  if (mistaken instanceof Mistaken && mistaken.ids === pasts.ids) {
    return { slips: mistaken.slips, places: pasts.places }
  }
  const ids = new Names(questions.length)
  const places = Int32Array.from(questions, it => ids.addText(it.id))
  return { slips: joined(NO_SLIPS, mistaken, ids), places }
}
