import { beforeAll, expect, test } from 'vitest'
import type { Bank } from '../../src/bank/bank.ts'
import { words } from '../../src/bank/prose.ts'
import type { Remembered } from '../../src/memory/memory.ts'
import { mistakes } from '../../src/memory/mistakes.ts'
import { codes } from './bank.ts'
import { memoryOf, remembered } from './person.ts'

let bank: Bank
beforeAll(async () => {
  bank = await codes()
})

type Wrong = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What is told of these wrong answers: pairs as `taken > right n/m`, beliefs as `choice | why n/m`. */
function told(wrong: Wrong, remember: Readonly<Record<string, Partial<Remembered>>> = {}) {
  const questions = Object.entries(remember).map(([id, it]) => remembered(id, it))
  const memory = memoryOf({
    questions: new Map(questions.map(it => [it.question, it])),
    mistaken: () =>
      new Map(Object.entries(wrong).map(([id, keys]) => [id, new Map(Object.entries(keys))])),
  })
  return mistakes(memory, bank, bank.candidates())
}

const lines = (wrong: Wrong, remember: Readonly<Record<string, Partial<Remembered>>> = {}) => {
  const { confusions, beliefs } = told(wrong, remember)
  return [
    ...confusions.map(
      ({ taken, right, times, answers }) =>
        `${taken.id ?? taken.title} > ${right.id ?? right.title} ${times}/${answers}`,
    ),
    ...beliefs.map(
      ({ choice, why, times, answers }) => `${words(choice)} | ${words(why)} ${times}/${answers}`,
    ),
  ]
}

test.for<[says: string, wrong: Wrong, told: string[]]>([
  ['a name, taken for another', { 'codes/known': { a: 1 } }, ['codes/401 > codes/403 1/1']],
  ['names that sentences begin with', { 'codes/reason': { a: 2 } }, ['codes/401 > codes/403 2/2']],
  [
    'a sentence that begins with a word that is a name too',
    { 'codes/reason': { c: 1 } },
    ['Nothing that a client could use | A code is always sent. 1/1'],
  ],
  [
    'a name, where the right choice is none: it is taken for what is asked about',
    { 'codes/login': { b: 1 } },
    ['codes/404 > codes/401 1/1'],
  ],
  [
    'no name and no sentence that begins as the right one does',
    { 'codes/login': { c: 1 } },
    ['403, as it forbids | It asks for nothing. 1/1'],
  ],
  [
    'one of several right ones is missed: nobody knows which',
    { 'codes/hides': { c: 1 } },
    ['401 | She is known. 1/1'],
  ],
  [
    'a pair that belongs to another',
    { 'codes/meaning': { '1:b': 1 } },
    ['codes/403 > codes/401 1/1'],
  ],
  [
    'sides of a match that are short, but no names',
    { 'codes/meaning': { '2:c': 1 } },
    ['an empty list > codes/403 1/1'],
  ],
  [
    'sides of a match that are long',
    { 'codes/meaning': { '1:d': 1 } },
    ['401: it was here | Credentials are asked for. 1/1'],
  ],
  [
    'what belongs to nothing',
    { 'codes/meaning': { '1:e': 1 } },
    ['401: try again later | That is 503. 1/1'],
  ],
  [
    'the same pair from several questions',
    { 'codes/known': { a: 1 }, 'codes/reason': { a: 1 }, 'codes/meaning': { '2:a': 1 } },
    ['codes/401 > codes/403 3/3'],
  ],
  [
    'keys that are not wrong answers (any more)',
    {
      'codes/known': { b: 1, z: 1, '': 1, '1:a': 1, constructor: 1 },
      'codes/meaning': { '1:a': 1, '9:a': 1, a: 1, '1:z': 1 },
      'codes/number': { a: 1 },
      'codes/hides': { a: 1, b: 1 },
      'caching/exchange': { a: 3, b: 3 },
      'caching/explain-no-cache': { p1: 2 },
      'codes/gone': { a: 1 },
      'gone/known': { a: 1 },
    },
    [],
  ],
])('%s', ([, wrong, expected]) => {
  expect(lines(wrong)).toEqual(expected)
})

test('times taken of times answered, most often first and then the latest', () => {
  expect(
    lines(
      { 'codes/known': { c: 2 }, 'codes/reason': { c: 1, a: 3 }, 'codes/login': { c: 1 } },
      {
        'codes/known': { reviews: 7 },
        'codes/reason': { reviews: 5, last: 10 },
        'codes/login': { reviews: 1, last: 11 },
      },
    ).map(it => it.replace(/^(.{12}).*( \d)/, '$1$2')),
  ).toEqual(['codes/401 >  3/5', 'Whichever th 2/7', '403, as it f 1/1', 'Nothing that 1/5'])
})

test('what was right in an answer that was not does not hide what was wrong', () => {
  const right = Object.fromEntries([...'abcdefghijklmnopqrstuvwxyz'].map(it => [`${it}${it}`, 9]))
  const wrong = { 'caching/exchange': right, 'caching/secret': right, 'caching/load': right }
  expect(lines({ ...wrong, 'codes/known': { a: 1 } })).toEqual(['codes/401 > codes/403 1/1'])
})

test('at most five of each are told', () => {
  const wrong = Object.fromEntries(
    [...bank.candidates()]
      .filter(it => it.kind === 'choice')
      .map(it => [it.id, { a: 1, b: 1, c: 1, d: 1 }]),
  )
  const { beliefs, confusions } = told({
    ...wrong,
    'codes/meaning': { '1:e': 1, '2:e': 1, '3:e': 1, '4:e': 1 },
  })
  expect(beliefs.length).toBe(5)
  expect(confusions.length).toBeLessThanOrEqual(5)
})

/** Misses in a row, misses and answers → whether it is a leech. */
test.for<[missesInARow: number, misses: number, reviews: number, leech: boolean]>([
  [3, 3, 9, true],
  [2, 3, 4, false],
  [0, 4, 7, true],
  [0, 4, 8, false],
  [1, 3, 3, false],
])('%d in a row, %d of %d: %o', ([missesInARow, misses, reviews, leech]) => {
  const { leeches, leechCount } = told({}, { 'codes/known': { missesInARow, misses, reviews } })
  expect([leeches.length, leechCount]).toEqual(leech ? [1, 1] : [0, 0])
})

test('a leech is told with the wrong answer that was given most often', () => {
  const { leeches } = told(
    { 'codes/known': { a: 1, c: 3 } },
    {
      'codes/known': { missesInARow: 4, misses: 4, reviews: 6 },
      'codes/number': { missesInARow: 3, misses: 3, reviews: 3 },
    },
  )
  expect(leeches.map(it => [it.concept.title, it.misses, it.answers, it.belief?.times])).toEqual([
    ['403 Forbidden', 4, 6, 3],
    ['404 Not Found', 3, 3, undefined],
  ])
})
