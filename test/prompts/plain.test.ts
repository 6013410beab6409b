import { expect, test, vi } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { numbered, options, person, typist } from './person.ts'

const methods = options('PUT', 'POST', 'DELETE')
const one = { type: 'pick', many: false, options: methods } as const
const many = { type: 'pick', many: true, options: methods } as const
const tick = { type: 'tick', options: methods } as const
const order = { type: 'arrange', options: methods } as const
const pairs = { type: 'pair', left: numbered('401', '403'), right: methods } as const
const press = {
  type: 'press',
  keys: [
    { key: 'n', text: 'next', index: 0 },
    { key: 's', text: 'sources', index: 1 },
  ],
} as const

const line = { type: 'line' } as const
const asks = { one, many, tick, order, pairs, press, line }

test('the page is static: numbered text, a question, and nothing a terminal obeys', async () => {
  const { ask, input, sent } = typist({ colors: 3 })
  const { heard } = await ask(one)
  input.write('2\n')
  expect(await heard).toEqual({ answer: ['b'] })
  expect(sent()).toBe('1. PUT\n2. POST\n3. DELETE\nYour answer (number; ? for help): 2\n')
})

test.for<[what: string, ask: Ask, line: string, answer: unknown]>([
  ['a letter', one, 'C', ['c']],
  ['several, apart by spaces', many, ' 1 3 ', ['a', 'c']],
  ['several, apart by commas', many, '1,3', ['a', 'c']],
  ['nothing ticked', tick, '', []],
  ['an order', order, '3 1 2', ['c', 'a', 'b']],
  ['pairs', pairs, '1b 2a', { 1: 'b', 2: 'a' }],
  ['pairs, written otherwise', pairs, '2 -> c, 1=A', { 1: 'a', 2: 'c' }],
  ['a line', { type: 'line' }, ' skip ', ' skip '],
  ['a number', { type: 'number', unit: 'ms' }, '1.5', '1.5'],
  ['nothing written', { type: 'speak' }, '', ''],
  ['enter', press, '', 'n'],
  ['a key', press, 's', 's'],
])('%s', async ([, asked, line, answer]) => {
  const { ask, input } = typist()
  const { heard } = await ask(asked)
  input.write(`${line}\r\n`)
  expect(await heard).toEqual({ answer })
})

test.for<[to: keyof typeof asks, line: string, said: string]>([
  ['one', '4', 'There is no answer "4"'],
  ['one', '', 'Pick one answer by its number'],
  ['one', '1 2', 'Pick one answer by its number'],
  ['many', '', 'Pick at least one'],
  ['many', '1 1', '"1" is there twice'],
  ['order', '2 1', '1 still to place'],
  ['pairs', '1b', '1 still without a partner'],
  ['pairs', '1b 2b', '"2b" makes no pair; each number and each letter is used once'],
  ['pairs', '1b 2a x', '"x" makes no pair; each number and each letter is used once'],
  ['line', '', 'Type an answer, or :s to skip'],
  ['line', ':sure', '":sure" goes after an answer, on the same line'],
  ['one', 'sure', '"sure" goes after an answer, on the same line'],
  ['tick', ' Guess', '"Guess" goes after an answer, on the same line'],
  ['one', '2 maybe', 'There is no answer "maybe"'],
  ['press', 'n sure', '"n sure" is not one of the keys'],
  ['press', 'x', '"x" is not one of the keys'],
  ['one', 'undo', 'There is no answer to take back yet'],
])('%s: "%s" is asked again', async ([to, line, said]) => {
  const { ask, input, screen } = typist()
  const { heard } = await ask(asks[to])
  input.write(`${line}\n:quit\n`)
  expect(await heard).toEqual({ wish: 'quit' })
  expect(screen().split('\n')).toContain(said)
})

test('what the kind finds malformed is asked again', async () => {
  const { ask, input, screen } = typist()
  const check = (answer: unknown) => (answer === 'x' ? 'type a number' : undefined)
  const { heard } = await ask({ type: 'number' }, { check })
  input.write('x\n7\n')
  expect(await heard).toEqual({ answer: '7' })
  expect(screen()).toBe(
    `Your answer (a number; :? for help): x
Type a number
Your answer (a number; :? for help): 7`,
  )
})

test.for<[to: keyof typeof asks, line: string, wish: string]>([
  ['one', 'undo', 'undo'],
  ['one', ':undo', 'undo'],
  ['order', 'S', 'skip'],
  ['pairs', 'quit', 'quit'],
  ['line', ':skip', 'skip'],
  ['press', 'q', 'quit'],
])('%s: "%s" is the wish to %s', async ([to, line, wish]) => {
  const { ask, input } = typist()
  const { heard } = await ask(asks[to], { canUndo: true })
  input.write(`${line}\n`)
  expect(await heard).toEqual({ wish })
})

test.for<[what: string, ask: Ask, line: string, answer: unknown, confidence: string]>([
  ['a number', one, '2 sure', ['b'], 'sure'],
  ['a letter', one, 'b, Guess ', ['b'], 'guess'],
  ['with a colon where none is needed', one, 'b :unsure', ['b'], 'unsure'],
  ['several', many, '1,3,sure', ['a', 'c'], 'sure'],
  ['points', tick, '2 :guess', ['b'], 'guess'],
  ['an order', order, '3 1 2 unsure', ['c', 'a', 'b'], 'unsure'],
  ['pairs', pairs, '1b 2a sure', { 1: 'b', 2: 'a' }, 'sure'],
  ['words', line, 'cache aside :sure', 'cache aside', 'sure'],
  ['words like it', line, 'sure :GUESS', 'sure', 'guess'],
  ['a number with its unit', { type: 'number', unit: 'ms' }, '42 ms\t:unsure', '42 ms', 'unsure'],
  ['out loud', { type: 'speak' }, ':sure', '', 'sure'],
])('how sure: %s', async ([, asked, line, answer, confidence]) => {
  const { ask, input } = typist()
  const { heard } = await ask(asked)
  input.write(`${line}\n`)
  expect(await heard).toEqual({ answer, confidence })
})

test.for<[ask: Ask, line: string]>([
  [line, 'sure'],
  [line, 'I am not sure'],
  [line, 'etag:sure'],
  [line, ':sure etag'],
  [line, ':surely'],
  [{ type: 'number' }, '42 sure'],
  [{ type: 'speak' }, 'I would make sure'],
])('how sure: nothing is said by %o', async ([asked, line]) => {
  const { ask, input } = typist()
  const { heard } = await ask(asked)
  input.write(`${line}\n`)
  expect(await heard).toEqual({ answer: line })
})

test('how sure: what was said before stays unless it is said otherwise', async () => {
  const { ask, input } = typist()
  const stays = await ask(tick, { confidence: 'sure' })
  input.write('1\n')
  expect(await stays.heard).toEqual({ answer: ['a'], confidence: 'sure' })
  const changes = await ask(tick, { confidence: 'sure' })
  input.write('1 guess\n')
  expect(await changes.heard).toEqual({ answer: ['a'], confidence: 'guess' })
})

test('help tells the words, and asks again', async () => {
  const { ask, input, screen } = typist()
  const { heard } = await ask({ type: 'line' }, { canUndo: true })
  input.write(':help\n:q\n')
  await heard
  expect(screen()).toBe(
    `Your answer (:? for help): :help
Type a few words, and enter.
":guess", ":unsure" or ":sure" after your answer says how sure you are.
":undo" takes the last answer back.
":skip" leaves this question out.
":quit" ends this sitting.
Your answer (:? for help): :q`,
  )
})

test('lines that came early wait for their prompt, also the last one without a newline', async () => {
  const { ask, input } = typist()
  input.write('1\n2 ')
  input.end('3\ncafé')
  expect(await (await ask(one)).heard).toEqual({ answer: ['a'] })
  expect(await (await ask(many)).heard).toEqual({ answer: ['b', 'c'] })
  expect(await (await ask({ type: 'line' })).heard).toEqual({ answer: 'café' })
  await expect((await ask(one)).heard).rejects.toThrow('interrupted')
})

test('a letter of several bytes may arrive in pieces', async () => {
  const { ask, input } = typist()
  const { heard } = await ask({ type: 'line' })
  for (const byte of Buffer.from('é\n')) input.write(Buffer.from([byte]))
  expect(await heard).toEqual({ answer: 'é' })
})

test('on a terminal, which echoes what is typed, it is not printed twice', async () => {
  const { ask, input, sent } = typist()
  Object.assign(input, { isTTY: true })
  const { heard } = await ask({ type: 'line' })
  input.write('etag\n')
  await heard
  expect(sent()).toBe('Your answer (:? for help): ')
})

test('a screen that is not interactive is asked plainly too, without the prompt library', async () => {
  const loaded = vi.fn(() => ({}))
  vi.doMock('@inquirer/core', loaded)
  const { ask, input } = person({ interactive: false })
  const { heard } = await ask(one)
  input.write('1\n')
  expect(await heard).toEqual({ answer: ['a'] })
  expect(loaded).not.toHaveBeenCalled()

  await person().ask(one)
  expect(loaded).toHaveBeenCalled()
})
