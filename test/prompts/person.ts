import { PassThrough } from 'node:stream'
import type { Ask, Heard, Option } from '../../src/kinds/ask.ts'
import { type AskOptions, prompter } from '../../src/prompts.ts'
import type { Screen } from '../../src/screen.ts'
import { shownBy } from './terminal.ts'

export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  enter: '\r',
  escape: '\u001b',
  backspace: '\u007f',
  tab: '\t',
  shiftTab: '\u001b[Z',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
} as const

/** A person at a pretend terminal: presses real keys and reads the screen. */
export function person(screen: Partial<Screen> = {}) {
  const input = new PassThrough()
  const output = new PassThrough()
  let sent = ''
  output.on('data', chunk => {
    sent += chunk
  })
  const prompt = prompter(
    { input, output },
    {
      terminal: true,
      interactive: true,
      columns: 80,
      colors: 0,
      unicode: true,
      links: false,
      plain: false,
      ...screen,
    },
  )

  return {
    input,
    output,
    /** Every byte sent to the terminal. */
    sent: () => sent,
    /** What can be read now. */
    screen: () => shownBy(sent),
    /** Asks, and comes back as soon as the prompt is on screen or has failed. */
    async ask(ask: Ask, options?: AskOptions): Promise<{ heard: Promise<Heard> }> {
      const before = sent.length
      let failed = false
      const heard = prompt(ask, options)
      heard.catch(() => {
        failed = true
      })
      while (sent.length === before && !failed) await tick()
      return { heard }
    },
    /** Presses one key after the other, and comes back when they have had their effect. */
    async press(...pressed: readonly string[]): Promise<void> {
      for (const key of pressed) {
        input.write(key)
        await tick()
      }
    },
  }
}

/** A person whose terminal cannot redraw, or who is a script: types lines. */
export function typist(screen: Partial<Screen> = {}) {
  return person({ plain: true, ...screen })
}

/** Options called a, b, c… */
export function options(...texts: readonly Option['text'][]): readonly Option[] {
  return texts.map((text, index) => ({ key: 'abcdefghi'.charAt(index), text, index }))
}

/** Options called 1, 2, 3…, as on the left of a pair. */
export function numbered(...texts: readonly Option['text'][]): readonly Option[] {
  return texts.map((text, index) => ({ key: String(index + 1), text, index }))
}

export const tick = () => new Promise(resolve => setImmediate(resolve))
