import { type Beliefs, beliefs, NEVER, type Weights } from './belief.ts'
import type { Day } from './day.ts'
import { fsrs } from './formulas.ts'
import type { Memory } from './memory.ts'
import { type Pace, paceOf } from './pace.ts'
import { Pasts } from './pasts.ts'
import type { Askable } from './shares.ts'
import { worth } from './worth.ts'

/** What somebody aims at. */
export interface Plan {
  /** The day of the interview. Without it, or once it is past, recall is kept steady. */
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
  /** Of the candidates, for who has them already. */
  readonly pasts?: Pasts
}

/** One question of a day. */
export interface Planned {
  readonly question: string
  /** It was never asked before. */
  readonly fresh: boolean
  /** Expected, reading the verdict included. */
  readonly seconds: number
  /** By how much it raises expected recall of all that is aimed at, from 0 to 1. */
  readonly gain: number
}

/**
 * A first answer is worth a quarter more than the recall that it brings by itself: later reviews of the question become possible,
 * and it tells how much of its topic is known.
 */
const FRESH = 1.25

/**
 * A review waits that would raise recall of its question by less than this: a little later it brings more. In the simulation this
 * costs less than a tenth of a point on average, and where there is time for everything it spares hours.
 */
const LEAST = 0.01

/** Without a date, what counts is recall in a month. */
export const MONTH = 30

/**
 * What to ask today, the best first, until the expected time fills `seconds` (what the plan gives a day, unless said otherwise).
 *
 * With a date it is always what raises recall on that day most for each second. That is all there is to the plan, and what comes of
 * it is this: heavy topics before light ones; in topics of a weight, what was never asked before what was, since a first answer
 * brings more in its time than a review; weak before strong; and what will still be known is left alone, so that the last pass
 * spreads over the last days by itself. After a day that was missed the next one is planned from how things stand. To look ahead,
 * by dynamic programming over all days to come, was no better in the simulation.
 *
 * Without a date what is due comes first, then what is new, both in that order.
 *
 * What was answered today already is left out.
 */
export function today(
  plan: Plan,
  { candidates, memory, pasts = new Pasts(memory.questions, candidates) }: Ground,
  day: Day,
  seconds: number = plan.minutes * 60,
): Planned[] {
  const of = beliefs(candidates, pasts, plan.weights)
  return chosen(plan, of, paceOf(memory.pace), day, seconds).map(({ it, ...rest }) => ({
    question: candidates[it]!.id,
    fresh: of.last[it] === NEVER,
    ...rest,
  }))
}

/** The position of a question with what asking it takes and brings. */
interface Choice {
  readonly it: number
  readonly seconds: number
  readonly gain: number
}

/** The same from beliefs, so that days to come can be planned too. */
export function chosen(
  { by, retention }: Plan,
  of: Beliefs,
  pace: Pace,
  day: Day,
  seconds: number,
): Choice[] {
  const open: number[] = []
  for (let it = 0; it < of.last.length; it++) if (of.last[it]! < day) open.push(it)
  if (by !== undefined && day <= by) return best(open, of, day, by, pace, seconds, LEAST)
  const wait = fsrs.interval(retention)
  const isDue = (it: number) =>
    day >= of.last[it]! + Math.max(1, Math.round(of.stability[it]! * wait))
  const fresh = open.filter(it => of.last[it] === NEVER)
  const due = open.filter(it => of.last[it] !== NEVER && isDue(it))
  const first = best(due, of, day, day + MONTH, pace, seconds, 0)
  const left = first.reduce((sum, it) => sum - it.seconds, seconds)
  return [...first, ...best(fresh, of, day, day + MONTH, pace, left, 0)]
}

/**
 * The questions with the greatest gain a second, in order, until they fill `seconds`; equal ones stay in the order given. Reviews
 * that would raise recall of their question by less than `least` are left out.
 */
function best(
  from: readonly number[],
  of: Beliefs,
  day: Day,
  by: Day,
  pace: Pace,
  seconds: number,
  least: number,
): Choice[] {
  const worths = worth(of, day, by, pace)
  const value = worths.gain.map(
    (gain, it) => ((of.last[it] === NEVER ? FRESH : 1) * gain) / worths.seconds[it]!,
  )
  const worthwhile = from.filter(
    it => of.last[it] === NEVER || worths.gain[it]! >= least * of.weight[it]!,
  )
  const out: Choice[] = []
  let left = seconds
  for (const it of descending(worthwhile, value)) {
    if (left <= 0) break
    out.push({ it, seconds: worths.seconds[it]!, gain: worths.gain[it]! })
    left -= worths.seconds[it]!
  }
  return out
}

/** Positions by falling value, equal ones in order. A heap, since few are taken of very many. */
function* descending(positions: readonly number[], value: Float64Array): Generator<number> {
  const heap = Int32Array.from(positions)
  let size = heap.length
  const above = (a: number, b: number) => value[a]! > value[b]! || (value[a] === value[b] && a < b)
  const sink = (at: number) => {
    const it = heap[at]!
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && above(heap[child + 1]!, heap[child]!)) child++
      if (!above(heap[child]!, it)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = it
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(at)
  while (size > 0) {
    yield heap[0]!
    heap[0] = heap[--size]!
    if (size > 0) sink(0)
  }
}
