import type { Candidate } from '../bank/bank.ts'
import type { Day } from './day.ts'
import { fsrs } from './formulas.ts'
import { AGAIN, type Strength } from './fsrs.ts'
import type { Memory, Remembered } from './memory.ts'

/** A question, as far as planning goes. */
export type Askable = Pick<Candidate, 'id' | 'topic' | 'kind'>

/** Topic → what it weighs, over 0; those that are not in it weigh 1. */
export type Weights = ReadonlyMap<string, number>

/** What is believed of one question: the planner's view of it, and all that it keeps in mind. */
export interface Belief {
  readonly question: Askable
  /** Its part of what is aimed at: that of its topic, shared by the topic's questions. They sum up to 1. */
  readonly weight: number
  /** Of a right answer without knowing it. */
  readonly chance: number
  /** Day of the last answer; undefined when it was never asked. */
  readonly last: Day | undefined
  /** As FSRS has it, which says when it is due; 0 when it was never asked. */
  readonly stability: number
  /** The probability that it was known before quiz asked for it. */
  readonly known: number
  /** Its strength if it was. */
  readonly kept: Strength
  /** Its strength if it was not. */
  readonly learned: Strength
}

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

// Simulated (`npm run simulate`), half or twice of any of these changes recall on the day by less than 0.2 points on average.

/** What was known before was learned at work, long ago: its strength when quiz first asks, and since when it was not used. */
export const BEFORE = { stability: 60, difficulty: 5, days: 30 } as const

/** With that, once a right answer has shown it, stability is at least this. */
const SHOWN = 80

/** What was guessed is worth this much of the stability that FSRS gives for a right answer. */
const GUESSED = 0.3

/** How many first answers in a topic weigh as much as what the other topics say of it. */
const TRUST = 5

/** What is known before of a topic, as long as nobody has been asked: a third. */
const USUAL = 0.35

/** After a first answer that was not known. */
export const LEARNED: Strength = fsrs.first(AGAIN)

/**
 * What is believed of each candidate, in their order. A pure function of what memory holds, so it needs no state of its own.
 *
 * FSRS takes a first right answer for something just learned. But who prepares for an interview knows much of it already, and a
 * choice can be guessed. So for a question that was never missed there are two stories, and the second is told with
 *
 *     known = r / (r + (1 − r) · chance)      r = the share of the topic that was known before, see `shares`
 *
 * of all belief: it was guessed, and its stability is 0.3 of what FSRS says; or it was known before, and is at least 80 days. One
 * miss, and FSRS is believed as it is.
 */
export function beliefs(
  candidates: readonly Askable[],
  questions: Memory['questions'],
  weights: Weights,
): Belief[] {
  const past = candidates.map(it => questions.get(it.id))
  const share = shares(candidates, past)
  const sizes = new Map<string, number>()
  for (const { topic } of candidates) sizes.set(topic, (sizes.get(topic) ?? 0) + 1)
  const total = [...sizes.keys()].reduce((sum, it) => sum + (weights.get(it) ?? 1), 0)
  return candidates.map((question, index) => ({
    question,
    weight: (weights.get(question.topic) ?? 1) / sizes.get(question.topic)! / total,
    chance: CHANCE[question.kind],
    ...believed(past[index], share.get(question.topic)!, CHANCE[question.kind]),
  }))
}

function believed(
  past: Remembered | undefined,
  share: number,
  chance: number,
): Pick<Belief, 'last' | 'stability' | 'known' | 'kept' | 'learned'> {
  if (past === undefined) {
    return { last: undefined, stability: 0, known: share, kept: BEFORE, learned: LEARNED }
  }
  const { last, misses, stability, difficulty } = past
  if (misses > 0) return { last, stability, known: 0, kept: past, learned: past }
  return {
    last,
    stability,
    known: share / (share + (1 - share) * chance),
    kept: { stability: Math.max(SHOWN, stability), difficulty: BEFORE.difficulty },
    learned: { stability: GUESSED * stability, difficulty },
  }
}

/** What is believed after a first answer, on average over how it goes. */
export function met(belief: Belief, day: Day): Belief {
  const kept = { stability: SHOWN, difficulty: BEFORE.difficulty }
  return { ...belief, last: day, stability: LEARNED.stability, kept, learned: LEARNED }
}

/**
 * The share of each topic that was known before it was asked for, from first answers. Of n first answers in a topic some were
 * right, and of those the ones that were not guessed count; the mean m of the topics stands in for what is not known yet.
 *
 *     share = (Σ over right ones share / (share + (1 − share) · chance) + 5 · m) / (n + 5)
 *
 * Some rounds of that (expectation–maximization, Dempster, Laird and Rubin 1977) come to rest.
 */
function shares(
  candidates: readonly Askable[],
  past: readonly (Remembered | undefined)[],
): ReadonlyMap<string, number> {
  const topics = new Map<string, { share: number; answers: number; right: Map<number, number> }>()
  for (const [index, { topic, kind }] of candidates.entries()) {
    const it = topics.get(topic) ?? { share: USUAL, answers: 0, right: new Map() }
    topics.set(topic, it)
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
