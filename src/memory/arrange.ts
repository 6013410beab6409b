import type { Candidate } from '../bank/candidates.ts'
import { grouped } from './grouped.ts'

/** How many questions about confusable concepts follow each other at most: more of them would be a lecture and not a quiz. */
const LONGEST_RUN = 3

/** What comes together: one question, or a few that are easily mixed up. */
type Run = readonly Candidate[]

/**
 * Puts questions in the order in which to ask them, keeping to the order given where nothing speaks against it: those about
 * confusable concepts come right after each other, at most three, and two of one topic else only where there is no way
 * around it. `after` is what was asked before them.
 */
export function arranged(
  candidates: readonly Candidate[],
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
  after?: Candidate,
): Candidate[] {
  return interleaved(runs(candidates, confusions), after?.topic).flat()
}

/** Each question draws the first one behind it whose main concept is confused with its own. */
function runs(
  candidates: readonly Candidate[],
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
): Run[] {
  /** The places of each concept's questions, the first one last. */
  const places = grouped([...candidates.keys()].toReversed(), it => mainOf(candidates[it]!))
  const taken = new Set<number>()
  const firstLeft = (concept: string): number => {
    const left = places.get(concept)
    while (left !== undefined && taken.has(left.at(-1) ?? -1)) left.pop()
    return left?.at(-1) ?? candidates.length
  }
  const out: Run[] = []
  for (const [place, candidate] of candidates.entries()) {
    if (taken.has(place)) continue
    taken.add(place)
    const run = [candidate]
    while (run.length < LONGEST_RUN) {
      let next = candidates.length
      for (const concept of confusions.get(mainOf(run.at(-1)!)) ?? []) {
        next = Math.min(next, firstLeft(concept))
      }
      if (next === candidates.length) break
      taken.add(next)
      run.push(candidates[next]!)
    }
    out.push(run)
  }
  return out
}

/** The first run whose topic is not that of the one before; but a topic that has more runs left than all others comes first. */
function interleaved(list: readonly Run[], before: string | undefined): Run[] {
  const topics = [...grouped(list.keys(), it => list[it]![0]!.topic)].map(([id, places]) => ({
    id,
    places,
    at: 0,
  }))
  const out: Run[] = []
  let last = before
  while (out.length < list.length) {
    let next: (typeof topics)[number] | undefined
    for (const it of topics) {
      const left = it.places.length - it.at
      if (left === 0 || (it.id === last && next !== undefined)) continue
      if (it.id !== last && left > (list.length - out.length) / 2) {
        next = it
        break
      }
      if (next === undefined || next.id === last || it.places[it.at]! < next.places[next.at]!) {
        next = it
      }
    }
    const run = list[next!.places[next!.at++]!]!
    out.push(run)
    last = run.at(-1)!.topic
  }
  return out
}

const mainOf = ({ concepts }: Candidate) => concepts[0] ?? ''
