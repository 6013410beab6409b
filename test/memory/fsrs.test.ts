import fc from 'fast-check'
import {
  createEmptyCard,
  default_w,
  forgetting_curve,
  fsrs,
  type Grade as TheirGrade,
} from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import { daysBetween } from '../../src/memory/day.ts'
import {
  AGAIN,
  EASY,
  GOOD,
  type Grade,
  HARD,
  initial,
  interval,
  next,
  recall,
  type Strength,
} from '../../src/memory/fsrs.ts'

type Answer = readonly [grade: Grade, days: number]

/** The days of the first answer do not matter. */
type History = readonly [Answer, ...Answer[]]

function replayed([[first], ...rest]: History): Strength {
  return rest.reduce((strength, [grade, days]) => next(strength, grade, days), initial(first))
}

const grade = fc.constantFrom<Grade>(AGAIN, HARD, GOOD, EASY)
const days = fc.oneof(fc.constant(0), fc.nat(10), fc.nat(1000))
const answer = fc.tuple(grade, days)
const history = fc
  .tuple(answer, fc.array(answer, { maxLength: 40 }))
  .map(([first, rest]): History => [first, ...rest])

describe('published vectors', () => {
  // ts-fsrs 5.4.2, packages/fsrs/__tests__/FSRS-6.test.ts, 'first repeat'.
  test.for<[Grade, number, number]>([
    [AGAIN, 0.212, 6.4133],
    [HARD, 1.2931, 5.11217071],
    [GOOD, 2.3065, 2.11810397],
    [EASY, 8.2956, 1],
  ])('the first answer graded %i', ([first, stability, difficulty]) => {
    expect(initial(first)).toEqual({ stability, difficulty })
  })

  // The same file, 'memory state using next_state[short-term]'; py-fsrs 6, tests/test_basic.py, test_memo_state; both have it from
  // fsrs-rs, src/inference.rs, test_memo_state.
  test('a miss, relearnt the same day, then good four times', () => {
    const { stability, difficulty } = replayed([
      [AGAIN, 0],
      [GOOD, 0],
      [GOOD, 1],
      [GOOD, 3],
      [GOOD, 8],
      [GOOD, 21],
    ])
    expect(stability).toBeCloseTo(53.62691, 4)
    expect(difficulty).toBeCloseTo(6.3574867, 4)
  })

  // The same file, 'ivl_history'. An interval of 0 is a learning step there: the next answer is on the same day.
  test('intervals of good answers, with two misses in between', () => {
    const grades: Grade[] = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
    const steps = new Set([0, 6, 7])
    const intervals: number[] = []
    let strength: Strength | undefined
    for (const [nth, it] of grades.entries()) {
      strength = strength === undefined ? initial(it) : next(strength, it, intervals.at(-1)!)
      intervals.push(steps.has(nth) ? 0 : interval(strength.stability, 0.9))
    }
    expect(intervals).toEqual([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21])
  })

  // py-fsrs, tests/test_basic.py, test_repeated_correct_reviews.
  test('easy ten times on one day', () => {
    const easy: Answer = [EASY, 0]
    expect(replayed([easy, ...Array.from({ length: 9 }, () => easy)]).difficulty).toBe(1)
  })

  // ts-fsrs, the same file, 'return retrievability percentage for review cards': easy at first, and due after eight days.
  test('recall on the day when an easy question is due', () => {
    expect(recall(initial(EASY).stability, 8)).toBe(0.9024733)
  })
})

test('a long history is the same as through ts-fsrs itself, from card to card', () => {
  const model = fsrs({ enable_fuzz: false })
  fc.assert(
    fc.property(history, it => {
      const [[first], ...rest] = it
      let at = Date.UTC(2026, 10, 21)
      let card = model.next(createEmptyCard(at), at, first as TheirGrade).card
      let strength = initial(first)
      for (const [given, gone] of rest) {
        at += gone * 86_400_000
        card = model.next(card, at, given as TheirGrade).card
        strength = next(strength, given, gone)
      }
      expect(strength).toEqual({ stability: card.stability, difficulty: card.difficulty })
    }),
  )
})

test('recall and intervals are those of ts-fsrs, to the last digit', () => {
  const stability = fc.double({ min: 0.001, max: 36_500, noNaN: true })
  const retention = fc.double({ min: 0.01, max: 1, noNaN: true })
  fc.assert(
    fc.property(stability, fc.double({ min: 0, max: 1e5, noNaN: true }), (s, t) => {
      expect(recall(s, t)).toBe(forgetting_curve(default_w, t, s))
    }),
  )
  fc.assert(
    fc.property(stability, fc.array(retention, { minLength: 1, maxLength: 3 }), (s, wanted) => {
      for (const r of [...wanted, 0.9, ...wanted]) {
        const model = fsrs({ enable_fuzz: false, request_retention: r })
        expect(interval(s, r)).toBe(model.next_interval(s, 0))
      }
    }),
  )
})

test('a better grade never shortens the interval', () => {
  fc.assert(
    fc.property(history, days, (it, gone) => {
      const strength = replayed(it)
      const after = ([1, 2, 3, 4] as const).map(given =>
        interval(next(strength, given, gone).stability, 0.9),
      )
      expect(after).toEqual(after.toSorted((a, b) => a - b))
    }),
  )
})

test('recall falls with time, from 1 to almost nothing, and is 0.9 after as many days as the stability', () => {
  fc.assert(
    fc.property(history, days, days, (it, some, more) => {
      const { stability } = replayed(it)
      expect(recall(stability, 0)).toBe(1)
      expect(recall(stability, stability)).toBeCloseTo(0.9, 6)
      expect(recall(stability, some + more)).toBeLessThanOrEqual(recall(stability, some))
      expect(recall(stability, 1e6)).toBeGreaterThan(0)
    }),
  )
})

test('the interval is when recall falls to what is wanted', () => {
  fc.assert(
    fc.property(history, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (it, retention) => {
      const { stability } = replayed(it)
      const wanted = interval(stability, retention)
      expect(wanted).toBeGreaterThanOrEqual(1)
      expect(wanted).toBeLessThanOrEqual(36_500)
      if (wanted > 1 && wanted < 36_500) {
        expect(recall(stability, wanted - 0.5)).toBeGreaterThanOrEqual(retention - 1e-6)
        expect(recall(stability, wanted + 0.5)).toBeLessThanOrEqual(retention + 1e-6)
      }
    }),
  )
})

test('a clock that was set back counts as no time at all', () => {
  expect(daysBetween(20_000, 19_000)).toBe(0)
  expect(recall(10, -5)).toBe(1)
})
