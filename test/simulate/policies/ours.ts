import { forecast } from '../../../src/memory/forecast.ts'
import { AGAIN, GOOD } from '../../../src/memory/fsrs.ts'
import type { Memory, Outcome, Remembered } from '../../../src/memory/memory.ts'
import { type Plan, today } from '../../../src/memory/plan.ts'
import type { Make } from '../course.ts'
import { reviewed } from './due.ts'

/** What `quiz drill` does under a plan: today's questions in the morning, and again should they be used up. */
export const ours: Make = ({ exam, horizon, minutes }) => {
  const plan = { by: horizon, minutes, weights: exam.weights, retention: 0.9 } satisfies Plan
  const index = new Map(exam.questions.map((it, at) => [it.id, at]))
  const questions = new Map<string, Remembered>()
  const pace: Record<Outcome, { answers: number; ms: number }> = {
    firstRight: { answers: 0, ms: 0 },
    firstWrong: { answers: 0, ms: 0 },
    laterRight: { answers: 0, ms: 0 },
    laterWrong: { answers: 0, ms: 0 },
  }
  const memory: Pick<Memory, 'questions' | 'pace' | 'days'> = { questions, pace, days: new Map() }
  const ground = { candidates: exam.questions, memory }
  let now = 0
  let queue: number[] = []
  const ask = (seconds: number) => {
    queue = today(plan, ground, now, seconds).map(it => index.get(it.question)!)
    queue.reverse()
  }
  return {
    begin(day) {
      now = day
      queue = []
    },
    next(left) {
      if (queue.length === 0) ask(left)
      return queue.pop()
    },
    seen(at, right, seconds, day) {
      const { id: question } = exam.questions[at]!
      const past = questions.get(question)
      const grade = right ? GOOD : AGAIN
      const spent =
        pace[
          past === undefined
            ? right
              ? 'firstRight'
              : 'firstWrong'
            : right
              ? 'laterRight'
              : 'laterWrong'
        ]
      spent.answers++
      spent.ms += seconds * 1000
      questions.set(question, {
        question,
        ...reviewed(past, right, day - (past?.last ?? day)),
        last: day,
        reviews: (past?.reviews ?? 0) + 1,
        misses: (past?.misses ?? 0) + (right ? 0 : 1),
        missesInARow: right ? 0 : (past?.missesInARow ?? 0) + 1,
        grade,
        score: right ? 1 : 0,
        firstGrade: past?.firstGrade ?? grade,
        ms: (past?.ms ?? 0) + seconds * 1000,
      })
    },
    expects: day => forecast(plan, ground, day, 10).recall,
  }
}
