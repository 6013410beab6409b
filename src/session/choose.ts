import type { Candidate } from '../bank/bank.ts'
import { type Random, shuffled } from '../random.ts'

/** What was asked for. An empty list asks for anything. */
export interface Wanted {
  readonly levels: readonly string[]
  readonly kinds: readonly string[]
  readonly tags: readonly string[]
}

/** The candidates that fit what was asked for. */
export function fitting(candidates: readonly Candidate[], wanted: Wanted): Candidate[] {
  const allows = (list: readonly string[], value: string) =>
    list.length === 0 || list.includes(value)
  return candidates.filter(
    it =>
      allows(wanted.levels, it.level) &&
      allows(wanted.kinds, it.kind) &&
      (wanted.tags.length === 0 || it.tags.some(tag => wanted.tags.includes(tag))),
  )
}

/**
 * Draws questions at random and puts those about confusable concepts next to each other: after each question comes one
 * whose main concept is confused with its own, if any was drawn.
 */
export function choose(
  candidates: readonly Candidate[],
  count: number,
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
  random: Random,
): string[] {
  const left = shuffled(random, candidates).slice(0, count)
  const out: string[] = []
  let last: Candidate | undefined
  while (left.length > 0) {
    const confusing = last && confusions.get(last.concepts[0] ?? '')
    const found = left.findIndex(it => confusing?.has(it.concepts[0] ?? ''))
    last = left.splice(Math.max(0, found), 1)[0]!
    out.push(last.id)
  }
  return out
}
