import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLine } from '../../src/memory/read-line.ts'
import {
  instantOf,
  type Line,
  lineText,
  stampOf,
  standing,
  union,
} from '../../src/memory/review.ts'
import { anyLine, flag, review, undo } from './lines.ts'

test('a line is one object of JSON, with its newline', () => {
  expect(lineText(review({ confidence: 'sure' }))).toBe(
    '{"v":1,"id":"evening-0001","at":"2026-11-21T16:30:00.123+01:00","device":"desk-aaaaaa","type":"review",' +
      '"question":"caching/no-cache-reuse","score":1,"reply":["b"],"ms":5300,"sitting":"evening","mode":"drill",' +
      '"confidence":"sure"}\n',
  )
})

test.for<[at: string, offset: number, stamp: string]>([
  ['2026-11-21T15:30:00.123Z', 60, '2026-11-21T16:30:00.123+01:00'],
  ['2026-11-21T15:30:00Z', 0, '2026-11-21T15:30:00.000+00:00'],
  ['2026-11-21T15:30:00Z', -0, '2026-11-21T15:30:00.000+00:00'],
  ['2026-11-21T02:15:00Z', -210, '2026-11-20T22:45:00.000-03:30'],
  ['2026-11-21T23:00:00Z', 345, '2026-11-22T04:45:00.000+05:45'],
])('%s, %i minutes east of UTC, is %s', ([at, offset, stamp]) => {
  expect(stampOf(new Date(at), offset)).toBe(stamp)
  expect(Date.parse(stamp)).toBe(Date.parse(at))
})

test.for([Number.NaN, 8.64e15, -8.64e15, 253402300800000])(
  'a clock that shows %d still makes a line that can be read',
  time => {
    const line = review({ at: stampOf(new Date(time), -720) })
    expect(readLine(lineText(line))).toEqual(line)
  },
)

describe('union', () => {
  const logs = fc.array(fc.array(anyLine, { maxLength: 12 }), { maxLength: 4 })

  test('is the same whatever the order of the logs, and however they are put together', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (all, turn) => {
        const once = union(all.flat())
        const cut = turn % (all.length + 1)
        expect(union([...all.slice(cut), ...all.slice(0, cut)].flat())).toEqual(once)
        expect(union(all.toReversed().flatMap(it => it.toReversed()))).toEqual(once)
        expect(union([...union(all.slice(0, cut).flat()), ...all.slice(cut).flat()])).toEqual(once)
      }),
    )
  })

  test('has every id once, by instant and then by id', () => {
    fc.assert(
      fc.property(fc.array(anyLine), lines => {
        const out = union([...lines, ...lines])
        expect(new Set(out.map(it => it.id)).size).toBe(out.length)
        expect(new Set(out.map(it => it.id))).toEqual(new Set(lines.map(it => it.id)))
        const before = (a: Line, b: Line) =>
          instantOf(a) < instantOf(b) || (instantOf(a) === instantOf(b) && a.id < b.id)
        expect(out.every((it, index) => index === 0 || before(out[index - 1]!, it))).toBe(true)
      }),
    )
  })
})

describe('the answers that count', () => {
  const first = review({ id: 'a-1', at: '2026-11-21T16:30:00+01:00' })
  const second = review({ id: 'a-2', at: '2026-11-21T16:31:00+01:00' })

  test.for<[story: string, lines: Line[], left: string[]]>([
    ['all, if none was taken back', [first, second], ['a-1', 'a-2']],
    ['not those that were', [first, second, undo('a-2')], ['a-1']],
    ['taken back twice is taken back', [first, undo('a-1'), undo('a-1', { id: 'u' })], []],
    [
      'taken back by a clock that had been set back',
      union([first, undo('a-1', { at: '2026-11-21T10:00:00+01:00' })]),
      [],
    ],
    ['an undo of what nobody has', [first, undo('gone')], ['a-1']],
    ['flags are no answers', [first, flag('a/b', 'odd')], ['a-1']],
  ])('%s', ([, lines, left]) => {
    expect(standing(lines).map(it => it.id)).toEqual(left)
  })
})
