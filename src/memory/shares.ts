import type { Candidate } from '../bank/bank.ts'
import { AGAIN } from './fsrs.ts'
import type { Remembered } from './memory.ts'

/** A question, as far as planning goes. */
export type Askable = Pick<Candidate, 'id' | 'topic' | 'kind'>

/**
 * The chance of a right answer by somebody who does not know. Nearly all choices have three options, of which one can sometimes be
 * ruled out: 3^−0.75. To get an order or all pairs right needs half of it to be known.
 */
export const CHANCE: Readonly<Record<Askable['kind'], number>> = {
  choice: 0.44,
  match: 0.15,
  order: 0.15,
  text: 0.05,
  number: 0.05,
  open: 0.05,
}

/** As many first answers in a topic weigh as much as what the other topics say of it. */
const TRUST = 5

/** What is known before of a topic, as long as nobody was asked. */
const USUAL = 0.35

/**
 * The share of each topic that was known before it was asked for, told from first answers: those that were right, less what was
 * guessed of them. What is not known of a topic yet is taken from the mean m of all topics.
 *
 *     share = (Σ share / (share + (1 − share) · chance) over right ones + 5 · m) / (first answers + 5)
 *
 * A few rounds of that come to rest (expectation–maximization: Dempster, Laird and Rubin 1977).
 */
export function sharesOf(
  candidates: readonly Askable[],
  past: readonly (Remembered | undefined)[],
): ReadonlyMap<string, number> {
  const topics = new Map<string, { share: number; answers: number; right: Map<number, number> }>()
  for (const [index, { topic, kind }] of candidates.entries()) {
    const it = topics.get(topic) ?? { share: USUAL, answers: 0, right: new Map() }
    if (it.answers === 0) topics.set(topic, it)
    const first = past[index]?.firstGrade
    if (first === undefined) continue
    it.answers++
    if (first !== AGAIN) it.right.set(CHANCE[kind], (it.right.get(CHANCE[kind]) ?? 0) + 1)
  }
  let mean = USUAL
  for (let round = 0; round < 8; round++) {
    let [sum, trust] = [USUAL, 1]
    for (const it of topics.values()) {
      let known = 0
      for (const [chance, count] of it.right) {
        known += (count * it.share) / (it.share + (1 - it.share) * chance)
      }
      it.share = (known + TRUST * mean) / (it.answers + TRUST)
      sum += known / (it.answers + TRUST)
      trust += it.answers / (it.answers + TRUST)
    }
    mean = sum / trust
  }
  return new Map([...topics].map(([topic, it]) => [topic, it.share]))
}
