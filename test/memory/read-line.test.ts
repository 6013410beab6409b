import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLine } from '../../src/memory/read-line.ts'
import { lineText } from '../../src/memory/review.ts'
import { anyLine, flag, review, undo } from './lines.ts'

describe('a line', () => {
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

test('a byte order mark that an editor put before the first line is no part of it', () => {
  expect(readLine(`\ufeff${lineText(review())}`)).toEqual(review())
})
