import { expect, test } from 'vitest'
import type { Ask } from '../../src/kinds/ask.ts'
import { keys, numbered, options, person } from './person.ts'

const methods = options('PUT', 'POST', 'DELETE')
const one = { type: 'pick', many: false, options: methods } as const
const many = { type: 'pick', many: true, options: methods } as const
const tick = { type: 'tick', options: methods } as const
const order = { type: 'arrange', options: methods } as const
const pairs = { type: 'pair', left: numbered('401', '403'), right: methods } as const
const line = { type: 'line' } as const
const number = { type: 'number', unit: 'ms' } as const
const speak = { type: 'speak' } as const
const going = { type: 'press', keys: [{ key: 'n', text: 'next', index: 0 }] } as const

const questions: readonly Ask[] = [one, many, tick, order, pairs, line, number, speak]
const answers: [what: string, ask: Ask, pressed: string[], answer: unknown][] = [
  ['choice', one, ['2'], ['b']],
  ['choices', many, ['1', '3', keys.enter], ['a', 'c']],
  ['points', tick, [keys.enter], []],
  ['order', order, ['3', '2', '1', keys.enter], ['c', 'b', 'a']],
  ['pairs', pairs, ['b', 'a', keys.enter], { 1: 'b', 2: 'a' }],
  ['words', line, ['etag', keys.enter], 'etag'],
  ['number', number, ['42', keys.enter], '42'],
  ['out loud', speak, [keys.enter], ''],
]

test.for(answers)('%s: who passes tab over answers as ever', async ([, to, pressed, answer]) => {
  const { ask, press, screen } = person()
  const { heard } = await ask(to)
  await press(...pressed)
  expect(await heard).toEqual({ answer })
  expect(screen()).not.toMatch(/guess|sure/)
})

test.for(answers)(
  '%s: tab goes round, before and while answering',
  async ([, to, pressed, answer]) => {
    for (const [turns, confidence] of [
      [[keys.tab], 'guess'],
      [[keys.tab, keys.tab], 'unsure'],
      [[keys.tab, keys.tab, keys.tab], 'sure'],
      [[keys.shiftTab], 'sure'],
      [[keys.tab, keys.shiftTab, keys.shiftTab, keys.shiftTab], 'unsure'],
    ] as const) {
      for (const before of [0, pressed.length - 1]) {
        const { ask, press, screen } = person()
        const { heard } = await ask(to)
        await press(...pressed.slice(0, before), ...turns)
        expect(screen()).toContain(`tab ◉ ${confidence}`)
        await press(...pressed.slice(before))
        expect(await heard).toEqual({ answer, confidence })
        expect(screen()).toMatch(new RegExp(`\n {2}\\(${confidence}\\)$`))
      }
    }
  },
)

test.for(answers)('%s: all the way round is nothing said', async ([, to, pressed, answer]) => {
  const { ask, press } = person()
  const { heard } = await ask(to)
  await press(keys.tab, keys.tab, keys.tab, keys.tab, ...pressed)
  expect(await heard).toEqual({ answer })
})

test.for(answers)(
  '%s: what was said before is there, and can be taken back',
  async ([, to, pressed, answer]) => {
    for (const [turns, confidence] of [
      [[], 'sure'],
      [[keys.tab], undefined],
      [[keys.shiftTab], 'unsure'],
    ] as const) {
      const { ask, press, screen } = person()
      const { heard } = await ask(to, { confidence: 'sure' })
      expect(screen()).toContain('tab ◉ sure')
      await press(...turns, ...pressed)
      expect(await heard).toEqual({ answer, ...(confidence && { confidence }) })
    }
  },
)

test('it outlives complaints, help and keys that mean nothing', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(many)
  await press(keys.tab, keys.enter)
  expect(screen()).toContain('! pick at least one')
  expect(screen()).toContain('tab ◉ guess')
  await press('u', '?')
  expect(screen()).toContain('say how sure: ◉ guess, unsure, sure')
  await press('?', 'x', keys.down, '2', keys.enter)
  expect(await heard).toEqual({ answer: ['b'], confidence: 'guess' })
})

test('in a line it leaves words and cursor as they are', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(line)
  await press(...'etg', keys.left, keys.tab, keys.shiftTab, keys.shiftTab)
  expect(screen()).toBe('❯ etg\nenter answer · tab ◉ sure · :s skip · :q quit · :? help')
  await press('a', keys.tab, keys.tab, ':', '?', keys.enter)
  expect(await heard).toEqual({ answer: 'eta:?g', confidence: 'guess' })
})

test('in a line it outlives complaints and help', async () => {
  const { ask, press, screen } = person()
  const { heard } = await ask(line)
  await press(keys.tab, keys.enter)
  expect(screen()).toContain('! type an answer')
  await press(':u', keys.enter, ':?', keys.enter)
  expect(screen()).toContain('say how sure: ◉ guess, unsure, sure')
  await press('x', keys.enter)
  expect(await heard).toEqual({ answer: 'x', confidence: 'guess' })
})

test('a wish has none, and of going on nobody has to be sure', async () => {
  const { ask, press, screen } = person()
  const skipped = await ask(one)
  await press(keys.tab, 's')
  expect(await skipped.heard).toEqual({ wish: 'skip' })
  expect(screen()).toBe('❯ skipped')

  const next = await ask(going)
  expect(screen()).toContain('enter next · q quit')
  await press(keys.tab, keys.enter)
  expect(await next.heard).toEqual({ answer: 'n' })
})

test.for([
  ['confidence-80.txt', { columns: 80 }],
  ['confidence-60.txt', { columns: 60 }],
  ['confidence-ascii.txt', { columns: 80, unicode: false }],
] as const)('%s: as it is offered, and as it is said', async ([name, screen]) => {
  const frames: string[] = []
  for (const to of questions) {
    const someone = person(screen)
    await someone.ask(to, { canUndo: true })
    frames.push(someone.screen())
    await someone.press(keys.tab)
    frames.push(someone.screen())
  }
  await expect(`${frames.join('\n\n\n')}\n`).toMatchFileSnapshot(`../golden/${name}`)
})

test('in colours too', async () => {
  const frames: string[] = []
  for (const to of questions) {
    const { ask, press, sent } = person({ colors: 1 })
    await ask(to, { canUndo: true })
    for (const key of [keys.tab, ...(to === one ? ['2'] : [])]) {
      const before = sent().length
      await press(key)
      frames.push(frame(sent().slice(before)))
    }
  }
  await expect(`${frames.join('\n\n\n')}\n`).toMatchFileSnapshot(
    '../golden/confidence-80-colours.txt',
  )
})

/** A frame as it was sent, with its colours and without the moves of the cursor. */
function frame(sent: string): string {
  return sent.replaceAll(/\u001b\[[?\d]*[ABGKhl]|\r/g, '').trimEnd()
}
