import { fsrs } from '../../../src/memory/formulas.ts'
import { AGAIN, GOOD, type Strength } from '../../../src/memory/fsrs.ts'
import type { Course, Make, Policy } from '../course.ts'
import { order } from '../dice.ts'
import { byWeight } from './simple.ts'

/** What all schedulers of due dates have in common: in how many days is a question due that was answered so? */
type Schedule = (question: number, right: boolean, day: number) => number

export interface Options {
  /** New questions a day, at most. */
  readonly limit?: number
  /** Where new ones come: after what is due, evenly among it (as Anki has it by default), or before it. */
  readonly place?: 'after' | 'among' | 'before'
  /** New ones by weight rather than shuffled. */
  readonly heaviest?: boolean
  /** With time left and nothing due, what is due soonest is reviewed before its time. */
  readonly early?: boolean
  /** What to review on a day, if it is not what is due, the longest overdue first. */
  readonly pass?: (day: number, due: Float64Array) => number[] | undefined
}

function scheduled(course: Course, schedule: Schedule, options: Options = {}): Policy {
  const { exam, learner } = course
  const {
    limit = Number.POSITIVE_INFINITY,
    place = 'after',
    heaviest = false,
    early = false,
    pass,
  } = options
  const fresh = heaviest ? byWeight(course) : order(exam.questions.length, learner.seed)
  const due = new Float64Array(fresh.length).fill(Number.POSITIVE_INFINITY)
  const last = new Float64Array(fresh.length).fill(-1)
  let reviews: number[] = []
  let today = 0
  // New ones that were met, by now and by this morning.
  let met = 0
  let begun = 0
  // Of the day's questions, those that are new; and the part of the next one that is to come.
  let share = 0
  let owed = 0
  return {
    begin(day) {
      reviews =
        pass?.(day, due) ??
        fresh.filter(it => due[it]! <= day).sort((a, b) => due[a]! - due[b]! || a - b)
      begun = met
      today = day
      const coming = Math.min(limit, fresh.length - met)
      share = place === 'among' ? coming / Math.max(1, coming + reviews.length) : 0
      owed = 0
      reviews.reverse()
    },
    next() {
      const more = met < fresh.length && met - begun < limit
      owed += share
      if (more && (place === 'before' || owed >= 1 || reviews.length === 0)) {
        owed = Math.max(0, owed - 1)
        return fresh[met++]
      }
      if (reviews.length === 0 && early) {
        reviews = fresh
          .filter(it => last[it]! >= 0 && last[it]! < today)
          .sort((a, b) => due[b]! - due[a]!)
      }
      return reviews.pop()
    },
    seen(question, right, _seconds, day) {
      due[question] = day + schedule(question, right, day)
      last[question] = day
    },
  }
}

/** Boxes of 1, 2, 4, 8 and 16 days; one up when right, back to the first when wrong (Leitner 1972). */
export const leitner: Make = course => {
  const box = new Uint8Array(course.exam.questions.length)
  return scheduled(course, (it, right) => {
    box[it] = right ? Math.min(5, box[it]! + 1) : 1
    return 2 ** (box[it]! - 1)
  })
}

/** SuperMemo 2 (Woźniak 1990), with quality 4 for right and 2 for wrong. */
export const sm2: Make = course => {
  const count = course.exam.questions.length
  const [repetition, interval] = [new Uint16Array(count), new Float64Array(count)]
  const ease = new Float64Array(count).fill(2.5)
  return scheduled(course, (it, right) => {
    repetition[it] = right ? repetition[it]! + 1 : 0
    interval[it] =
      repetition[it]! <= 1 ? 1 : repetition[it] === 2 ? 6 : Math.round(interval[it]! * ease[it]!)
    const miss = right ? 1 : 3
    ease[it] = Math.max(1.3, ease[it]! + 0.1 - miss * (0.08 + miss * 0.02))
    return interval[it]!
  })
}

/** FSRS-6 with default parameters, and right or wrong for grades. */
export function fsrsAt(retention: number, options: Omit<Options, 'pass'>): Make {
  return course => {
    const memory = remembering(course)
    return scheduled(course, memory.schedule(retention), options)
  }
}

/**
 * FSRS until four fifths of the time is over; then a last pass over all that was met, the weakest first, by what recall on the day
 * would be without it.
 */
export function fsrsWithLastPass(retention: number): Make {
  return course => {
    const { horizon } = course
    const memory = remembering(course)
    const from = horizon - Math.max(1, Math.round(horizon / 5))
    return scheduled(course, memory.schedule(retention), {
      pass(day, due) {
        if (day < from) return undefined
        const recall = (it: number) =>
          fsrs.recall(memory.strength[it]!.stability, horizon - memory.last[it]!)
        return [...memory.last.keys()]
          .filter(it => memory.strength[it] && (memory.last[it]! < from || due[it]! <= day))
          .sort((a, b) => recall(a) - recall(b))
      },
    })
  }
}

function remembering({ exam }: Course) {
  const strength: (Strength | undefined)[] = exam.questions.map(() => undefined)
  const last = new Float64Array(exam.questions.length)
  return {
    strength,
    last,
    schedule(retention: number): Schedule {
      const wait = fsrs.interval(retention)
      return (it, right, day) => {
        const next = reviewed(strength[it], right, day - last[it]!)
        strength[it] = next
        last[it] = day
        return Math.max(1, Math.round(next.stability * wait))
      }
    },
  }
}

/** FSRS after one more answer. */
export function reviewed(before: Strength | undefined, right: boolean, days: number): Strength {
  const grade = right ? GOOD : AGAIN
  if (before === undefined) return fsrs.first(grade)
  const { stability, difficulty } = before
  const recall = fsrs.recall(stability, days)
  return {
    stability: right
      ? fsrs.recalled(stability, difficulty, recall)
      : fsrs.forgotten(stability, difficulty, recall),
    difficulty: fsrs.difficulty(difficulty, grade),
  }
}
