import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { words } from '../../src/bank/prose.ts'
import { Exit } from '../../src/errors.ts'
import type { Ask } from '../../src/kinds/ask.ts'
import { readLog } from '../../src/memory/log.ts'
import { type Act, type Pretence, quiz, TERMINAL, temporary } from '../world.ts'

/** Noon of a day in November. */
const on = (day: number): Pretence => ({
  clock: [`2026-11-${String(day).padStart(2, '0')}T11:00:00Z`],
})

const RIGHT: Readonly<Record<string, unknown>> = { secret: 'no-store', load: 40 }
const WRONG: Readonly<Record<string, unknown>> = { secret: 'public', load: 4 }

/** A person with a log of their own, who answers drills in JSON lines about `secret` and `load`. */
function person() {
  const data = temporary()
  const jsonl = async (line: string, input: readonly string[], more: Pretence) => {
    const { exit, out, err } = await quiz(`drill --format jsonl ${line}`, { input, data, ...more })
    const said = out.split('\n').flatMap(it => (it === '' ? [] : [JSON.parse(it)]))
    const asked = said.filter(it => it.type === 'question')
    return { exit, err, said, asked: asked.map(it => `${it.id.split('/')[1]} ${it.why}`) }
  }
  return {
    data,
    jsonl,
    /** Answers one question, so that it comes alone, and leaves. */
    answer: (day: number, name: 'secret' | 'load', right: boolean, more = {}, options = '') =>
      jsonl(
        `--kind ${name === 'secret' ? 'text' : 'number'} ${options}`,
        [JSON.stringify({ answer: (right ? RIGHT : WRONG)[name], ...more }), '{"quit":true}'],
        on(day),
      ),
    /** What a drill would ask, without answering. */
    offered: (day: number, line: string) =>
      jsonl(line, Array<string>(20).fill('{"skip":true}'), on(day)),
  }
}

test('what was missed is due tomorrow, what was known later; by default what is due comes before what is new', async () => {
  const { answer, offered } = person()
  await answer(1, 'secret', false)
  await answer(1, 'load', true)
  const sameDay = await offered(1, '')
  expect(sameDay.said[0]).toMatchObject({ questions: 4, why: { new: 4 } })
  const nextDay = await offered(2, '')
  expect(nextDay.said[0]).toMatchObject({ questions: 5, why: { due: 1, new: 4 } })
  expect(nextDay.asked[0]).toBe('secret due')
  expect((await offered(2, '-n 3')).said[0].questions).toBe(3)
  expect((await offered(9, '--due')).asked.toSorted()).toEqual(['load due', 'secret due'])
  expect((await offered(9, '--new')).asked).toHaveLength(4)
})

test('no time at all is no time for a drill', async () => {
  const { exit, err } = await person().offered(1, '--minutes 0')
  expect(exit).toBe(Exit.usage)
  expect(err).toContain('at least 0.1')
})

test('what helps can be typed as it stands, whatever the bank is called', async () => {
  const cwd = temporary()
  const name = "it's mine"
  mkdirSync(join(cwd, name))
  const { out } = await quiz(['drill', '--wrong', '--bank', name], { cwd, screen: TERMINAL })
  expect(out).toContain("quiz drill --bank 'it'\\''s mine' --new")
})

test('--weak, --wrong and --confident-errors ask for what happened', async () => {
  const { answer, offered } = person()
  await answer(1, 'secret', false, { confidence: 'sure' })
  await answer(1, 'load', true, { confidence: 'sure' })
  expect((await offered(2, '--wrong')).asked).toEqual(['secret wrong'])
  expect((await offered(2, '--confident-errors')).asked).toEqual(['secret sure-but-wrong'])
  expect((await offered(2, '--weak')).asked).toEqual(['secret weak', 'load weak'])
  await answer(2, 'secret', true)
  expect((await offered(2, '--confident-errors')).said[0].questions).toBe(0)
})

test('cramming is kept as such and does not count', async () => {
  const { answer, offered, data } = person()
  await answer(1, 'load', false, {}, '--cram')
  expect(readLog(data).lines).toMatchObject([{ question: 'caching/load', mode: 'cram' }])
  expect((await offered(2, '--due')).said[0].questions).toBe(0)
  expect((await offered(2, '--new')).asked).toHaveLength(6)
  await answer(2, 'load', true)
  const crammed = await offered(3, '--cram')
  expect(crammed.asked[0]).toBe('load cram')
  expect(crammed.asked).toHaveLength(6)
})

test('an exam stays random, unless it is told what it is for', async () => {
  const { answer, offered } = person()
  await answer(1, 'secret', false)
  expect((await offered(5, '--exam')).said[0].why).toEqual({ random: 6 })
  expect((await offered(5, '--exam --due')).said[0].why).toEqual({ due: 1 })
  const again = await offered(5, '--exam --seed 5')
  expect((await offered(6, '--exam --seed 5')).asked).toEqual(again.asked)
})

test('a question is read when it is asked, and not before', async () => {
  const builtin = join(temporary(), 'bank')
  cpSync(inject('banks').small, builtin, { recursive: true })
  const drill = (input: readonly string[]) =>
    quiz('drill --format jsonl --minutes 60', { builtin, input })
  const [, question = ''] = (await drill([])).out.split('\n')
  const { id } = JSON.parse(question)
  const file = join(builtin, 'questions-caching.jsonl')
  const lines = readFileSync(file, 'utf8').split('\n')
  const [others, own] = [lines.filter(it => !it.includes(id)), lines.filter(it => it.includes(id))]
  expect([others.length, own.length]).toEqual([6, 1])
  const blank = lines.map(it => (it.includes(id) ? it : ' '.repeat(Buffer.byteLength(it))))
  writeFileSync(file, blank.join('\n'))
  const { exit, out } = await drill(['{"quit":true}'])
  expect([exit, out.split('\n')[1]]).toEqual([Exit.ok, question])
  expect((await drill(['{"skip":true}'])).exit).toBe(Exit.bug)
})

test('the same log, seed and instant make the same sitting', async () => {
  const { answer, offered } = person()
  await answer(1, 'secret', false)
  await answer(1, 'load', true)
  const line = '--seed 3 --dry'
  expect((await offered(7, line)).said).toEqual((await offered(7, line)).said)
})

test('when nothing is due it says when something is, and what helps', async () => {
  const { answer, jsonl, data } = person()
  await answer(1, 'secret', false)
  await answer(1, 'load', true)
  const { exit, out } = await quiz('drill caching --due', { data, screen: TERMINAL, ...on(1) })
  expect(exit).toBe(Exit.ok)
  await expect(out).toMatchFileSnapshot('../golden/nothing.txt')
  const painted = await quiz('drill caching --due', {
    data,
    screen: { ...TERMINAL, colors: 1 },
    ...on(1),
  })
  await expect(painted.out).toMatchFileSnapshot('../golden/nothing.color.txt')

  const { said } = await jsonl('--due', [], on(1))
  expect(said).toEqual([
    {
      type: 'start',
      questions: 0,
      seed: 42,
      mode: 'drill',
      counts: true,
      why: {},
      next: { date: '2026-11-02', questions: 1 },
    },
    { type: 'summary', asked: 0, score: 0, topics: [] },
  ])
  expect((await jsonl('--due --pass 50', [], on(1))).exit).toBe(Exit.problem)
})

test.for<[line: string, says: string, offers: readonly string[]]>([
  [
    '--kind text,number',
    'Nothing is due, and nothing is new.',
    ['quiz drill --kind text,number --weak'],
  ],
  ['--new --kind text', 'Nothing is new.', ['quiz drill --kind text --wrong']],
  ['--wrong --kind number', 'Nothing went wrong last time.', ['quiz drill --kind number --cram']],
  [
    '--confident-errors',
    'Nothing that you were sure of was wrong last time.',
    ['quiz drill --new'],
  ],
  ['--weak --kind open', 'Nothing was answered yet.', ['quiz drill --kind open --new']],
])('drill %s has nothing to ask and says: %s', async ([line, says, offers]) => {
  const { answer, data } = person()
  await answer(1, 'secret', false)
  await answer(1, 'load', true)
  const { exit, out } = await quiz(`drill ${line}`, { data, screen: TERMINAL, ...on(1) })
  expect(exit).toBe(Exit.ok)
  for (const it of [says, ...offers]) expect(out).toContain(it)
  for (const [, command = ''] of out.matchAll(/^ +• quiz (drill .*?) {2}/gm)) {
    const offered = await quiz(`${command} --format jsonl`, { data, ...on(1) })
    expect(JSON.parse(offered.out.split('\n')[0]!).questions, command).toBeGreaterThan(0)
  }
})

test.for([
  ['--weak --due', '"--weak" asks all that you answered before, so "--due" does not go with it'],
  ['--cram --new', '"--cram" asks anything, so "--new" does not go with it'],
  ['--cram --weak', 'does not go with it'],
  ['--cram --exam', '"--cram" does not count and "--exam" does'],
])('drill %s: %s', async ([line, says]) => {
  const { exit, err, out } = await quiz(`drill ${line}`, { screen: TERMINAL })
  expect([exit, out]).toEqual([Exit.usage, ''])
  expect(err).toContain(says)
  expect(err).toMatch(/\n {2}quiz drill --/)
})

/** The key of the option that says this. */
const pick =
  (said: string): Act =>
  (ask: Ask) =>
    ask.type === 'pick'
      ? [ask.options.find(it => words(it.text).startsWith(said))!.key]
      : expect.fail(`asked to ${ask.type}`)

test('a question that is missed again and again: the mistake is named, and explaining comes first', async () => {
  const data = temporary()
  const keys: string[] = []
  const enter: Act = ask => {
    if (ask.type !== 'press') expect.fail(`asked to ${ask.type}`)
    keys.push(ask.keys.map(it => it.key).join(''))
    return ask.keys[0]!.key
  }
  const misses = (day: number, said: string, ...more: Act[]) =>
    quiz('drill --kind choice', {
      data,
      screen: TERMINAL,
      acts: [pick(said), ...more, { wish: 'quit' }],
      ...on(day),
    })
  await misses(1, 'Show it once', enter)
  await misses(5, 'Show it once', enter)
  expect(keys).toEqual(['nwef', 'nwef'])
  const { out } = await misses(9, 'Keep it and reuse', enter, enter)
  expect(keys.slice(2)).toEqual(['enwf', 'nwf'])
  expect(out).toContain('Missed 3 times')
  expect(out).toContain('costs a round trip and no body.')
  await expect(out).toMatchFileSnapshot('../golden/leech.txt')

  const { said } = await person().jsonl('--kind choice --seed 1', ['{"answer":["a"]}'], {
    data,
    ...on(20),
  })
  expect(said.find(it => it.type === 'verdict')).toMatchObject({
    score: 0,
    leech: { misses: 4, explain: 'caching/no-cache' },
  })
})

test('another question about the same stands in for one that is missed again and again', async () => {
  const { jsonl, offered } = person()
  // `explain-no-cache` and `reuse` are about the same concept.
  for (const day of [1, 5, 9]) {
    const { said } = await jsonl('--kind choice --seed 1', ['{"answer":["a"]}'], on(day))
    expect(said.find(it => it.type === 'verdict').score).toBe(0)
  }
  const { said } = await offered(14, '--due')
  expect(said[0].why).toEqual({ sibling: 1 })
  expect(said[1]).toMatchObject({
    id: 'caching/explain-no-cache',
    why: 'sibling',
    of: 'caching/reuse',
  })
  const alone = await offered(14, '--due --kind choice')
  expect(alone.asked).toEqual(['reuse due'])
  await jsonl('--due', ['{"answer":""}', '{"points":["p1","p2","p3"]}'], on(14))
  expect((await offered(15, '--due')).asked).toEqual(['reuse due'])
})

test('what is wrong with the command is said without a terminal too', async () => {
  const { exit, err } = await quiz('drill --weak --due', on(1))
  expect(exit).toBe(Exit.usage)
  expect(err).toContain('"--due" does not go with it')
})
