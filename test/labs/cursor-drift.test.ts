import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursorDrift } from '../../src/labs/cursor-drift.ts'

interface Reading {
  readonly steps: readonly { readonly rows?: readonly number[]; readonly cursor?: string }[]
  readonly twice: readonly number[]
  readonly never: readonly number[]
}

const run = (style: 'offset' | 'cursor', events: readonly string[]) =>
  cursorDrift.run({ style, posts: 12, size: 3, events })

/** Worked out by hand on posts 12 … 1, three to a page. */
test.for<[style: 'offset' | 'cursor', events: string, result: string]>([
  ['offset', 'page page', 'pages [12 11 10] [9 8 7]; repeated: none; missed: none'],
  ['offset', 'page +2 page', 'pages [12 11 10] [11 10 9]; repeated: 11 10; missed: none'],
  ['offset', 'page -11 page', 'pages [12 11 10] [8 7 6]; repeated: none; missed: 9'],
  ['offset', 'page -2 page', 'pages [12 11 10] [9 8 7]; repeated: none; missed: none'],
  ['cursor', 'page +2 page', 'pages [12 11 10] [9 8 7]; repeated: none; missed: none'],
  ['cursor', 'page -10 page', 'pages [12 11 10] [9 8 7]; repeated: none; missed: none'],
  ['cursor', 'page -9 page', 'pages [12 11 10] [8 7 6]; repeated: none; missed: none'],
])('%s, %s: %s', ([style, events, result]) => {
  expect(run(style, events.split(' ')).result).toBe(result)
})

/** Both strings are of the syllabus' reference figures. */
test.for([
  [123, 'eyJpZCI6MTIzfQ'],
  [143, 'eyJpZCI6MTQzfQ'],
] as const)('the cursor after post %i is only encoded: %s', ([id, cursor]) => {
  expect(Buffer.from(cursor, 'base64url').toString()).toBe(`{"id":${id}}`)
})

test('a cursor of a page decodes to its last post', () => {
  const { steps } = run('cursor', ['page', 'page']).outcome as Reading
  for (const { rows, cursor } of steps)
    expect(JSON.parse(Buffer.from(cursor!, 'base64url').toString())).toEqual({ id: rows!.at(-1) })
})

test.for<[misconception: string, style: 'offset' | 'cursor', events: string, result: string]>([
  [
    'pages-stand-still',
    'offset',
    'page +2 page',
    'pages [12 11 10] [9 8 7]; repeated: none; missed: none',
  ],
  [
    'other-way-round',
    'offset',
    'page +1 page',
    'pages [12 11 10] [8 7 6]; repeated: none; missed: 9',
  ],
  [
    'other-way-round',
    'offset',
    'page -11 page',
    'pages [12 11 10] [10 9 8]; repeated: 10; missed: none',
  ],
  [
    'cursor-needs-its-row',
    'cursor',
    'page -10 page',
    'pages [12 11 10] [12 11 9]; repeated: 12 11; missed: none',
  ],
  [
    'numbers-not-rows',
    'cursor',
    'page -9 page',
    'pages [12 11 10] [8 7]; repeated: none; missed: none',
  ],
])('%s, %s, %s: %s', ([misconception, style, events, result]) => {
  const { supposed } = run(style, events.split(' '))
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})

/** What a cursor is for. */
test('by cursor nothing comes twice and nothing is passed over, whatever happens', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('page', '+1', '+2', '-12', '-10', '-9', '-5'), { maxLength: 8 }),
      events => {
        const { twice, never } = run('cursor', ['page', ...events, 'page']).outcome as Reading
        expect([twice, never]).toEqual([[], []])
      },
    ),
  )
})
