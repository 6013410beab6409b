import { expect, test } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { keys, numbered, options, person, typist } from './person.ts'

const long = options(
  ['Store it, but ask the origin with ', { code: 'If-None-Match' }, ' before every single reuse'],
  'Do not store it',
  'a-word-that-is-far-too-long-for-a-line-of-sixty-columns-and-has-no-space',
)
const asks: readonly Ask[] = [
  { type: 'pick', many: false, options: long },
  { type: 'pick', many: true, options: long },
  { type: 'arrange', options: long },
  { type: 'pair', left: numbered('no-cache', 'no-store', 'private'), right: long },
  { type: 'number', unit: 'ms' },
]

test('at 60 columns texts hang under their beginning, and help breaks between keys', async () => {
  const { ask, screen } = person({ columns: 60 })
  await ask(asks[0]!, { canUndo: true })
  expect(screen()).toBe(
    `❯ 1  Store it, but ask the origin with If-None-Match before
     every single reuse
  2  Do not store it
  3  a-word-that-is-far-too-long-for-a-line-of-sixty-column
     s-and-has-no-space

1-3 answer · ↑↓ move · enter take · tab sure?
u undo · s skip · q quit · ? help`,
  )
})

test.for(asks)('$type: nothing is wider than the screen, at any moment', async ask => {
  for (const columns of [20, 40, 60, 200]) {
    for (const someone of [person({ columns }), typist({ columns })]) {
      await someone.ask(ask, { canUndo: true })
      await someone.press(keys.tab, '?', keys.tab, '1', 'a', keys.enter)
      const lines = someone.screen().split('\n')
      // A plain prompt is one line, however long; only the terminal may break it, where the person types.
      const widths = lines.filter(it => !it.includes('? for help')).map(it => it.length)
      expect(Math.max(...widths)).toBeLessThan(Math.min(columns, 89))
    }
  }
})

test.for(asks)('$type: without unicode and colour there is only ASCII', async ask => {
  const { ask: put, press, sent } = person({ unicode: false })
  await put(ask, { canUndo: true })
  await press(keys.tab, '?', '1', keys.enter, 'x')
  expect(sent().replace(/\u001b\[[?\d]*[ABGKhl]/g, '')).toMatch(/^[\n\r\u0020-\u007e]*$/)
})

test('code is accented, and colours are only the sixteen of the theme', async () => {
  const { ask, sent } = person({ colors: 3 })
  await ask(asks[0]!)
  expect(sent()).toContain('\u001b[36mIf-None-Match\u001b[39m')
  expect(sent()).not.toMatch(/\u001b\[[34]8;/)
})

test('what a terminal would obey is made visible', async () => {
  const evil = options('a\u001b[2Jb', [{ code: '\u202egnp' }])
  const check = () => 'no \u0007 bell'
  for (const someone of [person(), typist()]) {
    await someone.ask({ type: 'pick', many: false, options: evil }, { check })
    await someone.press('1', keys.enter, '\n')
    expect(someone.screen()).toContain('a<U+001B>[2Jb')
    expect(someone.screen()).toContain('<U+202E>gnp')
    expect(someone.screen()).toContain('o <U+0007> bell')
    expect(someone.sent()).not.toMatch(/\u001b\[2J|\u202e|\u0007/)
  }
})

test('a screen too low for all options shows those around the pointer', async () => {
  const { ask, press, output, screen } = person()
  Object.assign(output, { rows: 8 })
  const texts = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'TRACE']
  const { heard } = await ask({ type: 'pick', many: false, options: options(...texts) })
  expect(screen()).toMatch(/^❯ 1 {2}GET\n {2}2 {2}PUT\n {2}3 {2}POST\n {2}↓ 4 more\n\n1-7/)
  await press(keys.up)
  expect(screen()).toMatch(/^ {2}↑ 4 more\n {2}5 {2}DELETE\n {2}6 {2}HEAD\n❯ 7 {2}TRACE\n\n1-7/)
  await press(keys.enter)
  await heard
  expect(screen().split('\n')).toHaveLength(7)
})

test('the screen follows a window that was made narrower', async () => {
  const { ask, press, output, screen } = person({ columns: 80 })
  const { heard } = await ask(asks[0]!)
  Object.assign(output, { columns: 40 })
  await press(keys.down)
  expect(screen()).toContain('❯ 2')
  expect(
    Math.max(
      ...screen()
        .split('\n')
        .map(it => it.length),
    ),
  ).toBeLessThan(40)
  await press(keys.enter)
  await heard
})
