import { describe, expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { allLabs } from '../../src/labs/index.ts'
import { optionName } from '../../src/labs/typed.ts'
import { readLog } from '../../src/memory/log.ts'
import { type Act, PIPE, type Pretence, quiz, TERMINAL, temporary } from '../world.ts'

/** Says 5 to a number, picks the first choice, and goes on. */
const answers: Act = ask =>
  ask.type === 'pick' ? [ask.options[0]!.key] : ask.type === 'press' ? 'n' : '5'

describe('a run', () => {
  const line = 'lab token-bucket --capacity 2 --refill 1 --arrivals 0,0,0,1,1'

  test('on a terminal', async () => {
    const { exit, out } = await quiz(line, { screen: TERMINAL, bank: 'real' })
    expect(exit).toBe(Exit.ok)
    expect(out).toContain('3 of 5 requests admitted')
    await expect(out).toMatchFileSnapshot('../golden/lab.txt')
  })

  test('in colour', async () => {
    const { out } = await quiz(line, {
      screen: { ...TERMINAL, colors: 1, links: true },
      bank: 'real',
    })
    await expect(out).toMatchFileSnapshot('../golden/lab.color.txt')
  })

  test.for(['text', 'markdown', 'html', 'json'])('through a pipe as %s', async format => {
    const { out } = await quiz(`${line} --format ${format}`, { screen: PIPE, bank: 'real' })
    await expect(out).toMatchFileSnapshot(
      `../golden/lab.${format === 'text' ? 'piped.txt' : format}`,
    )
  })

  test('is the same whichever way its numbers are given', async () => {
    const [plain, before] = [
      await quiz('lab token-bucket --seed 3'),
      await quiz('lab --seed 3 token-bucket'),
    ]
    expect(plain.out).toBe(before.out)
    const command = /^ {4}\$ quiz (lab [^\n\\]*(?:\\\n[^\n\\]*)*)/m.exec(plain.out)![1]!
    expect((await quiz(command.replaceAll(/\\\n\s*/g, ''))).out).toBe(plain.out)
  })

  test('a number that is given stays when the others are drawn', async () => {
    const { out } = await quiz('lab token-bucket --seed 3 --capacity 9 --format json')
    expect(JSON.parse(out)).toMatchObject({ seed: 3, values: { capacity: 9 } })
  })
})

test('the list has every lab, by topic', async () => {
  const { out } = await quiz('lab', { bank: 'real' })
  const { out: json } = await quiz('lab --format json', { bank: 'real' })
  const names = [...(await allLabs()).keys()]
  for (const it of names) expect(out).toContain(`- ${it}: `)
  expect((JSON.parse(json) as { id: string }[]).map(it => it.id).toSorted()).toEqual(
    names.toSorted(),
  )
})

/** Each lab can be run by its help alone: every parameter is told, with its range, and every example given there runs. */
describe.for([...(await allLabs()).values()])('the help of $id', ({ id, parameters, summary }) => {
  test('tells all that it takes', async () => {
    const { exit, out } = await quiz(`lab ${id} --help`, { screen: { ...TERMINAL, columns: 100 } })
    expect(exit).toBe(Exit.ok)
    const words = out.replaceAll(/\s+/g, ' ')
    expect(words).toContain(summary)
    for (const [name, it] of Object.entries(parameters)) {
      expect(words).toMatch(new RegExp(`--${optionName(name)}[ ,]`))
      expect(words).toContain(it.says)
    }
  })

  test('is enough to run it', async () => {
    for (const line of [`lab ${id}`, `lab ${id} --seed 1`]) {
      const { exit, out, err } = await quiz(line, { bank: 'real' })
      expect([exit, err]).toEqual([Exit.ok, ''])
      // The command above the run gives the same run.
      const command = /^ {4}\$ quiz (lab [^\n\\]*(?:\\\n[^\n\\]*)*)/m.exec(out)![1]!
      expect((await quiz(command.replaceAll(/\\\n\s*/g, ''), { bank: 'real' })).out).toBe(out)
    }
  })
})

test.for<[line: string, says: string, hint: string]>([
  ['lab token-buckets', 'there is no lab called "token-buckets"', 'token-bucket'],
  ['lab nothing-like-it', 'there is no lab called', 'quiz lab lists'],
  ['lab limits/no-such', 'there is no question called "limits/no-such"', 'quiz lab lists'],
  ['lab token-bucket --capacity many', 'It is a number, not "many".', ''],
  ['lab token-bucket --capacity 0', 'from 1 to 1000', ''],
  ['lab token-bucket --arrivals 3,1', 'does not fall', ''],
  ['lab token-bucket --capacty 3', "unknown option '--capacty'", '--capacity'],
  ['lab token-bucket 5', 'too many arguments', ''],
  ['lab token-bucket --format jsonl', 'goes with "--ask"', '--format json'],
  ['lab token-bucket --seed -1', 'whole number', ''],
])('%s', async ([line, says, hint]) => {
  const { exit, out, err } = await quiz(line, { bank: 'labs' })
  expect(exit).toBe(Exit.usage)
  expect(out).toBe('')
  expect(err).toContain(says)
  expect(err).toContain(hint)
  expect(err).not.toMatch(/\n\s+at /)
})

test('a question of a bank that is named behind it is found', async () => {
  const cwd = process.cwd()
  for (const bank of ['--bank test/fixtures/labs', '--bank=test/fixtures/labs/limits.yaml']) {
    const { exit, out, err } = await quiz(`lab limits/admitted ${bank} --seed 1`, {
      bank: 'small',
      cwd,
    })
    expect([exit, err]).toEqual([Exit.ok, ''])
    expect(out).toContain('How many of them get in?')
  }
})

describe('being asked about it', () => {
  const asked = (line: string, pretence: Pretence = {}) =>
    quiz(line, { bank: 'labs', screen: TERMINAL, data: temporary(), ...pretence })

  test('needs a terminal, or JSON lines', async () => {
    const { exit, err } = await asked('lab token-bucket --ask', { screen: PIPE })
    expect(exit).toBe(Exit.problem)
    expect(err).toContain('--format jsonl')
  })

  test('asks each way once, says which rule was followed, and does not count for what is due', async () => {
    const data = temporary()
    const { exit, out } = await asked('lab token-bucket --ask', {
      data,
      acts: [answers, answers, answers, answers, { wish: 'quit' }],
    })
    expect(out).toContain('let the bucket start empty')
    expect(out).toContain('Answers do not count for what is due.')
    const { lines } = readLog(data)
    expect(lines[0]).toMatchObject({
      question: 'limits/admitted',
      mode: 'lab',
      reply: 5,
      believed: 'token-bucket/starts-empty',
      offered: ['token-bucket/starts-empty', 'token-bucket/no-cap', 'token-bucket/refused-costs'],
    })
    expect(lines[0]).not.toHaveProperty('seed')
    expect(exit).toBe(Exit.ok)
  })

  test('numbers that tell nothing are refused with a way out', async () => {
    const { exit, err } = await asked('lab token-bucket --arrivals 0 --ask')
    expect(exit).toBe(Exit.problem)
    expect(err).toContain('no two misconceptions differ')
  })

  test('a question with its seed is asked as it was', async () => {
    const { out } = await asked('lab limits/verdicts --seed 5 --ask --format jsonl --dry', {
      screen: PIPE,
      input: ['{"quit":true}'],
    })
    const { choices } = JSON.parse(out.split('\n')[1]!) as { choices: { text: string }[] }
    const { out: shown } = await asked('lab limits/verdicts --seed 5', { screen: PIPE })
    const listed = [...shown.matchAll(/^ *\d\) `([#.]+)`$/gm)].map(it => it[1])
    expect(choices.map(it => it.text.replaceAll('`', '')).toSorted()).toEqual(listed.toSorted())
    expect(listed.length).toBeGreaterThan(2)
  })

  test('in JSON lines', async () => {
    const { out } = await asked('lab token-bucket --ask --format jsonl --dry', {
      screen: PIPE,
      input: ['{"answer":5}', '{"quit":true}'],
    })
    const lines = out
      .trim()
      .split('\n')
      .map(it => JSON.parse(it))
    expect(lines[0]).toMatchObject({ type: 'start', mode: 'lab', counts: false })
    expect(lines[2]).toMatchObject({ type: 'verdict', misconception: 'token-bucket/starts-empty' })
  })
})
