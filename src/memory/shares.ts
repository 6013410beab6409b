import type { Candidate } from '../bank/candidates.ts'
import { KINDS } from '../bank/columns.ts'
import { AGAIN } from './fsrs.ts'
import type { Pasts } from './pasts.ts'
import { COUNTS, FIRST_GRADE } from './state.ts'

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
  // Half of them are numbers to type, the others choices among four.
  lab: 0.2,
}

/** Those chances, and which of them each kind has, by its place in `KINDS`. */
const CHANCES = [...new Set(Object.values(CHANCE))]
const PLACE = KINDS.map(it => CHANCES.indexOf(CHANCE[it]))

/** The chance of each kind, by its place in `KINDS`. */
export const CHANCE_OF: readonly number[] = KINDS.map(it => CHANCE[it])

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
 * A few rounds of that come to rest (expectation–maximization: Dempster, Laird and Rubin 1977). `kinds` are places in `KINDS`, `topic` is the number
 * of each candidate's topic; so are the places of what is returned.
 */
export function sharesOf(
  kinds: Uint8Array,
  { places, counts }: Pasts,
  topic: Int32Array,
  topics: number,
): Float64Array {
  const answers = new Int32Array(topics)
  const right = new Int32Array(topics * CHANCES.length)
  for (let it = 0; it < topic.length; it++) {
    const first = places[it]! < 0 ? 0 : counts[places[it]! * COUNTS + FIRST_GRADE]!
    if (first === 0) continue
    const own = topic[it]!
    answers[own]!++
    if (first !== AGAIN) right[own * CHANCES.length + PLACE[kinds[it]!]!]!++
  }
  const shares = new Float64Array(topics).fill(USUAL)
  let mean = USUAL
  for (let round = 0; round < 8; round++) {
    let [sum, trust] = [USUAL, 1]
    for (let it = 0; it < topics; it++) {
      const [share, all] = [shares[it]!, answers[it]!]
      const known = CHANCES.reduce((sum, chance, place) => {
        const count = right[it * CHANCES.length + place]!
        return sum + (count === 0 ? 0 : (count * share) / (share + (1 - share) * chance))
      }, 0)
      shares[it] = (known + TRUST * mean) / (all + TRUST)
      sum += known / (all + TRUST)
      trust += all / (all + TRUST)
    }
    mean = sum / trust
  }
  return shares
}
