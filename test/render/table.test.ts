import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measure, piece, textOf } from '../../src/render/layout.ts'
import { aligned, alignsOf, columnWidths, gridOf, stacked } from '../../src/render/table.ts'

const words = (length: number) => 'word '.repeat(Math.ceil(length / 5)).slice(0, length)

const grid = (columns: string[], ...rows: string[][]) =>
  gridOf({ type: 'table', columns, rows }, text => [piece(String(text))])

/** Room for the text of a row of columns that would like to be that wide; `-` means: not as columns. */
test.for<[natural: number[], room: number, widths: number[] | undefined]>([
  [[4, 9], 40, [4, 9]],
  [[4, 64], 40, [4, 36]],
  [[64, 64], 40, [20, 20]],
  [[14, 200, 100], 60, [14, 27, 19]],
  [[64, 64, 64, 64], 40, undefined],
])('columns of %o in %i: %o', ([natural, room, expected]) => {
  expect(columnWidths(grid(natural.map(words)), room)).toEqual(expected)
})

test('a word that does not fit any column means no columns at all', () => {
  expect(columnWidths(grid(['a'.repeat(30), 'b'.repeat(30)]), 50)).toBeUndefined()
})

test('columns never get more than there is, nor less than their longest word', () => {
  const cell = fc
    .array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 20 })
    .map(it => it.join(' '))
  const row = fc.array(cell, { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(row, fc.array(row, { maxLength: 4 }), fc.nat(120), (head, rows, room) => {
      const given = grid(head, ...rows)
      const widths = columnWidths(given, room)
      if (widths === undefined) return
      expect(widths.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(room)
      for (const line of [given.head, ...given.rows]) {
        line.forEach((it, index) => {
          expect(measure(it).least).toBeLessThanOrEqual(widths[index]!)
        })
      }
    }),
  )
})

test('numbers stand on the right, section numbers do not', () => {
  const rows = [
    ['Redis', '0.5', '5.2.2', '40 %', ''],
    ['Postgres', '1,200', '6', '~ 7 %', ''],
  ]
  expect(alignsOf(rows, 5)).toEqual(['left', 'right', 'left', 'right', 'left'])
})

test('ragged rows are filled up', () => {
  expect(aligned(grid(['Store'], ['Redis', 'fast'], ['Disk']), 40)!.map(textOf)).toEqual([
    'Store      ',
    'Redis  fast',
    'Disk       ',
  ])
})

test('rows of several lines have a blank line between them', () => {
  const lines = aligned(grid(['Store', 'Note'], ['Redis', words(30)], ['Disk', 'slow']), 30)!
  expect(lines.map(it => textOf(it).trimEnd())).toEqual([
    'Store  Note',
    '',
    'Redis  word word word word',
    '       word word',
    '',
    'Disk   slow',
  ])
})

test('stacked rows name each value and leave out what is empty', () => {
  const lines = stacked(grid(['Store', '', 'Note'], ['Redis', 'hot', words(20)], ['Disk']), 20)
  expect(lines.map(textOf)).toEqual([
    'Store: Redis',
    'hot',
    'Note: word word',
    '  word word',
    '',
    'Store: Disk',
  ])
})
