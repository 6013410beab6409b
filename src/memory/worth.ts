import { BEFORE, type Beliefs, LEARNED, NEVER, SHOWN } from './belief.ts'
import type { Day } from './day.ts'
import { fsrs, SHORTEST } from './formulas.ts'
import { AGAIN, GOOD, type Strength } from './fsrs.ts'
import type { Pace } from './pace.ts'

/** What it is worth to ask each question on one day for the sake of recall on another. */
export interface Worth {
  /** By how much recall of all that is aimed at is raised, from 0 to 1. */
  gain(it: number): number
  /** Of what was asked before: no less than the gain, and worked out in less than half the time. */
  most(it: number): number
  /** Expected, reading the verdict included. */
  seconds(it: number): number
}

/**
 * The worth of asking on `day` for recall on day `by`, t days later, with R recall on the day of asking:
 *
 *     gain = weight · (R · recall(t, S′ if recalled) + (1 − R) · recall(t, S′ if forgotten) − recall(t, S))
 *
 * on average over both stories of the belief. What was never known is learned, and gains recall(t, S₀). Time is that of a right
 * answer and of a wrong one, by how likely each is; a guess is a right one.
 */
export function worth(of: Beliefs, day: Day, by: Day, pace: Pace): Worth {
  const { last, known, kept, keptDifficulty, learned, learnedDifficulty, weight, chance } = of
  const ahead = Math.max(0, by - day)
  const freshKept = shown(ahead) - unused(ahead)
  const freshLearned = fsrs.recall(LEARNED.stability, ahead)
  return {
    gain(it) {
      const p = known[it]!
      let more = 0
      if (last[it] === NEVER) more = p * freshKept + (1 - p) * freshLearned
      else {
        const days = Math.max(0, day - last[it]!)
        if (p > 0) more += p * gained(kept[it]!, keptDifficulty[it]!, days, ahead)
        if (p < 1) more += (1 - p) * gained(learned[it]!, learnedDifficulty[it]!, days, ahead)
      }
      return weight[it]! * Math.max(0, more)
    },
    most(it) {
      const p = known[it]!
      const days = Math.max(0, day - last[it]!)
      let more = 0
      if (p > 0) more += p * gainedAtMost(kept[it]!, days, ahead)
      if (p < 1) more += (1 - p) * gainedAtMost(learned[it]!, days, ahead)
      return weight[it]! * more
    },
    seconds(it) {
      const fresh = last[it] === NEVER
      const recall = fresh ? known[it]! : recallOn(of, it, day, day)
      const right = recall + (1 - recall) * chance[it]!
      return fresh
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
  noted(of, it, day)
  if (of.last[it] === NEVER) {
    of.kept[it] = SHOWN
    of.keptDifficulty[it] = BEFORE.difficulty
    of.learned[it] = LEARNED.stability
    of.learnedDifficulty[it] = LEARNED.difficulty
  } else {
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
  }
  of.last[it] = day
}

/**
 * Takes down what FSRS makes of it, on average over right answers, guessed ones among them, and wrong ones. Stabilities are
 * averaged as logarithms: to the days of a plan a question that is due tomorrow matters more than one that is due in a year.
 */
function noted(of: Beliefs, it: number, day: Day): void {
  const { stability, difficulty, last } = of
  const known = recallOn(of, it, day, day)
  const right = known + (1 - known) * of.chance[it]!
  const on = (ifRight: Strength, ifWrong: Strength) => {
    stability[it] = ifRight.stability ** right * ifWrong.stability ** (1 - right)
    difficulty[it] = right * ifRight.difficulty + (1 - right) * ifWrong.difficulty
  }
  if (last[it] === NEVER) {
    on(fsrs.first(GOOD), fsrs.first(AGAIN))
    return
  }
  const [s, d] = [stability[it]!, difficulty[it]!]
  const recall = fsrs.recall(s, Math.max(0, day - last[it]!))
  on(
    { stability: fsrs.recalled(s, d, recall), difficulty: fsrs.difficulty(d, GOOD) },
    { stability: fsrs.forgotten(s, d, recall), difficulty: fsrs.difficulty(d, AGAIN) },
  )
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

/** As if what was recalled were never forgotten, and what was forgotten left stability as it was; a miss never raises it. */
function gainedAtMost(stability: number, days: number, ahead: number): number {
  const recall = fsrs.recall(stability, days)
  const missed = fsrs.recall(Math.max(SHORTEST, stability), ahead)
  return recall + (1 - recall) * missed - fsrs.recall(stability, days + ahead)
}
