import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { logFiles, readLog } from '../src/memory/log.ts'
import { lineText, standing } from '../src/memory/review.ts'
import { type Random, seeded } from '../src/random.ts'
import { review } from './memory/lines.ts'
import { temporary } from './world.ts'

/**
 * Sittings of the built command, several at once, each ended by SIGKILL at a random moment: what they acknowledged has to be in
 * the log, once.
 *
 *     QUIZ_KILLS=400 QUIZ_SEED=7 npx vitest run test/endurance.test.ts
 */
const KILLS = Number(process.env['QUIZ_KILLS'] ?? 24)
const SEED = Number(process.env['QUIZ_SEED'] ?? 1)
const AT_ONCE = 3

const QUIZ = resolve('bin/quiz.js')

if (!existsSync('dist/quiz.cjs')) {
  throw new Error('dist/ is missing, and these tests run what is in it: npm run build makes it')
}

const environment = (home: string) => ({ PATH: process.env['PATH'], QUIZ_HOME: home })

/** What a sitting was told, and what it said about it before it was killed. */
interface Sitting {
  /** Words that no other answer has, in the order given. */
  readonly answers: readonly string[]
  /** How many verdicts came. */
  readonly verdicts: number
  /** Answers that were taken back: those that the sitting has said so of, and those that it may have got to. */
  readonly undone: readonly string[]
  readonly maybeUndone: readonly string[]
  /** Anything that is no part of the conversation. */
  readonly complaints: string
}

/** Plays a sitting. All answers are wrong, so it would go on for ever. */
async function sit(home: string, name: string, random: Random): Promise<Sitting> {
  const up = (to: number) => Math.floor(random() * to)
  const inputs: string[] = []
  const answers: string[] = []
  const undos: string[] = []
  const open: string[] = []
  for (let n = up(12); n >= 0; n--) {
    const words = `${name} answer ${answers.length}`
    answers.push(words)
    open.push(words)
    inputs.push(JSON.stringify({ answer: words }))
    if (random() < 0.2) {
      undos.push(open.pop()!)
      inputs.push('{"undo":true}')
    }
  }

  const argv = [QUIZ, 'drill', '--kind', 'text', '-n', '5', '--format', 'jsonl']
  const child = spawn(process.execPath, [...argv, '--seed', String(up(1000))], {
    env: environment(home),
  })
  child.stdin.on('error', () => {})
  let out = ''
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    complaints += text
  })
  const closed = new Promise(done => child.on('close', done))

  // Some wait for each verdict, as people do; some say everything at once, so that one write chases the other.
  const patient = random() < 0.5
  const enough = up(inputs.length + 1)
  const delay = up(6)
  let said = 0
  const ready = new Promise<void>(done => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const questions = out.match(/^\{"type":"question".*\n/gm)?.length ?? 0
      while (said < (patient ? Math.min(questions, enough) : inputs.length) && questions > 0) {
        child.stdin.write(`${inputs[said++]}\n`)
      }
      if (patient ? said >= enough : questions > enough) done()
    })
  })
  await Promise.race([ready, closed, ...(random() < 0.1 ? [setTimeout(up(150))] : [])])
  await (delay === 0 ? setImmediate() : setTimeout(delay - 1))
  child.kill('SIGKILL')
  await closed

  const types = [...out.matchAll(/^\{"type":"(\w+)".*\n/gm)].map(it => it[1])
  // A question that no verdict came before is the answer to an undo.
  const undone = types.filter((it, n) => it === 'question' && types[n - 1] === 'question').length
  const strange = types.filter(it => !['start', 'question', 'verdict'].includes(it!))
  return {
    answers,
    verdicts: types.filter(it => it === 'verdict').length,
    undone: undos.slice(0, undone),
    maybeUndone: undos.slice(undone),
    complaints: `${complaints}${strange.join()}`,
  }
}

test(`${KILLS} sittings are killed, ${AT_ONCE} at once, and no answer is lost or doubled (seed ${SEED})`, {
  timeout: 60_000 + KILLS * 2000,
}, async () => {
  const home = temporary()
  const data = join(home, 'data')
  const sittings: Sitting[] = []
  const lane = async (number: number) => {
    for (let n = number; n < KILLS; n += AT_ONCE) {
      const random = seeded(SEED, n)
      // As if the power had failed while somebody wrote.
      const torn = lineText(review({ id: `torn-${n}` })).slice(0, 1 + Math.floor(random() * 80))
      const [file] = logFiles(data)
      if (file !== undefined && random() < 0.3) appendFileSync(file, torn)
      sittings.push(await sit(home, `sitting ${n}`, random))
      // It can be read at any moment, also while others write.
      expect(readLog(data).lines.length).toBeGreaterThanOrEqual(sittings.at(-1)!.verdicts)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => lane(number)))

  expect(sittings.map(it => it.complaints).filter(it => it !== '')).toEqual([])
  const { lines, unread } = readLog(data)
  const all = lines.flatMap(it => (it.type === 'review' ? [it.reply] : []))
  const left = new Set(standing(lines).map(it => it.reply))
  expect(new Set(all).size, 'an answer is there twice').toBe(all.length)
  const given = new Set<unknown>(sittings.flatMap(it => it.answers))
  expect(all.filter(it => !given.has(it))).toEqual([])
  expect(unread.filter(it => it.why !== 'broken')).toEqual([])

  let acknowledged = 0
  for (const { answers, verdicts, undone, maybeUndone } of sittings) {
    acknowledged += verdicts
    for (const it of answers.slice(0, verdicts)) {
      expect(all, 'an answer is lost').toContain(it)
      if (undone.includes(it)) expect(left, 'an undo is lost').not.toContain(it)
      else if (!maybeUndone.includes(it)) expect(left).toContain(it)
    }
    // At most the one that was being written when the sitting was killed.
    expect(answers.filter(it => all.includes(it)).length).toBeLessThanOrEqual(verdicts + 1)
  }
  expect(acknowledged).toBeGreaterThan(KILLS)

  const shown = spawnSync(process.execPath, [QUIZ, 'history', '--format', 'json'], {
    env: environment(home),
    encoding: 'utf8',
  })
  expect(JSON.parse(shown.stdout).of).toBe(all.length)
})

/** A shell in which a file system of this many bytes, or one that cannot be written, can be mounted; without one, nothing. */
const mounting = (script: string) => ['-c', 'exec unshare -m sh -c "$0"', script]
const mounts = spawnSync('sh', mounting('mount -t tmpfs none /mnt')).status === 0

describe.skipIf(!mounts)('a disk', () => {
  /** Runs a script with a small disk at $QUIZ_HOME; `drill` gives as many answers as it is told. */
  function onDisk(options: string, script: string) {
    const home = temporary()
    const drill = `drill() {
      i=0; while [ $i -lt $1 ]; do i=$((i+1)); printf '{"answer":"%0400d"}\\n' $i; done |
        '${process.execPath}' '${QUIZ}' drill --kind text --format jsonl; echo "exit $?"; }`
    const { stdout, stderr } = spawnSync(
      'sh',
      mounting(`mount -t tmpfs -o ${options} none "$QUIZ_HOME"\n${drill}\n${script}`),
      { env: environment(home), encoding: 'utf8' },
    )
    return { out: stdout, err: stderr }
  }

  test('that fills up ends the sitting with what was kept, and refuses the next one at once', () => {
    const { out, err } = onDisk(
      'size=64k',
      `drill 500; drill 5; wc -l < "$(echo "$QUIZ_HOME"/data/reviews/*)"; cat "$QUIZ_HOME"/data/reviews/*`,
    )
    const verdicts = out.match(/^\{"type":"verdict"/gm)?.length ?? 0
    expect(verdicts).toBeGreaterThan(20)
    const [first, second, log = ''] = out.split(/^exit 1\n/m)
    expect(first).toMatch(/"type":"summary".*\n$/)
    expect(second).toBe('')
    expect(
      err.match(/^quiz: answers cannot be kept in .*: no space left on device$/gm)?.length,
    ).toBe(2)
    expect(err.match(/--dry/g)?.length).toBe(2)
    const lines = log.split('\n').filter(it => it.startsWith('{') && it.endsWith('}'))
    expect(lines.length).toBe(verdicts)
  })

  test('that has room again goes on where the torn line ended', () => {
    const { out } = onDisk(
      'size=64k',
      `drill 500 >/dev/null 2>&1; mount -o remount,size=1m "$QUIZ_HOME"; drill 5
       '${process.execPath}' '${QUIZ}' history --format json -n 5`,
    )
    const [drilled = '', history = ''] = out.split(/^exit 0\n/m)
    expect(drilled.match(/^\{"type":"verdict"/gm)?.length).toBe(5)
    const { answers } = JSON.parse(history) as { answers: { reply: string }[] }
    expect(answers.map(it => Number(it.reply))).toEqual([5, 4, 3, 2, 1])
  })

  test('that may only be read has a history, and a drill and a flag refuse at once', () => {
    const { out, err } = onDisk(
      'size=1m',
      `drill 3 >/dev/null; mount -o remount,ro "$QUIZ_HOME"; drill 3
       '${process.execPath}' '${QUIZ}' history --format json
       '${process.execPath}' '${QUIZ}' flag caching/no-cache-reuse`,
    )
    const [drilled, history = ''] = out.split(/^exit 1\n/m)
    expect(drilled).toBe('')
    expect(err).toMatch(
      /^quiz: answers cannot be kept in .*: read-only file system\n {2}QUIZ_HOME .*--dry asks without keeping them\n/,
    )
    expect(err).toMatch(
      /^quiz: flags cannot be kept in .*: read-only file system\n {2}see who .*\n$/m,
    )
    expect(JSON.parse(history).of).toBe(3)
  })
})
