import { describe, expect, test } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { type ChoiceFields, choice } from '../../src/kinds/choice.ts'
import { dice, notes, shown, subsets } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const texts = ['no-store', 'no-cache', 'private', 'public']

/** `.#..` has the second of four choices right. */
const question = (pattern: string): ChoiceFields => ({
  choices: [...pattern].map((it, index) => ({
    text: texts[index]!,
    why: `why ${texts[index]}`,
    ...(it === '#' && { right: true }),
  })),
})

const one = question('.#..')
const two = question('##..')
const three = question('###.')

describe('one right choice', () => {
  keepsItsPromises(choice, one, [[0], [1], [2], [3]])

  test.for<[reply: number[], score: number, notes: string[]]>([
    [[1], 1, ['0 wrong left', '1 right taken', '2 wrong left', '3 wrong left']],
    [[0], 0, ['0 wrong taken', '1 right left', '2 wrong left', '3 wrong left']],
  ])('%j earns %d', ([reply, score, told]) => {
    const mark = choice.mark(one, reply)
    expect([mark.score, mark.right, notes(mark)]).toEqual([score, score === 1, told])
  })
})

describe('several right choices', () => {
  keepsItsPromises(
    choice,
    two,
    subsets([0, 1, 2, 3]).filter(it => it.length > 0),
  )

  test.for<[name: string, question: ChoiceFields, reply: number[], score: number]>([
    ['both', two, [0, 1], 1],
    ['one of two', two, [0], 1 / 2],
    ['one right, one wrong', two, [0, 2], 0],
    ['two right, one wrong', two, [0, 1, 2], 1 / 2],
    ['everything', two, [0, 1, 2, 3], 0],
    ['only wrong ones', two, [2, 3], 0],
    ['two of three', three, [0, 2], 2 / 3],
    ['everything, where one is wrong', three, [0, 1, 2, 3], 2 / 3],
  ])('%s', ([, question, reply, score]) => {
    const mark = choice.mark(question, reply)
    expect(mark.score).toBeCloseTo(score)
    expect(mark.right).toBe(score === 1)
  })
})

test('the reason of every choice is told, as written', () => {
  expect(choice.mark(one, [0]).notes.map(it => it.why)).toEqual(texts.map(it => `why ${it}`))
})

test('how many are right decides whether one or several are picked', () => {
  expect(
    [one, two, question('....')].map(it => (choice.ask(it, dice(1)) as { many: boolean }).many),
  ).toEqual([false, true, false])
})

test('a question without a key earns nothing, rather than NaN', () => {
  expect(choice.mark(question('....'), [0]).score).toBe(0)
})

describe('how an answer may be written', () => {
  const ask = {
    type: 'pick',
    many: true,
    options: texts.map((text, index) => ({ key: 'abcd'[index]!, text, index: 3 - index })),
  } satisfies Ask

  test.for<[answer: unknown, reply: number[]]>([
    [
      ['b', 'd'],
      [0, 2],
    ],
    [
      ['d', 'b'],
      [0, 2],
    ],
    ['b d', [0, 2]],
    ['bd', [0, 2]],
    ['b,d', [0, 2]],
    ['b, d.', [0, 2]],
    ['(b) (d)', [0, 2]],
    ['B;D', [0, 2]],
    ['2 4', [0, 2]],
    ['24', [0, 2]],
    [2, [2]],
    ['a', [3]],
    ['a)', [3]],
    [['A '], [3]],
    [[1], [3]],
  ])('%j', ([answer, reply]) => {
    expect(choice.read(two, ask, answer)).toEqual({ reply })
  })

  test.for<[answer: unknown, one: string, many: string]>([
    [
      'e',
      'there is no option "e"; answer with a to d',
      'there is no option "e"; answer with a to d',
    ],
    [
      '5',
      'there is no option "5"; answer with a to d',
      'there is no option "5"; answer with a to d',
    ],
    [
      '0',
      'there is no option "0"; answer with a to d',
      'there is no option "0"; answer with a to d',
    ],
    [
      'no-store',
      'there is no option "no"; answer with a to d',
      'there is no option "no"; answer with a to d',
    ],
    ['', 'pick one', 'pick at least one'],
    [[], 'pick one', 'pick at least one'],
    ['a b', 'pick one of a to d', 'read as'],
    ['aa', '"a" is there twice', '"a" is there twice'],
    [null, 'answer with a to d', 'answer with a to d'],
    [{ a: true }, 'answer with a to d', 'answer with a to d'],
    [[['a']], 'answer with a to d', 'answer with a to d'],
  ])('%j is malformed', ([answer, single, many]) => {
    expect(malformed(choice, one, answer)).toBe(single)
    expect(malformed(choice, two, answer)).toContain(many)
  })
})

describe('shuffled on every showing', () => {
  const asked = Array.from({ length: 600 }, (_, seed) =>
    shown(choice.ask({ choices: one.choices.slice(0, 3) }, dice(seed))),
  )

  test('each order appears about as often as the others', () => {
    const often = new Map<string, number>()
    for (const it of asked) often.set(it, (often.get(it) ?? 0) + 1)
    expect(often.size).toBe(6)
    // 100 expected each; four standard deviations of a binomial with 600 and 1/6.
    for (const count of often.values()) expect(Math.abs(count - 100)).toBeLessThan(37)
  })

  test('the same seed shows the same', () => {
    expect(shown(choice.ask(one, dice(7)))).toBe(shown(choice.ask(one, dice(7))))
  })

  test('keys go a, b, c… down the screen', () => {
    const { options } = choice.ask(one, dice(3)) as Extract<Ask, { type: 'pick' }>
    expect(options.map(it => it.key)).toEqual(['a', 'b', 'c', 'd'])
    for (const it of options) expect(it.text).toBe(texts[it.index])
  })
})
