import { type Candidate, type Listed, type Span, some, topicSpans } from '../bank/candidates.ts'
import { type Day, daysBetween } from './day.ts'
import { AGAIN, interval } from './fsrs.ts'
import type { Memory } from './memory.ts'
import { Pasts } from './pasts.ts'
import { COUNTS, FIRST_GRADE, MISSES, REVIEWS } from './state.ts'

/** What there is to choose from, and what is known about it. */
export interface Choosable {
  /** Those that fit the other wishes; no id twice. */
  readonly candidates: Listed<Candidate>
  /** What a concept is confused with, both ways. */
  readonly confusions: ReadonlyMap<string, ReadonlySet<string>>
  readonly memory: Pick<Memory, 'questions'>
  readonly today: Day
  /** Recall at which a question is due, over 0 and under 1. */
  readonly retention: number
}

/** The day on which recall has fallen to `retention`. */
export function dueDay(last: Day, stability: number, retention: number): Day {
  return last + interval(stability, retention)
}

/**
 * How urgent a review is, in half doublings of days ÷ stability, which is all that recall depends on: each doubling costs some
 * six points of it. The finer difference between two recalls says less than which topic is weak.
 */
export function urgency(last: Day, stability: number, day: Day): number {
  return Math.floor(2 * Math.log2(daysBetween(last, day) / stability))
}

/** The candidates by whether they were answered before, and how weak each topic is, over 0 and under 1. */
export interface Sorted {
  readonly pasts: Pasts
  /** The places of the candidates that were answered before. */
  readonly known: readonly number[]
  /** Topic → those that were not, maybe none. */
  fresh(): ReadonlyMap<string, Listed<Candidate>>
  /** The share of a topic's questions that were not known when first met: what to expect of a new one. */
  weakAtFirst(): (topic: string) => number
  /** The share of a topic's answers that were misses. */
  weak(): (topic: string) => number
}

export function sorted({ candidates, memory }: Choosable): Sorted {
  const pasts = new Pasts(memory.questions, candidates)
  const { places, counts } = pasts
  const known: number[] = []
  for (let it = 0; it < places.length; it++) {
    const place = places[it]!
    if (place >= 0 && counts[place * COUNTS + REVIEWS]! > 0) known.push(it)
  }
  let found: ReturnType<typeof numbersOf> | undefined
  const numbers = () => {
    found ??= numbersOf(topicSpans(candidates), pasts)
    return found
  }
  return {
    pasts,
    known,
    fresh() {
      const found = new Map<string, number[]>()
      for (const { name, from, to } of topicSpans(candidates)) {
        const own = found.get(name) ?? []
        found.set(name, own)
        for (let it = from; it < to; it++) if (pasts.met(it) < 0) own.push(it)
      }
      return new Map([...found].map(([topic, places]) => [topic, some(candidates, places)]))
    },
    weakAtFirst() {
      const { topics, all } = numbers()
      return topic => share(topics.get(topic), all, 'unknown', 'met')
    },
    weak() {
      const { topics, all } = numbers()
      return topic => share(topics.get(topic), all, 'misses', 'reviews')
    },
  }
}

/** What is known of some questions: how many were met, those that were not known then, their answers and the misses among them. */
interface TopicPast {
  met: number
  unknown: number
  reviews: number
  misses: number
}

const NOTHING: TopicPast = { met: 0, unknown: 0, reviews: 0, misses: 0 }

/** The numbers of each topic, and of all of them. */
function numbersOf(
  spans: readonly Span[],
  pasts: Pasts,
): { readonly topics: ReadonlyMap<string, TopicPast>; readonly all: TopicPast } {
  const topics = new Map<string, TopicPast>()
  const { counts } = pasts
  for (const { name, from, to } of spans) {
    const own = topics.get(name) ?? { ...NOTHING }
    topics.set(name, own)
    for (let it = from; it < to; it++) {
      const place = pasts.met(it)
      if (place < 0) continue
      const count = place * COUNTS
      own.met++
      if (counts[count + FIRST_GRADE] === AGAIN) own.unknown++
      own.reviews += counts[count + REVIEWS]!
      own.misses += counts[count + MISSES]!
    }
  }
  const all = { ...NOTHING }
  for (const it of topics.values()) {
    all.met += it.met
    all.unknown += it.unknown
    all.reviews += it.reviews
    all.misses += it.misses
  }
  return { topics, all }
}

/** The share of some in all for a topic, drawn towards that of all topics. */
function share(
  own: TopicPast = NOTHING,
  every: TopicPast,
  some: keyof TopicPast,
  all: keyof TopicPast,
): number {
  const usual = (every[some] + 1) / (every[all] + 2)
  return (own[some] + DOUBT * usual) / (own[all] + DOUBT)
}

/** A topic is taken to be as weak as all of them, until more answers than this say otherwise. */
const DOUBT = 2
