import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, dayFrom, dayOf, instant } from '../../src/memory/day.ts'

describe('a day starts at 04:00 where the person is', () => {
  test.for<[at: string, date: string]>([
    ['2026-11-21T16:30:00.123+01:00', '2026-11-21'],
    ['2026-11-21T04:00:00.000+01:00', '2026-11-21'],
    ['2026-11-21T03:59:59.999+01:00', '2026-11-20'],
    ['2026-11-21T23:59:59.000-11:00', '2026-11-21'],
    ['2026-11-22T01:00:00.000+14:00', '2026-11-21'],
    ['2026-11-21T02:00:00Z', '2026-11-20'],
    ['2027-01-01T00:30:00+00:00', '2026-12-31'],
    ['2028-02-29T12:00:00-03:30', '2028-02-29'],
    ['1969-12-31T12:00:00Z', '1969-12-31'],
  ])('%s is on %s', ([at, date]) => {
    expect(dateOf(dayOf(instant(at)!))).toBe(date)
  })
})

test.for([
  '2026-11-21T16:30:00',
  '2026-11-21',
  'yesterday',
  '',
  '2026-13-01T00:00:00Z',
  '2026-11-21T16:30:00+25:00',
])('"%s" is no instant', text => {
  expect(instant(text)).toBeUndefined()
})

test.for(['2026-02-30', '2026-13-01', '26-12-05', '2026-12-5', 'tomorrow'])(
  '"%s" is no date',
  text => {
    expect(dayFrom(text)).toBeUndefined()
  },
)

test('a date is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), day => {
      expect(dayFrom(dateOf(day))).toBe(day)
    }),
  )
})
