import type { Span } from '../bank/candidates.ts'
import type { Day } from './day.ts'
import { interval, recall } from './fsrs.ts'
import type { Pasts } from './pasts.ts'
import { COUNTS, LAST, MS, NUMBERS, REVIEWS, STABILITY } from './state.ts'

/** What is added up over questions. */
export interface Sum {
  questions: number
  /** Those that were answered in a sitting that counts, and those that are due. */
  met: number
  due: number
  /** Of their recall, and of the milliseconds that their answers took. */
  recall: number
  ms: number
}

export const none = (): Sum => ({ questions: 0, met: 0, due: 0, recall: 0, ms: 0 })

/** Adds up candidates, whose pasts these are, by the names of their spans. `ahead` counts those that fall due today, tomorrow and so on. */
export function sums(
  spans: readonly Span[],
  pasts: Pasts,
  today: Day,
  retention: number,
  ahead: number[] = [],
): Map<string, Sum> {
  const out = new Map<string, Sum>()
  for (const { name, from, to } of spans) {
    const sum = out.get(name) ?? none()
    out.set(name, sum)
    add(sum, pasts, from, to, today, retention, ahead)
  }
  return out
}

export function total(sums: Iterable<Sum>): Sum {
  const out = none()
  for (const { questions, met, due, recall, ms } of sums) {
    out.questions += questions
    out.met += met
    out.due += due
    out.recall += recall
    out.ms += ms
  }
  return out
}

/** All in one go: to go through ten thousand questions for each number would take longer than all the rest. */
function add(
  sum: Sum,
  { places, counts, numbers }: Pasts,
  from: number,
  to: number,
  today: Day,
  retention: number,
  ahead: number[],
): void {
  let [met, due, known, ms] = [0, 0, 0, 0]
  for (let it = from; it < to; it++) {
    const count = places[it]! * COUNTS
    if (count < 0 || counts[count + REVIEWS] === 0) continue
    const number = places[it]! * NUMBERS
    const last = counts[count + LAST]!
    const stability = numbers[number + STABILITY]!
    const days = last + interval(stability, retention) - today
    met++
    if (days <= 0) due++
    if (days < ahead.length) ahead[Math.max(0, days)]!++
    known += recall(stability, today - last)
    ms += numbers[number + MS]!
  }
  sum.questions += to - from
  sum.met += met
  sum.due += due
  sum.recall += known
  sum.ms += ms
}
