import type { Candidate } from '../bank/bank.ts'
import { GOOD_ENOUGH } from '../kinds/open.ts'
import { type Day, daysBetween } from './day.ts'
import { AGAIN, interval } from './fsrs.ts'
import type { Memory, Remembered } from './memory.ts'

/** What there is to choose from, and what is known about it. */
export interface Choosable {
  /** Those that fit the other wishes; no id twice. */
  readonly candidates: readonly Candidate[]
  /** What a concept is confused with, both ways. */
  readonly confusions: ReadonlyMap<string, ReadonlySet<string>>
  readonly memory: Pick<Memory, 'questions'>
  readonly today: Day
  /** Recall at which a question is due, over 0 and under 1. */
  readonly retention: number
}

/** A candidate that was answered before. */
export interface Known {
  readonly candidate: Candidate
  readonly past: Remembered
}

/** The day on which recall has fallen to `retention`. */
export function dueDay({ last, stability }: Remembered, retention: number): Day {
  return last + interval(stability, retention)
}

/**
 * How urgent a review is, in half doublings of days ÷ stability, which is all that recall depends on: each doubling costs some
 * six points of it. The finer difference between two recalls says less than which topic is weak.
 */
export function urgency({ last, stability }: Remembered, day: Day): number {
  return Math.floor(2 * Math.log2(daysBetween(last, day) / stability))
}

/** The last answer was not right, as its verdict saw it. */
export function wasWrong({ candidate, past }: Known): boolean {
  return past.score < (candidate.kind === 'open' ? GOOD_ENOUGH : 1)
}

export function isSureButWrong(it: Known): boolean {
  return it.past.confidence === 'sure' && wasWrong(it)
}

/** What is known of a topic: its questions, those of them that were never answered, and counts of those that were. */
interface TopicPast {
  readonly all: Candidate[]
  readonly fresh: Candidate[]
  met: number
  unknown: number
  reviews: number
  misses: number
}

/** The candidates by whether they were answered before, and how weak each topic is, over 0 and under 1. */
export interface Sorted {
  readonly known: readonly Known[]
  readonly fresh: ReadonlyMap<string, readonly Candidate[]>
  readonly byTopic: ReadonlyMap<string, readonly Candidate[]>
  /** The share of a topic's questions that were not known when first met: what to expect of a new one. */
  readonly weakAtFirst: (topic: string) => number
  /** The share of a topic's answers that were misses. */
  readonly weak: (topic: string) => number
}

export function sorted({ candidates, memory }: Choosable): Sorted {
  const known: Known[] = []
  const topics = new Map<string, TopicPast>()
  let name: string | undefined
  let topic: TopicPast = NOTHING
  for (const candidate of candidates) {
    // One topic comes after the other, so this is looked up once for each.
    if (candidate.topic !== name) {
      name = candidate.topic
      topic = topics.get(name) ?? { ...NOTHING, all: [], fresh: [] }
      topics.set(name, topic)
    }
    topic.all.push(candidate)
    const past = memory.questions.get(candidate.id)
    if (past === undefined) {
      topic.fresh.push(candidate)
      continue
    }
    known.push({ candidate, past })
    topic.met++
    if (past.firstGrade === AGAIN) topic.unknown++
    topic.reviews += past.reviews
    topic.misses += past.misses
  }
  const share = (part: 'unknown' | 'misses', of: 'met' | 'reviews') => {
    const sum = (what: typeof part | typeof of) =>
      [...topics.values()].reduce((total, it) => total + it[what], 0)
    const usual = (sum(part) + 1) / (sum(of) + 2)
    return (id: string) => {
      const own = topics.get(id) ?? NOTHING
      return (own[part] + DOUBT * usual) / (own[of] + DOUBT)
    }
  }
  return {
    known,
    fresh: new Map([...topics].map(([id, it]) => [id, it.fresh])),
    byTopic: new Map([...topics].map(([id, it]) => [id, it.all])),
    weakAtFirst: share('unknown', 'met'),
    weak: share('misses', 'reviews'),
  }
}

const NOTHING: TopicPast = { all: [], fresh: [], met: 0, unknown: 0, reviews: 0, misses: 0 }

/** A topic is taken to be as weak as all of them, until more answers than this say otherwise. */
const DOUBT = 2
