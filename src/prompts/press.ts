import { words } from '../bank/prose.ts'
import type { Option } from '../kinds/ask.ts'
import { visible } from '../visible.ts'
import type { Keyed } from './keyed.ts'
import { type Hint, hang } from './look.ts'

/** Press one of some keys; enter and space mean the first. Going on with the first leaves nothing on screen. */
export function press(keys: readonly Option[]): Keyed<Option | undefined> {
  const hints = keys.map(
    ({ key, text }, index): Hint => [index === 0 ? 'enter' : visible(key), visible(words(text))],
  )
  return {
    start: undefined,
    isQuestion: false,
    press(_, key) {
      const first = key === 'enter' || key === 'space' ? keys[0] : undefined
      const taken = keys.find(it => it.key.toLowerCase() === key) ?? first
      return taken && { state: taken, answer: taken.key }
    },
    show: () => ({ blocks: [], active: 0 }),
    taken: (state, look) =>
      state === undefined || state === keys[0]
        ? []
        : hang(look, `${look.paint(look.sign.pointer, 'accent')} `, state.text, 'dim'),
    hints: () => hints,
    help: () => hints,
  }
}
