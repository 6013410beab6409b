import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONFIDENCES, type Confidence } from '../../src/kinds/ask.ts'
import { AGAIN, EASY, GOOD, type Grade, HARD } from '../../src/memory/fsrs.ts'
import { counts, gradeOf } from '../../src/memory/grade.ts'
import type { Mode } from '../../src/memory/review.ts'

const SECOND = 1000

describe('what an answer is graded', () => {
  test.for<
    [
      name: string,
      score: number,
      confidence: Confidence | undefined,
      ms: number,
      usual: number | undefined,
      grade: Grade,
    ]
  >([
    ['right', 1, undefined, 20, 20, GOOD],
    ['wrong', 0, undefined, 20, 20, AGAIN],
    ['two points of three', 2 / 3, undefined, 20, 20, HARD],
    ['one point of two', 0.5, undefined, 20, 20, AGAIN],
    ['all pairs but one', 0.8, 'sure', 5, 20, HARD],
    ['a right guess', 1, 'guess', 20, 20, AGAIN],
    ['a guess that was partly right', 0.8, 'guess', 20, 20, AGAIN],
    ['right, but unsure', 1, 'unsure', 20, 20, HARD],
    ['wrong, and sure of it', 0, 'sure', 5, 20, AGAIN],
    ['right and slow', 1, undefined, 40, 20, HARD],
    ['right, sure and slow', 1, 'sure', 41, 20, HARD],
    ['right and not quite slow', 1, undefined, 39, 20, GOOD],
    ['slow by two seconds', 1, undefined, 4, 2, GOOD],
    ['right and quick', 1, undefined, 5, 20, GOOD],
    ['right, sure and quick', 1, 'sure', 10, 20, EASY],
    ['right, sure and not quite quick', 1, 'sure', 11, 20, GOOD],
    ['quick by two seconds', 1, 'sure', 2, 4, GOOD],
    ['right at the first meeting', 1, undefined, 5, undefined, GOOD],
    ['right and sure at the first meeting', 1, 'sure', 200, undefined, EASY],
    ['right and unsure at the first meeting', 1, 'unsure', 5, undefined, HARD],
  ])('%s', ([, score, confidence, seconds, usual, grade]) => {
    const times = { ms: seconds * SECOND, usual: usual === undefined ? undefined : usual * SECOND }
    expect(gradeOf({ score, confidence, ...times })).toBe(grade)
  })

  const amount = fc.nat(300 * SECOND)
  const confidence = fc.option(fc.constantFrom(...CONFIDENCES), { nil: undefined })

  test('a better score, more confidence and less time never make it worse', () => {
    const sure = (it: Confidence | undefined) =>
      it === undefined ? 2 : it === 'sure' ? 3 : CONFIDENCES.indexOf(it)
    const answer = fc.record({
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      confidence,
      ms: amount,
    })
    fc.assert(
      fc.property(answer, answer, fc.option(amount, { nil: undefined }), (one, other, usual) => {
        const better =
          one.score >= other.score &&
          sure(one.confidence) >= sure(other.confidence) &&
          one.ms <= other.ms
        if (better)
          expect(gradeOf({ ...one, usual })).toBeGreaterThanOrEqual(gradeOf({ ...other, usual }))
      }),
    )
  })
})

test.for<[mode: Mode, again: boolean, counts: boolean]>([
  ['drill', false, true],
  ['exam', false, true],
  ['cram', false, false],
  ['lab', false, false],
  ['drill', true, false],
  ['exam', true, false],
])('%s, relearning %s: counts %s', ([mode, again, expected]) => {
  expect(counts(mode, again)).toBe(expected)
})
