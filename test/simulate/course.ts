import { USUAL } from '../../src/memory/pace.ts'
import { draw, normal } from './dice.ts'
import type { Exam } from './exam.ts'
import type { Learner } from './learner.ts'

/** Somebody under way: what they know by now. Days count from 0; the interview is on day `horizon`, which is not studied. */
export interface Course {
  readonly exam: Exam
  readonly learner: Learner
  readonly horizon: number
  readonly minutes: number
  readonly stability: Float64Array
  readonly difficulty: Float64Array
  readonly last: Float64Array
  /** How often each question was asked. */
  readonly met: Uint16Array
}

/** A way to choose what to ask. It sees what a log holds: what was asked, on which day, whether it was right, and for how long. */
export interface Policy {
  /** A day of study begins. */
  begin(day: number): void
  /** The next question, with so many seconds left; none when it has nothing to ask. */
  next(left: number): number | undefined
  seen(question: number, right: boolean, seconds: number, day: number): void
  /** What it thinks that recall on the day will be, if it has an opinion. */
  expects?(day: number): number
}

export type Make = (course: Course) => Policy

export interface Outcome {
  /** Expected recall on the day, by weight. */
  readonly recall: number
  readonly seconds: number
  readonly answers: number
  /** What the policy expected at the start and when half of the days were over. */
  readonly expected: readonly number[]
}

/**
 * Of a first and of a later answer: seconds by grade, again to easy, and how many of the right ones are hard and easy. Defaults of
 * fsrs-rs's simulator.
 */
const FIRST = { seconds: [33.8, 24.3, 13.7, 6.5], hard: 0.094 / 0.76, easy: 0.171 / 0.76 }
const LATER = { seconds: [23, 11.7, 7.3, 5.6], hard: 0.224, easy: 0.145 }

/** One course of study, days that are missed included. */
export function study(
  exam: Exam,
  learner: Learner,
  horizon: number,
  minutes: number,
  make: Make,
): Outcome {
  const course: Course = {
    exam,
    learner,
    horizon,
    minutes,
    stability: learner.stability.slice(),
    difficulty: learner.difficulty.slice(),
    last: learner.last.slice(),
    met: new Uint16Array(exam.questions.length),
  }
  const policy = make(course)
  const today = new Set<number>()
  const expected: number[] = []
  let [seconds, answers] = [0, 0]
  for (let day = 0; day < horizon; day++) {
    if (policy.expects && (day === 0 || day === horizon >> 1)) expected.push(policy.expects(day))
    if (draw(learner.seed, day, 33) < learner.missing) continue
    policy.begin(day)
    today.clear()
    let spent = 0
    while (spent < minutes * 60) {
      const question = policy.next(minutes * 60 - spent)
      if (question === undefined) break
      if (today.has(question)) throw new Error(`question ${question} twice on day ${day}`)
      today.add(question)
      const { right, took } = answer(course, question, day)
      spent += took
      answers++
      policy.seen(question, right, took, day)
    }
    seconds += spent
  }
  return { recall: recallOf(course), seconds, answers, expected }
}

/** The learner answers, and reads why; memory is changed by it. */
function answer(course: Course, question: number, day: number): { right: boolean; took: number } {
  const { learner, stability, difficulty, last, met } = course
  const { memory, seed } = learner
  const times = met[question]!
  met[question] = times + 1
  const s = stability[question]!
  const d = difficulty[question]!
  const recall = memory.recall(s, day - last[question]!)
  const recalled = draw(seed + 1, question, times) < recall
  const right = recalled || draw(seed + 2, question, times) < learner.guess[question]!
  const mood = draw(seed + 4, question, times)
  // A guess takes its time; it is the answer that is hard.
  const usual = times === 0 ? FIRST : LATER
  const hard = !recalled || mood < usual.hard * learner.strict
  const grade = !right ? 1 : hard ? 2 : mood > 1 - usual.easy / learner.strict ? 4 : 3
  const took =
    usual.seconds[grade - 1]! *
    learner.slowness[question]! *
    (right ? learner.slowRight : learner.slowWrong) *
    Math.exp(0.4 * normal(seed + 3, question, times) - 0.08)
  if (s === 0) {
    // Never known: the explanation is what there is to learn from, however the answer went.
    stability[question] = learner.firstStability[question]!
    difficulty[question] = learner.firstDifficulty[question]!
  } else if (recalled) {
    stability[question] = memory.recalled(s, d, recall, grade)
    difficulty[question] = memory.difficulty(d, grade)
  } else {
    // What was known for long and is forgotten is not worse off than what is new.
    const least = times === 0 ? Math.min(s, learner.firstStability[question]!) : 0
    stability[question] = Math.max(least, memory.forgotten(s, d, recall))
    difficulty[question] = memory.difficulty(d, 1)
  }
  last[question] = day
  return { right, took }
}

function recallOf({ exam, learner, horizon, stability, last }: Course): number {
  return exam.weight.reduce(
    (sum, weight, it) => sum + weight * learner.memory.recall(stability[it]!, horizon - last[it]!),
    0,
  )
}

/** Expected seconds of the learner, whom only the oracle knows. */
export function secondsOf({ learner, met }: Course, question: number, recall: number): number {
  const right = recall + (1 - recall) * learner.guess[question]!
  const first = met[question] === 0
  return (
    learner.slowness[question]! *
    (right * learner.slowRight * (first ? USUAL.firstRight : USUAL.laterRight) +
      (1 - right) * learner.slowWrong * (first ? USUAL.firstWrong : USUAL.laterWrong))
  )
}
