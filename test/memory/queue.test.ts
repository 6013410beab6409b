import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Remembered } from '../../src/memory/memory.ts'
import { atRandom, NEEDS, type Need, outlook, queue } from '../../src/memory/queue.ts'
import { seeded } from '../../src/random.ts'
import { anyChoosable, choosable, confused, remembered, TODAY } from './candidates.ts'

type Past = Readonly<Record<string, Partial<Remembered>>>

const fresh = 'none'

/** The questions of a bank that is made for one row of a table: all that are named in it. */
function asked(
  ids: readonly string[],
  past: Past,
  needs: readonly Need[],
  count = 10,
  seed = 1,
): string {
  return queue(choosable(ids, past), needs, count, seeded(seed))
    .map(({ question, why, of }) => `${question} ${why}${of === undefined ? '' : ` of ${of}`}`)
    .join(', ')
}

const USUAL: readonly Need[] = ['due', 'new']
const overdue = (days: number) => ({ stability: 10, last: TODAY - days })
const leech = { reviews: 3, misses: 3, missesInARow: 3, score: 0, grade: 1 as const }

/** Each row: what is remembered of which questions, what is asked for, and what is asked and why. */
test.for<
  [
    story: string,
    past: Record<string, Partial<Remembered> | typeof fresh>,
    needs: readonly Need[],
    asked: string,
  ]
>([
  [
    'what is due comes before what is new',
    { 'cap/1': fresh, 'cap/2': overdue(10) },
    USUAL,
    'cap/2 due, cap/1 new',
  ],
  [
    'what is not due is left for later',
    { 'cap/1': overdue(9), 'cap/2': fresh },
    USUAL,
    'cap/2 new',
  ],
  [
    'the most overdue comes first',
    { 'cap/1': overdue(11), 'cap/2': overdue(90), 'cap/3': overdue(30) },
    USUAL,
    'cap/2 due, cap/3 due, cap/1 due',
  ],
  [
    'which is overdue by its stability, not by days',
    { 'cap/1': { stability: 40, last: TODAY - 60 }, 'cap/2': { stability: 2, last: TODAY - 10 } },
    USUAL,
    'cap/2 due, cap/1 due',
  ],
  [
    'of what is equally overdue, the topic with more misses',
    { 'cap/1': overdue(12), 'http/1': { ...overdue(12), reviews: 4, misses: 2 } },
    USUAL,
    'http/1 due, cap/1 due',
  ],
  [
    'of what is new, the topic of which less was known',
    {
      'cap/1': { ...overdue(0) },
      'cap/2': fresh,
      'http/1': { ...overdue(0), firstGrade: 1 },
      'http/2': fresh,
    },
    USUAL,
    'http/2 new, cap/2 new',
  ],
  ['--due asks nothing new', { 'cap/1': fresh, 'cap/2': overdue(10) }, ['due'], 'cap/2 due'],
  ['--new asks nothing else', { 'cap/1': fresh, 'cap/2': overdue(10) }, ['new'], 'cap/1 new'],
  [
    '--weak asks all that was answered, lowest recall first',
    { 'cap/1': overdue(3), 'cap/2': overdue(0), 'cap/3': overdue(20), 'cap/4': fresh },
    ['weak'],
    'cap/3 weak, cap/1 weak, cap/2 weak',
  ],
  [
    '--wrong asks what was not right, due or not',
    { 'cap/1': { score: 0.5, last: TODAY }, 'cap/2': {}, 'cap/3': { score: 0, last: TODAY - 5 } },
    ['wrong'],
    'cap/3 wrong, cap/1 wrong',
  ],
  [
    'a lucky guess was not wrong',
    { 'cap/1': { score: 1, grade: 1, confidence: 'guess' }, 'cap/2': { score: 0 } },
    ['wrong'],
    'cap/2 wrong',
  ],
  [
    '--confident-errors asks what somebody was sure of and wrong about',
    {
      'cap/1': { score: 0, confidence: 'sure' },
      'cap/2': { score: 0, confidence: 'unsure' },
      'cap/3': { score: 1, confidence: 'sure' },
      'cap/4': { score: 0 },
    },
    ['sure-but-wrong'],
    'cap/1 sure-but-wrong',
  ],
  [
    'needs add up, and none is asked for twice',
    {
      'cap/1': { score: 0, confidence: 'sure' },
      'cap/2': { score: 0, stability: 1 },
      'cap/3': overdue(10),
      'cap/4': overdue(1),
    },
    ['sure-but-wrong', 'wrong', 'due'],
    'cap/1 sure-but-wrong, cap/2 wrong, cap/3 due',
  ],
  [
    '--cram asks what will be forgotten by tomorrow, and what was never learnt last',
    {
      'cap/1': fresh,
      'cap/2': { stability: 0.2, last: TODAY },
      'cap/3': { stability: 90, last: TODAY },
      'cap/4': { stability: 5, last: TODAY - 5 },
    },
    ['cram'],
    'cap/2 cram, cap/4 cram, cap/3 cram, cap/1 cram',
  ],
  ['a clock that was set back makes nothing due', { 'cap/1': { last: TODAY + 3 } }, ['due'], ''],
  ['there may be nothing to ask', { 'cap/1': {} }, ['new'], ''],
])('%s', ([, past, needs, expected]) => {
  const known = Object.entries(past).flatMap(([id, it]) => (it === fresh ? [] : [[id, it]]))
  expect(asked(Object.keys(past), Object.fromEntries(known), needs)).toBe(expected)
})

/** Each row: what is remembered of three questions, of which a and b test one concept, and what is asked. */
test.for<[story: string, past: Past, needs: readonly Need[], asked: string]>([
  [
    'is asked itself when it is not missed so often',
    { 'cap/1a': { ...leech, missesInARow: 2, misses: 2 } },
    ['due'],
    'cap/1a due',
  ],
  [
    'has a new question about the same stand in for it',
    { 'cap/1a': leech },
    ['due'],
    'cap/1b sibling of cap/1a',
  ],
  [
    'which is then not asked as a new one too',
    { 'cap/1a': leech },
    USUAL,
    'cap/1b sibling of cap/1a, cap/2 new',
  ],
  [
    'or one that was answered before it was',
    { 'cap/1a': leech, 'cap/1b': { stability: 40, last: TODAY - 12 } },
    ['due'],
    'cap/1b sibling of cap/1a',
  ],
  [
    'is left for another time when that one is due itself',
    { 'cap/1a': leech, 'cap/1b': overdue(20) },
    ['due'],
    'cap/1b due',
  ],
  [
    'comes back when that one was answered after it',
    { 'cap/1a': leech, 'cap/1b': { last: TODAY - 1 } },
    ['due'],
    'cap/1a due',
  ],
  [
    'is asked itself when the other one is missed as often',
    { 'cap/1a': leech, 'cap/1b': leech },
    ['due'],
    'cap/1a due',
  ],
  [
    'has a stand-in among the weak ones too',
    { 'cap/1a': leech },
    ['weak'],
    'cap/1b sibling of cap/1a',
  ],
  ['is asked itself by who wants what went wrong', { 'cap/1a': leech }, ['wrong'], 'cap/1a wrong'],
  [
    'is asked itself by who crams',
    { 'cap/1a': leech },
    ['cram'],
    'cap/1a cram, cap/1b cram, cap/2 cram',
  ],
])('a question that is missed again and again %s', ([, past, needs, expected]) => {
  const order = (text: string) => text.split(', ').toSorted()
  const out = asked(['cap/1a', 'cap/1b', 'cap/2'], past, needs)
  // Which of two new ones comes first is for the dice.
  expect(order(out)).toEqual(order(expected))
})

test('a leech without a sibling is asked itself', () => {
  expect(asked(['cap/1a', 'cap/2'], { 'cap/1a': leech }, ['due'])).toBe('cap/1a due')
})

test('a share of the points is enough in an open question, as it is in its verdict', () => {
  const from = choosable(['cap/1', 'cap/2'], { 'cap/1': { score: 0.7 }, 'cap/2': { score: 0.6 } })
  const candidates = from.candidates.map(it => ({ ...it, kind: 'open' as const }))
  const out = queue({ ...from, candidates }, ['wrong'], 10, seeded(1))
  expect(out.map(it => it.question)).toEqual(['cap/2'])
})

test('another retention makes other things due', () => {
  const from = choosable(['cap/1'], { 'cap/1': overdue(5) })
  expect(queue(from, ['due'], 10, seeded(1))).toEqual([])
  expect(queue({ ...from, retention: 0.95 }, ['due'], 10, seeded(1))).toHaveLength(1)
})

test('with nothing remembered: new questions at random, spread over topics', () => {
  const ids = ['cap', 'http', 'auth', 'rest'].flatMap(t => ['1', '2', '3'].map(n => `${t}/${n}`))
  const sittings = new Set<string>()
  for (let seed = 0; seed < 20; seed++) {
    const out = queue(choosable(ids), USUAL, 4, seeded(seed))
    expect(new Set(out.map(it => it.question.split('/')[0])).size).toBe(4)
    sittings.add(out.map(it => it.question).join())
  }
  expect(sittings.size).toBeGreaterThan(15)
})

test('what comes to be asked is told: how many for each need, and when the next ones are due', () => {
  const past = {
    'cap/1': overdue(10),
    'cap/2': { ...overdue(7), score: 0 },
    'cap/3': { ...overdue(7), score: 0, confidence: 'sure' as const },
    'cap/4': overdue(2),
  }
  expect(outlook(choosable(['cap/1', 'cap/2', 'cap/3', 'cap/4', 'cap/5'], past))).toEqual({
    counts: { 'sure-but-wrong': 1, wrong: 2, due: 1, new: 1, weak: 4, cram: 5 },
    next: { day: TODAY + 3, questions: 2 },
  })
  expect(outlook(choosable(['cap/1']))).not.toHaveProperty('next')
})

describe('whatever is remembered', () => {
  const someNeeds = fc.subarray([...NEEDS], { minLength: 1 })
  const arguments_ = [anyChoosable, someNeeds, fc.nat({ max: 50 }), fc.nat()] as const

  test('only what there is is asked, none twice, and no more than asked for', () => {
    fc.assert(
      fc.property(...arguments_, (from, needs, count, seed) => {
        const out = queue(from, needs, count, seeded(seed)).map(it => it.question)
        const ids = from.candidates.map(it => it.id)
        expect(out.filter(it => !ids.includes(it))).toEqual([])
        expect(new Set(out).size).toBe(out.length)
        expect(out.length).toBeLessThanOrEqual(count)
      }),
    )
  })

  test('the same arguments and seed ask the same', () => {
    fc.assert(
      fc.property(...arguments_, (from, needs, count, seed) => {
        expect(queue(from, needs, count, seeded(seed))).toEqual(
          queue(from, needs, count, seeded(seed)),
        )
      }),
    )
  })

  test('each is asked for a reason that holds', () => {
    fc.assert(
      fc.property(...arguments_, (from, needs, count, seed) => {
        const past = (id: string) => from.memory.questions.get(id)
        for (const { question, why, of } of queue(from, needs, count, seeded(seed))) {
          const own = past(question)
          if (why === 'new') expect(own).toBeUndefined()
          if (why === 'due') expect(own!.last + own!.stability).toBeLessThan(TODAY + 1)
          if (why === 'wrong') expect(own!.score).toBeLessThan(1)
          if (why === 'sure-but-wrong')
            expect([own!.confidence, own!.score < 1]).toEqual(['sure', true])
          if (why === 'weak') expect(own).toBeDefined()
          expect(of === undefined).toBe(why !== 'sibling')
          const concept = (id: string) => from.candidates.find(it => it.id === id)!.concepts[0]
          if (of !== undefined) expect(concept(of)).toBe(concept(question))
          if (why !== 'sibling') expect(needs).toContain(why)
        }
      }),
    )
  })

  test('cramming everything asks everything', () => {
    fc.assert(
      fc.property(anyChoosable, fc.nat(), (from, seed) => {
        const out = queue(from, ['cram'], 1000, seeded(seed)).map(it => it.question)
        expect(out.toSorted()).toEqual(from.candidates.map(it => it.id).toSorted())
      }),
    )
  })

  test('nothing is left out that is due and no leech', () => {
    fc.assert(
      fc.property(anyChoosable, fc.nat(), (from, seed) => {
        const easy = new Map(
          [...from.memory.questions].map(([id, it]) => [id, { ...it, misses: 0, missesInARow: 0 }]),
        )
        const calm = { ...from, memory: { questions: easy } }
        const out = queue(calm, ['due'], 1000, seeded(seed))
        expect(out.length).toBe(outlook(calm).counts.due)
      }),
    )
  })
})

test('an exam draws at random, confusable ones next to each other', () => {
  const ids = ['http/401', 'http/403', 'http/502', 'http/504', 'http/etag']
  const confusions = confused(['http/401', 'http/403'], ['http/502', 'http/504'])
  const from = choosable(ids, { 'http/etag': overdue(99) }, confusions)
  const draw = (seed: number, count: number) => atRandom(from, count, seeded(seed))
  for (let seed = 0; seed < 50; seed++) {
    const order = draw(seed, 5).map(it => it.question)
    expect(order.toSorted()).toEqual(ids)
    expect(Math.abs(order.indexOf('http/401') - order.indexOf('http/403'))).toBe(1)
    expect(Math.abs(order.indexOf('http/502') - order.indexOf('http/504'))).toBe(1)
  }
  expect(draw(7, 3)).toEqual(draw(7, 3))
  expect(draw(7, 3).map(it => it.why)).toEqual(['random', 'random', 'random'])
  const draws = Array.from({ length: 20 }, (_, seed) =>
    draw(seed, 3)
      .map(it => it.question)
      .join(),
  )
  expect(new Set(draws).size).toBeGreaterThan(5)
})

test('what is remembered of questions that are not there any more changes nothing', () => {
  const from = choosable(['cap/1', 'cap/2'], { 'cap/1': {} })
  const gone = new Map([...from.memory.questions, ['cap/9', remembered('cap/9', leech)]])
  expect(queue({ ...from, memory: { questions: gone } }, USUAL, 10, seeded(1))).toEqual(
    queue(from, USUAL, 10, seeded(1)),
  )
})
