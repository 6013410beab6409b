import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Line,
  lineWidth,
  measure,
  padded,
  piece,
  textOf,
  widthOf,
  wrap,
} from '../../src/render/layout.ts'

const lines = (text: string, width: number) => wrap([piece(text)], width).map(textOf)

describe('widthOf', () => {
  test.for<[text: string, width: number]>([
    ['', 0],
    ['no-cache', 8],
    ['≤ 60 s', 6],
    ['日本語', 6],
    ['e\u0301tag', 4],
    ['🚀', 2],
  ])('%o takes %i columns', ([text, width]) => {
    expect(widthOf(text)).toBe(width)
  })
})

describe('wrap', () => {
  test.for<[text: string, width: number, lines: string[]]>([
    ['', 10, []],
    [' \n ', 10, []],
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 8, ['one two', 'three']],
    ['one  two', 8, ['one  two']],
    ['one\ttwo', 8, ['one two']],
    [' one ', 8, ['one']],
    ['one\ntwo', 8, ['one', 'two']],
    ['one\n\ntwo', 8, ['one', '', 'two']],
    ['idempotency', 4, ['idem', 'pote', 'ncy']],
    ['an idempotency key', 5, ['an', 'idemp', 'otenc', 'y key']],
    ['日本語', 5, ['日本', '語']],
    ['日本', 1, ['日', '本']],
    ['no\u00a0break here', 9, ['no\u00a0break', 'here']],
    ['wait for it — now', 11, ['wait for', 'it — now']],
  ])('%o at %i', ([text, width, expected]) => {
    expect(lines(text, width)).toEqual(expected)
  })

  test('keeps looks on both sides of a break, and joins what looks the same', () => {
    const text: Line = [piece('ask '), piece('the origin', 'code'), piece(' first')]
    expect(wrap(text, 7)).toEqual([
      [piece('ask '), piece('the', 'code')],
      [piece('origin', 'code')],
      [piece('first')],
    ])
  })

  test('takes pieces that touch for one word', () => {
    expect(wrap([piece('see '), piece('ETag', 'code'), piece('.')], 8).map(textOf)).toEqual([
      'see',
      'ETag.',
    ])
  })

  test('never breaks what is marked as whole', () => {
    const url = 'https://example.org/a/long/address'
    expect(wrap([piece('at '), { text: url, looks: [], whole: true }], 10).map(textOf)).toEqual([
      'at',
      url,
    ])
  })

  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'é', '日', '—', '-', '🚀', ' ', ' ', ' ', '\n', '\t', '`'),
    maxLength: 80,
  })
  const styled = fc.array(fc.record({ text, looks: fc.constantFrom([], ['code'], ['strong']) }), {
    maxLength: 5,
  }) as fc.Arbitrary<Line>

  test('no line is wider than asked for', () => {
    fc.assert(
      fc.property(styled, fc.integer({ min: 2, max: 40 }), (line, width) => {
        for (const it of wrap(line, width)) expect(lineWidth(it)).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('no character but space is lost, and none is added', () => {
    const bare = (it: string) => it.replace(/\s/g, '')
    fc.assert(
      fc.property(styled, fc.integer({ min: 1, max: 40 }), (line, width) => {
        expect(bare(wrap(line, width).map(textOf).join('\n'))).toBe(bare(textOf(line)))
      }),
    )
  })

  test('a text that stands on one line is no special case', () => {
    fc.assert(
      fc.property(styled, fc.integer({ min: 1, max: 40 }), (line, width) => {
        expect(wrap(line, width)).toEqual(wrap([...line, piece('\n')], width))
      }),
    )
  })

  test('words that fit stay whole', () => {
    const words = (it: string) => it.split(/\s+/).filter(word => word !== '')
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z,]{1,10}$/), { maxLength: 30 }), all => {
        expect(words(lines(all.join(' '), 10).join('\n'))).toEqual(all)
      }),
    )
  })
})

test.for<[text: string, natural: number, least: number]>([
  ['', 0, 0],
  ['ask the origin', 14, 6],
  ['one\nlonger line', 11, 6],
])('measure %o: %i at ease, %i at least', ([text, natural, least]) => {
  expect(measure([piece(text)])).toEqual({ natural, least })
})

test('padded fills up on either side, and leaves alone what is too wide', () => {
  expect(textOf(padded([piece('ab')], 4))).toBe('ab  ')
  expect(textOf(padded([piece('ab')], 4, 'right'))).toBe('  ab')
  expect(textOf(padded([piece('abcde')], 4))).toBe('abcde')
})
