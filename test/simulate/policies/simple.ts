import type { Course, Make, Policy } from '../course.ts'
import { order } from '../dice.ts'

/** Anything, in an order of its own each day. */
export const random: Make = ({ exam, learner }) => {
  let left: number[] = []
  return {
    begin(day) {
      left = order(exam.questions.length, learner.seed + 131 * day)
    },
    next: () => left.pop(),
    seen() {},
  }
}

/** From the first question of the bank to the last, and again. */
export const fixed: Make = ({ exam }) => cycle(exam.questions.map((_, index) => index))

/** Everything new in a shuffled order, then what was seen least recently, which is the same order again. */
export const breadth: Make = ({ exam, learner }) =>
  cycle(order(exam.questions.length, learner.seed))

/** The same with the questions that weigh most first. */
export const heaviest: Make = course => cycle(byWeight(course))

/** All questions, those that weigh most first, shuffled among their likes. */
export function byWeight({ exam, learner }: Course): number[] {
  return order(exam.questions.length, learner.seed).sort(
    (a, b) => exam.weight[b]! - exam.weight[a]!,
  )
}

function cycle(questions: readonly number[]): Policy {
  let [at, asked] = [0, 0]
  return {
    begin() {
      asked = 0
    },
    next: () => (asked++ < questions.length ? questions[at++ % questions.length] : undefined),
    seen() {},
  }
}
