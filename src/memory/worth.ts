import { BEFORE, type Beliefs, LEARNED, meet, NEVER } from './belief.ts'
import type { Day } from './day.ts'
import { fsrs } from './formulas.ts'
import { AGAIN, GOOD } from './fsrs.ts'
import type { Pace } from './pace.ts'

/**
 * What it is worth to ask on one day for the sake of recall on another.
 *
 *     gain = weight · (R · recall(t, S′ if recalled) + (1 − R) · recall(t, S′ if forgotten) − recall(t, S))
 *
 * with R recall on the day of asking and t the days from then on, on average over both stories of the belief; what was never known
 * is learned, and gains recall(t, S₀). Time is that of a right answer and of a wrong one, by how likely each is; a guess is a
 * right one.
 */
export interface Worth {
  /** By how much recall of all that is aimed at is raised, from 0 to 1. */
  gain(it: number): number
  /** No less than that, for a fraction of the work. */
  most(it: number): number
  /** Expected, reading the verdict included. */
  seconds(it: number): number
}

export function worth(of: Beliefs, day: Day, by: Day, pace: Pace): Worth {
  const { weight, chance, last, known, kept, keptDifficulty, learned, learnedDifficulty } = of
  const ahead = Math.max(0, by - day)
  const freshKept = shown(ahead) - unused(ahead)
  const freshLearned = fsrs.recall(LEARNED.stability, ahead)
  return {
    gain(it) {
      const p = known[it]!
      if (last[it] === NEVER) return weight[it]! * (p * freshKept + (1 - p) * freshLearned)
      const days = Math.max(0, day - last[it]!)
      let out = 0
      if (p > 0) out += p * gained(kept[it]!, keptDifficulty[it]!, days, ahead)
      if (p < 1) out += (1 - p) * gained(learned[it]!, learnedDifficulty[it]!, days, ahead)
      return weight[it]! * Math.max(0, out)
    },

    most: it => weight[it]! * (1 - recallOn(of, it, Math.max(day, by), day)),

    seconds(it) {
      const recall = recallOn(of, it, day, day)
      const right = recall + (1 - recall) * chance[it]!
      return last[it] === NEVER
        ? right * pace.firstRight + (1 - right) * pace.firstWrong
        : right * pace.laterRight + (1 - right) * pace.laterWrong
    },
  }
}

/** The probability that it is recalled on `day`, if it is not asked from `today` on. */
export function recallOn(of: Beliefs, it: number, day: Day, today: Day): number {
  const p = of.known[it]!
  if (of.last[it] === NEVER) return p * unused(Math.max(0, day - today))
  const days = Math.max(0, day - of.last[it]!)
  let out = 0
  if (p > 0) out += p * fsrs.recall(of.kept[it]!, days)
  if (p < 1) out += (1 - p) * fsrs.recall(of.learned[it]!, days)
  return out
}

/** What can be recalled after some days of what can be recalled today and was known before, if it is not asked. */
function unused(ahead: number): number {
  const { stability, days } = BEFORE
  return fsrs.recall(stability, days + ahead) / fsrs.recall(stability, days)
}

/** And if it is asked today. */
function shown(ahead: number): number {
  const { stability, difficulty, days } = BEFORE
  return fsrs.recall(fsrs.recalled(stability, difficulty, fsrs.recall(stability, days)), ahead)
}

/**
 * Takes down that it was asked on `day`, on average over how it goes: with the stability that makes recall on day `by` what it is
 * on average.
 */
export function ask(of: Beliefs, it: number, day: Day, by: Day): void {
  if (of.last[it] === NEVER) {
    meet(of, it, day)
    return
  }
  const days = Math.max(0, day - of.last[it]!)
  // On the day itself everything just asked is recalled, whatever its stability; that shows only later.
  const ahead = Math.max(1, by - day)
  const one = (stability: Float64Array, difficulty: Float64Array) => {
    const [s, d] = [stability[it]!, difficulty[it]!]
    const recall = fsrs.recall(s, days)
    stability[it] = fsrs.stability(after(s, d, recall, ahead), ahead)
    difficulty[it] = recall * fsrs.difficulty(d, GOOD) + (1 - recall) * fsrs.difficulty(d, AGAIN)
  }
  one(of.kept, of.keptDifficulty)
  one(of.learned, of.learnedDifficulty)
  of.last[it] = day
}

function gained(stability: number, difficulty: number, days: number, ahead: number): number {
  const recall = fsrs.recall(stability, days)
  return after(stability, difficulty, recall, ahead) - fsrs.recall(stability, days + ahead)
}

/** Recall `ahead` days after a review at `recall`, on average over how it goes. */
function after(stability: number, difficulty: number, recall: number, ahead: number): number {
  return (
    recall * fsrs.recall(fsrs.recalled(stability, difficulty, recall), ahead) +
    (1 - recall) * fsrs.recall(fsrs.forgotten(stability, difficulty, recall), ahead)
  )
}
