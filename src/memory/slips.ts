import { Made } from './made.ts'
import { Names } from './names.ts'
import type { Pasts } from './pasts.ts'

/**
 * How often each key was in answers to a question that were not fully right, in columns: of ten thousand questions that is three
 * times as much, and maps of it would take longer to make than all that is told of it.
 */
export interface Slips {
  readonly keys: readonly string[]
  /** Where the rows of each question begin, by its place, and where those of the last one end. */
  readonly from: Int32Array
  /** A place in `keys`, and how often, for each row. */
  readonly key: Int32Array
  readonly times: Int32Array
}

export const NO_SLIPS: Slips = {
  keys: [],
  from: new Int32Array(1),
  key: new Int32Array(),
  times: new Int32Array(),
}

/** Slips with those that came later, by question; `ids` are all questions, those of the slips first. */
export function joined(
  { keys, from, key, times }: Slips,
  newer: ReadonlyMap<string, ReadonlyMap<string, number>>,
  ids: Names,
): Slips {
  const numbers = new Map(keys.map((it, number) => [it, number]))
  const number = (it: string): number => {
    const known = numbers.get(it) ?? numbers.size
    numbers.set(it, known)
    return known
  }
  const added = new Map([...newer].map(([id, own]) => [ids.find(id), own]))
  const more = [...newer.values()].reduce((sum, own) => sum + own.size, 0)
  const out = {
    from: new Int32Array(ids.size + 1),
    key: new Int32Array(key.length + more),
    times: new Int32Array(key.length + more),
  }
  const before = from.length - 1
  let row = 0
  for (let place = 0; place < ids.size; place++) {
    const start = row
    out.from[place] = start
    if (place < before) {
      for (let old = from[place]!; old < from[place + 1]!; old++) {
        out.key[row] = key[old]!
        out.times[row++] = times[old]!
      }
    }
    const own = added.get(place)
    if (own === undefined) continue
    for (const [name, count] of own) {
      const it = number(name)
      let same = start
      while (same < row && out.key[same] !== it) same++
      out.key[same] = it
      out.times[same]! += count
      if (same === row) row++
    }
  }
  out.from[ids.size] = row
  return {
    keys: [...numbers.keys()],
    from: out.from,
    key: out.key.subarray(0, row),
    times: out.times.subarray(0, row),
  }
}

/** The slips of one question, by its place. */
function slipsAt({ keys, from, key, times }: Slips, place: number): Map<string, number> {
  const out = new Map<string, number>()
  for (let row = from[place]!; row < from[place + 1]!; row++) out.set(keys[key[row]!]!, times[row]!)
  return out
}

/** The same as a map by ids. */
export class Mistaken extends Made<ReadonlyMap<string, number>> {
  readonly ids: Names
  readonly slips: Slips

  constructor(ids: Names, slips: Slips, newer: ReadonlyMap<string, ReadonlyMap<string, number>>) {
    super(ids)
    this.ids = ids
    this.slips = joined(slips, newer, ids)
  }

  protected override at(place: number): ReadonlyMap<string, number> | undefined {
    const own = slipsAt(this.slips, place)
    return own.size > 0 ? own : undefined
  }
}

/** The slips of some questions, and the places of the questions in them, less than 0 for those that have none; `pasts` are theirs. */
export function slipsOf(
  mistaken: ReadonlyMap<string, ReadonlyMap<string, number>>,
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
