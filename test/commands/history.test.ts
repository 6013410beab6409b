import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { logFiles, readLog, reviewsIn } from '../../src/memory/log.ts'
import { type Line, lineText } from '../../src/memory/review.ts'
import { flag, review, undo } from '../memory/lines.ts'
import { type Act, PIPE, type Pretence, quiz, TERMINAL, temporary } from '../world.ts'

/** A data folder with these lines in its log. */
function logOf(...lines: readonly Line[]): string {
  const data = temporary()
  mkdirSync(reviewsIn(data))
  writeFileSync(join(reviewsIn(data), 'desk-aaaaaa.jsonl'), lines.map(lineText).join(''))
  return data
}

const answered = (id: string, at: string, question: string, fields = {}) =>
  review({ id, at: `2026-11-${at}:00.000+01:00`, question: `caching/${question}`, ...fields })

/** Two sittings with everything that can happen to an answer. */
const WEEK: readonly Line[] = [
  answered('a-1', '20T08:10', 'reuse', {
    sitting: 'a',
    score: 0,
    reply: ['c'],
    confidence: 'sure',
  }),
  answered('a-2', '20T08:11', 'exchange', {
    sitting: 'a',
    score: 0.5,
    reply: ['a', 'c', 'b', 'd'],
  }),
  answered('a-3', '20T08:12', 'reuse', { sitting: 'a', again: true }),
  answered('b-1', '21T22:58', 'load', {
    sitting: 'b',
    mode: 'exam',
    reply: 40,
    confidence: 'guess',
  }),
  answered('b-2', '21T22:59', 'secret', { sitting: 'b', mode: 'exam', score: 0, reply: 'private' }),
  undo('b-2'),
  answered('b-4', '21T23:01', 'secret', { sitting: 'b', mode: 'exam', reply: 'no-store' }),
  answered('b-5', '22T00:01', 'expires', { sitting: 'b', mode: 'exam' }),
  flag('caching/reuse', 'the second choice is right too', { at: '2026-11-20T08:11:00.000+01:00' }),
  flag('caching/expires', '', { id: 'flag-0002' }),
]

describe.for([
  ['history', 'history'],
  ['flags', 'flag'],
] as const)('%s', ([name, line]) => {
  const run = (more = '', pretence: Pretence = {}) =>
    quiz(`${line} ${more}`, { data: logOf(...WEEK), screen: PIPE, ...pretence })

  test('on a terminal', async () => {
    const { exit, out } = await run('', { screen: TERMINAL })
    expect(exit).toBe(Exit.ok)
    await expect(out).toMatchFileSnapshot(`../golden/${name}.txt`)
  })

  test('in colour', async () => {
    const { out } = await run('', { screen: { ...TERMINAL, colors: 1, links: true } })
    await expect(out).toMatchFileSnapshot(`../golden/${name}.color.txt`)
  })

  test('through a pipe', async () => {
    await expect((await run()).out).toMatchFileSnapshot(`../golden/${name}.piped.txt`)
  })

  test.for(['markdown', 'html', 'json'])('as %s', async format => {
    const { exit, out } = await run(`--format ${format}`)
    expect(exit).toBe(Exit.ok)
    await expect(out).toMatchFileSnapshot(`../golden/${name}.${format}`)
  })
})

/** Ids and scores of what history shows as JSON. */
async function shown(line: string, data = logOf(...WEEK), pretence: Pretence = {}) {
  const { out, err } = await quiz(`history ${line} --format json`, { data, ...pretence })
  if (out === '') expect.fail(err)
  const { answers, of, unread } = JSON.parse(out)
  return { answers, of, unread, ids: answers.map((it: { id: string }) => it.id) }
}

test('the newest answer comes first, and -n says how many', async () => {
  const all = await shown('')
  expect(all.ids).toEqual(['b-5', 'b-4', 'b-2', 'b-1', 'a-3', 'a-2', 'a-1'])
  expect(all.answers.map((it: { takenBack: boolean }) => it.takenBack)).toEqual(
    all.ids.map((it: string) => it === 'b-2'),
  )
  const few = await shown('-n 2')
  expect([few.ids, few.of]).toEqual([['b-5', 'b-4'], 7])
  const { out } = await quiz('history -n 2', { data: logOf(...WEEK) })
  expect(out).toContain('the last 2 of 7 answers')
  // The sitting began before what is shown of it.
  expect(out).toContain('2026-11-21, 22:58')
})

test.for<[words: string, ids: string[]]>([
  ['http caching', ['b-5', 'b-4', 'b-2', 'b-1', 'a-3', 'a-2', 'a-1']],
  ['caching/reuse', ['a-3', 'a-1']],
  ['caching/expires caching/load', ['b-5', 'b-1']],
])('history %s', async ([words, ids]) => {
  const argv = words === 'http caching' ? ['http caching'] : words.split(' ')
  const { out } = await quiz(['history', ...argv, '--format', 'json'], { data: logOf(...WEEK) })
  expect(JSON.parse(out).answers.map((it: { id: string }) => it.id)).toEqual(ids)
})

test('a topic that no bank has any more is still in the history, and can be named', async () => {
  const data = logOf(...WEEK, review({ id: 'c-1', question: 'gone/whatever', sitting: 'c' }))
  expect((await shown('gone', data)).ids).toEqual(['c-1'])
  expect((await quiz('history gone', { data })).out).toContain('gone/whatever  no longer asked')
})

test('so is a question, whether its topic is there or not, and beside its topic too', async () => {
  const data = logOf(
    ...WEEK,
    review({ id: 'c-1', question: 'gone/whatever', sitting: 'c' }),
    review({ id: 'c-2', question: 'caching/dropped', sitting: 'c' }),
  )
  expect((await shown('gone/whatever', data)).ids).toEqual(['c-1'])
  expect((await shown('caching/dropped', data)).ids).toEqual(['c-2'])
  expect((await shown('gone gone/whatever', data)).ids).toEqual(['c-1'])
})

test.for<[words: string, says: string, hint: string]>([
  ['cachign', 'no topic called "cachign"', 'did you mean caching?'],
  ['caching/ruese', 'no question called "caching/ruese"', 'did you mean caching/reuse?'],
  ['gone/gone', 'no question called "gone/gone"', 'quiz history shows what you answered'],
  ['caching/reuse gone/gone', 'no question called "gone/gone"', 'quiz search'],
])('history %s: there is %s', async ([words, says, hint]) => {
  const { exit, out, err } = await quiz(`history ${words}`, { data: logOf(...WEEK) })
  expect([exit, out]).toEqual([Exit.usage, ''])
  expect(err).toMatch(/^quiz: there is .*\n {2}.*\n$/)
  expect(err).toContain(says)
  expect(err).toContain(hint)
})

test('no history is no failure', async () => {
  const { exit, out } = await quiz('history')
  expect([exit, out]).toEqual([Exit.ok, expect.stringContaining('Nothing was answered yet.')])
  expect((await shown('', temporary())).of).toBe(0)
})

const RENAMED = `topic: { id: caching }
questions:
  - id: keep-nothing
    formerly: [keep-none, secrets]
    concepts: [caching/no-store]
    level: recall
    kind: text
    prompt: Which directive keeps no copy?
    accept: [no-store]
    explanation: It keeps none.
    sources: [rfc9111#5.2.2.5]
`

test('a question that was renamed is under its present id, with what it was called', async () => {
  const data = logOf(
    review({ id: 'a-1', question: 'caching/secrets' }),
    review({ id: 'a-2', question: 'caching/keep-nothing' }),
    flag('caching/keep-none', 'hm'),
  )
  const cwd = temporary()
  writeFileSync(join(cwd, 'ours.yaml'), RENAMED)
  const bank = '--bank ours.yaml'
  const { answers } = await shown(`caching/keep-nothing ${bank}`, data, { cwd })
  expect(answers).toMatchObject([
    { id: 'a-2', question: 'caching/keep-nothing', formerly: null },
    { id: 'a-1', question: 'caching/keep-nothing', formerly: 'caching/secrets' },
  ])
  const { out } = await quiz(`history ${bank}`, { data, cwd })
  expect(out).toContain('was caching/secrets then')
  expect(out).toContain('Which directive keeps no copy?')
  expect((await quiz(`flag ${bank}`, { data, cwd })).out).toContain('caching/keep-nothing')
  const cleared = await quiz(`flag caching/secrets --clear ${bank}`, { data, cwd })
  expect(cleared.out).toBe('caching/keep-nothing is not flagged any more\n')
})

test('what is not understood is said, by file and reason', async () => {
  const data = logOf(...WEEK)
  const [file = ''] = logFiles(data)
  appendFileSync(file, '{"v":2,"type":"duel"}\n{"v":1,"type":"review","id"\n\u001b[2Jhm\n')
  const { out } = await quiz('history', { data })
  expect(out).toContain('3 lines of the log are not understood, and stay there')
  expect(out).toContain('1 line, written by a later version of quiz')
  expect(out).toContain('2 lines, torn, or written by something else')
  expect((await shown('', data)).unread).toEqual([
    { file, why: 'newer', count: 1 },
    { file, why: 'broken', count: 2 },
  ])
})

describe('flag', () => {
  const list = async (data: string) =>
    JSON.parse((await quiz('flag --format json', { data })).out).flags.map(
      (it: { question: string; note: string }) => [it.question, it.note],
    )

  test('keeps a note, lists it, and takes it back', async () => {
    const data = temporary()
    const flagged = await quiz("flag caching/load 'the unit is missing'", { data })
    expect([flagged.exit, flagged.out]).toEqual([
      Exit.ok,
      'caching/load is flagged; quiz flag lists what is\n',
    ])
    await quiz('flag caching/load and the source is old', { data })
    await quiz('flag caching/reuse', { data })
    expect(await list(data)).toEqual([
      ['caching/load', 'the unit is missing'],
      ['caching/load', 'and the source is old'],
      ['caching/reuse', ''],
    ])
    await quiz('flag caching/load --clear', { data })
    expect(await list(data)).toEqual([['caching/reuse', '']])
    expect(readLog(data).lines.length).toBe(5)
    expect((await quiz('history', { data })).out).toContain('Nothing was answered yet.')
  })

  test.for<[line: string, exit: number, says: string]>([
    ['flag caching/laod', Exit.usage, 'did you mean caching/load?'],
    ['flag xyzzy', Exit.usage, 'there is no question called "xyzzy"'],
    ['flag --clear', Exit.usage, 'quiz flag lists them'],
    ['flag caching/load --clear', Exit.problem, 'caching/load is not flagged'],
  ])('%s exits with %i and says %s', async ([line, exit, says]) => {
    const outcome = await quiz(line)
    expect([outcome.exit, outcome.out]).toEqual([exit, ''])
    expect(outcome.err).toContain(says)
  })

  test('control characters of a note are shown, not sent', async () => {
    const data = temporary()
    await quiz(['flag', 'caching/load', 'a\u001b[2Jb'], { data })
    const { out } = await quiz('flag', { data })
    expect(out).not.toContain('\u001b')
  })

  test('where nothing can be written, it says so', async () => {
    const data = join(temporary(), 'file')
    writeFileSync(data, '')
    const { exit, err } = await quiz('flag caching/load', { data })
    expect(exit).toBe(Exit.problem)
    expect(err).toMatch(
      /^quiz: the log .* cannot be read: .*\n {2}.*QUIZ_HOME names another place\n$/,
    )
  })

  test('where only a log can be read, it says so, and nothing of drills', async () => {
    const data = logOf(flag('caching/load'))
    mkdirSync(join(data, 'device-desk'))
    for (const line of ['flag caching/load', 'flag caching/load --clear']) {
      const { exit, out, err } = await quiz(line, { data })
      expect([exit, out]).toEqual([Exit.problem, ''])
      expect(err).toMatch(
        /^quiz: flags cannot be kept in .*reviews: .+\n {2}see who .*; QUIZ_HOME names another place\n$/,
      )
    }
    expect(await list(data)).toEqual([['caching/load', '']])
  })

  test('a key after the verdict flags the question on screen', async () => {
    const data = temporary()
    const knows: Act = () => '40'
    const { out } = await quiz('drill --kind number', {
      screen: TERMINAL,
      data,
      acts: [knows, () => 'f', () => 'n'],
    })
    expect(out).toContain('Flagged. To say what is wrong: quiz flag caching/load …')
    expect(await list(data)).toEqual([['caching/load', '']])
  })

  test('is no key where nothing is kept', async () => {
    let keys: string[] = []
    await quiz('drill --kind number --dry', {
      screen: TERMINAL,
      acts: [
        () => '40',
        ask => {
          keys = ask.type === 'press' ? ask.keys.map(it => it.key) : []
          return 'n'
        },
      ],
    })
    expect(keys).toEqual(['n', 'e'])
  })
})

describe('reset', () => {
  const folders = (data: string) => readdirSync(data).filter(it => it.startsWith('reviews'))

  test.for<[act: Act, done: boolean]>([
    [() => 'y', true],
    [() => 'n', false],
    [{ wish: 'quit' }, false],
  ])('asks first: %o', async ([act, done]) => {
    const data = logOf(...WEEK)
    const { exit, out } = await quiz('reset', { data, screen: TERMINAL, acts: [act] })
    expect(exit).toBe(Exit.ok)
    expect(out).toMatch(/^Begin anew, and move the log aside \(7 answers and 2 flags\)\?\n/)
    expect(folders(data)).toEqual(done ? ['reviews', 'reviews-2026-11-21'] : ['reviews'])
    if (!done) expect(out).toContain('Everything stays as it is.')
  })

  test('ctrl-c changes nothing', async () => {
    const data = logOf(...WEEK)
    const { exit } = await quiz('reset', { data, screen: TERMINAL })
    expect([exit, folders(data)]).toEqual([Exit.interrupted, ['reviews']])
  })

  test('without a terminal it refuses, unless --yes says so', async () => {
    const data = logOf(...WEEK)
    const refused = await quiz('reset', { data })
    expect([refused.exit, refused.out]).toEqual([Exit.problem, ''])
    expect(refused.err).toContain('quiz reset --yes')
    expect(folders(data)).toEqual(['reviews'])

    const { out } = await quiz('reset --yes', { data })
    expect(out).toBe(
      `7 answers and 2 flags moved aside, nothing deleted. They are in\n  ${join(data, 'reviews-2026-11-21')}\n` +
        `To have them back, move the files in it to\n  ${join(data, 'reviews')}\n`,
    )
  })

  test('what was moved aside and what came after can be put together again', async () => {
    const data = temporary()
    const drilled = () =>
      quiz('drill --kind number --format jsonl', { data, input: ['{"answer":40}'] })
    await drilled()
    const before = readFileSync(logFiles(data)[0]!, 'utf8')
    await quiz('reset --yes', { data })
    expect((await quiz('history', { data })).out).toContain('Nothing was answered yet.')
    await drilled()
    const [later = ''] = logFiles(data)
    for (const it of readdirSync(join(data, 'reviews-2026-11-21'))) {
      expect(join(reviewsIn(data), it)).not.toBe(later)
      renameSync(join(data, 'reviews-2026-11-21', it), join(reviewsIn(data), it))
    }
    expect(logFiles(data).map(it => readFileSync(it, 'utf8'))).toContain(before)
  })

  test('with nothing there it says so', async () => {
    const { exit, out } = await quiz('reset')
    expect([exit, out]).toEqual([Exit.ok, 'There is nothing to reset: nothing was answered yet.\n'])
  })
})
