import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { logFiles, readLog } from '../../src/memory/log.ts'
import { openLog } from '../../src/memory/own-log.ts'
import type { Review } from '../../src/memory/review.ts'
import { type Act, type Pretence, quiz, TERMINAL, temporary } from '../world.ts'

/** A drill in JSON lines, and what it left in the log. */
async function drilled(line: string, input: readonly string[], pretence: Pretence = {}) {
  const data = pretence.data ?? temporary()
  const outcome = await quiz(`drill --format jsonl ${line}`, { input, ...pretence, data })
  const said = outcome.out
    .trim()
    .split('\n')
    .filter(it => it !== '')
    .map(it => JSON.parse(it))
  const { lines } = readLog(data)
  return { ...outcome, said, lines, reviews: lines.filter(it => it.type === 'review') }
}

const answer = (it: unknown, more = {}) => JSON.stringify({ answer: it, ...more })

test('an answer is a line of the log', async () => {
  const data = temporary()
  const { exit } = await drilled(
    '--kind number',
    [answer('40 requests/s', { confidence: 'sure' })],
    {
      data,
      clock: ['10:00:00', '10:00:01', '10:00:06.3', '10:00:09'].map(it => `2026-11-21T${it}Z`),
    },
  )
  expect(exit).toBe(Exit.ok)
  const [file = ''] = logFiles(data)
  expect(file).toMatch(/desk-\d{6}\.jsonl$/)
  const line = readFileSync(file, 'utf8').replaceAll(/token\d+/g, 'SITTING')
  expect(line.replace(/desk-\d{6}/, 'DEVICE')).toBe(
    '{"v":1,"at":"2026-11-21T11:00:06.300+01:00","device":"DEVICE","id":"SITTING-0001",' +
      '"type":"review","question":"caching/load","score":1,"reply":40,"confidence":"sure","ms":5300,' +
      '"sitting":"SITTING","mode":"drill"}\n',
  )
})

test('a reply is kept by the order as written, however it was shuffled', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const options = (kind: string, field: string) =>
      drilled(`--kind ${kind} --seed ${seed}`, [], {}).then(
        it => it.said[1][field] as { key: string; text: string }[],
      )
    const shown = await options('choice', 'choices')
    const picked = shown.find(it => it.text.startsWith('Show it once'))!.key
    const choice = await drilled(`--kind choice --seed ${seed}`, [answer([picked])])
    expect(choice.reviews).toMatchObject([{ reply: ['c'], score: 0 }])

    const items = await options('order', 'items')
    const order = await drilled(`--kind order --seed ${seed}`, [answer(items.map(it => it.key))])
    const written = ['The browser', 'It sends', 'The origin', 'The stored']
    expect(order.reviews).toMatchObject([
      { reply: items.map(it => 'abcd'[written.findIndex(w => it.text.startsWith(w))]) },
    ])

    const right = await options('match', 'right')
    const key = (text: string) => right.find(it => it.text === text)!.key
    const match = await drilled(`--kind match --seed ${seed}`, [
      answer({
        1: key('names a version'),
        2: key('encrypts the body'),
        3: key('asks whether it changed'),
      }),
    ])
    expect(match.reviews).toMatchObject([{ reply: { 1: 'a', 2: 'd', 3: 'b' }, score: 1 / 3 }])
  }
})

test.for<[kind: string, input: string[], reply: unknown]>([
  ['text', [answer('No-Store ')], 'No-Store'],
  ['text', [answer('x'.repeat(10_000))], 'x'.repeat(500)],
  ['open', [answer('what I said is nobody’s business'), '{"points":["p1","p3"]}'], ['p1', 'p3']],
  ['open', [answer(''), '{"points":[]}'], []],
])('what is kept of a %s answer', async ([kind, input, reply]) => {
  expect((await drilled(`--kind ${kind}`, input)).reviews).toMatchObject([{ reply }])
})

test.for<[input: string[], confidence: string | undefined]>([
  [['{"answer":"","confidence":"guess"}', '{"points":["p1"]}'], 'guess'],
  [['{"answer":""}', '{"points":["p1"],"confidence":"unsure"}'], 'unsure'],
  [['{"answer":"","confidence":"guess"}', '{"points":["p1"],"confidence":"sure"}'], 'sure'],
  [['{"answer":""}', '{"points":["p1"]}'], undefined],
])('an open question has the confidence that was said last: %o', async ([input, confidence]) => {
  const { reviews } = await drilled('--kind open', input)
  expect(reviews.map(it => it.confidence)).toEqual([confidence])
})

test('a question that came back says so; a sitting has a name of its own', async () => {
  const data = temporary()
  const wrong = answer(1)
  const { reviews } = await drilled('--kind number', [wrong, wrong, answer(40)], { data })
  expect(reviews.map(it => [it.score, it.again])).toEqual([
    [0, undefined],
    [0, true],
    [1, true],
  ])
  expect(new Set(reviews.map(it => it.sitting)).size).toBe(1)
  expect(new Set(reviews.map(it => it.id)).size).toBe(3)
})

test('an exam is kept as one', async () => {
  const { reviews } = await drilled('--kind number --exam', [answer(1)])
  expect(reviews.map(it => it.mode)).toEqual(['exam'])
})

test('a skipped question and an answer that cannot be read leave nothing', async () => {
  const { lines } = await drilled('--kind number', [answer('many'), '{"skip":true}'])
  expect(lines).toEqual([])
})

test('with --dry nothing is kept, and nothing has to be writable', async () => {
  const data = join('/proc', 'quiz')
  const { exit, said } = await drilled(
    '--kind number --dry',
    [answer(1), '{"undo":true}', answer(40)],
    { data },
  )
  expect(exit).toBe(Exit.ok)
  expect(said.at(-1)).toMatchObject({ asked: 1, score: 1 })
  const home = temporary()
  await drilled('--kind number --dry', [answer(40)], { data: home })
  expect(readdirSync(home)).toEqual([])
})

test('a clock that is set back makes no answer shorter than nothing', async () => {
  const { reviews } = await drilled('--kind number', [answer(40)], {
    clock: ['2026-11-21T10:00:00Z', '2020-01-01T00:00:00Z'],
  })
  expect(reviews).toMatchObject([{ ms: 0, at: '2020-01-01T01:00:00.000+01:00' }])
})

describe('undo', () => {
  const ids = (lines: readonly { type: string; of?: string; id: string }[]) =>
    lines.map(it => (it.type === 'undo' ? `-${it.of?.slice(-4)}` : `+${it.id.slice(-4)}`))

  test('is a line, from a verdict and from the next question', async () => {
    const knows: Act = ask =>
      ask.type === 'line' ? 'no-store' : ask.type === 'number' ? '40' : 'n'
    const data = temporary()
    await quiz('drill --kind number,text', {
      screen: TERMINAL,
      data,
      acts: [knows, { wish: 'undo' }, knows, knows, { wish: 'undo' }, { wish: 'quit' }],
    })
    expect(ids(readLog(data).lines)).toEqual(['+0001', '-0001', '+0003', '-0003'])
  })

  test('takes back one answer after the other, and no more than there are', async () => {
    const undo = '{"undo":true}'
    const { lines, said } = await drilled('--kind number,text', [
      answer('1'),
      answer('1'),
      undo,
      undo,
      undo,
      answer('1'),
    ])
    expect(ids(lines)).toEqual(['+0001', '+0002', '-0002', '-0001', '+0005'])
    expect(said.at(-1).asked).toBe(1)
  })
})

describe('when answers cannot be kept', () => {
  test('it says so before anything is asked', async () => {
    const data = join(temporary(), 'a-file')
    writeFileSync(data, '')
    const { exit, out, err } = await quiz('drill', { screen: TERMINAL, data, acts: [() => 'a'] })
    expect([exit, out]).toEqual([Exit.problem, ''])
    expect(err).toMatch(
      /^quiz: answers cannot be kept in .*a-file\/reviews: .+\n {2}QUIZ_HOME .*--dry asks without keeping them\n$/,
    )
  })

  test('any more, no verdict is shown for what was lost, and the summary has what was kept', async () => {
    const data = temporary()
    const breaks: Act = () => {
      const [file = ''] = logFiles(data)
      renameSync(dirname(file), join(data, 'kept'))
      mkdirSync(file, { recursive: true })
      return ''
    }
    const { exit, out, err } = await quiz('drill --kind open,number --seed 1', {
      screen: TERMINAL,
      data,
      acts: [
        ask => (ask.type === 'number' ? '40' : ''),
        ask => (ask.type === 'press' ? 'n' : ['p1', 'p2', 'p3']),
        ask => (ask.type === 'press' ? 'n' : ask.type === 'number' ? '40' : breaks(ask)),
        ask => (ask.type === 'tick' ? ['p1'] : '40'),
      ],
    })
    expect(exit).toBe(Exit.problem)
    expect(err).toContain('answers cannot be kept in')
    expect(out).toContain('1 question, 100 %')
    rmSync(join(data, 'reviews'), { recursive: true })
    renameSync(join(data, 'kept'), join(data, 'reviews'))
    expect(readLog(data).lines.length).toBe(1)
  })
})

test('two sittings at once keep both, whatever else is in the folder', async () => {
  const data = temporary()
  openLog(data, 'phone', () => 'token00000000abc')
  writeFileSync(join(data, 'reviews', 'phone-000abc.jsonl'), '{"v":9,"type":"review"}\n<torn')
  const [a, b] = await Promise.all([
    drilled('--kind number', [answer(1), answer(2)], { data }),
    drilled('--kind text', [answer('x')], { data }),
  ])
  expect([a.exit, b.exit]).toEqual([0, 0])
  const reviews = readLog(data).lines as Review[]
  expect(reviews.map(it => it.question).toSorted()).toEqual([
    'caching/load',
    'caching/load',
    'caching/secret',
  ])
})
