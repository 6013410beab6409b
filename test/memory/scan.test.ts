import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Columns } from '../../src/memory/columns.ts'
import { readLine } from '../../src/memory/read-line.ts'
import { type Row, rowOf } from '../../src/memory/row.ts'
import { Scanner } from '../../src/memory/scan.ts'
import { log } from './logs.ts'

/** A row with its reply as a value: pairs may be written in another order, or twice. */
const meant = (it: Row): object => ({ ...it, reply: JSON.parse(it.reply || 'null') as unknown })

/** What the columns hold of a text, undefined when nothing. */
function columnsOf(text: string): object | undefined {
  const columns = new Columns()
  // In the middle of something else, as in a file.
  const bytes = Buffer.from(`before\n${text}\nafter`)
  columns.add(bytes, 7, bytes.length - 6)
  return columns.size === 0 ? undefined : meant(columns.row(0))
}

function readSlowly(text: string): object | undefined {
  const line = readLine(text)
  return typeof line === 'string' ? undefined : meant(rowOf(line))
}

/** The fields of an object in another order. */
const shuffledFields = (it: object, order: readonly number[]): object =>
  Object.fromEntries(
    Object.entries(it)
      .map((entry, place) => [order[place] ?? 0, entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry),
  )

const lines = log.filter(it => it.length > 0)
const order = fc.array(fc.nat(100), { minLength: 14, maxLength: 14 })

test('lines are read as by readLine, whatever the order of their fields', () => {
  fc.assert(
    fc.property(lines, order, (them, order) => {
      for (const it of them) {
        const text = JSON.stringify(shuffledFields(it, order))
        expect(columnsOf(text)).toEqual(meant(rowOf(it)))
      }
    }),
  )
})

test('so are lines that somebody has been at', () => {
  const damage = fc.constantFrom(
    '',
    '"',
    '\\',
    ',',
    '}',
    '{',
    ' ',
    '0',
    '9',
    '-',
    '.',
    'e5',
    'x',
    'ö',
    '\t',
    '\0',
    '"a"',
    '[]',
    '29',
    '"v":1,',
    ',"again":true',
  )
  fc.assert(
    fc.property(lines, fc.nat(), fc.nat(4), damage, (them, where, length, put) => {
      const text = JSON.stringify(them[0])
      const place = where % text.length
      const damaged = text.slice(0, place) + put + text.slice(place + length)
      expect(columnsOf(damaged)).toEqual(readSlowly(damaged))
    }),
    { numRuns: 3000 },
  )
})

test('whatever its date, a line is read or left alone as by readLine', () => {
  const two = (it: number) => String(it).padStart(2, '0')
  const part = (most: number) => fc.nat(most).map(two)
  const years = fc.oneof(fc.constantFrom(1900, 2000, 2024, 2026, 2100), fc.nat(9999))
  // Mostly the end of a month, where a calendar has its exceptions.
  const days = fc.oneof(fc.integer({ min: 28, max: 32 }).map(two), part(32))
  const zones = fc.oneof(
    fc.constant('Z'),
    fc
      .tuple(fc.constantFrom('+', '-'), part(24), part(60))
      .map(([sign, h, m]) => `${sign}${h}:${m}`),
  )
  fc.assert(
    fc.property(years, part(13), days, part(24), zones, (year, month, day, hour, zone) => {
      const at = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:00:00.000${zone}`
      const text = JSON.stringify({ ...plain, at })
      expect(columnsOf(text)).toEqual(readSlowly(text))
    }),
    { numRuns: 3000 },
  )
})

/** One row a value that is at the edge of what is plain. */
const plain = {
  v: 1,
  at: '2026-11-21T16:30:00.123+01:00',
  device: 'desk-a1b2c3',
  id: 'k3v9x2m1-0001',
  type: 'review',
  question: 'caching/no-cache-reuse',
  score: 1,
  reply: ['a'],
  ms: 5300,
  sitting: 'k3v9x2m1',
  mode: 'drill',
}

test.for<[field: string, value: unknown]>([
  ['at', '2024-02-29T16:30:00.123+01:00'],
  ['at', '2026-02-29T16:30:00.123+01:00'],
  ['at', '2026-12-31T23:59:59.999-12:00'],
  ['at', '2100-02-29T16:30:00.123+01:00'],
  ['at', '2026-02-30T16:30:00.123+01:00'],
  ['at', '2026-04-31T16:30:00.123+01:00'],
  ['at', '2026-11-31T16:30:00.123+01:00'],
  ['at', '2026-11-21T24:00:00.000+01:00'],
  ['at', '2026-11-21T16:30:60.000+01:00'],
  ['at', '2026-11-21T16:30:00.123+24:00'],
  ['at', '2026-11-21T16:30:00.123+23:59'],
  ['at', '2026-11-21T16:30:00.123-00:00'],
  ['at', '2026-11-21T16:30:00Z'],
  ['at', '2026-11-21T16:30:00.1234567Z'],
  ['at', '0099-11-21T16:30:00.123Z'],
  ['at', '2026-00-10T16:30:00.123Z'],
  ['at', '2026-10-00T16:30:00.123Z'],
  ['id', 'x'.repeat(100)],
  ['id', 'x'.repeat(101)],
  ['id', '-x'],
  ['id', ''],
  ['question', '-/-'],
  ['question', 'caching'],
  ['question', 'a/b/c'],
  ['question', '/b'],
  ['score', 0.1 + 0.2],
  ['score', 1.0000000001],
  ['score', -0],
  ['score', 1e-9],
  ['ms', 2 ** 53 + 2],
  ['ms', 123456789012345],
  ['ms', 1e300],
  ['ms', 0.5],
  ['seed', 4294967295],
  ['seed', -1],
  ['reply', []],
  ['reply', {}],
  ['reply', { a: 'b', p1: '12' }],
  ['reply', ['abcd']],
  ['reply', ['A']],
  ['reply', [1]],
  ['reply', null],
  ['reply', -1.5],
  ['reply', 'tab\there'],
  ['confidence', 'sure'],
  ['confidence', 'certain'],
  ['mode', 'lab'],
  ['mode', 'exams'],
  ['again', true],
  ['again', false],
  ['v', 2],
  ['v', 10],
  ['type', 'reviews'],
  ['other', 1],
])('%s: %j', ([field, value]) => {
  const text = JSON.stringify({ ...plain, [field]: value })
  expect(columnsOf(text)).toEqual(readSlowly(text))
})

test.for<[what: string, more: object]>([
  ['written', {}],
  ['computed', { seed: 7, offered: ['token-bucket/no-cap'], believed: 'token-bucket/no-cap' }],
])('the form in which answers are kept is read the fast way: %s', ([, more]) => {
  const bytes = Buffer.from(JSON.stringify({ ...plain, ...more }))
  expect(new Scanner().scan(bytes, 0, bytes.length)).toBe(true)
})
