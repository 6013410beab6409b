import type { Candidate } from '../bank/bank.ts'
import { type Day, daysBetween } from './day.ts'
import { AGAIN, interval } from './fsrs.ts'
import type { Memory } from './memory.ts'
import { Pasts } from './pasts.ts'
import { COUNTS, FIRST_GRADE, MISSES, REVIEWS } from './state.ts'

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
  fresh(): ReadonlyMap<string, readonly Candidate[]>
  /** The share of a topic's questions that were not known when first met: what to expect of a new one. */
  weakAtFirst(): (topic: string) => number
  /** The share of a topic's answers that were misses. */
  weak(): (topic: string) => number
}

export function sorted({ candidates, memory }: Choosable): Sorted {
  const pasts = new Pasts(memory.questions, candidates)
  const { places, counts } = pasts
  const known: number[] = []
  for (let it = 0; it < places.length; it++) if (pasts.met(it) >= 0) known.push(it)
  return {
    pasts,
    known,
    fresh() {
      const out = new Map<string, Candidate[]>()
      for (let it = 0; it < places.length; it++) {
        const { topic } = candidates[it]!
        const own = out.get(topic) ?? []
        if (own.length === 0) out.set(topic, own)
        if (pasts.met(it) < 0) own.push(candidates[it]!)
      }
      return out
    },
    weakAtFirst: () =>
      shares(candidates, known, it =>
        counts[places[it]! * COUNTS + FIRST_GRADE] === AGAIN ? 1 : 0,
      ),
    weak: () =>
      shares(
        candidates,
        known,
        it => counts[places[it]! * COUNTS + MISSES]!,
        it => counts[places[it]! * COUNTS + REVIEWS]!,
      ),
  }
}

/** The share of some in all by topic, which are numbers of each question that is known. */
function shares(
  candidates: readonly Candidate[],
  known: readonly number[],
  some: (it: number) => number,
  all: (it: number) => number = () => 1,
): (topic: string) => number {
  const topics = new Map<string, { some: number; all: number }>()
  const total = { some: 0, all: 0 }
  let name: string | undefined
  let own = total
  for (const it of known) {
    const { topic } = candidates[it]!
    // One topic comes after the other, so this is looked up once for each.
    if (topic !== name) {
      name = topic
      own = topics.get(topic) ?? { some: 0, all: 0 }
      topics.set(topic, own)
    }
    own.some += some(it)
    own.all += all(it)
  }
  for (const it of topics.values()) {
    total.some += it.some
    total.all += it.all
  }
  const usual = (total.some + 1) / (total.all + 2)
  return topic => {
    const own = topics.get(topic) ?? { some: 0, all: 0 }
    return (own.some + DOUBT * usual) / (own.all + DOUBT)
  }
}

/** A topic is taken to be as weak as all of them, until more answers than this say otherwise. */
const DOUBT = 2
