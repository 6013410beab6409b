import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  instantOf,
  type Line,
  lineText,
  readLine,
  stampOf,
  standing,
  union,
} from '../../src/memory/review.ts'
import { anyLine, flag, review, undo } from './lines.ts'

describe('a line', () => {
  test('is one object of JSON, with its newline', () => {
    expect(lineText(review({ confidence: 'sure' }))).toBe(
      '{"v":1,"id":"evening-0001","at":"2026-11-21T16:30:00.123+01:00","device":"desk-aaaaaa","type":"review",' +
        '"question":"caching/no-cache-reuse","score":1,"reply":["b"],"ms":5300,"sitting":"evening","mode":"drill",' +
        '"confidence":"sure"}\n',
    )
  })

  test('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(anyLine, line => {
        expect(readLine(lineText(line))).toEqual(line)
        expect(lineText(line).indexOf('\n')).toBe(lineText(line).length - 1)
      }),
    )
  })

  test('that was cut short anywhere is broken', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(), (line, cut) => {
        const text = lineText(line).trimEnd()
        expect(readLine(text.slice(0, cut % text.length))).toBe('broken')
      }),
    )
  })

  test('of anything else is no line, and reading it never fails', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect(['newer', 'broken']).toContain(readLine(text))
      }),
    )
  })
})

const written = (fields: object) => JSON.stringify({ ...review(), ...fields })

test.for<[what: string, line: string, as: 'broken' | 'newer']>([
  ['nothing', '', 'broken'],
  ['a list', '[1]', 'broken'],
  ['null', 'null', 'broken'],
  ['something of another program', '{"level":"info","msg":"started"}', 'broken'],
  ['a line without a version', written({ v: undefined }), 'broken'],
  ['a version that is no number', written({ v: '2' }), 'broken'],
  ['a later version', written({ v: 2, reply: { parts: [] } }), 'newer'],
  ['a type of later', written({ type: 'note' }), 'newer'],
  ['a mode of later', written({ mode: 'duel' }), 'newer'],
  ['a confidence of later', written({ confidence: 'certain' }), 'newer'],
  ['no id', written({ id: undefined }), 'broken'],
  ['an id that is an escape sequence', written({ id: '\u001b[2J' }), 'broken'],
  ['a day and no instant', written({ at: '2026-11-21' }), 'broken'],
  ['an instant without its offset', written({ at: '2026-11-21T16:30:00' }), 'broken'],
  ['an instant that never was', written({ at: '2026-13-21T16:30:00Z' }), 'broken'],
  ['an answer of 30 February', written({ at: '2026-02-30T16:30:00.123+01:00' }), 'broken'],
  ['an answer of 29 February in no leap year', written({ at: '2100-02-29T16:30:00Z' }), 'broken'],
  ['an undo of 31 April', JSON.stringify(undo('x', { at: '2026-04-31T16:30:00Z' })), 'broken'],
  ['a flag of 31 June', JSON.stringify(flag('a/b', '', { at: '2026-06-31T16:30:00Z' })), 'broken'],
  ['a device that is a path', written({ device: '../desk' }), 'broken'],
  ['a question that is a path', written({ question: '../../etc/passwd' }), 'broken'],
  ['a question without its topic', written({ question: 'no-store' }), 'broken'],
  ['a score above 1', written({ score: 1.5 }), 'broken'],
  ['a score below 0', written({ score: -1 }), 'broken'],
  ['a score in words', written({ score: '1' }), 'broken'],
  ['no reply', written({ reply: undefined }), 'broken'],
  ['keys that are none', written({ reply: ['__proto__'] }), 'broken'],
  [
    'pairs with a key of a prototype',
    written({ reply: JSON.parse('{"__proto__":"a"}') }),
    'broken',
  ],
  ['a time that went backwards', written({ ms: -3 }), 'broken'],
  ['a seed in words', written({ seed: 'x' }), 'broken'],
  ['a repetition that is not true', written({ again: false }), 'broken'],
  ['an undo of nothing', JSON.stringify({ ...undo('x'), of: undefined }), 'broken'],
  ['a flag without a note', JSON.stringify({ ...flag('a/b'), note: undefined }), 'broken'],
])('%s is left alone', ([, line, as]) => {
  expect(readLine(line)).toBe(as)
})

test.for([
  '2024-02-29T16:30:00.123+01:00',
  '2000-02-29T00:00:00Z',
  '2026-12-31T23:59:59.999-12:00',
])('%s was a day', at => {
  expect(readLine(lineText(review({ at })))).toEqual(review({ at }))
})

test('a line is of a day that is in the calendar', () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
      const two = (it: number) => String(it).padStart(2, '0')
      const at = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T16:30:00.000Z`
      // A date that is none comes out as another one.
      const real = new Date('2026-11-21T16:30:00Z')
      real.setUTCFullYear(year, month - 1, day)
      const understood = typeof readLine(lineText(review({ at }))) !== 'string'
      expect(understood).toBe(real.toISOString() === at)
    }),
  )
})

test('fields that nobody knows are left out', () => {
  const line = written({ mood: 'good', constructor: 'x' })
  expect(readLine(line)).toEqual(review())
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

test('a byte order mark that an editor put before the first line is no part of it', () => {
  expect(readLine(`\ufeff${lineText(review())}`)).toEqual(review())
})
