import type { Memory, Outcome } from './memory.ts'

/** Seconds that an answer takes with all that belongs to it. */
export type Pace = Readonly<Record<Outcome, number>>

/**
 * What is assumed of somebody of whom nothing is known: what fsrs-rs's simulator takes by default for a first answer (33.8, 24.3,
 * 13.7 and 6.5 s for again, hard, good and easy) and a later one (23, 11.7, 7.3 and 5.6 s), right ones by how often each grade is
 * given (0.094, 0.495, 0.171 and 0.224, 0.631, 0.145).
 */
export const USUAL: Pace = { firstRight: 13.4, firstWrong: 33.8, laterRight: 8, laterWrong: 23 }

/** As many answers as the assumption is worth, of the person's speed and again of each outcome. One coffee is no habit. */
const TRUST = 40

const OUTCOMES = ['firstRight', 'firstWrong', 'laterRight', 'laterWrong'] as const

/**
 * What the log says of the person's pace, drawn towards what is usual for as long as it says little: first the speed as a whole,
 * then each outcome on its own.
 *
 *     speed = (Σ seconds + 40 · mean) / (Σ usual seconds + 40 · mean)
 *     pace  = (seconds + 40 · speed · usual) / (answers + 40)
 */
export function paceOf(seen: Memory['pace']): Pace {
  const mean = OUTCOMES.reduce((sum, it) => sum + USUAL[it], 0) / OUTCOMES.length
  let [spent, usual] = [TRUST * mean, TRUST * mean]
  for (const it of OUTCOMES) {
    spent += seen[it].ms / 1000
    usual += seen[it].answers * USUAL[it]
  }
  const speed = spent / usual
  const one = (it: Outcome) =>
    (seen[it].ms / 1000 + TRUST * speed * USUAL[it]) / (seen[it].answers + TRUST)
  return {
    firstRight: one('firstRight'),
    firstWrong: one('firstWrong'),
    laterRight: one('laterRight'),
    laterWrong: one('laterWrong'),
  }
}
