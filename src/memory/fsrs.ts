import { computeDecayFactor, FSRSAlgorithm, generatorParameters } from 'ts-fsrs'

/** How well a question was known: 1 again (not), 2 hard, 3 good, 4 easy. The numbers are FSRS's own. */
export type Grade = 1 | 2 | 3 | 4

export const AGAIN = 1
export const HARD = 2
export const GOOD = 3
export const EASY = 4

/** What FSRS knows of one question. */
export interface Strength {
  /** S: the days after which recall has fallen to 0.9. From 0.001 to 36,500. */
  readonly stability: number
  /** D: from 1 (easy) to 10. */
  readonly difficulty: number
}

/**
 * FSRS-6 with its default parameters w₀ … w₂₀, no fuzz, and the short-term formula for reviews on the same day.
 * The formulas below are those of "The Algorithm", the wiki of open-spaced-repetition/fsrs4anki, chapter FSRS-6.
 * Results are rounded to 8 decimals, so they are the same on every platform.
 */
const model = new FSRSAlgorithm(
  generatorParameters({ enable_fuzz: false, enable_short_term: true }),
)
const weights = model.parameters.w
/** −w₂₀ and what goes with it; both are the same each time, and recall is asked for ten thousand times before a drill begins. */
const { decay, factor } = computeDecayFactor(weights)

/** The parameters as one text, to tell whether something was computed with others. */
export const WEIGHTS = weights.join()

/** No interval is longer, in days: a hundred years. */
const LONGEST = 36_500

/**
 * After the first meeting.
 *
 *     S₀(G) = w₍G₋₁₎     D₀(G) = w₄ − e^(w₅·(G−1)) + 1, from 1 to 10
 */
export function initial(grade: Grade): Strength {
  return model.next_state(null, 0, grade)
}

/**
 * After a review, `days` after the one before: whole calendar days, not negative.
 *
 *     recalled        S′ = S · (1 + e^w₈ · (11−D) · S^−w₉ · (e^(w₁₀·(1−R)) − 1) · (w₁₅ if hard) · (w₁₆ if easy))
 *     not recalled    S′ = min(w₁₁ · D^−w₁₂ · ((S+1)^w₁₃ − 1) · e^(w₁₄·(1−R)), S / e^(w₁₇·w₁₈))
 *     the same day    S′ = S · e^(w₁₇·(G−3+w₁₈)) · S^−w₁₉, not less than S unless it was not recalled
 *
 *     D′ = w₇ · D₀(4) + (1−w₇) · (D − w₆ · (G−3) · (10−D) / 9), from 1 to 10
 */
export function next(strength: Strength, grade: Grade, days: number): Strength {
  return model.next_state(strength, days, grade)
}

/**
 * Retrievability: the probability, from 0 to 1, of recall `days` after the last review. A fraction of a day is fine.
 *
 *     R(t, S) = (1 + factor · t / S)^−w₂₀     factor = 0.9^(−1/w₂₀) − 1, so that R(S, S) = 0.9
 */
export function recall(stability: number, days: number): number {
  return Math.round((1 + (factor * Math.max(0, days)) / stability) ** decay * 1e8) / 1e8
}

/**
 * In how many whole days, at least one, recall falls to `retention` (over 0, at most 1).
 *
 *     I(r, S) = S / factor · (r^(−1/w₂₀) − 1), so that I(0.9, S) = S
 */
export function interval(stability: number, retention: number): number {
  if (retention !== asked.retention) {
    asked = { retention, modifier: model.calculate_interval_modifier(retention) }
  }
  const days = Math.round(stability * asked.modifier)
  return Math.min(Math.max(1, days), LONGEST)
}

/** The last modifier: who asks for one interval asks for thousands, and to work it out takes longer than all the rest. */
let asked = { retention: Number.NaN, modifier: Number.NaN }
