import { BEFORE, type Belief, LEARNED, met } from './belief.ts'
import type { Day } from './day.ts'
import { fsrs } from './formulas.ts'
import { AGAIN, GOOD, type Strength } from './fsrs.ts'
import type { Pace } from './pace.ts'

/** What it is worth to ask a question on some day. */
export interface Value {
  /** By how much recall of all that is aimed at is raised, from 0 to 1. */
  readonly gain: number
  /** Expected, the reading of the verdict included. */
  readonly seconds: number
}

/** The probability that it is recalled on `day`, if it is not asked before. */
export function recallOn({ last, known, kept, learned }: Belief, day: Day, today: Day): number {
  if (last === undefined) return known * unused(Math.max(0, day - today))
  const days = day - last
  const own = known < 1 ? (1 - known) * fsrs.recall(learned.stability, days) : 0
  return known > 0 ? own + known * fsrs.recall(kept.stability, days) : own
}

/** What is left after some days of what can be recalled today and was known before. */
function unused(days: number): number {
  const { stability, days: since } = BEFORE
  return fsrs.recall(stability, since + days) / fsrs.recall(stability, since)
}

/**
 * What is gained by asking on `day` for recall on day `by`, `by` − `day` = t days later.
 *
 *     gain = weight · (R · recall(t, S′ recalled) + (1 − R) · recall(t, S′ forgotten) − recall(t, S))     R = recall today
 *
 * on average over both stories of the belief. What was never known is learned, and gains recall(t, S₀). Time is what the person
 * takes for a right answer and for a wrong one, by how likely each is; a guess is a right one.
 */
export function valueOf(belief: Belief, day: Day, by: Day, pace: Pace): Value {
  const { weight, chance, last, known, kept, learned } = belief
  const ahead = Math.max(0, by - day)
  const fresh = last === undefined
  let recall = known
  let gain = 0
  if (fresh) {
    gain =
      known * gainOf(kept, BEFORE.days, ahead) + (1 - known) * fsrs.recall(LEARNED.stability, ahead)
  } else {
    const days = Math.max(0, day - last)
    recall = recallOn(belief, day, day)
    if (known > 0) gain += known * gainOf(kept, days, ahead)
    if (known < 1) gain += (1 - known) * gainOf(learned, days, ahead)
  }
  const right = recall + (1 - recall) * chance
  const seconds = fresh
    ? right * pace.firstRight + (1 - right) * pace.firstWrong
    : right * pace.laterRight + (1 - right) * pace.laterWrong
  return { gain: weight * Math.max(0, gain), seconds }
}

function gainOf(strength: Strength, days: number, ahead: number): number {
  return after(strength, days, ahead) - fsrs.recall(strength.stability, days + ahead)
}

/** Recall `ahead` days after a review that comes `days` after the last one. */
function after({ stability, difficulty }: Strength, days: number, ahead: number): number {
  const recall = fsrs.recall(stability, days)
  return (
    recall * fsrs.recall(fsrs.recalled(stability, difficulty, recall), ahead) +
    (1 - recall) * fsrs.recall(fsrs.forgotten(stability, difficulty, recall), ahead)
  )
}

/**
 * What is to be believed after asking on `day`, on average over how it goes: the strength with which recall on day `by` is what it
 * is on average.
 */
export function asked(belief: Belief, day: Day, by: Day): Belief {
  const { last } = belief
  if (last === undefined) return met(belief, day)
  const one = (strength: Strength): Strength => {
    const days = Math.max(0, day - last)
    // On the day itself recall is certain, however strong it is; what counts is the day after.
    const ahead = Math.max(1, by - day)
    const recall = fsrs.recall(strength.stability, days)
    return {
      stability: fsrs.stability(after(strength, days, ahead), ahead),
      difficulty:
        recall * fsrs.difficulty(strength.difficulty, GOOD) +
        (1 - recall) * fsrs.difficulty(strength.difficulty, AGAIN),
    }
  }
  return { ...belief, last: day, kept: one(belief.kept), learned: one(belief.learned) }
}
