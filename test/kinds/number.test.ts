import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NumberFields, number } from '../../src/kinds/number.ts'
import { notes } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const lifetime: NumberFields = {
  answer: 60,
  unit: 'min',
  tolerance: 0.5,
  near: [{ value: 3600, why: 'The lifetime is in seconds.' }],
}

keepsItsPromises(number, lifetime, [60, 3600, 0, -60, 61, 59, 1e300])

const read = (unit: string | undefined, answer: unknown) => {
  const question = { answer: 0, ...(unit !== undefined && { unit }) }
  return number.read(question, number.ask(question, Math.random), answer)
}

describe('numbers as people write them', () => {
  test.for<[answer: unknown, reply: number]>([
    [42, 42],
    ['42', 42],
    [' 42 ', 42],
    ['42.', 42],
    ['+42', 42],
    ['-42', -42],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1,000', 1000],
    ['1,000,000.5', 1_000_000.5],
    ['1 000', 1000],
    ['1_000', 1000],
    ['2e3', 2000],
    ['2E-3', 0.002],
    ['1/6', 1 / 6],
    ['1 / 6', 1 / 6],
    ['-1/2', -0.5],
    ['0/5', 0],
    ['50%', 0.5],
    ['50 %', 0.5],
    ['12.5 percent', 0.125],
  ])('%j', ([answer, reply]) => {
    expect(read(undefined, answer)).toEqual({ reply })
  })

  test.for([
    '',
    ' ',
    'forty',
    '1,5',
    '1,00',
    '12,34,567',
    '1.000.000',
    '1.2.3',
    '1e999',
    '-1e999',
    '2e3e3',
    '1/0',
    '1/2/3',
    '1-2',
    '--1',
    'NaN',
    'Infinity',
    '0x10',
    '1 2',
    '1'.repeat(101),
  ])('%j is asked again', answer => {
    expect(malformed(number, { answer: 1 }, answer)).toMatch(/^answer with a number/)
  })

  test.for([null, true, [42], { value: 42 }, Number.NaN, Number.POSITIVE_INFINITY])(
    '%j is asked again',
    answer => {
      expect(malformed(number, lifetime, answer)).toBe('answer with a number')
    },
  )
})

describe('units', () => {
  test.for<[asked: string, answer: string, reply: number]>([
    ['ms', '1500', 1500],
    ['ms', '1500ms', 1500],
    ['ms', '1,500 ms', 1500],
    ['ms', '1500 ms.', 1500],
    ['ms', '1.5 s', 1500],
    ['ms', '1.5 seconds', 1500],
    ['ms', '1/2 s', 500],
    ['s', '1500 ms', 1.5],
    ['s', '5 S', 5],
    ['min', '0.5 h', 30],
    ['min', '90 s', 1.5],
    ['min', '5 minutes', 5],
    ['h', '2 days', 48],
    ['µs', '1000 ns', 1],
    ['GB', '1500 MB', 1.5],
    ['KiB', '1 MiB', 1024],
    ['KB', '1 KiB', 1.024],
    ['bytes', '5 B', 5],
    ['%', '50', 50],
    ['%', '50%', 50],
    ['%', '50 percent', 50],
    ['req/s', '50 req/s', 50],
    ['requests', '5 request', 5],
    ['request', '5 Requests', 5],
    ['US$', '5 us$', 5],
  ])('asked in %s, %s', ([asked, answer, reply]) => {
    expect(read(asked, answer)).toEqual({ reply: expect.closeTo(reply, 9) })
  })

  test.for<[asked: string | undefined, answer: string, told: string]>([
    ['ms', '5 apples', 'answer in ms'],
    ['ms', '5 MB', 'answer in ms'],
    ['ms', '5 %', 'answer in ms'],
    ['req/s', '5 s', 'answer in req/s'],
    ['requests', '5 users', 'answer in requests'],
    ['constructor', '5 toString', 'answer in constructor'],
    [undefined, '5 ms', 'answer with the bare number'],
    [undefined, '5 __proto__', 'answer with the bare number'],
  ])('asked in %s, %s is asked again', ([asked, answer, told]) => {
    expect(malformed(number, { answer: 1, ...(asked && { unit: asked }) }, answer)).toBe(told)
  })

  test('whatever was meant, it comes out in the unit asked for', () => {
    const perSecond = { ns: 1e9, µs: 1e6, ms: 1e3, s: 1, min: 1 / 60, h: 1 / 3600, d: 1 / 86_400 }
    const units = fc.constantFrom(...(Object.keys(perSecond) as (keyof typeof perSecond)[]))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), units, units, (value, from, to) => {
        const { reply } = read(to, `${value} ${from}`) as { reply: number }
        const wanted = (value / perSecond[from]) * perSecond[to]
        expect(Math.abs(reply - wanted) / wanted).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('what counts as right', () => {
  test.for<[question: NumberFields, reply: number, right: boolean]>([
    [{ answer: 43.2 }, 43.2, true],
    [{ answer: 43.2 }, 43.21, false],
    [{ answer: 43.2, tolerance: 0.1 }, 43.1, true],
    [{ answer: 43.2, tolerance: 0.1 }, 43.3, true],
    [{ answer: 43.2, tolerance: 0.1 }, 43.31, false],
    [{ answer: 43.2, tolerance: 0.1 }, 43.09, false],
    [{ answer: 0.3 }, 0.1 + 0.2, true],
    [{ answer: 0 }, 0, true],
    [{ answer: 0 }, -0, true],
    [{ answer: 0 }, 0.001, false],
    [{ answer: 1 / 3, tolerance: 0.005 }, 0.33, true],
    [{ answer: 1e12 }, 1e12 + 1, true],
    [{ answer: 1e12 }, 1e12 + 1e4, false],
    [{ answer: -5 }, 5, false],
  ])('%j: %d %s', ([question, reply, right]) => {
    expect(number.mark(question, reply)).toMatchObject({ score: right ? 1 : 0, right })
  })

  test('a unit changes nothing about it: an hour and a half is 5400 s', () => {
    const question = { answer: 5400, unit: 's' }
    const heard = number.read(question, { type: 'number', unit: 's' }, '1.5 h')
    expect('reply' in heard && number.mark(question, heard.reply).score).toBe(1)
  })
})

describe('what is told', () => {
  test('the answer with its unit', () => {
    const mark = number.mark(lifetime, 60.4)
    expect(notes(mark)).toEqual(['- right taken'])
    expect(mark.notes[0]!.text).toBe('60 min')
  })

  test('why a typical mistake is one, and the answer', () => {
    expect(number.mark(lifetime, 3600).notes).toEqual([
      { right: false, taken: true, text: '3600 min', why: 'The lifetime is in seconds.' },
      { right: true, taken: false, text: '60 min' },
    ])
  })

  test('no more digits than anybody would read', () => {
    const question = { answer: 30, unit: '%' }
    expect(number.mark(question, 0.1 + 0.2).notes.map(it => it.text)).toEqual(['0.3 %', '30 %'])
  })
})

test('what it is counted in is asked with it', () => {
  expect(number.ask(lifetime, Math.random)).toEqual({ type: 'number', unit: 'min' })
  expect(number.ask({ answer: 1 }, Math.random)).toEqual({ type: 'number' })
})
