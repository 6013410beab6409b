import { expect, test } from 'vitest'
import { keys, numbered, options, person } from './person.ts'

const codes = {
  type: 'pair',
  left: numbered('401', '403'),
  right: options('may not', 'is unknown', 'is gone'),
} as const

test('each on the left gets a letter, one after the other', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(codes)
  await press('b')
  expect(screen()).toBe(
    `  1  → b  401
❯ 2  → ·  403

  a  may not
  b  is unknown
  c  is gone

a-c pair with 2 · ↑↓ move · enter done · tab sure? · s skip · q quit · ? help`,
  )
  await press('a', keys.enter)
  expect(await heard).toEqual({ answer: { '1': 'b', '2': 'a' } })
  expect(screen()).toBe('  1  401 → is unknown\n  2  403 → may not')
})

test.for<[what: string, pressed: string[], answer: Record<string, string>]>([
  ['a used letter moves over', ['a', 'a', 'c', keys.enter], { 1: 'c', 2: 'a' }],
  ['arrows go back', ['a', 'b', keys.up, 'c', keys.enter], { 1: 'c', 2: 'b' }],
  ['numbers go there', ['2', 'a', 'b', keys.enter], { 1: 'b', 2: 'a' }],
  ['backspace clears', ['a', keys.backspace, 'b', 'c', keys.enter], { 1: 'b', 2: 'c' }],
])('%s', async ([, pressed, answer]) => {
  const { ask, press } = person()
  const { heard } = await ask(codes)
  await press(...pressed)
  expect(await heard).toEqual({ answer })
})

test('enter complains while somebody is without a partner, and points at them', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(codes)
  await press('2', 'a', keys.down, keys.enter)
  expect(screen()).toContain('! 1 still without a partner')
  expect(screen()).toContain('❯ 1')
  await press('b', keys.enter)
  expect(await heard).toEqual({ answer: { '1': 'b', '2': 'a' } })
})
