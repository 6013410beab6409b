import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { PIPE, quiz, TERMINAL, temporary } from '../world.ts'

/** Each screen as a person sees it, for a terminal and for a pipe, and in every format. */
describe.for([
  ['home', ''],
  ['topics', 'topics'],
  ['concept', 'explain no-cache'],
  ['tour', 'explain caching'],
  ['compare', 'compare no-cache no-store'],
  ['sheet', 'cheatsheet caching'],
  ['search', 'search revalidate'],
] as const)('%s', ([name, line]) => {
  test('on a terminal', async () => {
    const { exit, out } = await quiz(line, { screen: TERMINAL })
    expect(exit).toBe(Exit.ok)
    await expect(out).toMatchFileSnapshot(`../golden/${name}.txt`)
  })

  test('in colour', async () => {
    const { out } = await quiz(line, { screen: { ...TERMINAL, colors: 1, links: true } })
    await expect(out).toMatchFileSnapshot(`../golden/${name}.color.txt`)
  })

  test('through a pipe', async () => {
    const { out } = await quiz(line, { screen: PIPE })
    expect(out).not.toMatch(/\u001b|[│┃━─┌]/)
    await expect(out).toMatchFileSnapshot(`../golden/${name}.piped.txt`)
  })

  test.for(['markdown', 'html', 'json'])('as %s', async format => {
    const { exit, out } = await quiz(`${line} --format ${format}`, { screen: PIPE })
    expect(exit).toBe(Exit.ok)
    if (format === 'json') expect(() => JSON.parse(out)).not.toThrow()
    await expect(out).toMatchFileSnapshot(`../golden/${name}.${format}`)
  })
})

test.for([20, 60, 140])(
  'at %i columns nothing runs over the edge but code and addresses',
  async columns => {
    for (const line of [
      '',
      'topics',
      'explain no-cache',
      'compare no-cache no-store',
      'cheatsheet caching',
    ]) {
      const { out } = await quiz(line, { screen: { ...TERMINAL, columns, unicode: false } })
      const over = out
        .split('\n')
        .filter(it => it.length > columns && !/https?:|^ {4}|\S{15}/.test(it))
      expect(over).toEqual([])
      expect(out).toMatch(/^[\x20-\x7e\n]*$/)
    }
  },
)

test.for<[line: string, says: string]>([
  ['explain 409x', 'quiz topics'],
  ['explain no-stroe --format json', '"id": "caching/no-store"'],
  ['explain difference between no-cache and no-store --format json', '"type": "compare"'],
  ['explain entity tag --format json', '"id": "caching/etag"'],
  ['explain caching/etag --format json', '"id": "caching/etag"'],
  ['explain cache --format json', '"type": "topic"'],
  ['stats', 'Nothing has been answered yet'],
  ['stats cache', 'quiz drill caching asks; there are 6 questions'],
  ['stats --format json', '"date": "2026-11-21"'],
  ['stats --format html', '<title>Progress</title>'],
])('%s', async ([line, says]) => {
  const { out, err } = await quiz(line)
  expect(out + err).toContain(says)
})

test.for<[line: string, exit: number, says: string]>([
  ['drlil', Exit.usage, 'did you mean quiz drill?'],
  ['409', Exit.usage, 'quiz explain 409 looks it up'],
  ['explain', Exit.usage, "missing required argument 'term'"],
  ['explain --wdith 60 etag', Exit.usage, 'did you mean --width?'],
  ['explain etag --format pdf', Exit.usage, 'text, markdown, html, json'],
  ['explain etag --width 3', Exit.usage, 'whole number from 20'],
  ['explain xyzzy', Exit.usage, 'nothing is known'],
  ['compare etag', Exit.usage, 'at least two'],
  ['compare etag etga', Exit.usage, 'at least two'],
  ['compare etag xyzzy', Exit.usage, '"xyzzy" is not the name'],
  ['cheatsheet cachign', Exit.usage, 'did you mean caching?'],
  ['topics xyzzy', Exit.usage, 'there are caching'],
  ['stats cachign', Exit.usage, 'did you mean caching?'],
  ['search xyzzy', Exit.usage, 'nothing fits'],
  ['explain etag --bank nowhere.yaml', Exit.usage, 'there is no bank at "nowhere.yaml"'],
  ['lint', Exit.usage, 'there is no bank here'],
  ['thundering herd', Exit.usage, 'quiz explain thundering herd looks it up'],
  ['help drlil', Exit.usage, 'did you mean quiz drill?'],
])('%s exits with %i and says what to do', async ([line, exit, says]) => {
  const outcome = await quiz(line)
  expect([outcome.exit, outcome.out]).toEqual([exit, ''])
  expect(outcome.err).toContain(says)
  expect(outcome.err).not.toMatch(/\n\s+at /)
})

test('control characters of an argument are shown, not sent', async () => {
  const { err } = await quiz(['explain', 'a\u001b[31mb\u009bc\u202ed'])
  expect(err).toContain('a<U+001B>[31mb<U+009B>c<U+202E>d')
})

test('a message stays a few short lines, whatever it quotes', async () => {
  const arguments_: string[][] = [
    ['explain', 'x'.repeat(100_000)],
    ['topics', 'x\n'.repeat(1000)],
    ['x\n\u001b[31m'.repeat(1000)],
    [`--${'x\n'.repeat(1000)}`],
    ['compare', 'x'.repeat(100_000), 'y'],
  ]
  for (const it of arguments_) {
    const { exit, out, err } = await quiz(it)
    expect([exit, out]).toEqual([Exit.usage, ''])
    expect(err).toMatch(/^(.{1,500}\n){1,2}$/)
    expect(err).not.toMatch(/\u001b/)
  }
  const long = await quiz(['search', ...Array.from({ length: 5000 }, () => 'revalidate')])
  expect(long.out.split('\n').slice(0, 3).join('').length).toBeLessThan(100)
})

test('an empty value is no value', async () => {
  for (const it of ['--bank', '--level', '--kind', '--tag']) {
    const { exit, err } = await quiz(['drill', it, ''])
    expect([exit, err.includes(`'${it} <`)]).toEqual([Exit.usage, true])
  }
})

test('help by word, with the options of a command before those of all', async () => {
  expect(await quiz('help')).toEqual(await quiz('--help'))
  expect(await quiz('help sheet')).toEqual(await quiz('cheatsheet --help'))
  const { out } = await quiz('help drill')
  expect(out.indexOf('Options:')).toBeLessThan(out.indexOf('Everywhere:'))
})

test('colours that were insisted on go through a pipe; --plain has none', async () => {
  expect((await quiz('topics --color always')).out).toContain('\u001b[1mTopics')
  expect((await quiz('topics', { screen: { ...PIPE, colors: 1 } })).out).toContain('\u001b[1m')
  expect((await quiz('topics --color never', { screen: { ...PIPE, colors: 1 } })).out).toBe(
    (await quiz('topics')).out,
  )
  expect((await quiz('topics --color always --plain')).out).not.toContain('\u001b')
})

test('--version and --help', async () => {
  expect((await quiz('--version')).exit).toBe(Exit.ok)
  const { exit, out } = await quiz('--help')
  expect(exit).toBe(Exit.ok)
  await expect(out).toMatchFileSnapshot('../golden/help.txt')
})

describe('banks of the person', () => {
  const team = `topic: { id: caching }
concepts:
  - id: our-cdn
    title: Our CDN
    gist: Everything static goes through it.
    explanation: "It strips cookies. \\e[31mRed\\e[0m"
    confusedWith: [no-store]
    sources: [rfc9111#2]
questions:
  - id: our-ttl
    concepts: [our-cdn]
    level: recall
    kind: number
    prompt: How many seconds does our CDN keep a page?
    answer: 60
    explanation: It was agreed so.
    sources: [rfc9111#2]
`

  test('the project, the config folder and --bank each add to what there is', async () => {
    const cwd = temporary()
    mkdirSync(join(cwd, '.quiz'))
    mkdirSync(join(cwd, 'deep', 'down'), { recursive: true })
    writeFileSync(join(cwd, '.quiz', 'team.yaml'), team)
    const below = { cwd: join(cwd, 'deep', 'down') }
    const { out, err } = await quiz('explain our cdn', below)
    expect([err, out.includes('Everything static')]).toEqual(['', true])
    expect(out).toContain('<U+001B>[31mRed')
    expect((await quiz('topics --format json', below)).out).toContain('"questions": 7')

    const config = temporary()
    writeFileSync(join(config, 'team.yml'), team)
    expect((await quiz('explain our cdn', { config })).exit).toBe(Exit.ok)

    writeFileSync(join(cwd, 'other.yaml'), team)
    expect((await quiz('explain our cdn --bank other.yaml', { cwd: join(cwd) })).exit).toBe(Exit.ok)
    const drill = await quiz('drill caching --format jsonl -n 100 --bank other.yaml', { cwd })
    expect(drill.out).toContain('"questions":7')
  })

  test('a broken item is left out with a word about it; the rest is used', async () => {
    const cwd = temporary()
    writeFileSync(join(cwd, 'team.yaml'), team.replace('answer: 60', 'answer: sixty'))
    const { exit, err, out } = await quiz('explain our cdn --bank team.yaml', { cwd })
    expect([exit, out.includes('Everything static')]).toEqual([Exit.ok, true])
    expect(err).toContain('quiz lint team.yaml shows where')
    const lint = await quiz('lint team.yaml', { cwd })
    expect(lint.exit).toBe(Exit.problem)
    expect(lint.out).toContain('team.yaml:15:13 schema/value')
  })

  test('the name of a bank cannot do what its words cannot', async () => {
    const cwd = temporary()
    const name = 'a\u001b[31m\u202e.yaml'
    writeFileSync(join(cwd, name), 'x: 1')
    const { err } = await quiz(['topics', '--bank', name], { cwd })
    expect(err).toContain('quiz lint a<U+001B>[31m<U+202E>.yaml shows where')
    expect(err).not.toMatch(/\u001b|\u202e/)
    expect((await quiz(['lint', name], { cwd })).out).not.toMatch(/\u001b|\u202e/)
  })

  test('lint of a good bank says so, and --schema prints the schema', async () => {
    const cwd = temporary()
    writeFileSync(join(cwd, 'team.yaml'), team)
    expect(await quiz('lint team.yaml', { cwd })).toMatchObject({ exit: Exit.ok, err: '' })
    expect(JSON.parse((await quiz('lint --schema')).out)).toMatchObject({ type: 'object' })
    expect(JSON.parse((await quiz('lint team.yaml --format json', { cwd })).out)).toEqual([])
  })
})
