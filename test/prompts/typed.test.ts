import { expect, test } from 'vitest'
import { keys, person } from './person.ts'

test('a line can be edited, and remains on screen', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask({ type: 'line' })
  await press(...'etga', keys.backspace, keys.left, keys.backspace, 't', 'a', keys.enter)
  expect(await heard).toEqual({ answer: 'etag' })
  expect(screen()).toBe('❯ etag')
})

test('an empty line is no answer', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask({ type: 'line' })
  await press(keys.enter)
  expect(screen()).toBe(
    `❯
! type an answer, or :s to skip
enter answer · tab sure? · :s skip · :q quit · :? help`,
  )
  await press('x')
  expect(screen()).not.toContain('!')
  await press(keys.enter)
  expect(await heard).toEqual({ answer: 'x' })
})

test('a malformed number stays in the line to be corrected', async () => {
  const { ask, press, screen } = person()
  const check = (answer: unknown) =>
    Number.isFinite(Number(answer)) ? undefined : 'type a number, such as 12'
  const { heard } = await ask({ type: 'number', unit: 'ms' }, { check })
  await press('4', 'o', keys.enter)
  expect(screen()).toContain('ms ❯ 4o\n! type a number, such as 12')
  await press(keys.backspace, '2', keys.enter)
  expect(await heard).toEqual({ answer: '42' })
  expect(screen()).toBe('❯ 42 ms')
})

test('words said out loud leave an empty answer', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask({ type: 'speak' })
  await press(keys.enter)
  expect(await heard).toEqual({ answer: '' })
  expect(screen()).toBe('❯ said out loud')
})

test('an answer in writing is kept as it was typed', async () => {
  const { ask, press } = person()
  const { heard } = await ask({ type: 'speak' })
  await press('idempotency keys', keys.enter)
  expect(await heard).toEqual({ answer: 'idempotency keys' })
})

test.for([
  [':u', 'undo'],
  [':undo', 'undo'],
  [':s', 'skip'],
  [' :SKIP ', 'skip'],
  [':q', 'quit'],
  [':quit', 'quit'],
])('%s is the wish to %s', async ([typed, wish]) => {
  const { ask, press } = person()
  const { heard } = await ask({ type: 'line' }, { canUndo: true })
  await press(typed!, keys.enter)
  expect(await heard).toEqual({ wish })
})

test.for(['skip', 'q', ':authority', ':'])('"%s" is an answer', async typed => {
  const { ask, press } = person()
  const { heard } = await ask({ type: 'line' })
  await press(typed, keys.enter)
  expect(await heard).toEqual({ answer: typed })
})

test('there may be nothing to take back', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask({ type: 'line' })
  await press(':u', keys.enter)
  expect(screen()).toContain('❯\n! there is no answer to take back yet')
  await press('x', keys.enter)
  expect(await heard).toEqual({ answer: 'x' })
})

test(':? says more, and again less', async () => {
  const { ask, press, screen } = person()
  await ask({ type: 'line' })
  await press(':?', keys.enter)
  expect(screen()).toBe(
    `❯
enter     answer
tab       say how sure: guess, unsure, sure, not said; shift-tab goes back
:s :skip  skip this question
:q :quit  end this sitting
:? :help  less help`,
  )
  await press(':help', keys.enter)
  expect(screen()).toBe('❯\nenter answer · tab sure? · :s skip · :q quit · :? help')
})

test('what a terminal would obey is not echoed', async () => {
  const { ask, press, sent } = person()
  const { heard } = await ask({ type: 'line' })
  await press('a\u009b2J\u202eb', keys.enter)
  await heard
  expect(sent()).not.toMatch(/[\u009b\u202e]/)
})
