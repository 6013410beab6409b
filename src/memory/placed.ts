import { idsOf, type Listed } from '../bank/candidates.ts'
import type { Names } from './names.ts'

/**
 * Where in a state the questions of a bank are. To find ten thousand by their ids takes longer than to read all the rest of the
 * state, so a snapshot keeps it.
 */
export interface Placed {
  /** That of the list of all questions; see `Candidates`. */
  readonly stamp: string
  /** How many ids the state had. */
  readonly size: number
  /** The place of each question; -1 when it was not met. */
  readonly places: Int32Array
}

/** Whether it is about this list of questions. */
export function isAbout(it: Placed | undefined, of: Listed<unknown>): it is Placed {
  return 'stamp' in of && of.stamp === it?.stamp && of.length === it?.places.length
}

/** The place of each question; -1 when it was not met. `known` may be about other questions, and some may have been met since. */
export function placesOf(
  ids: Names,
  of: Listed<{ readonly id: string }>,
  known: Placed | undefined,
): Int32Array {
  if (!isAbout(known, of)) return found(ids, 0, of, new Int32Array(of.length).fill(-1))
  return ids.size === known.size ? known.places : found(ids, known.size, of, known.places.slice())
}

/** Takes down the places of questions that have none yet and were met from a place on. */
function found(
  ids: Names,
  from: number,
  of: Listed<{ readonly id: string }>,
  places: Int32Array,
): Int32Array {
  if (ids.size === from) return places
  const texts = ids.texts(from)
  const known = new Map<string, number>()
  for (let it = 0; it < texts.length; it++) known.set(texts[it]!, from + it)
  const own = idsOf(of)
  for (let it = 0; it < own.length; it++)
    if (places[it]! < 0) places[it] = known.get(own[it]!) ?? -1
  return places
}
