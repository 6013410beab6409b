// How long quiz takes, next to `node -e 0`: `npm run bench`, or `node test/bench/bench.js --rounds 51` for surer numbers.
// A ratio is of medians (or of least times) within one run, because the times themselves are those of one machine.

import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { memoryCosts } from './memory.js'
import { writeReviews } from './reviews.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } })
const rounds = Math.max(1, Number(values.rounds) || 21)

const QUIZ = resolve(import.meta.dirname, '../../bin/quiz.js')
const WARM_UP = 3
const ANSWERS = 200
const QUESTIONS = 10_000
const REVIEWS = 1_000_000
const PLANNED_DAYS = 20

/** Loaded before a program, it tells at the end how much CPU was used. */
const TELLS_CPU = `process.once('exit', () => {
  const { user, system } = process.cpuUsage()
  require('node:fs').writeSync(2, String((user + system) / 1000))
})`

/** What is promised of each, as a ratio; what has no bound is measured to be watched. */
const commands = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'quiz --help', args: [QUIZ, '--help'], bound: 1.35 },
  { name: 'quiz topics', args: [QUIZ, 'topics'], bound: 1.35 },
  { name: 'quiz explain 409', args: [QUIZ, 'explain', '409'], bound: 1.35 },
  { name: 'quiz explain stale cache old data', args: [QUIZ, 'explain', 'stale cache old data'] },
  { name: 'quiz search stale cache', args: [QUIZ, 'search', 'stale', 'cache'] },
  { name: 'quiz compare 401 403', args: [QUIZ, 'compare', '401', '403'] },
  { name: 'quiz cheatsheet caching', args: [QUIZ, 'cheatsheet', 'caching'], bound: 1.5 },
  { name: 'quiz drill, first question', args: drill(), until: isQuestion, bound: 1.9 },
  {
    name: '… and with a bank of 10,000 questions',
    args: drill(),
    until: isQuestion,
    home: 'large',
    bound: 1.9,
  },
  {
    name: '… and 1,000,000 reviews of them',
    args: drill(),
    until: isQuestion,
    home: 'years',
    bound: 1.9,
  },
  { name: 'quiz stats', args: [QUIZ, 'stats'], bound: 1.9 },
  {
    name: '… with 1,000,000 reviews of 10,000 questions',
    args: [QUIZ, 'stats'],
    home: 'years',
    bound: 1.9,
  },
  { name: 'quiz, with them', args: [QUIZ], home: 'years' },
  {
    name: 'quiz drill, with them and a plan, first question',
    args: [...drill(), '--minutes', '20'],
    until: isQuestion,
    home: 'planned',
    bound: 1.9,
  },
  { name: 'quiz plan, with them', args: [QUIZ, 'plan'], home: 'planned' },
  { name: 'quiz, with them and a plan', args: [QUIZ], home: 'planned' },
]

const folder = mkdtempSync(join(tmpdir(), 'quiz-bench-'))
try {
  await bench()
} finally {
  rmSync(folder, { recursive: true })
}

async function bench() {
  say(`Node ${process.version}, ${availableParallelism()} CPUs, ${rounds} rounds, A B C … A B C …`)
  say('Warm: files in the page cache, compiled banks, and from Node 22.8 on the compiled code.\n')
  writeFileSync(join(folder, 'cpu.cjs'), TELLS_CPU)
  for (const home of ['large', 'years']) {
    mkdirSync(join(folder, home, 'config'), { recursive: true })
    writeFileSync(join(folder, home, 'config/large.yaml'), largeBank(QUESTIONS))
    const compiling = spawnSync(process.execPath, [QUIZ, 'topics'], { env: environment(home) })
    if (!compiling.stdout.includes('10000 questions')) throw new Error(String(compiling.stderr))
  }
  const data = join(folder, 'years/data')
  mkdirSync(join(data, 'reviews'), { recursive: true })
  writeReviews(join(data, 'reviews/bench-a1b2c3.jsonl'), {
    reviews: REVIEWS,
    questions: QUESTIONS,
    now: Date.now(),
  })
  cpSync(join(folder, 'years'), join(folder, 'planned'), { recursive: true })
  const day = new Date(Date.now() + PLANNED_DAYS * 86_400_000).toISOString().slice(0, 10)
  const planning = [QUIZ, 'plan', '--by', day, '--minutes', '30']
  const planned = spawnSync(process.execPath, planning, { env: environment('planned') })
  if (planned.status !== 0) throw new Error(String(planned.stderr))

  const times = commands.map(() => ({ wall: [], cpu: [] }))
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      const [wall, cpu] = [await wallTime(command), await cpuTime(command)]
      if (round < 0) continue
      times[index].wall.push(wall)
      times[index].cpu.push(cpu)
    }
  }
  const rows = commands.map(({ name, bound }, index) => {
    const { wall, cpu } = times[index]
    const ratio = median(wall) / median(times[0].wall)
    const least = Math.min(...wall) / Math.min(...times[0].wall)
    return [
      name,
      median(wall).toFixed(1),
      Math.min(...wall).toFixed(1),
      median(cpu).toFixed(1),
      ratio.toFixed(2),
      least.toFixed(2),
      (median(cpu) / median(times[0].cpu)).toFixed(2),
      ...judged(ratio, bound),
    ]
  })
  table([
    ['', 'median ms', 'least ms', 'CPU ms', 'of medians', 'of least', 'of CPU', 'bound', ''],
    ...rows,
  ])

  say(`\nFrom an answer to the next question, in the middle of a drill (median of ${ANSWERS}):\n`)
  const disk = median(syncTimes())
  const answers = [['a line appended and synced by nobody else', disk.toFixed(2), '', '', '']]
  for (const [home, name] of [
    ['none', 'quiz drill'],
    ['large', '… and with a bank of 10,000 questions'],
    ['years', '… and 1,000,000 reviews of them'],
  ]) {
    const taken = await answerTimes(home)
    answers.push([
      name,
      median(taken).toFixed(2),
      Math.max(...taken).toFixed(2),
      ...judged(median(taken), Number((16 + disk).toFixed(1))),
    ])
  }
  table([['', 'median ms', 'most ms', 'bound', ''], ...answers])

  const { first, later, mib, snapshot } = await memoryCosts(folder, data, rounds)
  say(
    '\nMemory alone, in a process that does nothing else, with 1,000,000 reviews of 10,000 questions:\n',
  )
  table([
    ['', 'median', 'least', 'bound', ''],
    ['first fold, s', ...inSeconds(first), ...judged(median(first) / 1000, 3)],
    ['space used by then, MiB', mib.toFixed(0), '', ...judged(mib, 300)],
    ['with the snapshot, ms', ...inMs(later), '', ''],
    ['the snapshot, MiB', snapshot.toFixed(1), '', '', ''],
  ])
}

function drill() {
  return [QUIZ, 'drill', '--format', 'jsonl', '--seed', '42']
}

function isQuestion(line) {
  return line.startsWith('{"type":"question"')
}

/** Milliseconds from the start of a process to its end, or to the line that is waited for. */
async function wallTime({ args, until, home }) {
  const start = performance.now()
  const child = run(args, home)
  let taken
  if (until === undefined) child.stdout.resume()
  else {
    createInterface({ input: child.stdout }).on('line', line => {
      if (taken !== undefined || !until(line)) return
      taken = performance.now() - start
      child.stdin.end('{"quit":true}\n')
    })
  }
  await closed(child)
  return taken ?? performance.now() - start
}

/** Milliseconds of CPU, user and system, that a process says at its end it has used. */
async function cpuTime({ args, until, home }) {
  const child = run(['--require', join(folder, 'cpu.cjs'), ...args], home)
  let told = ''
  child.stderr.on('data', text => {
    told += text
  })
  child.stdout.resume()
  if (until !== undefined) child.stdin.end('{"quit":true}\n')
  await closed(child)
  return Number(told)
}

/** Milliseconds that the disk itself needs for the line of an answer. */
function syncTimes() {
  const file = openSync(join(folder, 'line'), 'a')
  const line = `${'x'.repeat(250)}\n`
  const taken = Array.from({ length: ANSWERS }, () => {
    const start = performance.now()
    writeSync(file, line)
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  return taken
}

/** Milliseconds from each answer to the next question, its verdict in between. */
async function answerTimes(home) {
  const child = run([...drill(), '-n', String(ANSWERS)], home)
  const taken = []
  let asked
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line)
    if (said.type === 'question') {
      if (asked !== undefined) taken.push(performance.now() - asked)
      if (taken.length === ANSWERS) break
    }
    const answer = answerTo(said)
    if (answer === undefined) continue
    asked = performance.now()
    child.stdin.write(`${JSON.stringify(answer)}\n`)
  }
  child.stdin.end('{"quit":true}\n')
  return taken
}

/** Some answer that can be read; whether it is right does not matter here. */
function answerTo({ type, kind, pick, choices, items, left, right, points, message }) {
  if (type === 'error') throw new Error(message)
  if (type === 'reveal') return { points: points.slice(0, 1).map(it => it.key) }
  if (type !== 'question') return undefined
  switch (kind) {
    case 'choice':
      return { answer: pick === 'many' ? choices.map(it => it.key) : [choices[0].key] }
    case 'order':
      return { answer: items.map(it => it.key) }
    case 'match':
      return { answer: Object.fromEntries(left.map((it, index) => [it.key, right[index].key])) }
    case 'number':
      return { answer: 1 }
    default:
      return { answer: 'some words' }
  }
}

function run(args, home = 'none') {
  return spawn(process.execPath, args, { env: environment(home), cwd: folder })
}

/** Nothing of the person who runs this, and a place of its own for what Node keeps between runs. */
function environment(home) {
  const { NODE_OPTIONS, NODE_COMPILE_CACHE, NODE_V8_COVERAGE, FORCE_COLOR, ...env } = process.env
  return { ...env, QUIZ_HOME: join(folder, home), TMPDIR: folder, TEMP: folder, TMP: folder }
}

async function closed(child) {
  const [code] = await new Promise(done => child.on('close', (...how) => done(how)))
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code}`)
}

/** A bank as somebody might have one after years: a topic of its own and many questions. */
function largeBank(count) {
  const question = index => `  - id: q${index}
    concepts: [c${index % 100}]
    level: apply
    kind: choice
    prompt: Question ${index} of a large bank, about as long as questions are. Which of these holds here?
    choices:
      - { text: This one is number ${index}, right: true, why: Because it was written down so. }
      - { text: That one is number ${index + 1}, why: It belongs to the next question. }
      - { text: Neither of them, why: One of them was written down. }
    explanation: What is written down holds, and this is the explanation of question ${index}.
    sources: [bench]
`
  const concept = index => `  - id: c${index}
    title: Concept ${index} of the bench
    gist: The concept that every hundredth question tests.
    explanation: There is nothing to know about it.
    sources: [bench]
`
  const each = (length, make) => Array.from({ length }, (_, index) => make(index)).join('')
  return `topic: { id: bench, title: Bench, summary: Many questions. }
sources:
  - { id: bench, title: The bench, url: "https://example.org/bench" }
concepts:
${each(100, concept)}questions:
${each(count, question)}`
}

function inMs(values) {
  return [median(values).toFixed(2), Math.min(...values).toFixed(2)]
}

function inSeconds(values) {
  return inMs(values.map(it => it / 1000))
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

function judged(value, bound) {
  return bound === undefined ? ['', ''] : [String(bound), value <= bound ? 'ok' : 'over']
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)))
  for (const [first, ...rest] of rows) {
    const cells = rest.map((it, index) => it.padStart(widths[index + 1]))
    say([first.padEnd(widths[0]), ...cells].join('  ').trimEnd())
  }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
