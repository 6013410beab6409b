import { expect, test } from 'vitest'
import { keys, options, person } from './person.ts'

const limiters = options('token bucket', 'leaky bucket', 'fixed window')
const one = { type: 'pick', many: false, options: limiters } as const
const many = { type: 'pick', many: true, options: limiters } as const
const tick = { type: 'tick', options: limiters } as const

test('pick one shows the options, the pointer and a quiet line of keys', async () => {
  const { ask, screen, press } = person()
  await ask(one)
  expect(screen()).toBe(
    `❯ 1  token bucket
  2  leaky bucket
  3  fixed window

1-3 answer · ↑↓ move · enter take · tab sure? · s skip · q quit · ? help`,
  )
  await press(keys.down)
  expect(screen()).toContain('❯ 2  leaky bucket')
})

test.for<[pressed: string[], answer: string]>([
  [['2'], 'b'],
  [['c'], 'c'],
  [['C'], 'c'],
  [[keys.enter], 'a'],
  [[keys.down, keys.enter], 'b'],
  [['j', 'j', 'k', keys.enter], 'b'],
  [[keys.up, keys.enter], 'c'],
  [['9', 'x', keys.left, ' '], 'a'],
])('pick one: %j answers %s', async ([pressed, answer]) => {
  const { ask, press } = person()
  const { heard } = await ask(one)
  await press(...pressed)
  expect(await heard).toEqual({ answer: [answer] })
})

test('pick one leaves the options behind, with the taken one marked', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(one)
  await press('2')
  await heard
  expect(screen()).toBe(
    `  1  token bucket
❯ 2  leaky bucket
  3  fixed window`,
  )
})

test('pick many ticks with numbers, letters and space, and takes what is ticked on enter', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(many)
  await press('3', 'b', 'b', keys.up, ' ')
  expect(screen()).toBe(
    `❯ 1  ◉ token bucket
  2  ○ leaky bucket
  3  ◉ fixed window

1-3 toggle · ↑↓ move · enter done · tab sure? · s skip · q quit · ? help`,
  )
  await press(keys.enter)
  expect(await heard).toEqual({ answer: ['a', 'c'] })
  expect(screen()).toBe('  1  ◉ token bucket\n  2  ○ leaky bucket\n  3  ◉ fixed window')
})

test('pick many wants at least one, and says so only until the next key', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(many)
  await press(keys.enter)
  expect(screen()).toContain('! pick at least one')
  await press('2')
  expect(screen()).not.toContain('!')
  await press(keys.enter)
  expect(await heard).toEqual({ answer: ['b'] })
})

test('tick may be left empty', async () => {
  const { ask, press } = person()
  const { heard } = await ask(tick)
  await press(keys.enter)
  expect(await heard).toEqual({ answer: [] })
})

test('an answer that is malformed is asked again in place', async () => {
  const { ask, press, screen } = person()
  const check = (answer: unknown) =>
    (answer as string[]).length === 2 ? undefined : 'two of them are right'
  const { heard } = await ask(many, { check })
  await press('1', keys.enter)
  expect(screen()).toContain('! two of them are right')
  await press('2', keys.enter)
  expect(await heard).toEqual({ answer: ['a', 'b'] })
})

test('keys that arrive together are taken one after the other', async () => {
  const { ask, press } = person()
  const { heard } = await ask(many)
  await press(`1${keys.down}${keys.down} ${keys.enter}`)
  expect(await heard).toEqual({ answer: ['a', 'c'] })
})
