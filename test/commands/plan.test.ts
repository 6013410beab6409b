import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { PIPE, type Pretence, quiz, TERMINAL, temporary } from '../world.ts'

/** Noon of a day in November, with the whole bank. */
const on = (day: number): Pretence => ({
  bank: 'real',
  clock: [`2026-11-${String(day).padStart(2, '0')}T11:00:00Z`],
})

/** A person with a log and maybe a plan. */
function person(bank: 'real' | 'small' = 'real') {
  const data = temporary()
  const told = (day: number, line: string, more: Pretence = {}) =>
    quiz(line, { ...on(day), bank, data, ...more })
  const json = async (day: number, line: string) => {
    const { out } = await told(day, `${line} --format json`)
    return JSON.parse(out)
  }
  /** Answers as many questions of a drill as there are answers; each takes `seconds`. */
  const drill = async (day: number, line: string, answers: number, seconds = 10) => {
    const clock = Array.from({ length: 2 * answers + 3 }, (_, it) =>
      new Date(Date.UTC(2026, 10, day, 11, 0, Math.floor(it / 2) * seconds)).toISOString(),
    )
    const input = Array<string>(answers).fill('{"answer":["a"]}')
    const { out } = await told(day, `drill --format jsonl --kind choice ${line}`, { input, clock })
    return out.split('\n').flatMap(it => (it === '' ? [] : [JSON.parse(it)]))
  }
  return { data, told, json, drill }
}

test.for([
  ['on a terminal', 'plan', { screen: TERMINAL }, 'plan.txt'],
  ['in colour', 'plan', { screen: { ...TERMINAL, colors: 1 } }, 'plan.color.txt'],
  ['through a pipe', 'plan', { screen: PIPE }, 'plan.piped.txt'],
  ['as markdown', 'plan --format markdown', {}, 'plan.markdown'],
  ['as json', 'plan --format json', {}, 'plan.json'],
  ['in ASCII', 'plan', { screen: { ...TERMINAL, unicode: false } }, 'plan.ascii.txt'],
] as const)('the plan %s', async ([, line, more, golden]) => {
  const { told, drill } = person()
  await told(20, 'plan --by 2026-12-05 --topics caching=2,auth,cap')
  await drill(20, '-n 12', 12)
  const { exit, out } = await told(21, line, more)
  expect(exit).toBe(Exit.ok)
  await expect(out).toMatchFileSnapshot(`../golden/${golden}`)
})

test('a plan is kept, changed bit by bit, and dropped', async () => {
  const { told, json } = person()
  expect((await told(21, 'plan')).err).toContain('there is no plan yet')
  const first = await json(21, 'plan --by 2026-12-05 --topics auth=3,caching')
  expect(first.plan).toEqual({
    by: '2026-12-05',
    minutes: 20,
    topics: ['auth', 'caching'],
    weights: { auth: 3 },
    recall: 0.9,
  })
  expect(first.topics.map((it: { id: string }) => it.id)).toEqual(['auth', 'caching'])
  await told(22, 'plan --minutes 40')
  const later = await json(23, 'plan')
  expect(later.plan).toEqual({ ...first.plan, minutes: 40 })
  expect(later.days[0].date).toBe('2026-11-23')
  expect(later.days.at(-1).date).toBe('2026-12-04')
  expect((await json(23, 'plan --topics all')).plan).toMatchObject({ topics: [], weights: {} })
  expect((await json(23, 'plan --topics all,all')).plan).toMatchObject({ topics: [], weights: {} })
  expect((await told(23, 'plan --clear')).err).toContain('the plan is dropped')
  expect((await told(23, 'plan')).exit).toBe(Exit.problem)
  expect((await told(23, 'plan --clear')).err).toContain('there was no plan')
})

test('more minutes are expected to come to more, and none of it before anything is answered', async () => {
  const { json } = person()
  const few = await json(21, 'plan --by 2026-12-05 --minutes 10')
  const many = await json(21, 'plan --minutes 40')
  expect(few.expected.idle).toBe(many.expected.idle)
  expect(few.expected.recall).toBeGreaterThan(few.expected.idle)
  expect(few.expected.more.recall).toBeGreaterThan(few.expected.recall)
  expect(many.expected.recall).toBeGreaterThan(few.expected.more.recall)
  const covered = (of: typeof few) =>
    of.topics.reduce((sum: number, it: { covered: number }) => sum + it.covered, 0)
  expect(covered(many)).toBeGreaterThan(covered(few))
})

describe('the drill follows the plan', () => {
  test('it asks of its topics, within the minutes that are left today', async () => {
    const { told, drill } = person()
    await told(21, 'plan --by 2026-12-05 --minutes 2 --topics caching,auth')
    const said = await drill(21, '', 30, 6)
    const asked = said.filter(it => it.type === 'question')
    expect(asked.filter(it => it.topic !== 'caching' && it.topic !== 'auth')).toEqual([])
    const { length } = said.filter(it => it.type === 'verdict')
    expect(length * 6).toBeGreaterThan(90)
    expect(length * 6).toBeLessThanOrEqual(120)
    const { out, exit } = await told(21, 'drill', { screen: TERMINAL })
    expect(exit).toBe(Exit.ok)
    expect(out).toContain('The 2 minutes of your plan are done for today.')
    expect(out).toContain('quiz drill --minutes 10')
    expect((await drill(21, '', 0))[0]).toMatchObject({ questions: 0, done: 2 })
    expect((await drill(21, '-n 3', 3)).at(-1)).toMatchObject({ type: 'summary', asked: 3 })
    expect((await drill(22, '', 1)).at(-1).asked).toBe(1)
  })

  test('the plan and the home screen know how much of today is left', async () => {
    const { told, drill, json } = person()
    await told(21, 'plan --by 2026-12-31 --minutes 4 --topics caching,auth')
    expect((await json(21, 'plan')).days[0].minutes).toBeCloseTo(4, 0)
    await drill(21, '-n 12', 12)
    expect((await json(21, 'plan')).days[0].minutes).toBeCloseTo(2, 0)
    expect((await told(21, '')).out).toContain('2 minutes for today')
    await drill(21, '-n 12', 12)
    expect((await json(21, 'plan')).days[0]).toMatchObject({ minutes: 0, reviews: 0, new: 0 })
    expect((await told(21, 'plan')).out).toContain('Nothing more today.')
    expect((await told(21, '')).out).toContain('today is done')
    expect((await json(22, 'plan')).days[0].minutes).toBeCloseTo(4, 0)
  })

  test('what weighs more comes first', async () => {
    const { told, drill } = person()
    await told(21, 'plan --by 2026-11-24 --topics caching=1,auth=50')
    const asked = (await drill(21, '-n 10', 0)).filter(it => it.type === 'start')
    expect(asked[0]).toMatchObject({ questions: 10, why: { new: 10 } })
    const topics = (await drill(21, '-n 10', 10)).flatMap(it => it.topic ?? [])
    expect(new Set(topics)).toEqual(new Set(['auth']))
  })

  test('a wish goes before the plan, and so does an exam', async () => {
    const { told, drill } = person()
    await told(21, 'plan --by 2026-12-05 --topics caching')
    expect((await drill(21, '--new -n 2', 0))[0].why).toEqual({ new: 2 })
    expect((await drill(21, '--exam -n 2', 0))[0].why).toEqual({ random: 2 })
    const named = (await drill(21, 'auth -n 2', 2)).flatMap(it => it.topic ?? [])
    expect(new Set(named)).toEqual(new Set(['auth']))
  })
})

test.for<[line: string, says: string]>([
  ['plan --by tomorrow', 'a date is written 2026-12-05'],
  ['plan --by 2026-02-30', 'there is no date "2026-02-30"'],
  ['plan --by 2026-11-21', '2026-11-21 is today'],
  ['plan --by 2026-11-20', '2026-11-20 is over'],
  ['plan --by 2028-01-01', 'more than a year ahead'],
  ['plan --by 2026-12-05 --minutes 0', 'from 1 to 960'],
  ['plan --by 2026-12-05 --topics cachign', 'did you mean caching?'],
  ['plan --by 2026-12-05 --topics auth=0', '"0" is no weight'],
  ['plan --by 2026-12-05 --topics auth=much', 'auth=3,caching'],
  ['plan --by 2026-12-05 --topics all,auth', '"all" is every topic, each alike'],
  ['plan --by 2026-12-05 --topics auth=2,all', 'or only those that are asked for: --topics auth=3'],
  ['plan --by 2026-12-05 --topics all=2', '--topics all for all of them'],
  ['plan --by 2026-12-05 --recall 100', 'from 50 to 99'],
  ['plan --by 2026-12-05 --clear', 'no other option goes with it'],
])('%s', async ([line, says]) => {
  const { told } = person()
  const { exit, err } = await told(21, line)
  expect(exit).toBe(Exit.usage)
  expect(err).toContain(says)
  expect((await told(21, 'plan')).err).toContain('there is no plan yet')
})

test('a plan that cannot be read says where it is and how to go on', async () => {
  const { told, data } = person()
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'plan.json'), '{"v":1,"minutes":"20"}')
  for (const line of ['plan', '', 'drill --format jsonl']) {
    const { exit, err } = await told(21, line)
    expect(exit).toBe(Exit.problem)
    expect(err).toContain(`the plan in ${join(data, 'plan.json')} cannot be read`)
    expect(err).toContain('quiz plan --clear')
  }
  await told(21, 'plan --clear')
  expect((await told(21, '')).exit).toBe(Exit.ok)
})

test('what is no file in the place of a plan is left where it is', async () => {
  const { told, data } = person()
  const path = join(data, 'plan.json')
  mkdirSync(path, { recursive: true })
  for (const line of ['plan', 'plan --by 2026-12-05', '', 'drill --format jsonl', 'plan --clear']) {
    const { exit, err } = await told(21, line)
    expect(exit).toBe(Exit.problem)
    expect(err).toContain(`the plan in ${path} cannot be`)
    expect(err.split('\n')[1]).toMatch(/^ {2}\S/)
  }
  expect((await told(21, 'drill --format jsonl --dry')).exit).toBe(Exit.ok)
  expect(statSync(path).isDirectory()).toBe(true)
})

test('a day that is far ahead is named with its year', async () => {
  const { told } = person()
  expect((await told(21, 'plan --by 2027-11-20')).out).toContain('Sat 20 Nov 2027, in 364 days')
  expect((await told(21, '')).out).toContain('On Sat 20 Nov 2027')
})

test('a plan about topics that no bank has here says so', async () => {
  const { told } = person()
  await told(21, 'plan --by 2026-12-05 --topics auth')
  const { exit, err } = await told(21, 'plan', { bank: 'small' })
  expect(exit).toBe(Exit.problem)
  expect(err).toContain('which no bank here has')
})

test('when the interview is over the plan says so, and the drill goes on without it', async () => {
  const { told, drill, data } = person()
  await told(21, 'plan --by 2026-11-23 --topics caching')
  expect((await told(23, 'plan')).err).toContain('the interview is today')
  expect((await told(25, 'plan')).err).toContain('the interview was on 2026-11-23')
  for (const [day, says] of [
    [23, 'your interview is today'],
    [25, 'your interview was 2 days ago'],
  ] as const) {
    const { out } = await told(day, '')
    expect(out).toContain(says)
    expect(out).not.toContain('what each day holds')
  }
  expect((await drill(25, '', 0))[0]).toMatchObject({ questions: 10 })
  expect(readFileSync(join(data, 'plan.json'), 'utf8')).toContain('2026-11-23')
  expect((await told(25, 'plan --by 2026-12-05')).exit).toBe(Exit.ok)
})

describe('without a date', () => {
  test('recall is kept steady', async () => {
    const { told, drill, json } = person('small')
    const made = await json(1, 'plan --minutes 5 --recall 80')
    expect(made.plan).toMatchObject({ by: null, recall: 0.8 })
    expect(made.days).toHaveLength(30)
    await drill(1, '', 5)
    expect((await told(2, 'plan')).out).toContain('steady recall of 80 %')
  })

  test('what is due is due by the recall of the plan, wherever it is told', async () => {
    const { told, json, drill } = person()
    await drill(1, '-n 30', 30)
    const due = async () => {
      const [home, stats] = [await json(5, ''), await json(5, 'stats')]
      expect(stats.standing.due).toBe(home.standing.due)
      const { why } = (await drill(5, '--due -n 50 --dry', 0))[0]
      expect(why.due ?? 0).toBe(home.standing.due)
      return home.standing.due
    }
    const usual = await due()
    await told(5, 'plan --recall 70')
    expect(await due()).toBeLessThan(usual)
  })
})

describe('home', () => {
  test.for([
    ['on a terminal', { screen: TERMINAL }, 'home-plan.txt'],
    ['in colour', { screen: { ...TERMINAL, colors: 1 } }, 'home-plan.color.txt'],
  ] as const)('with a plan, %s', async ([, more, golden]) => {
    const { told, drill } = person()
    await told(20, 'plan --by 2026-12-05')
    await drill(20, '-n 20', 20)
    await drill(21, '-n 10', 10, 30)
    const { out } = await told(21, '', more)
    await expect(out).toMatchFileSnapshot(`../golden/${golden}`)
  })

  test('without one', async () => {
    const { told, drill } = person()
    await drill(20, '-n 20', 20)
    const { out } = await told(21, '', { screen: TERMINAL })
    await expect(out).toMatchFileSnapshot('../golden/home-known.txt')
  })
})
