import type { Candidate } from '../bank/bank.ts'
import { type Random, shuffled } from '../random.ts'
import { type Choosable, urgency } from './known.ts'
import { isLeech } from './leech.ts'

/**
 * For a question that is missed again and again, another one of its topic about the same main concept: a new one if there is, else the one
 * most overdue that is no such question itself. The question itself comes back once one of them was answered after it.
 * Undefined where one of them is asked anyway.
 */
export function standIns(
  { memory, today }: Choosable,
  byTopic: ReadonlyMap<string, readonly Candidate[]>,
  random: Random,
) {
  return (it: Candidate, taken: ReadonlySet<string>): Candidate | undefined => {
    const past = memory.questions.get(it.id)
    if (past === undefined || !isLeech(past)) return it
    const [concept] = it.concepts
    const siblings = (byTopic.get(it.topic) ?? []).filter(
      other => other.concepts[0] === concept && other !== it,
    )
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
