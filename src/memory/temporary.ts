import { GOOD_ENOUGH } from '../kinds/open.ts'
import { dayOf, daysBetween, instant } from './day.ts'
import { AGAIN, GOOD, initial, next } from './fsrs.ts'
import { readLog } from './log.ts'
import type { Memory, Remembered } from './memory.ts'
import { standing } from './review.ts'

/** What the log says, worked out from all of it. It stands in for the fold until that is here. */
export function remember(data: string): Pick<Memory, 'questions' | 'mistaken'> {
  const questions = new Map<string, Remembered>()
  const mistaken = new Map<string, Map<string, number>>()
  for (const it of standing(readLog(data).lines)) {
    if (it.score < 1 && Array.isArray(it.reply)) {
      const own = mistaken.get(it.question) ?? new Map<string, number>()
      for (const key of it.reply) own.set(key, (own.get(key) ?? 0) + 1)
      mistaken.set(it.question, own)
    }
    if (it.again || it.mode === 'cram' || it.mode === 'lab') continue
    const day = dayOf(instant(it.at)!)
    const past = questions.get(it.question)
    const grade = it.score < GOOD_ENOUGH || it.confidence === 'guess' ? AGAIN : GOOD
    const strength =
      past === undefined ? initial(grade) : next(past, grade, daysBetween(past.last, day))
    const missed = grade === AGAIN ? 1 : 0
    questions.set(it.question, {
      question: it.question,
      stability: strength.stability,
      difficulty: strength.difficulty,
      last: day,
      reviews: (past?.reviews ?? 0) + 1,
      misses: (past?.misses ?? 0) + missed,
      missesInARow: missed === 0 ? 0 : (past?.missesInARow ?? 0) + 1,
      grade,
      score: it.score,
      ...(it.confidence !== undefined && { confidence: it.confidence }),
      firstGrade: past?.firstGrade ?? grade,
      ms: (past?.ms ?? 0) + it.ms,
    })
  }
  return { questions, mistaken: () => mistaken }
}
