import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Columns } from '../../src/memory/columns.ts'
import { fold, type Renames } from '../../src/memory/fold.ts'
import { type Memory, memoryOf } from '../../src/memory/memory.ts'
import { type Line, lineText } from '../../src/memory/review.ts'
import { State } from '../../src/memory/state.ts'
import { log } from './logs.ts'
import { plain, told } from './model.ts'

const NONE: Renames = new Map()

/** A fold over these lines in parts, of as many rows as `parts` says. */
function folded(lines: readonly Line[], renames = NONE, parts: readonly number[] = []): Memory {
  const columns = new Columns()
  for (const it of lines) {
    const bytes = Buffer.from(lineText(it))
    columns.add(bytes, 0, bytes.length - 1)
  }
  if (columns.contested.size > 0) columns.settle(lines.filter(it => columns.contested.has(it.id)))
  const state = new State()
  const order = columns.order()
  const undone = new Set(columns.undone().map(it => columns.find(it)))
  let from = 0
  for (const length of [...parts, order.length]) {
    fold(state, columns, order.subarray(from, from + length), undone, renames)
    from += length
  }
  return memoryOf(state)
}

const shuffle = fc.infiniteStream(fc.nat(1000))

/** The same items in any order. */
function reordered<T>(items: readonly T[], numbers: Iterable<number>): T[] {
  const random = numbers[Symbol.iterator]()
  return items
    .map(it => [random.next().value as number, it] as const)
    .sort(([a], [b]) => a - b)
    .map(([, it]) => it)
}

test('a fold says what can be told plainly', () => {
  fc.assert(
    fc.property(log, lines => {
      expect(plain(folded(lines))).toEqual(told(lines))
    }),
    { numRuns: 300 },
  )
})

test('the order of merging does not matter, nor how often a line is there', () => {
  fc.assert(
    fc.property(log, log, shuffle, (lines, more, numbers) => {
      // The second machine has the same ids for other lines, which must not happen, and does not matter either.
      const once = [...lines, ...more]
      expect(plain(folded(reordered([...once, ...lines], numbers)))).toEqual(plain(folded(once)))
      expect(plain(folded(once))).toEqual(told(once))
    }),
  )
})

test('a fold of some lines and then of the rest is a fold of all', () => {
  fc.assert(
    fc.property(log, fc.array(fc.nat(20), { maxLength: 5 }), (lines, parts) => {
      expect(plain(folded(lines, NONE, parts))).toEqual(plain(folded(lines)))
    }),
  )
})

test('taking an answer back leaves what there would be without it', () => {
  fc.assert(
    fc.property(log, fc.nat(), fc.nat(60), (lines, which, day) => {
      const answers = lines.filter(it => it.type === 'review')
      fc.pre(answers.length > 0)
      const { v, id: of, device } = answers[which % answers.length]!
      const at = `2026-12-${String(1 + (day % 31)).padStart(2, '0')}T12:00:00.000Z`
      const undone = [...lines, { v, id: 'undo', at, device, type: 'undo' as const, of }]
      expect(plain(folded(undone))).toEqual(plain(folded(lines.filter(it => it.id !== of))))
    }),
  )
})

test('a renamed question keeps its past, and two that become one are as one', () => {
  fc.assert(
    fc.property(log, lines => {
      const renames = new Map([['caching/reuse', 'caching/stale']])
      const renamed = lines.map(it =>
        'question' in it ? { ...it, question: renames.get(it.question) ?? it.question } : it,
      )
      expect(plain(folded(lines, renames))).toEqual(plain(folded(renamed)))
    }),
  )
})

describe('what a memory is like to look at', () => {
  const answer = {
    v: 1,
    device: 'desk-a1b2c3',
    type: 'review',
    question: 'caching/reuse',
    score: 1,
    reply: ['a'],
    ms: 5000,
    sitting: 'one',
    mode: 'drill',
  } as const
  const memory = folded([
    { ...answer, id: '1', at: '2026-11-21T10:00:00.000Z' },
    {
      ...answer,
      id: '2',
      at: '2026-11-21T10:01:00.000Z',
      question: 'http/405',
      mode: 'cram',
      score: 0,
      reply: ['b'],
    },
  ])

  test('questions that only were crammed are not remembered', () => {
    expect([...memory.questions.keys()]).toEqual(['caching/reuse'])
  })

  test('but they are in the totals, and so is what was taken for right', () => {
    expect([...memory.days.values()]).toEqual([{ answers: 2, right: 1, fresh: 2, ms: 65_000 }])
    expect(memory.pace.firstRight).toEqual({ answers: 1, ms: 60_000 })
    expect(new Map(memory.mistaken())).toEqual(new Map([['http/405', new Map([['b', 1]])]]))
    expect(memory.answered('http/405')).toBe(1)
  })

  test('what comes back in a sitting is among the answers that a mistake is one of', () => {
    const at = (second: number) => `2026-11-21T10:00:0${second}.000Z`
    const wrong = { ...answer, score: 0, reply: ['c'] }
    const { questions, mistaken, answered } = folded([
      { ...wrong, id: '1', at: at(1) },
      { ...wrong, id: '2', at: at(2), again: true },
      { ...answer, id: '3', at: at(3), again: true },
    ])
    expect(questions.get('caching/reuse')?.reviews).toBe(1)
    expect(mistaken().get('caching/reuse')?.get('c')).toBe(2)
    expect(answered('caching/reuse')).toBe(3)
    expect(answered('caching/unheard-of')).toBe(0)
  })

  test('nothing is remembered of nothing', () => {
    const nothing = folded([])
    expect([nothing.questions.size, nothing.days.size, nothing.answers]).toEqual([0, 0, 0])
  })
})
