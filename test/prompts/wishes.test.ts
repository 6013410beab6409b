import { expect, test } from 'vitest'
import { keys, options, person } from './person.ts'

const question = { type: 'pick', many: false, options: options('PUT', 'PATCH') } as const
const next = {
  type: 'press',
  keys: [
    { key: 'n', text: 'next', index: 0 },
    { key: 'e', text: 'explain', index: 1 },
  ],
} as const

test.for([
  ['u', 'undo', 'taken back'],
  ['s', 'skip', 'skipped'],
  ['q', 'quit', 'quit'],
  [keys.escape, 'quit', 'quit'],
] as const)('%j is the wish to %s', async ([key, wish, left]) => {
  const { ask, press, screen } = person()
  const { heard } = await ask(question, { canUndo: true })
  await press(key)
  expect(await heard).toEqual({ wish })
  expect(screen()).toBe(`❯ ${left}`)
})

test('undo is offered only when there is an answer to take back', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(question)
  expect(screen()).not.toContain('undo')
  await press('u')
  expect(screen()).toContain('! there is no answer to take back yet')
  await press('1')
  expect(await heard).toEqual({ answer: ['a'] })
})

test('? shows every key, and again only the main ones', async () => {
  const { ask, press, screen } = person()
  await ask(question, { canUndo: true })
  await press('?')
  expect(screen()).toBe(
    `❯ 1  PUT
  2  PATCH

1-2 a-b  answer with that one
↑↓ j k   move
enter    answer with the one under the pointer
tab      say how sure: guess, unsure, sure, not said; shift-tab goes back
u        take the last answer back
s        skip this question
q esc    end this sitting
?        less help`,
  )
  await press('?')
  expect(screen()).toContain(
    '\n\n1-2 answer · ↑↓ move · enter take · tab sure?\nu undo · s skip · q quit · ? help',
  )
})

test.for([
  [keys.enter, 'n', ''],
  [' ', 'n', ''],
  ['n', 'n', ''],
  ['e', 'e', '❯ explain'],
] as const)('press: %j is heard as %s', async ([key, answer, left]) => {
  const { ask, press, screen } = person()
  const { heard } = await ask(next)
  expect(screen()).toBe('enter next · e explain · q quit')
  await press('x', 's', key)
  expect(await heard).toEqual({ answer })
  expect(screen()).toBe(left)
})

test('press: wishes are heard, but for the keys that are its own', async () => {
  const { ask, press } = person()
  const { heard } = await ask(next, { canUndo: true })
  await press('u')
  expect(await heard).toEqual({ wish: 'undo' })

  const own = { type: 'press', keys: [{ key: 'q', text: 'question', index: 0 }] } as const
  const second = await ask(own)
  await press('q')
  expect(await second.heard).toEqual({ answer: 'q' })
})
