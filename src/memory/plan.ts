import { type Askable, type Belief, beliefs, type Weights } from './belief.ts'
import type { Day } from './day.ts'
import { fsrs } from './formulas.ts'
import type { Memory } from './memory.ts'
import { type Pace, paceOf } from './pace.ts'
import { type Value, valueOf } from './value.ts'

/** What somebody aims at. */
export interface Plan {
  /** The day of the interview; without it, or once it is past, recall is kept steady. */
  readonly by?: Day
  /** For each day, over 0. */
  readonly minutes: number
  readonly weights: Weights
  /** The recall at which a question is due when there is no date, over 0 and under 1. */
  readonly retention: number
}

/** What there is to choose from, and what is known about it. */
export interface Ground {
  /** Those that are asked for; no id twice. */
  readonly candidates: readonly Askable[]
  readonly memory: Pick<Memory, 'questions' | 'pace'>
}

/** One question of a day. */
export interface Planned extends Value {
  readonly question: string
  /** It was never asked. */
  readonly fresh: boolean
}

/**
 * A first answer is worth a quarter more than the recall that it brings by itself: it makes later reviews of the question possible,
 * and tells how much of the topic is known.
 */
const FRESH = 1.25

/** Without a date: what counts is recall in a month. */
const MONTH = 30

/**
 * What to ask today, the best first, until the expected time fills `seconds` (the whole day's minutes, unless said otherwise).
 *
 * With a date, always what raises recall on that day most for each second, until there is no time left. Nothing more is needed for
 * a plan: as the day comes nearer it pays less to learn and more to repeat, what will still be known is left alone, so that the
 * last pass spreads over the last days by itself; and after a day that was missed the next one is planned from how things stand.
 * Looking ahead, by dynamic programming over all days to come, was no better in the simulation.
 *
 * Without a date, what is due comes first and then what is new, each in that order too.
 *
 * What was answered today already is left out.
 */
export function today(
  plan: Plan,
  { candidates, memory }: Ground,
  day: Day,
  seconds: number = plan.minutes * 60,
): Planned[] {
  const pace = paceOf(memory.pace)
  const believed = beliefs(candidates, memory.questions, plan.weights)
  return chosen(plan, believed, pace, day, seconds).map(({ belief, gain, seconds }) => ({
    question: belief.question.id,
    fresh: belief.last === undefined,
    gain,
    seconds,
  }))
}

interface Choice extends Value {
  readonly belief: Belief
  readonly index: number
  /** Those of a higher rank come first. */
  readonly rank: number
  readonly value: number
}

/** The same for beliefs, so that days to come can be planned as well. */
export function chosen(
  plan: Plan,
  believed: readonly Belief[],
  pace: Pace,
  day: Day,
  seconds: number,
): Choice[] {
  const dated = plan.by !== undefined && plan.by >= day
  const by = dated ? plan.by! : day + MONTH
  const wait = fsrs.interval(plan.retention)
  const all: Choice[] = []
  for (const [index, belief] of believed.entries()) {
    const { last, stability } = belief
    if (last !== undefined && last >= day) continue
    const due = last !== undefined && day >= last + Math.max(1, Math.round(stability * wait))
    if (!dated && last !== undefined && !due) continue
    const value = valueOf(belief, day, by, pace)
    all.push({
      ...value,
      belief,
      index,
      rank: !dated && due ? 1 : 0,
      value: ((last === undefined ? FRESH : 1) * value.gain) / value.seconds,
    })
  }
  return best(all, seconds)
}

/** The first ones by rank, value and place, until their seconds are enough. A heap, since few of very many are taken. */
function best(all: Choice[], seconds: number): Choice[] {
  const before = (a: Choice, b: Choice) =>
    a.rank !== b.rank
      ? a.rank > b.rank
      : a.value !== b.value
        ? a.value > b.value
        : a.index < b.index
  const heap = all
  let size = heap.length
  const sink = (from: number) => {
    const it = heap[from]!
    let at = from
    while (true) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, it)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = it
  }
  for (let it = (size >> 1) - 1; it >= 0; it--) sink(it)
  const out: Choice[] = []
  let spent = 0
  while (size > 0 && spent < seconds) {
    const first = heap[0]!
    out.push(first)
    spent += first.seconds
    heap[0] = heap[--size]!
    if (size > 0) sink(0)
  }
  return out
}
