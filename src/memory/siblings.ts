import type { Candidate } from '../bank/bank.ts'
import { type Random, shuffled } from '../random.ts'
import type { Day } from './day.ts'
import { type Choosable, urgency } from './known.ts'
import { isLeech } from './leech.ts'
import type { Remembered } from './memory.ts'

/**
 * For a question that is missed again and again, another one of its topic about the same main concept: a new one if there is, else the one
 * most overdue that is no such question itself. The question itself comes back once one of them was answered after it.
 * Undefined where one of them is asked anyway.
 */
export function standIns({ candidates, memory, today }: Choosable, random: Random) {
  return (it: Candidate, taken: ReadonlySet<string>): Candidate | undefined => {
    const past = memory.questions.get(it.id)
    if (past === undefined || !isLeech(past)) return it
    const [concept] = it.concepts
    const siblings = candidates.filter(
      other => other.concepts[0] === concept && other.topic === it.topic && other !== it,
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
      .sort((a, b) => urgent(b.past, today) - urgent(a.past, today))
    return shuffled(random, fresh)[0] ?? most?.candidate ?? it
  }
}

const urgent = ({ last, stability }: Remembered, day: Day) => urgency(last, stability, day)
