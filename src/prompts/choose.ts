import type { Option } from '../kinds/ask.ts'
import { type Keyed, moved, named, numberKey, numberKeys } from './keyed.ts'
import { hang, type Look } from './look.ts'

interface Chosen {
  readonly at: number
  readonly picked: ReadonlySet<number>
}

/** Pick one option: a number or letter takes it at once, enter takes the one under the pointer. */
export function chooseOne(options: readonly Option[]): Keyed<Chosen> {
  const take = (at: number) => ({
    state: { at, picked: new Set([at]) },
    answer: [options[at]!.key],
  })
  return {
    start: { at: 0, picked: new Set() },
    isQuestion: true,

    press(state, key) {
      const index = named(options, key)
      if (index !== undefined) return take(index)
      if (key === 'enter' || key === 'space') return take(state.at)
      const at = moved(state.at, options.length, key)
      return at === undefined ? undefined : { state: { ...state, at } }
    },

    show({ at }, look) {
      const row = (option: Option, index: number) =>
        hang(look, margin(look, index, index === at), option.text, ...bold(index === at))
      return { blocks: options.map(row), active: at }
    },

    taken({ picked }, look) {
      return options.flatMap(({ text }, index) =>
        picked.has(index)
          ? hang(look, margin(look, index, true), text, 'bold')
          : hang(look, `  ${look.paint(numberKey(index), 'dim')}  `, text, 'dim'),
      )
    },

    hints: (_, look) => [
      [numberKeys(options.length), 'answer'],
      [look.sign.updown, 'move'],
      ['enter', 'take'],
    ],

    help: look => [
      [`${numberKeys(options.length)} ${letterKeys(options)}`, 'answer with that one'],
      [`${look.sign.updown} j k`, 'move'],
      ['enter', 'answer with the one under the pointer'],
    ],
  }
}

/** Pick several options, perhaps none: a number, a letter or space toggles, enter is done. */
export function chooseMany(options: readonly Option[]): Keyed<Chosen> {
  const toggled = ({ picked }: Chosen, at: number): Chosen => ({
    at,
    picked: new Set(picked.has(at) ? [...picked].filter(it => it !== at) : [...picked, at]),
  })
  const mark = (look: Look, on: boolean) =>
    on ? look.paint(look.sign.on, 'good') : look.paint(look.sign.off, 'dim')
  return {
    start: { at: 0, picked: new Set() },
    isQuestion: true,

    press(state, key) {
      if (key === 'enter') {
        const answer = options.flatMap((it, index) => (state.picked.has(index) ? [it.key] : []))
        return { state, answer }
      }
      const index = named(options, key) ?? (key === 'space' ? state.at : undefined)
      if (index !== undefined) return { state: toggled(state, index) }
      const at = moved(state.at, options.length, key)
      return at === undefined ? undefined : { state: { ...state, at } }
    },

    show({ at, picked }, look) {
      const row = ({ text }: Option, index: number) => {
        const before = `${margin(look, index, index === at)}${mark(look, picked.has(index))} `
        return hang(look, before, text, ...bold(index === at))
      }
      return { blocks: options.map(row), active: at }
    },

    taken({ picked }, look) {
      return options.flatMap(({ text }, index) => {
        const before = `  ${look.paint(numberKey(index), 'dim')}  ${mark(look, picked.has(index))} `
        return hang(look, before, text, picked.has(index) ? 'bold' : 'dim')
      })
    },

    hints: (_, look) => [
      [numberKeys(options.length), 'toggle'],
      [look.sign.updown, 'move'],
      ['enter', 'done'],
    ],

    help: look => [
      [`${numberKeys(options.length)} ${letterKeys(options)}`, 'tick or untick that one'],
      [`${look.sign.updown} j k`, 'move'],
      ['space', 'tick or untick the one under the pointer'],
      ['enter', 'answer with what is ticked'],
    ],
  }
}

/** The space before a text: the pointer and the key. */
export function margin(look: Look, index: number, active: boolean): string {
  const { pointer } = look.sign
  return active
    ? `${look.paint(pointer, 'accent')} ${look.paint(numberKey(index), 'bold', 'accent')}  `
    : `  ${numberKey(index)}  `
}

/** Bold where it is active. */
export function bold(active: boolean): readonly 'bold'[] {
  return active ? ['bold'] : []
}

/** `a-d`, or `a` when there is only one. */
export function letterKeys(options: readonly Option[]): string {
  const keys = options.map(it => it.key)
  return keys.length > 1 ? `${keys[0]}-${keys.at(-1)}` : (keys[0] ?? '')
}
