import { idsOf, type Listed } from '../bank/candidates.ts'
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

/** Slips, and whose they are of some questions: by place in the slips the number of the question from 1, or 0. `pasts` are theirs. */
export function slipsOf(
  mistaken: ByQuestion,
  questions: Listed<{ readonly id: string }>,
  { ids, places }: Pasts,
): { readonly slips: Slips; readonly owners: Int32Array } {
  if (mistaken instanceof Mistaken && mistaken.ids === ids) {
    const owners = new Int32Array(ids.size)
    for (let it = 0; it < places.length; it++) if (places[it]! >= 0) owners[places[it]!] = it + 1
    return { slips: mistaken.slips, owners }
  }
  const names = new Names(questions.length)
  for (const id of idsOf(questions)) names.addText(id)
  return {
    slips: joined(NO_SLIPS, mistaken, names),
    owners: Int32Array.from({ length: questions.length }, (_, it) => it + 1),
  }
}
