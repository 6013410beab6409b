import { expect, test, vi } from 'vitest'
import { Interrupted } from '../../src/errors.ts'
import type { Ask } from '../../src/kinds/ask.ts'
import { keys, options, person, tick, typist } from './person.ts'

const pick = { type: 'pick', many: false, options: options('PUT', 'PATCH') } as const
const every: readonly Ask[] = [
  pick,
  { type: 'arrange', options: pick.options },
  { type: 'line' },
  { type: 'press', keys: pick.options },
]

test.for(every)('$type: ctrl-c, ctrl-d and the end of input interrupt', async ask => {
  for (const key of [keys.ctrlC, keys.ctrlD]) {
    const { heard } = await atPrompt(ask, ({ press }) => press(key))
    await expect(heard).rejects.toThrow(Interrupted)
  }
  for (const end of ['end', 'destroy'] as const) {
    const { heard } = await atPrompt(ask, async ({ input }) => void input[end]())
    await expect(heard).rejects.toThrow(Interrupted)
  }
})

test('a prompt on input that is over interrupts at once', async () => {
  for (const someone of [person(), typist()]) {
    someone.input.destroy()
    await tick()
    await expect((await someone.ask(pick)).heard).rejects.toThrow(Interrupted)
  }
})

test('input that breaks interrupts', async () => {
  for (const someone of [person(), typist()]) {
    const { heard } = await someone.ask(pick)
    someone.input.destroy(new Error('EIO'))
    await expect(heard).rejects.toThrow(Interrupted)
  }
})

test('the cursor comes back after an answer and after an interruption', async () => {
  for (const key of ['1', keys.ctrlC]) {
    const { ask, press, sent } = person()
    const { heard } = await ask(pick)
    expect(sent()).toContain('\u001b[?25l')
    await press(key)
    await heard.catch(() => {})
    expect(sent()).toMatch(/\u001b\[\?25h$/)
  }
})

test('a dozen prompts in a row leave nothing behind', async () => {
  const warn = vi.spyOn(process, 'emitWarning')
  for (const someone of [person(), typist()]) {
    const { input, output, ask, press } = someone
    const count = () =>
      [input, output].flatMap(stream =>
        stream.eventNames().map(name => `${String(name)} ${stream.listenerCount(name)}`),
      )
    const raw = vi.fn()
    Object.assign(input, { setRawMode: raw })

    await answer()
    const after = count()
    for (let prompts = 0; prompts < 12; prompts += 1) await answer()

    expect(count()).toEqual(after)
    expect(input.isPaused()).toBe(true)
    if (raw.mock.calls.length > 0) expect(raw).toHaveBeenLastCalledWith(false)

    async function answer() {
      const { heard } = await ask(pick)
      await press('1', keys.enter, '\n')
      await heard
    }
  }
  expect(warn).not.toHaveBeenCalled()
})

async function atPrompt(ask: Ask, act: (someone: ReturnType<typeof person>) => Promise<void>) {
  const someone = person()
  const { heard } = await someone.ask(ask)
  await act(someone)
  return { heard }
}
