import type { Bank } from '../../src/bank/bank.ts'
import type { Day } from '../../src/memory/day.ts'
import { AGAIN, GOOD } from '../../src/memory/fsrs.ts'
import type { Memory, Remembered } from '../../src/memory/memory.ts'
import { seeded } from '../../src/random.ts'

/** Memory of somebody who has done nothing, but for what is given. */
export function memoryOf(given: Partial<Memory> = {}): Memory {
  const none = { answers: 0, ms: 0 }
  const worth = { answers: 0, score: 0 }
  return {
    questions: new Map(),
    days: new Map(),
    calibration: { guess: worth, unsure: worth, sure: worth },
    mistaken: () => new Map(),
    answered: id =>
      Math.max(
        given.questions?.get(id)?.reviews ?? 0,
        ...(given.mistaken?.().get(id)?.values() ?? []),
      ),
    pace: { firstRight: none, firstWrong: none, laterRight: none, laterWrong: none },
    lastSeeds: new Map(),
    misconceptions: new Map(),
    flags: new Map(),
    answers: 0,
    sittings: 0,
    ms: 0,
    ...given,
  }
}

/** A question answered right once today, but for what is given. */
export function remembered(question: string, given: Partial<Remembered> = {}): Remembered {
  return {
    question,
    stability: 3,
    difficulty: 5,
    last: 0,
    reviews: 1,
    misses: 0,
    missesInARow: 0,
    grade: GOOD,
    score: 1,
    firstGrade: GOOD,
    ms: 10_000,
    ...given,
  }
}

/** Somebody who has studied for `days` days up to today, most of them, and met about half of the questions. */
export function student(bank: Bank, today: Day, days: number): Memory {
  const random = seeded(1, 'student')
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  const questions = new Map<string, Remembered>()
  const mistaken = new Map<string, Map<string, number>>()
  for (const { id, kind } of bank.candidates()) {
    if (random() < 0.5) continue
    const reviews = 1 + upTo(6)
    const misses = upTo(reviews)
    questions.set(
      id,
      remembered(id, {
        stability: 0.2 + random() * 20,
        last: today - upTo(days),
        reviews,
        misses,
        missesInARow: random() < 0.2 ? Math.min(misses, upTo(4)) : 0,
        grade: misses > 0 ? AGAIN : GOOD,
        ms: reviews * 20_000,
      }),
    )
    if (misses === 0) continue
    if (kind === 'choice') mistaken.set(id, new Map([['abc'[upTo(2)]!, misses]]))
    if (kind === 'match')
      mistaken.set(
        id,
        new Map([
          ['1:b', misses],
          ['2:a', 1],
        ]),
      )
  }
  return memoryOf({
    questions,
    mistaken: () => mistaken,
    days: new Map(
      Array.from({ length: days }, (_, ago) => ago)
        .filter(ago => ago === 0 || random() < 0.8)
        .map(ago => {
          const answers = 4 + upTo(40)
          return [today - ago, { answers, right: answers - 3, fresh: 3, ms: answers * 30_000 }]
        }),
    ),
    calibration: {
      sure: { answers: 120, score: 101 },
      unsure: { answers: 60, score: 33.5 },
      guess: { answers: 1, score: 0 },
    },
    pace: {
      firstRight: { answers: 100, ms: 2_500_000 },
      firstWrong: { answers: 80, ms: 4_000_000 },
      laterRight: { answers: 300, ms: 3_000_000 },
      laterWrong: { answers: 20, ms: 900_000 },
    },
    answers: 500,
    sittings: 34,
    ms: 45_600_000,
  })
}
