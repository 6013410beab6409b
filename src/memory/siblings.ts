import type { Candidate } from '../bank/bank.ts'
import { type Random, shuffled } from '../random.ts'
import { grouped } from './grouped.ts'
import { type Choosable, urgency } from './known.ts'
import { isLeech } from './leech.ts'

/**
 * For a question that is missed again and again, another one about the same main concept: a new one if there is, else the one
 * most overdue that is no such question itself. The question itself comes back once one of them was answered after it.
 * Undefined where one of them is asked anyway.
 */
export function standIns({ candidates, memory, today }: Choosable, random: Random) {
  let byConcept: ReadonlyMap<string | undefined, readonly Candidate[]> | undefined
  return (it: Candidate, taken: ReadonlySet<string>): Candidate | undefined => {
    const past = memory.questions.get(it.id)
    if (past === undefined || !isLeech(past)) return it
    byConcept ??= grouped(candidates, other => other.concepts[0])
    const siblings = (byConcept.get(it.concepts[0]) ?? []).filter(other => other !== it)
    const known = siblings.flatMap(candidate => {
      const own = memory.questions.get(candidate.id)
      return own === undefined ? [] : [{ candidate, past: own }]
    })
    if (known.some(other => other.past.last > past.last)) return it
    if (siblings.some(other => taken.has(other.id))) return undefined
    const fresh = siblings.filter(other => !memory.questions.has(other.id))
    const [most] = known
      .filter(other => !isLeech(other.past))
      .sort((a, b) => urgency(b.past, today) - urgency(a.past, today))
    return shuffled(random, fresh)[0] ?? most?.candidate ?? it
  }
}
