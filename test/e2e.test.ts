import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/** The command as it is published: the bundle, started as a process of its own. */
const QUIZ = resolve('bin/quiz.js')

if (!existsSync('dist/quiz.cjs')) {
  throw new Error('dist/ is missing, and these tests run what is in it: npm run build makes it')
}

interface Ended {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

const home = mkdtempSync(join(tmpdir(), 'quiz-e2e-'))
afterAll(() => rmSync(home, { recursive: true }))

/** An environment that knows nothing of the person who runs the tests. */
function environment(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: join(home, 'home'),
    XDG_CONFIG_HOME: join(home, 'xdg'),
    XDG_CACHE_HOME: join(home, 'xdg'),
    XDG_DATA_HOME: join(home, 'xdg'),
    QUIZ_HOME: join(home, 'quiz'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    ...env,
  }
}

const words = (line: string) => [QUIZ, ...line.split(' ').filter(it => it !== '')]

function start(line: string, env?: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, words(line), { env: environment(env), cwd: home })
}

/** What a process said, and how it ended. One that hangs is killed, which is no exit code at all. */
function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    err += text
  })
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  return new Promise(done => {
    child.on('close', exit => {
      clearTimeout(late)
      done({ exit, out, err })
    })
  })
}

/** Runs a command to its end with this as standard input. */
function quiz(line: string, { input = '', env = {} } = {}): Promise<Ended> {
  const child = start(line, env)
  child.stdin?.on('error', () => {}).end(input)
  return ended(child)
}

/** Runs a command of the shell; `quiz` is the command under test, and the exit code of each comes on standard error. */
function shell(script: string): Promise<Ended> {
  const quiz = `quiz() { '${process.execPath}' '${QUIZ}' "$@"; echo "exit $?" >&2; }`
  return ended(spawn('sh', ['-c', `${quiz}\n${script}`], { env: environment(), cwd: home }))
}

const parsed = (text: string) =>
  text
    .trim()
    .split('\n')
    .map(it => JSON.parse(it))

test.for<[line: string, exit: number, says: RegExp]>([
  ['--version', 0, /^\d+\.\d+\.\d+\n$/],
  ['--help', 0, /^Usage: quiz [\s\S]*drill[\s\S]*130/],
  ['help drill', 0, /^Usage: quiz drill/],
  ['', 0, /What to do next/],
  ['topics', 0, /caching/],
  ['drlil', 2, /^quiz: there is no command called "drlil"\n {2}did you mean quiz drill\?\n$/],
  ['thundering herd', 2, /quiz explain thundering herd looks it up/],
  ['topics --frmat html', 2, /^quiz: unknown option '--frmat'\n {2}did you mean --format\?\n$/],
  ['explain xyzzy', 2, /^quiz: nothing is known by the name of "xyzzy"\n/],
  ['drill caching --kind choice --pass 100 --format jsonl', 1, /"type":"summary"/],
  ['lint', 2, /there is no bank here/],
])('quiz %s exits with %i', async ([line, exit, says]) => {
  const { out, err, ...rest } = await quiz(line)
  expect(rest.exit).toBe(exit)
  expect(out + err).toMatch(says)
  expect(out + err).not.toMatch(/\n\s+at /)
  // A failure is told on standard error alone, so that nothing false gets into a file of notes.
  expect(exit === 2 ? out : err).toBe('')
})

test('without a terminal a drill refuses at once and names the way that works', async () => {
  const open = start('drill')
  const [nothing, empty, forever] = await Promise.all([
    shell('quiz drill </dev/null'),
    quiz('drill'),
    ended(open),
  ])
  expect(nothing.err).toContain('exit 1')
  for (const { exit, out, err } of [empty, forever]) {
    expect([exit, out]).toEqual([1, ''])
    expect(err).toContain('--format jsonl')
  }
})

describe.skipIf(process.platform === 'win32')('a reader that goes away', () => {
  test.concurrent.for([
    'quiz topics | head -1',
    'quiz topics --format html | head -1',
    'quiz explain caching --format json | head -1',
    `yes '{"answer":["a"]}' | quiz drill --kind choice --format jsonl | head -1`,
    'yes 1 | quiz drill --kind choice --plain | head -1',
    // Nobody ever listens.
    '{ sleep 0.2; quiz explain caching --format json; } | :',
    '{ sleep 0.2; quiz drill --format jsonl </dev/null; } | :',
  ])('%s is silent and fine', async script => {
    expect((await shell(script)).err).toBe('exit 0\n')
  })

  test('a place that is full is told in a line', async context => {
    if (!existsSync('/dev/full')) return context.skip()
    const { err } = await shell('quiz topics >/dev/full')
    expect(err).toBe('quiz: this cannot be written: no space left on device\nexit 1\n')
  })
})

test('a file gets every byte', async () => {
  const file = join(home, 'all.json')
  const to = openSync(file, 'w')
  const child = spawn(process.execPath, words('explain caching --format json'), {
    env: environment(),
    stdio: ['ignore', to, 'pipe'],
  })
  closeSync(to)
  expect(await ended(child)).toMatchObject({ exit: 0, err: '' })
  const { out } = await quiz('explain caching --format json')
  expect(readFileSync(file, 'utf8')).toBe(out)
  expect(JSON.parse(out).concepts.length).toBeGreaterThan(20)
})

test('ctrl-c in JSON lines: the summary and 130; the end of input: the summary and 0', async () => {
  const child = start('drill --format jsonl --kind number')
  child.stdin?.write('{"answer":-1}\n')
  let heard = ''
  child.stdout?.on('data', text => {
    heard += text
    if (heard.includes('"verdict"') && !child.killed) {
      // npx passes on what the process has got already.
      child.kill('SIGINT')
      child.kill('SIGINT')
    }
  })
  const interrupted = await ended(child)
  expect([interrupted.exit, interrupted.err]).toEqual([130, ''])
  expect(parsed(interrupted.out).at(-1)).toMatchObject({ type: 'summary', asked: 1, score: 0 })

  const over = await quiz('drill --format jsonl --kind number', { input: '{"answer":-1}\n' })
  expect([over.exit, over.err]).toEqual([0, ''])
  expect(parsed(over.out).at(-1)).toMatchObject({ type: 'summary', asked: 1, score: 0 })
})

/** An answer to a question as JSON lines have it, and as it is typed. */
function answers(question: {
  kind: string
  [field: string]: unknown
}): [json: string[], typed: string[]] {
  const keys = (field: string) => (question[field] as { key: string }[]).map(it => it.key)
  const numbers = (field: string) => keys(field).map((_, index) => String(index + 1))
  switch (question.kind) {
    case 'choice':
      return [['{"answer":["b"]}'], ['2']]
    case 'order':
      return [[JSON.stringify({ answer: keys('items') })], [numbers('items').join(' ')]]
    case 'match': {
      const pairs = keys('left').map((key, index) => [key, keys('right')[index]!] as const)
      const typed = pairs.map(([left, right]) => left + right).join(' ')
      return [[JSON.stringify({ answer: Object.fromEntries(pairs) })], [typed]]
    }
    case 'number':
      return [['{"answer":2}'], ['2']]
    case 'text':
      return [['{"answer":"HTTP"}'], ['HTTP']]
    case 'open':
      return [
        ['{"answer":"…"}', '{"points":["p1"]}'],
        ['', '1'],
      ]
    default:
      return expect.fail(`no answer for ${question.kind}`)
  }
}

test('the same seed and answers get the same marks, in JSON lines and typed', async () => {
  const line = 'drill -n 80 --seed 11 --exam'
  const skipping = '{"skip":true}\n'.repeat(80)
  const shown = parsed((await quiz(`${line} --format jsonl`, { input: skipping })).out)
  const asked = shown.filter(it => it.type === 'question')
  expect(new Set(asked.map(it => it.kind)).size).toBe(6)

  const [json, typed] = [0, 1].map(way => asked.flatMap(it => answers(it)[way as 0 | 1]))
  const [machine, person] = await Promise.all([
    quiz(`${line} --format jsonl`, { input: json!.map(it => `${it}\n`).join('') }),
    quiz(`${line} --plain`, { input: typed!.map(it => `${it}\n`).join('') }),
  ])
  expect([machine.exit, person.exit, person.err]).toEqual([0, 0, ''])

  const said = parsed(machine.out)
  const marks = said
    .filter(it => it.type === 'verdict')
    .map(it => (it.score === 1 ? 'Right' : it.score === 0 ? 'no' : Math.round(it.score * 100)))
  expect(marks.length).toBe(80)
  const headlines = person.out.matchAll(
    /^(?:(Right)|Good: (\d+) %|Partly right: (\d+) %|Wrong|Not right)$/gm,
  )
  expect([...headlines].map(([, right, ...share]) => right ?? share.find(Boolean) ?? 'no')).toEqual(
    marks.map(String),
  )
  const { score } = said.at(-1)
  expect(person.out).toContain(`80 questions, ${Math.round(score * 100)} %`)
})

test('colours are for terminals, unless they are asked for', async () => {
  const coloured = (it: Ended) => it.out.includes('\u001b[')
  const runs = await Promise.all([
    quiz('topics'),
    quiz('topics', { env: { FORCE_COLOR: '1' } }),
    quiz('topics', { env: { NO_COLOR: '1' } }),
    quiz('topics --color always'),
    quiz('topics --color never', { env: { FORCE_COLOR: '1' } }),
    quiz('topics --format markdown', { env: { FORCE_COLOR: '1' } }),
  ])
  expect(runs.map(coloured)).toEqual([false, true, false, true, false, false])
})

test('LANG=C gets ASCII as text; files for other programs stay UTF-8', async () => {
  const env = { LANG: 'C' }
  for (const line of ['', '--help', 'explain 409', 'compare 401 403', 'cheatsheet status-codes']) {
    expect((await quiz(line, { env })).out).toMatch(/^[\n -~]+$/)
  }
  for (const format of ['markdown', 'html', 'json']) {
    const line = `compare 401 403 --format ${format}`
    const { out } = await quiz(line, { env })
    expect(out).toMatch(/§/)
    expect(out).toBe((await quiz(line)).out)
  }
})

const bank = `topic: { id: pets, title: Pets, summary: Animals at home. }
questions:
${['cat', 'dog', 'fish']
  .map(
    it => `  - id: ${it}
    concepts: [${it}]
    level: recall
    kind: choice
    prompt: Is a ${it} a pet?
    choices:
      - { text: "It is", right: true, why: People keep them. }
      - { text: "It is not", why: It does live with people. }
      - { text: "It was once", why: It still is. }
    explanation: It is.
    sources: [rfc9110#1]
`,
  )
  .join('')}concepts:
${['cat', 'dog', 'fish']
  .map(
    it => `  - { id: ${it}, title: A ${it}, gist: It lives with people., explanation: It eats., sources: [rfc9110#1] }
`,
  )
  .join('')}`

test('everything that is kept is kept in QUIZ_HOME', async () => {
  const own = mkdtempSync(join(home, 'own-'))
  mkdirSync(join(own, 'config'))
  writeFileSync(join(own, 'config', 'pets.yaml'), bank)
  const { exit, out, err } = await quiz('explain cat', { env: { QUIZ_HOME: own } })
  expect([exit, err]).toEqual([0, ''])
  expect(out).toContain('It lives with people.')
  expect(readdirSync(own)).toEqual(['cache', 'config'])
  const drilled = await quiz('drill --kind number --format jsonl', {
    input: '{"answer":-1}\n',
    env: { QUIZ_HOME: own },
  })
  expect([drilled.exit, drilled.err]).toEqual([0, ''])
  expect(readdirSync(own)).toEqual(['cache', 'config', 'data'])
  expect((await quiz('history', { env: { QUIZ_HOME: own } })).out).toContain('1 answer')
  expect(existsSync(join(home, 'xdg')) || existsSync(join(home, 'home'))).toBe(false)
})

const python =
  spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0

describe.skipIf(!python)('on a pseudo-terminal', () => {
  /** A session: words to wait for, then keys to press. */
  function session(line: string, steps: readonly (readonly [words: string, keys: string])[]) {
    const file = join(home, 'pets.yaml')
    writeFileSync(file, bank)
    const argv = ['test/terminal.py', '80', '24', JSON.stringify(steps), process.execPath]
    const { stdout, stderr } = spawnSync('python3', [...argv, ...words(`${line} --bank ${file}`)], {
      env: environment(),
      encoding: 'utf8',
    })
    if (stdout === '') expect.fail(stderr)
    return JSON.parse(stdout) as { exit: number; screen: string; missed?: string; sane: boolean }
  }

  test('keys answer, undo and go on; ctrl-c shows the summary and leaves the terminal sane', () => {
    const { screen, ...rest } = session('drill pets --seed 1', [
      ['1 of 3', ''],
      ['? help', '1'],
      ['enter next', 'u'],
      ['1 of 3', ''],
      ['? help', '\t'],
      ['guess', '2'],
      ['(guess)', ''],
      ['enter next', '\r'],
      ['2 of', ''],
      ['? help', '3'],
      ['enter next', '\u0003'],
    ])
    expect(rest).toEqual({ exit: 130, missed: null, sane: true })
    expect(screen).toMatch(/How it went/)
    expect(screen).toMatch(/2 questions, /)
  })

  test.for([
    ['q', 0],
    ['\u0003', 130],
    ['\u0004', 130],
  ] as const)('%j at a question exits with %i and leaves the terminal sane', ([key, exit]) => {
    const { screen, ...rest } = session('drill pets --seed 1', [['? help', key]])
    expect(rest).toEqual({ exit, missed: null, sane: true })
    expect(screen).toContain('Nothing was answered.')
  })
})

test('the package holds what runs, with the notices of what is bundled, and is small', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const told = JSON.parse(stdout) as unknown
  // npm 11 tells an array, later versions an object by name.
  const [packed] = Object.values(
    told as Record<string, { size: number; files: { path: string }[] }>,
  )
  const paths = packed!.files.map(it => it.path)
  expect(
    paths.filter(it => !/^(bin|dist)\/|^(package\.json|README\.md|LICENSE)$/.test(it)),
  ).toEqual([])
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'dist/THIRD-PARTY-NOTICES.md', 'dist/quiz.cjs']),
  )
  expect(packed!.size).toBeLessThan(3_000_000)
})
