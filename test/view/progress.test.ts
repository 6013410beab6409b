import fc from 'fast-check'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Bank, openBank } from '../../src/bank/bank.ts'
import { folderStore } from '../../src/bank/store.ts'
import { statsData } from '../../src/commands/data/stats.ts'
import type { Memory } from '../../src/memory/memory.ts'
import { type Stats, statsOf } from '../../src/memory/stats.ts'
import type { Thing } from '../../src/memory/wrong.ts'
import { type Format, render } from '../../src/render/index.ts'
import { widthOf } from '../../src/render/layout.ts'
import type { Screen } from '../../src/screen.ts'
import { calendar } from '../../src/view/calendar.ts'
import { progressDoc } from '../../src/view/progress.ts'
import { codes } from '../memory/bank.ts'
import { memoryOf, remembered, student } from '../memory/person.ts'
import { anyInline, anyProse } from '../render/arbitrary.ts'
import { PIPE, TERMINAL } from '../world.ts'

/** Saturday, 21 November 2026. */
const TODAY = 20_778

let bank: Bank
let person: Memory
beforeAll(async () => {
  bank = await codes()
  person = memoryOf({
    questions: new Map(
      [
        remembered('codes/known', { last: TODAY - 3, reviews: 5, misses: 4, missesInARow: 3 }),
        remembered('codes/reason', { last: TODAY - 2, stability: 4, reviews: 3, misses: 1 }),
        remembered('codes/meaning', { last: TODAY, stability: 1, reviews: 2, misses: 1 }),
        remembered('codes/number', { last: TODAY, stability: 2 }),
        remembered('caching/reuse', { last: TODAY - 1, stability: 0.4, reviews: 2, misses: 1 }),
        remembered('caching/secret', { last: TODAY - 9, stability: 12, reviews: 2 }),
        remembered('caching/fields', { last: TODAY - 5, stability: 30, reviews: 2 }),
      ].map(it => [it.question, it]),
    ),
    mistaken: () =>
      new Map([
        [
          'codes/known',
          new Map([
            ['a', 3],
            ['c', 1],
          ]),
        ],
        ['codes/reason', new Map([['c', 1]])],
        ['codes/meaning', new Map([['2:c', 1]])],
        ['caching/reuse', new Map([['b', 1]])],
        ['codes/hides', new Map([['c', 1]])],
      ]),
    days: new Map(
      [14, 9, 7, 12, 0, 15, 41, 8, 10, 0, 3].map((answers, ago) => [
        TODAY - ago,
        { answers, right: answers, fresh: 0, ms: answers * 35_000 },
      ]),
    ),
    calibration: {
      sure: { answers: 20, score: 16 },
      unsure: { answers: 11, score: 5.5 },
      guess: { answers: 3, score: 1 },
    },
    pace: {
      firstRight: { answers: 4, ms: 120_000 },
      firstWrong: { answers: 3, ms: 150_000 },
      laterRight: { answers: 8, ms: 120_000 },
      laterWrong: { answers: 2, ms: 60_000 },
    },
    answers: 119,
    sittings: 13,
    ms: 119 * 35_000,
  })
})

const shown = (screen: Screen, format: Format = 'text', stats = statsOf(person, bank, TODAY)) =>
  render(progressDoc(stats, false), format, screen)

test.for<[name: string, screen: Partial<Screen>]>([
  ['stats.txt', {}],
  ['stats.color.txt', { colors: 1 }],
  ['stats.ascii.txt', { unicode: false }],
  ['stats.40.txt', { columns: 40 }],
  ['stats.120.txt', { columns: 120 }],
  ['stats.piped.txt', PIPE],
  ['stats.aloud.txt', { plain: true }],
])('%s', async ([name, screen]) => {
  await expect(await shown({ ...TERMINAL, ...screen })).toMatchFileSnapshot(`../golden/${name}`)
})

test.for<Format>(['markdown', 'html'])('as %s', async format => {
  await expect(await shown(PIPE, format)).toMatchFileSnapshot(`../golden/stats.${format}`)
})

test('as JSON', async () => {
  const data = `${JSON.stringify(statsData(statsOf(person, bank, TODAY)), null, 2)}\n`
  await expect(data).toMatchFileSnapshot('../golden/stats.json')
})

test('colour says nothing that is not said without it', async () => {
  const coloured = (await shown({ ...TERMINAL, colors: 1 })).replace(/\u001b\[\d+m/g, '')
  expect(coloured.replaceAll('`', '')).toBe((await shown(TERMINAL)).replaceAll('`', ''))
})

test.for([40, 80, 120])('all topics of the real bank have a bar at %i columns', async columns => {
  const real = openBank([folderStore(inject('banks').real)])
  const stats = statsOf(student(real, TODAY, 200), real, TODAY)
  const out = await shown({ ...TERMINAL, columns }, 'text', stats)
  const bars = out.match(/^.*[━╍─]{6,} {2}\d+ %, \d+\/\d+$/gm) ?? []
  expect(bars.length).toBe(real.topics().length)
  expect(out.split('\n').filter(it => widthOf(it) > columns)).toEqual([])
})

test('some topics: their concepts, and nothing that is of all topics', async () => {
  const stats = statsOf(person, bank, TODAY, { topics: ['codes'] })
  const out = await render(progressDoc(stats, true), 'text', TERMINAL)
  await expect(out).toMatchFileSnapshot('../golden/stats.topic.txt')
})

test.for<[says: string, given: () => Partial<Memory>, topics: string[] | undefined, out: RegExp]>([
  [
    'nothing at all',
    () => ({}),
    undefined,
    /^┃ › Nothing has been answered yet\.\n┃ quiz drill asks/,
  ],
  [
    'nothing of a topic',
    () => ({ questions: new Map([['codes/known', remembered('codes/known')]]), answers: 1 }),
    ['caching'],
    /^┃ › Nothing about Caching has been answered yet\.\n┃ quiz drill caching asks/,
  ],
  [
    'nothing that counts',
    () => ({ days: new Map([[TODAY, { answers: 4, right: 4, fresh: 0, ms: 1 }]]), answers: 4 }),
    undefined,
    /Today: 4 answers in 0 seconds, 0 due\. Met 0 of 12/,
  ],
])('%s: what to do', async ([, given, topics, says]) => {
  const stats = statsOf(memoryOf(given()), bank, TODAY, topics === undefined ? {} : { topics })
  const doc = progressDoc(stats, topics !== undefined)
  expect(await render(doc, 'text', TERMINAL)).toMatch(says)
})

/** Answers of the last days → the levels of those days, and what the levels stand for. */
test.for<[answers: number[], levels: number[], legend: string]>([
  [[1], [1], 'none, 1, 2, 3, 4 or more'],
  [[8], [4], 'none, 1–2, 3–4, 5–6, 7 or more'],
  [[1, 2, 3, 4], [1, 2, 3, 4], 'none, 1, 2, 3, 4 or more'],
  [[0, 4, 8], [0, 2, 4], 'none, 1–2, 3–4, 5–6, 7 or more'],
  [[400, 4, 4, 4, 4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4, 4, 4, 4, 4], 'none, 1, 2, 3, 4 or more'],
])('%j is %j: %s', ([answers, levels, legend]) => {
  const days = answers.flatMap((it, ago) =>
    it === 0 ? [] : [{ day: TODAY - ago, answers: it, right: 0, fresh: 0, ms: 0 }],
  )
  const [block] = calendar(days.toReversed(), TODAY)
  if (block?.type !== 'calendar') return expect.fail('no calendar')
  const cells = block.weeks.flatMap(it => it.days).filter(it => it !== undefined)
  expect(cells.at(-1)?.note).toMatch(/^Sat 21 Nov 2026: /)
  expect(
    cells
      .toReversed()
      .slice(0, levels.length)
      .map(it => it.level),
  ).toEqual(levels)
  expect(block.levels.join(', ')).toBe(legend)
})

describe('whatever the numbers are', () => {
  const count = fc.oneof(fc.nat(9), fc.nat(1_000_000))
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const title = fc.oneof(
    fc.constantFrom('CAP', 'Architecture: layers, monoliths, microservices'),
    fc
      .array(fc.constantFrom('cache', 'a', '日本', 'Ω', 'idempotency'), { maxLength: 12 })
      .map(it => it.join(' ')),
  )
  const thing: fc.Arbitrary<Thing> = fc.oneof(
    fc.record({ title }),
    fc.record({ id: fc.constantFrom('codes/401', 'architecture/monolith-or-services'), title }),
  )
  const shares = fc.array(
    fc.record({
      id: fc.constant('codes'),
      title,
      questions: count,
      met: count,
      due: count,
      recall: share,
      ms: count,
    }),
    { maxLength: 28 },
  )
  const often = { times: count, answers: count }
  const belief = fc.record({
    question: fc.constant('codes/known'),
    concept: thing,
    prompt: anyProse,
    choice: anyInline,
    why: anyInline,
    ...often,
  })
  const worth = fc.record({ answers: count, score: count })
  const anyStats: fc.Arbitrary<Stats> = fc.record({
    today: fc.constant(TODAY),
    standing: fc.record({
      answers: count,
      ms: count,
      due: count,
      met: fc.integer({ min: 1, max: 1000 }),
      unmet: count,
      questions: count,
      recall: share,
      streak: count,
    }),
    topics: shares,
    concepts: shares,
    forecast: fc.array(count, { minLength: 30, maxLength: 30 }),
    confusions: fc.array(
      fc.record({ taken: thing, right: thing, questions: fc.constant([]), ...often }),
      { maxLength: 5 },
    ),
    beliefs: fc.array(belief, { maxLength: 5 }),
    leeches: fc.array(
      fc.record(
        {
          question: fc.constant('codes/known'),
          concept: thing,
          prompt: anyProse,
          misses: count,
          answers: count,
          missesInARow: count,
          belief,
        },
        {
          requiredKeys: ['question', 'concept', 'prompt', 'misses', 'answers', 'missesInARow'],
        },
      ),
      { maxLength: 5 },
    ),
    leechCount: count,
    days: fc.uniqueArray(fc.nat(370), { maxLength: 100 }).chain(ago =>
      fc.tuple(
        ...ago
          .toSorted((a, b) => b - a)
          .map(it =>
            count.map(answers => ({
              day: TODAY - it,
              answers: answers + 1,
              right: 0,
              fresh: 0,
              ms: answers,
            })),
          ),
      ),
    ),
    calibration: fc.record({ sure: worth, unsure: worth, guess: worth }),
    time: fc.record(
      { answers: count, sittings: count, days: count, ms: count, first: count, later: count },
      { requiredKeys: ['answers', 'sittings', 'days', 'ms'] },
    ),
  })

  test.for<[name: string, screen: Partial<Screen>]>([
    ['a terminal', {}],
    ['ASCII', { unicode: false }],
    ['a pipe', { terminal: false }],
    ['a screen reader', { plain: true }],
  ])('no line is wider than %s', async ([, given]) => {
    await fc.assert(
      fc.asyncProperty(
        anyStats,
        fc.boolean(),
        fc.integer({ min: 40, max: 130 }),
        async (stats, named, columns) => {
          const screen = { ...TERMINAL, ...given, columns }
          const out = await render(progressDoc(stats, named), 'text', screen)
          for (const line of out.split('\n')) {
            if (/https?:|mailto:/.test(line)) continue
            expect(widthOf(line)).toBeLessThanOrEqual(columns)
          }
        },
      ),
    )
  })

  test.for<Format>(['markdown', 'html'])(
    '%s can be made of it, and numbers are numbers',
    async format => {
      await fc.assert(
        fc.asyncProperty(anyStats, async stats => {
          const out = await render(progressDoc(stats, false), format, PIPE)
          expect(out).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b/)
          expect(JSON.stringify(statsData(stats))).not.toMatch(/\bundefined\b/)
        }),
      )
    },
  )
})
