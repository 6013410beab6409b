import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type OutputOptions, rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import config from '../rolldown.config.ts'

/*
 * Which packages each command loads. The bundle is built here as `npm run build` does, and its command is run with a
 * word to Node to tell at its end which files it loaded; rolldown tells what is in them.
 */

const folder = mkdtempSync(join(tmpdir(), 'quiz-startup-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Chunk → the packages that have code in it. */
const packages = new Map<string, ReadonlySet<string>>()

/** Loaded before quiz. It pretends that there is a terminal, if asked to: the real thing takes a pty. */
const WATCH = `
const fs = require('node:fs')
const { LOADED, TERMINAL } = process.env
if (TERMINAL !== undefined) {
  fs.fstatSync = () => ({ isCharacterDevice: () => true })
  Object.assign(process.stdout, { isTTY: true, columns: 80, getColorDepth: () => Number(TERMINAL) })
}
process.once('exit', () => fs.writeFileSync(LOADED, JSON.stringify(Object.keys(require.cache))))
`

beforeAll(async () => {
  const bundle = await rolldown(config)
  const dir = join(folder, 'dist')
  const { output } = await bundle.write({ ...(config.output as OutputOptions), dir, minify: false })
  for (const it of output) {
    if (it.type !== 'chunk') continue
    const names = Object.keys(it.modules).flatMap(
      id => /^.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? [],
    )
    packages.set(it.fileName, new Set(names))
  }
  cpSync('bin', join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'watch.cjs'), WATCH)
  mkdirSync(join(folder, 'own/config'), { recursive: true })
  cpSync('test/fixtures/small', join(folder, 'own/config'), { recursive: true })
  // A busy machine takes its time to build.
}, 60_000)

interface Circumstances {
  /** Colour depth of the terminal, in bits; without it standard output is a pipe. */
  readonly terminal?: 1 | 8
  /** Whose banks there are. */
  readonly home?: 'none' | 'own'
}

/** The packages that a command loads. */
function loadedBy(line: string, { terminal, home = 'none' }: Circumstances = {}): Set<string> {
  const told = join(folder, 'loaded.json')
  const { stderr } = spawnSync(
    process.execPath,
    ['--require', join(folder, 'watch.cjs'), join(folder, 'bin/quiz.js'), ...line.split(' ')],
    {
      cwd: folder,
      encoding: 'utf8',
      input: '{"quit":true}\n',
      env: {
        PATH: process.env['PATH'],
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        QUIZ_HOME: join(folder, home),
        LOADED: told,
        ...(terminal !== undefined && { TERMINAL: String(terminal) }),
      },
    },
  )
  expect(stderr).toBe('')
  const files = JSON.parse(readFileSync(told, 'utf8')) as string[]
  const chunks = files.map(it => relative(join(folder, 'dist'), it).replaceAll('\\', '/'))
  return new Set(chunks.flatMap(it => [...(packages.get(it) ?? [])]))
}

const ALWAYS = ['commander', 'env-paths', 'is-safe-filename']
const READING = [...ALWAYS, 'fast-string-truncated-width', 'fast-string-width']
const DRILLING = [...READING, 'ts-fsrs']
const ON_TERMINAL = [...READING, 'supports-hyperlinks', 'supports-color', 'has-flag']
/** cli-table3 and what it brings along. */
const TABLES = [
  'cli-table3',
  '@colors/colors',
  'ansi-regex',
  'emoji-regex',
  'is-fullwidth-code-point',
  'string-width',
  'strip-ansi',
]

test.for<[line: string, packages: readonly string[], circumstances?: Circumstances]>([
  ['--help', ALWAYS],
  ['--version', ALWAYS],
  ['drill --help', ALWAYS],
  ['topics', READING],
  ['explain 409', READING],
  ['explain caching', READING],
  ['explain cahce-control', READING],
  ['explain 409 --format markdown', READING],
  ['explain 409 --format html', READING],
  ['explain 409 --format json', READING],
  ['compare 401 403', READING],
  ['cheatsheet caching', READING],
  ['drill --format jsonl', DRILLING],
  ['drill --plain', DRILLING],
  ['stats', [...READING, 'ts-fsrs']],
  ['explain stale cache old data', [...READING, 'minisearch']],
  ['search stale cache', [...READING, 'minisearch']],
  ['topics', ON_TERMINAL, { terminal: 1 }],
  ['topics', [...ON_TERMINAL, 'chalk'], { terminal: 8 }],
  ['cheatsheet caching', [...ON_TERMINAL, ...TABLES], { terminal: 1 }],
  ['cheatsheet caching', [...ON_TERMINAL, ...TABLES, 'chalk'], { terminal: 8 }],
])('%s loads %j', ([line, expected, circumstances]) => {
  expect(loadedBy(line, circumstances)).toEqual(new Set(expected))
})

/** The doors of YAML, of the schema and of Markdown, each with a crowd behind it. */
const COMPILER = ['mdast-util-from-markdown', 'yaml', 'zod']

test('lint loads what reads a bank', () => {
  expect([...loadedBy('lint --schema')]).toEqual(expect.arrayContaining(COMPILER))
})

test('a bank of your own is compiled once, and then nothing is loaded that reads YAML', () => {
  const own = { home: 'own' } as const
  expect([...loadedBy('topics', own)]).toEqual(expect.arrayContaining(COMPILER))
  expect(loadedBy('topics', own)).toEqual(new Set(READING))
  expect(loadedBy('drill --format jsonl', own)).toEqual(new Set(DRILLING))
})
