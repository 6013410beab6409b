import type { Grade, Strength } from './fsrs.ts'

/**
 * FSRS-6 as plain arithmetic. `fsrs.ts` is what counts, and a test holds these formulas to it; planning asks for recall some ten
 * times for each question and day to come, which is too often for a library that rounds, checks and makes objects.
 *
 * Source: "The Algorithm", the wiki of open-spaced-repetition/fsrs4anki, chapter FSRS-6.
 */
export interface Formulas {
  /** The probability of recall `days` after the last review: 1 at once, 0 without any stability. */
  recall(stability: number, days: number): number
  /** The stability with which recall is `recall` (over 0, under 1) after `days` (over 0): the inverse of the above. */
  stability(recall: number, days: number): number
  /** Stability after a review that succeeded when recall was `recall`; `grade` 2 to 4. */
  recalled(stability: number, difficulty: number, recall: number, grade?: Grade): number
  /** Stability after a review that failed when recall was `recall`. */
  forgotten(stability: number, difficulty: number, recall: number): number
  difficulty(difficulty: number, grade: Grade): number
  first(grade: Grade): Strength
  /** By what to multiply a stability to get the days after which recall has fallen to `retention`. */
  interval(retention: number): number
}

/** The parameters that ts-fsrs and fsrs-rs have by default: w₀ … w₂₀. */
export const WEIGHTS: readonly number[] = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
  0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
]

const LONGEST = 36_500
/** No stability is less, in days. */
export const SHORTEST = 0.001

/** The formulas with the parameters w₀ … w₂₀ of one person. Reviews on the same day are left out: nothing is planned twice a day. */
export function formulas(weights: readonly number[]): Formulas {
  const w = (index: number) => weights[index]!
  const decay = w(20)
  const factor = 0.9 ** (-1 / decay) - 1
  const [growth, saturation, spacing] = [Math.exp(w(8)), w(9), w(10)]
  const [hard, easy] = [w(15), w(16)]
  const [lapse, lapseD, lapseS, lapseR] = [w(11), w(12), w(13), w(14)]
  const most = Math.exp(w(17) * w(18))
  const firstD = (grade: Grade) => w(4) - Math.exp(w(5) * (grade - 1)) + 1
  const [step, pull, rest] = [w(6), w(7), firstD(4)]

  return {
    recall: (stability, days) =>
      stability <= 0 ? 0 : days <= 0 ? 1 : power(1 + (factor * days) / stability, -decay),

    stability: (recall, days) =>
      within((factor * days) / (recall ** (-1 / decay) - 1), SHORTEST, LONGEST),

    recalled: (stability, difficulty, recall, grade = 3) =>
      Math.min(
        LONGEST,
        stability *
          (1 +
            growth *
              (11 - difficulty) *
              power(stability, -saturation) *
              (Math.exp(spacing * (1 - recall)) - 1) *
              (grade === 2 ? hard : grade === 4 ? easy : 1)),
      ),

    forgotten: (stability, difficulty, recall) =>
      Math.max(
        SHORTEST,
        Math.min(
          lapse *
            power(difficulty, -lapseD) *
            (power(stability + 1, lapseS) - 1) *
            Math.exp(lapseR * (1 - recall)),
          stability / most,
        ),
      ),

    difficulty: (difficulty, grade) =>
      within(
        pull * rest + (1 - pull) * (difficulty - (step * (grade - 3) * (10 - difficulty)) / 9),
        1,
        10,
      ),

    first: grade => ({
      stability: Math.max(w(grade - 1), SHORTEST),
      difficulty: within(firstD(grade), 1, 10),
    }),

    interval: retention => (retention ** (-1 / decay) - 1) / factor,
  }
}

/** Several times as fast as `**`, and equal to it in 15 digits. */
const power = (base: number, exponent: number) => Math.exp(exponent * Math.log(base))

const within = (it: number, least: number, most: number) => Math.min(most, Math.max(least, it))

/** With the default parameters. */
export const fsrs: Formulas = formulas(WEIGHTS)
