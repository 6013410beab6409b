import { createEmptyCard, fsrs, type Grade as TheirGrade } from 'ts-fsrs'
import { CONFIDENCES } from '../../src/kinds/ask.ts'
import { dayOf, daysBetween, instant } from '../../src/memory/day.ts'
import { gradeOf } from '../../src/memory/grade.ts'
import { type Memory, type Outcome, RECENT, type Remembered } from '../../src/memory/memory.ts'
import { type Line, type Review, standing, union } from '../../src/memory/review.ts'

const MINUTE = 60_000
const model = fsrs({ enable_fuzz: false })

/** What is compared: a memory as plain data, without an order where there is none. */
export function plain(memory: Memory): object {
  const sorted = <T>(map: ReadonlyMap<string | number, T>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...memory,
    questions: sorted(memory.questions).map(([id, it]) => [id, copied(it)]),
    days: sorted(memory.days),
    mistaken: sorted(memory.mistaken()).map(([id, keys]) => [id, sorted(keys)]),
    answered: [...memory.mistaken().keys()].sort().map(id => [id, memory.answered(id)]),
    lastSeeds: sorted(memory.lastSeeds),
    misconceptions: sorted(memory.misconceptions),
    flags: sorted(memory.flags),
  }
}

/** A question as plain data. */
export function copied(it: Remembered): Remembered {
  const { question, stability, difficulty, last, reviews, misses, missesInARow } = it
  const { grade, score, confidence, firstGrade, ms } = it
  const seen = { question, stability, difficulty, last, reviews, misses, missesInARow }
  return { ...seen, grade, score, ...(confidence !== undefined && { confidence }), firstGrade, ms }
}

/** The same as the fold, told plainly: for each question, go through its answers, and ask ts-fsrs for the next card. */
export function told(
  lines: readonly Line[],
  renames: ReadonlyMap<string, string> = new Map(),
): object {
  const log = union(lines)
  const named = (it: string) => renames.get(it) ?? it
  const answers = standing(log).map(it => {
    const when = instant(it.at)!
    const ms = Math.min(it.ms, 5 * MINUTE)
    return { ...it, question: named(it.question), at: when.ms, day: dayOf(when), ms }
  })
  type Answer = (typeof answers)[number]
  const sum = (of: readonly Answer[], what: (it: Answer) => number) =>
    // In the order of the log, as sums of fractions differ by their order.
    of.reduce((total, it) => total + what(it), 0)
  const isFirst = (it: Answer) => answers.find(other => other.question === it.question) === it
  const outcome = (it: Answer): Outcome =>
    `${isFirst(it) ? 'first' : 'later'}${it.score >= 2 / 3 ? 'Right' : 'Wrong'}`

  const questions = grouped(answers, it => it.question).flatMap(([question, all]) => {
    const counted = all.filter(it => !it.again && (it.mode === 'drill' || it.mode === 'exam'))
    return counted.length === 0 ? [] : [[question, remembered(question, counted)] as const]
  })
  const shown = grouped(answers, it => it.sitting).flatMap(([, all]) =>
    all.slice(1).map((next, nth) => {
      const it = all[nth]!
      const gone = next.at - next.ms - (it.at - it.ms)
      const ms = Math.min(Math.max(0, gone), 5 * MINUTE)
      return { outcome: outcome(it), ms, next, read: Math.max(0, ms - it.ms) }
    }),
  )
  const keys = answers
    .filter(it => it.score < 1 && !isComputed(it) && typeof it.reply === 'object')
    .flatMap(it =>
      (Array.isArray(it.reply)
        ? it.reply
        : Object.entries(it.reply).map(pair => pair.join(':'))
      ).map((key: string) => ({ question: it.question, key })),
    )
  const offers = answers.flatMap(({ offered = [], believed, day }) =>
    offered.map(name => ({ name, hit: name === believed, day })),
  )
  const flags = log.filter(it => it.type === 'flag')
  /** Of an answer and of the verdict before it in the sitting. */
  const spent = (it: Answer) => it.ms + (shown.find(({ next }) => next === it)?.read ?? 0)
  return {
    questions,
    days: grouped(answers, it => it.day).map(([day, all]) => [
      day,
      {
        answers: all.length,
        right: all.filter(it => it.score >= 2 / 3).length,
        fresh: all.filter(isFirst).length,
        ms: sum(all, spent),
      },
    ]),
    calibration: Object.fromEntries(
      CONFIDENCES.map(it => {
        const all = answers.filter(answer => answer.confidence === it)
        return [it, { answers: all.length, score: sum(all, answer => answer.score) }]
      }),
    ),
    mistaken: grouped(keys, it => it.question).map(([id, all]) => [
      id,
      grouped(all, it => it.key).map(([key, times]) => [key, times.length]),
    ]),
    answered: grouped(keys, it => it.question).map(([id]) => [
      id,
      answers.filter(it => it.question === id).length,
    ]),
    pace: Object.fromEntries(
      (['firstRight', 'firstWrong', 'laterRight', 'laterWrong'] as const).map(it => {
        const all = shown.filter(showing => showing.outcome === it)
        return [it, { answers: all.length, ms: all.reduce((total, { ms }) => total + ms, 0) }]
      }),
    ),
    lastSeeds: grouped(
      answers.filter(it => it.seed !== undefined),
      it => it.question,
    ).map(([id, all]) => [id, all.at(-1)!.seed]),
    misconceptions: grouped(offers, it => it.name).map(([name, all]) => [
      name,
      {
        offered: all.length,
        believed: all.filter(it => it.hit).length,
        // The latest one lowest, as a binary number is read.
        recent: Number.parseInt(
          all
            .slice(-RECENT)
            .map(it => (it.hit ? 1 : 0))
            .join(''),
          2,
        ),
        last: all.at(-1)!.day,
      },
    ]),
    flags: grouped(flags, it => named(it.question)).map(([id, all]) => [
      id,
      all.map(it => it.note),
    ]),
    answers: answers.length,
    sittings: new Set(answers.map(it => it.sitting)).size,
    ms: sum(answers, spent),
  }
}

const isComputed = ({ seed, offered }: Pick<Review, 'seed' | 'offered'>) =>
  seed !== undefined || offered !== undefined

interface Counted {
  readonly day: number
  readonly score: number
  readonly ms: number
  readonly confidence?: (typeof CONFIDENCES)[number]
}

function remembered(question: string, counted: readonly Counted[]): Remembered {
  let [card, at, time] = [createEmptyCard(0), 0, 0]
  const grades = counted.map((it, nth) => {
    const usual = nth === 0 ? undefined : time / nth
    const grade = gradeOf({ score: it.score, confidence: it.confidence, ms: it.ms, usual })
    at += nth === 0 ? 0 : daysBetween(counted[nth - 1]!.day, it.day) * 24 * 60 * MINUTE
    card = model.next(card, at, grade as TheirGrade).card
    time += it.ms
    return grade
  })
  const last = counted.at(-1)!
  return {
    question,
    stability: card.stability,
    difficulty: card.difficulty,
    last: last.day,
    reviews: counted.length,
    misses: grades.filter(it => it === 1).length,
    missesInARow: grades.length - 1 - grades.findLastIndex(it => it !== 1),
    grade: grades.at(-1)!,
    score: last.score,
    ...(last.confidence !== undefined && { confidence: last.confidence }),
    firstGrade: grades[0]!,
    ms: time,
  }
}

/** By key, sorted by it. */
function grouped<T, K extends string | number>(all: readonly T[], key: (it: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>()
  for (const it of all) groups.set(key(it), [...(groups.get(key(it)) ?? []), it])
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}
