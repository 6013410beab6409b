import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../src/bank/candidates.ts'
import { fitting } from '../src/session/choose.ts'
import {
  type Event,
  place,
  type Session,
  start,
  step,
  summary,
  UNDOS,
} from '../src/session/session.ts'

const right: Event = { type: 'answered', score: 1, right: true }
const wrong: Event = { type: 'answered', score: 0, right: false }
const half: Event = { type: 'answered', score: 0.5, right: false }
const next: Event = { type: 'next' }
const skipped: Event = { type: 'skipped' }
const undo: Event = { type: 'undo' }
const quit: Event = { type: 'quit' }

const ABC = ['cap/a', 'caching/b', 'cap/c']
const play = (events: readonly Event[], session = start(ABC)): Session =>
  events.reduce(step, session)

/** Each story: what happens, then the phase and what is left to ask. */
test.for<[story: string, events: Event[], phase: Session['phase'], left: string[]]>([
  ['starts with the first question', [], 'asking', ABC],
  ['keeps the question on screen with its verdict', [right], 'reviewing', ABC],
  ['goes on', [right, next], 'asking', ['caching/b', 'cap/c']],
  [
    'brings a miss back at the end of a short sitting',
    [wrong, next],
    'asking',
    ['caching/b', 'cap/c', 'cap/a'],
  ],
  ['brings half a miss back too', [half, next], 'asking', ['caching/b', 'cap/c', 'cap/a']],
  ['is done when the last one is right', [right, next, right, next, right, next], 'done', []],
  [
    'asks a miss until it is right once',
    [right, next, right, next, wrong, next, wrong, next],
    'asking',
    ['cap/c'],
  ],
  ['leaves a skipped question out', [skipped], 'asking', ['caching/b', 'cap/c']],
  ['takes the last answer back from its verdict', [wrong, undo], 'asking', ABC],
  ['takes the last answer back from the next question', [wrong, next, undo], 'asking', ABC],
  ['takes back one answer after the other', [right, next, wrong, next, undo, undo], 'asking', ABC],
  ['has nothing to take back at the start', [undo], 'asking', ABC],
  ['ignores an answer while a verdict is shown', [right, wrong], 'reviewing', ABC],
  ['ignores going on while a question is asked', [next], 'asking', ABC],
  ['stops where it is', [right, quit], 'done', ABC],
])('%s', ([, events, phase, left]) => {
  const session = play(events)
  expect([session.phase, session.queue]).toEqual([phase, left])
})

test('in a long sitting a miss comes back after three others', () => {
  const ids = ['t/1', 't/2', 't/3', 't/4', 't/5', 't/6']
  expect(play([wrong, next], start(ids)).queue).toEqual(['t/2', 't/3', 't/4', 't/1', 't/5', 't/6'])
})

test('an exam asks nothing twice', () => {
  const exam = start(ABC, { exam: true })
  expect(play([wrong, next, wrong, next, wrong, next], exam)).toMatchObject({ phase: 'done' })
})

test('a sitting of nothing is done', () => {
  expect(start([]).phase).toBe('done')
})

test('place counts showings and knows a question that comes back', () => {
  expect(place(play([]))).toEqual({ n: 1, of: 3, again: false, showing: 0 })
  expect(place(play([wrong]))).toEqual({ n: 1, of: 4, again: false, showing: 0 })
  expect(place(play([wrong, next]))).toEqual({ n: 2, of: 4, again: false, showing: 0 })
  expect(place(play([wrong, next, right, next, right, next]))).toEqual({
    n: 4,
    of: 4,
    again: true,
    showing: 1,
  })
})

test('the summary counts first answers, by topic, and names the misses', () => {
  expect(summary(play([wrong, next, half, next, right, next, right, next, right, next]))).toEqual({
    asked: 3,
    score: 0.5,
    topics: [
      { topic: 'cap', asked: 2, score: 0.5, missed: ['cap/a'] },
      { topic: 'caching', asked: 1, score: 0.5, missed: ['caching/b'] },
    ],
  })
  expect(summary(start(ABC))).toEqual({ asked: 0, score: 0, topics: [] })
})

describe('whatever happens', () => {
  const events = fc.array(
    fc.constantFrom<Event>(right, wrong, half, next, next, next, skipped, undo, quit),
    { maxLength: 60 },
  )

  test('undo after an answer is as if it had never been given', () => {
    fc.assert(
      fc.property(events, fc.constantFrom(right, wrong, half), (before, answer) => {
        const session = play(before)
        fc.pre(session.phase === 'asking')
        expect(step(step(session, answer), undo)).toEqual(session)
      }),
    )
  })

  test('who answers right to the end has got every question right once', () => {
    fc.assert(
      fc.property(events, before => {
        let session = play(before)
        const skips = new Set(ABC.filter(it => !session.queue.includes(it)))
        for (let i = 0; i < 500 && session.phase !== 'done'; i++) {
          session = step(step(session, right), next)
        }
        expect(session.phase).toBe('done')
        fc.pre(!before.includes(quit) && !before.includes(skipped))
        for (const id of ABC) {
          const last = session.answers.filter(it => it.question === id).at(-1)
          expect(last?.right || skips.has(id)).toBe(true)
        }
      }),
    )
  })
})

describe('choosing', () => {
  const candidate = (id: string, concept: string, more: Partial<Candidate> = {}): Candidate => ({
    id,
    topic: 'http',
    level: 'apply',
    kind: 'choice',
    concepts: [concept],
    tags: [],
    ...more,
  })
  const pool = [
    candidate('http/q1', 'http/401'),
    candidate('http/q2', 'http/502', { level: 'recall', kind: 'text' }),
    candidate('http/q3', 'http/403', { tags: ['myth'] }),
    candidate('http/q4', 'http/etag'),
    candidate('http/q5', 'http/504'),
  ]
  test.for<[wanted: Partial<Parameters<typeof fitting>[1]>, ids: string[]]>([
    [{}, ['http/q1', 'http/q2', 'http/q3', 'http/q4', 'http/q5']],
    [{ levels: ['recall'] }, ['http/q2']],
    [{ kinds: ['text', 'number'] }, ['http/q2']],
    [{ tags: ['myth'] }, ['http/q3']],
    [{ levels: ['recall'], tags: ['myth'] }, []],
  ])('%o is asked for: %o', ([wanted, ids]) => {
    const found = fitting(pool, { levels: [], kinds: [], tags: [], ...wanted })
    expect([...found].map(it => it.id)).toEqual(ids)
  })
})

test('so many answers can be taken back, and none that was before them', () => {
  const questions = Array.from({ length: UNDOS + 10 }, (_, nth) => `cap/${nth}`)
  const all = play(
    questions.flatMap(() => [right, next]),
    start(questions),
  )
  const back = play(Array<Event>(UNDOS + 20).fill(undo), all)
  expect(back.answers).toEqual(all.answers.slice(0, 10))
  expect(back.queue).toEqual(questions.slice(10))
})
