import { kindsOf, type Listed, topicSpans } from '../bank/candidates.ts'
import { fsrs } from './formulas.ts'
import { AGAIN } from './fsrs.ts'
import type { Pasts } from './pasts.ts'
import { type Askable, CHANCE_OF, sharesOf } from './shares.ts'
import { COUNTS, DIFFICULTY, LAST, MISSES, NUMBERS, STABILITY } from './state.ts'

/**
 * Topic → what it weighs, over 0, however many questions it has; those that are not in it weigh 1. Without any weights each topic
 * weighs as much as it has questions, so that every question counts alike.
 */
export type Weights = ReadonlyMap<string, number>

/**
 * What is believed of each question: columns with one entry for each, since all of them are gone through for every day that is
 * planned. It is a pure function of what memory holds; planning keeps no state of its own.
 */
export interface Beliefs {
  readonly topics: readonly TopicBelief[]
  /** The position of its topic in `topics`. */
  readonly topic: Int32Array
  /** Its part of what is aimed at: that of its topic, shared by the topic's questions. They sum up to 1. */
  readonly weight: Float64Array
  /** Of a right answer by somebody who does not know. */
  readonly chance: Float64Array
  /** Day of the last answer; `NEVER` when there was none. */
  readonly last: Float64Array
  /** As FSRS has them, which says when it is due; 0 when it was never asked. */
  readonly stability: Float64Array
  readonly difficulty: Float64Array
  /** The probability that it was known before quiz asked for it. */
  readonly known: Float64Array
  /** Its stability and difficulty if it was; of what was asked. */
  readonly kept: Float64Array
  readonly keptDifficulty: Float64Array
  /** And if it was not. */
  readonly learned: Float64Array
  readonly learnedDifficulty: Float64Array
}

export interface TopicBelief {
  readonly topic: string
  readonly weight: number
  readonly questions: number
  /** The share of them that was known before quiz asked, from 0 to 1. */
  readonly share: number
}

export const NEVER = Number.NEGATIVE_INFINITY

// In the simulation half or twice of any of the following numbers changes recall on the day by less than 0.2 points on average.

/** What was known before was learned at work: its strength when quiz first asks, and for how many days it was not used. */
export const BEFORE = { stability: 60, difficulty: 5, days: 30 } as const

/** Its stability is at least this once a right answer has shown that it is known. */
export const SHOWN = 80

/** What was guessed has this part of the stability that FSRS gives for a right answer. */
const GUESSED = 0.3

/** What a first answer leaves that was not known. */
export const LEARNED = fsrs.first(AGAIN)

/**
 * What is believed of each candidate, in their order; `pasts` are theirs.
 *
 * FSRS takes a first right answer for something just learned. But who prepares for an interview knows much of it already, and a
 * choice can be guessed. So of a question that was never missed there are two stories. With
 *
 *     known = r / (r + (1 − r) · chance)      r = share of its topic that was known before
 *
 * of the belief it was known before, and stability is at least 80 days; with the rest it was guessed, and stability is 0.3 of what
 * FSRS says. After one miss FSRS is believed as it is.
 */
export function beliefs(candidates: Listed<Askable>, pasts: Pasts, weights: Weights): Beliefs {
  const numbers = new Map<string, number>()
  const topic = new Int32Array(candidates.length)
  const sizes: number[] = []
  const spans = topicSpans(candidates)
  for (const { name, from, to } of spans) {
    const number = numbers.get(name) ?? sizes.push(0) - 1
    numbers.set(name, number)
    topic.fill(number, from, to)
    sizes[number]! += to - from
  }
  const kinds = kindsOf(candidates)
  const shares = sharesOf(kinds, pasts, topic, sizes.length)
  const topics = [...numbers.keys()].map((topic, number) => ({
    topic,
    weight: weights.size === 0 ? sizes[number]! : (weights.get(topic) ?? 1),
    questions: sizes[number]!,
    share: shares[number]!,
  }))
  const total = topics.reduce((sum, it) => sum + it.weight, 0)

  const column = () => new Float64Array(candidates.length)
  const out = {
    topics,
    topic,
    weight: column(),
    chance: column(),
    last: column().fill(NEVER),
    stability: column(),
    difficulty: column(),
    known: column(),
    kept: column(),
    keptDifficulty: column(),
    learned: column(),
    learnedDifficulty: column(),
  }
  for (const { name, from, to } of spans) {
    const number = numbers.get(name)!
    const { weight, questions } = topics[number]!
    out.weight.fill(weight / questions / total, from, to)
    out.known.fill(shares[number]!, from, to)
  }
  const { counts, numbers: strengths } = pasts
  for (let it = 0; it < topic.length; it++) {
    const chance = CHANCE_OF[kinds[it]!]!
    out.chance[it] = chance
    const place = pasts.met(it)
    if (place < 0) continue
    const share = shares[topic[it]!]!
    const stability = strengths[place * NUMBERS + STABILITY]!
    const wasMissed = counts[place * COUNTS + MISSES]! > 0
    out.last[it] = counts[place * COUNTS + LAST]!
    out.stability[it] = stability
    out.difficulty[it] = strengths[place * NUMBERS + DIFFICULTY]!
    out.known[it] = wasMissed ? 0 : share / (share + (1 - share) * chance)
    out.kept[it] = Math.max(SHOWN, stability)
    out.learned[it] = wasMissed ? stability : GUESSED * stability
  }
  out.keptDifficulty.fill(BEFORE.difficulty)
  out.learnedDifficulty.set(out.difficulty)
  return out
}

/** The same beliefs, to be changed by what is planned. */
export function copied(of: Beliefs): Beliefs {
  const { last, stability, difficulty, kept, keptDifficulty, learned, learnedDifficulty } = of
  return {
    ...of,
    last: last.slice(),
    stability: stability.slice(),
    difficulty: difficulty.slice(),
    kept: kept.slice(),
    keptDifficulty: keptDifficulty.slice(),
    learned: learned.slice(),
    learnedDifficulty: learnedDifficulty.slice(),
  }
}
