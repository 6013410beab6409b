import { describe, expect, test } from 'vitest'
import { type OpenFields, open } from '../../src/kinds/open.ts'
import { notes, subsets } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const question = (points: number): OpenFields => ({
  tests: 'Whether you know what it costs.',
  answer: [{ type: 'paragraph', text: 'For secrets.' }],
  points: ['secrets', 'reuse', 'lifetime', 'validator', 'CDN', 'purge'].slice(0, points),
  avoid: [{ claim: 'Always.', why: 'Then nothing is reused.' }],
  followUp: { prompt: 'And the rest?', answer: [{ type: 'paragraph', text: 'A validator.' }] },
})

const four = question(4)

keepsItsPromises(open, four, subsets([0, 1, 2, 3]))

test('is first said, then ticked', () => {
  expect(open.ask(four, Math.random)).toEqual({ type: 'speak' })
  expect(open.points(four)).toEqual({
    type: 'tick',
    options: four.points.map((text, index) => ({ key: `p${index + 1}`, text, index })),
  })
})

/** Two thirds of the points are enough for this sitting. */
test.for<[points: number, ticked: number, score: number, right: boolean]>([
  [3, 0, 0, false],
  [3, 1, 1 / 3, false],
  [3, 2, 2 / 3, true],
  [3, 3, 1, true],
  [4, 2, 1 / 2, false],
  [4, 3, 3 / 4, true],
  [5, 3, 3 / 5, false],
  [5, 4, 4 / 5, true],
  [6, 4, 2 / 3, true],
])('%d points, %d ticked', ([points, ticked, score, right]) => {
  const mark = open.mark(
    question(points),
    Array.from({ length: ticked }, (_, index) => index),
  )
  expect(mark.score).toBeCloseTo(score)
  expect(mark.right).toBe(right)
})

test('notes say which points were made', () => {
  const mark = open.mark(four, [1, 3])
  expect(notes(mark)).toEqual(['0 wrong left', '1 right taken', '2 wrong left', '3 right taken'])
  expect(mark.notes.map(it => it.text)).toEqual(four.points)
})

describe('how ticks may be written', () => {
  test.for<[answer: unknown, reply: number[]]>([
    [
      ['p1', 'p3'],
      [0, 2],
    ],
    [
      ['p3', 'p1'],
      [0, 2],
    ],
    ['p1 p3', [0, 2]],
    ['p1,p3', [0, 2]],
    ['p1p3', [0, 2]],
    ['P1 P3', [0, 2]],
    ['1 3', [0, 2]],
    ['13', [0, 2]],
    [
      [1, 3],
      [0, 2],
    ],
    [2, [1]],
    ['', []],
    [[], []],
  ])('%j', ([answer, reply]) => {
    expect(open.read(four, open.points(four), answer)).toEqual({ reply })
  })

  test.for<[answer: unknown, told: string]>([
    ['p5', 'there is no option "5"; the points are p1 to p4'],
    [['p5'], 'there is no option "p5"; the points are p1 to p4'],
    [['p1', 'p1'], '"p1" is there twice; the points are p1 to p4'],
    [['p1', 1], '"1" is there twice; the points are p1 to p4'],
    ['all', 'there is no option "a"; the points are p1 to p4'],
    [null, 'the points are p1 to p4'],
    [{ p1: true }, 'the points are p1 to p4'],
  ])('%j is malformed', ([answer, told]) => {
    expect(malformed(open, four, answer)).toBe(told)
  })
})
