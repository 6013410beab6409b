import type { Listed } from '../bank/candidates.ts'
import { type Beliefs, beliefs, NEVER, type Weights } from './belief.ts'
import type { Day } from './day.ts'
import { descending, LEFT_OUT } from './descending.ts'
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
  readonly candidates: Listed<Askable>
  readonly memory: Pick<Memory, 'questions' | 'pace'>
  /** Of the candidates, for who has them already. */
  readonly pasts?: Pasts
  /** A number drawn for each candidate: of what is worth the same the lowest comes first. Without them it stays in order. */
  readonly lots?: Int32Array
}

/** One question of a day. */
export interface Planned {
  /** Its place among the candidates, and its id. */
  readonly it: number
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

/** Seconds; with less of a day's minutes there is nothing to begin. */
const SHORTEST = 20

/** The seconds that are left of a plan's minutes for today, after all that was answered today. */
export function secondsLeft(
  { minutes }: Pick<Plan, 'minutes'>,
  days: Memory['days'],
  today: Day,
): number {
  const seconds = minutes * 60 - (days.get(today)?.ms ?? 0) / 1000
  return seconds < SHORTEST ? 0 : seconds
}

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
  { candidates, memory, pasts = new Pasts(memory.questions, candidates), lots }: Ground,
  day: Day,
  seconds: number = plan.minutes * 60,
): Planned[] {
  const of = beliefs(candidates, pasts, plan.weights)
  return chosen(plan, of, paceOf(memory.pace), day, seconds, lots).map(it => ({
    question: candidates.at(it.it)!.id,
    fresh: of.last[it.it] === NEVER,
    ...it,
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
  lots?: Int32Array,
): Choice[] {
  const { last, stability } = of
  if (by !== undefined && day <= by) {
    return best(it => last[it]! < day, of, day, by, pace, seconds, LEAST, lots)
  }
  const wait = fsrs.interval(retention)
  const isDue = (it: number) =>
    last[it]! < day &&
    last[it] !== NEVER &&
    day >= last[it]! + Math.max(1, Math.round(stability[it]! * wait))
  const first = best(isDue, of, day, day + MONTH, pace, seconds, 0, lots)
  const left = first.reduce((sum, it) => sum - it.seconds, seconds)
  const isFresh = (it: number) => last[it] === NEVER
  return [...first, ...best(isFresh, of, day, day + MONTH, pace, left, 0, lots)]
}

/**
 * The questions with the greatest gain a second, in order, until they fill `seconds`. Reviews that would raise recall of their
 * question by less than `least` are left out.
 */
function best(
  isOpen: (it: number) => boolean,
  of: Beliefs,
  day: Day,
  by: Day,
  pace: Pace,
  seconds: number,
  least: number,
  lots?: Int32Array,
): Choice[] {
  const { last, weight } = of
  const { gain, most, seconds: each } = worth(of, day, by, pace)
  const shortest = Math.min(pace.laterRight, pace.laterWrong)
  const value = new Float64Array(last.length)
  const exact = (it: number) => {
    const own = gain(it)
    const fresh = last[it] === NEVER
    return !fresh && own < least * weight[it]! ? LEFT_OUT : ((fresh ? FRESH : 1) * own) / each(it)
  }
  const open = new Int32Array(last.length)
  let size = 0
  for (let it = 0; it < last.length; it++) {
    if (!isOpen(it)) continue
    // Of thousands of reviews a sitting takes a few, and most of the others never have to be worked out.
    value[it] = last[it] === NEVER ? exact(it) : (ABOVE * most(it)) / shortest
    open[size++] = it
  }
  const out: Choice[] = []
  let left = seconds
  for (const it of descending(open.subarray(0, size), value, exact, lots)) {
    if (left <= 0) break
    const choice = { it, seconds: each(it), gain: gain(it) }
    out.push(choice)
    left -= choice.seconds
  }
  return out
}

/** Rounding makes no bound too low. */
const ABOVE = 1 + 1e-9
