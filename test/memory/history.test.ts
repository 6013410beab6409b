import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flags, lookBack } from '../../src/memory/history.ts'
import { type Review, union } from '../../src/memory/review.ts'
import { anyLine, flag, review, undo } from './lines.ts'

const NONE = new Map<string, string>()
const all = { renames: NONE, wanted: () => true, number: 20 }

describe('looking back', () => {
  test('finds the newest answers, whatever the order of the lines and however often they are there', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (lines, number) => {
          // Two lines of one id are the business of `union`.
          const log = union(lines)
          const newest = log.filter((it): it is Review => it.type === 'review').toReversed()
          const undone = new Set(log.flatMap(it => (it.type === 'undo' ? [it.of] : [])))
          const { of, answers, sittings } = lookBack([...log.toReversed(), ...log], {
            ...all,
            number,
          })
          expect(of).toBe(newest.length)
          expect(answers.map(it => it.review)).toEqual(newest.slice(0, number))
          expect(answers.map(it => it.takenBack)).toEqual(
            newest.slice(0, number).map(it => undone.has(it.id)),
          )
          expect(new Set(sittings.flatMap(it => it.answers))).toEqual(new Set(answers))
          for (const { id, at } of sittings) {
            expect(at).toBe(newest.findLast(it => it.sitting === id)?.at)
          }
        },
      ),
    )
  })

  test('finds them among many', () => {
    const many = Array.from({ length: 25_000 }, (_, n) =>
      review({ id: `a-${n}`, at: new Date(n * 60_000).toISOString() }),
    )
    const { of, answers } = lookBack([...many.slice(9000), ...many.slice(0, 9000)], {
      ...all,
      number: 2,
    })
    expect([of, answers.map(it => it.review.id)]).toEqual([25_000, ['a-24999', 'a-24998']])
  })

  test('goes by present ids', () => {
    const renames = new Map([['caching/old', 'caching/new']])
    const lines = ['old', 'new', 'other'].map(it => review({ id: it, question: `caching/${it}` }))
    const { answers } = lookBack(lines, { ...all, renames, wanted: it => it === 'caching/new' })
    expect(answers.map(it => [it.review.id, it.question])).toEqual([
      ['old', 'caching/new'],
      ['new', 'caching/new'],
    ])
  })
})

test('flags that stand, the oldest first, under present ids', () => {
  const at = (hour: number) => ({ at: `2026-11-21T1${hour}:00:00Z`, id: `f-${hour}` })
  const lines = [
    flag('caching/b', 'later', at(5)),
    undo('f-3'),
    flag('caching/a', 'sooner', at(2)),
    flag('caching/c', 'taken back', at(3)),
    flag('caching/a', 'sooner', at(2)),
  ]
  expect(
    flags(lines, new Map([['caching/a', 'caching/z']])).map(it => [it.question, it.note]),
  ).toEqual([
    ['caching/z', 'sooner'],
    ['caching/b', 'later'],
  ])
})

test('of two lines with one id the same one is shown, whichever came first', () => {
  const both = [review({ score: 1 }), review({ score: 0 })]
  const shown = (lines: typeof both) => lookBack(lines, all)
  expect(shown(both).of).toBe(1)
  expect(shown(both)).toEqual(shown(both.toReversed()))
  expect(shown(both).answers.map(it => it.review)).toEqual(union(both))
})
