import { type Candidate, mainsOf, topicSpans } from '../bank/candidates.ts'
import { type Random, shuffled } from '../random.ts'
import { type Choosable, urgency } from './known.ts'
import { isLeech, isMissedOften } from './leech.ts'
import type { Pasts } from './pasts.ts'
import { COUNTS, LAST, MISSES, MISSES_IN_A_ROW, NUMBERS, REVIEWS, STABILITY } from './state.ts'

/**
 * For a question that is missed again and again, another one of its topic about the same main concept: a new one if there is, else the one
 * most overdue that is no such question itself. The question itself comes back once one of them was answered after it.
 * Undefined where one of them is asked anyway.
 */
export function standIns({ candidates, memory, today }: Choosable, pasts: Pasts, random: Random) {
  const { counts, numbers } = pasts
  const main = mainsOf(candidates)
  const leech = (place: number) => {
    const count = place * COUNTS
    const [reviews, misses] = [counts[count + REVIEWS]!, counts[count + MISSES]!]
    return isMissedOften(reviews, misses, counts[count + MISSES_IN_A_ROW]!)
  }
  const lastOf = (place: number) => counts[place * COUNTS + LAST]!
  const urgent = (place: number) =>
    urgency(lastOf(place), numbers[place * NUMBERS + STABILITY]!, today)
  return (it: Candidate, taken: ReadonlySet<string>): Candidate | undefined => {
    const past = memory.questions.get(it.id)
    if (past === undefined || !isLeech(past)) return it
    const [concept] = it.concepts
    const fresh: Candidate[] = []
    const known: number[] = []
    let isAsked = false
    for (const { name, from, to } of topicSpans(candidates)) {
      for (let other = from; name === it.topic && other < to; other++) {
        if (main(other) !== concept) continue
        const sibling = candidates.at(other)!
        if (sibling === it) continue
        const place = pasts.met(other)
        if (place < 0) fresh.push(sibling)
        else if (lastOf(place) > past.last) return it
        else if (!leech(place)) known.push(other)
        isAsked ||= taken.has(sibling.id)
      }
    }
    if (isAsked) return undefined
    const [most] = known.sort((a, b) => urgent(pasts.places[b]!) - urgent(pasts.places[a]!))
    return shuffled(random, fresh)[0] ?? (most === undefined ? it : candidates.at(most))
  }
}
