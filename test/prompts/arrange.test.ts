import { expect, test } from 'vitest'
import { keys, options, person } from './person.ts'

const handshake = {
  type: 'arrange',
  options: options('TLS hello', 'TCP handshake', 'DNS lookup'),
} as const

test('options get their place in the order they are chosen', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(handshake)
  await press('3', '2')
  expect(screen()).toBe(
    `❯ 1   ·   TLS hello
  2  2nd  TCP handshake
  3  1st  DNS lookup

1-3 choose the 3rd · ↑↓ move · enter place · tab sure?
s skip · q quit · ? help`,
  )
  await press('1', keys.enter)
  expect(await heard).toEqual({ answer: ['c', 'b', 'a'] })
  expect(screen()).toBe('  1st  DNS lookup\n  2nd  TCP handshake\n  3rd  TLS hello')
})

test.for<[what: string, pressed: string[], answer: string]>([
  ['enter all the way goes down the list', [keys.enter, keys.enter, keys.enter, keys.enter], 'abc'],
  ['space and arrows', [keys.down, ' ', ' ', ' ', keys.enter], 'bca'],
  ['letters', ['b', 'a', 'c', keys.enter], 'bac'],
  ['the same key again takes one out', ['1', '2', '1', '3', '1', keys.enter], 'bca'],
  ['backspace takes the last out', ['1', '2', keys.backspace, '3', '2', keys.enter], 'acb'],
  ['backspace on nothing is nothing', [keys.backspace, '1', '2', '3', keys.enter], 'abc'],
])('%s', async ([, pressed, answer]) => {
  const { ask, press } = person()
  const { heard } = await ask(handshake)
  await press(...pressed)
  expect(await heard).toEqual({ answer: [...answer] })
})

test('enter on an option that has its place complains while others have none', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(handshake)
  await press('1', keys.up, keys.enter)
  expect(screen()).toContain('! 2 still to place')
  await press('2', '3', keys.enter)
  expect(await heard).toEqual({ answer: ['a', 'b', 'c'] })
})
