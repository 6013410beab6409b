import type { Option } from '../kinds/ask.ts'
import { bold, letterKeys, margin } from './choose.ts'
import { type Keyed, moved, named, numberKeys } from './keyed.ts'
import { hang } from './look.ts'

interface Arranged {
  readonly at: number
  /** Positions of the options placed so far, in their order. */
  readonly placed: readonly number[]
}

/** Put options in order by choosing them one after the other. */
export function arrange(options: readonly Option[]): Keyed<Arranged> {
  const complete = ({ placed }: Arranged) => placed.length === options.length
  const answer = ({ placed }: Arranged) => placed.map(index => options[index]!.key)

  /** Placed last, or taken out again if it had a place; the pointer goes on to the next one without a place. */
  function toggled({ placed }: Arranged, index: number): Arranged {
    if (placed.includes(index)) return { at: index, placed: placed.filter(it => it !== index) }
    const now = [...placed, index]
    const after = options.map((_, step) => (index + 1 + step) % options.length)
    return { at: after.find(it => !now.includes(it)) ?? index, placed: now }
  }

  return {
    start: { at: 0, placed: [] },
    isQuestion: true,

    press(state, key) {
      const index = named(options, key) ?? (key === 'space' ? state.at : undefined)
      if (index !== undefined) return { state: toggled(state, index) }
      if (key === 'enter') {
        // With something missing, enter on an option that has its place is a wish to be done, so it is complained about.
        return complete(state) || state.placed.includes(state.at)
          ? { state, answer: answer(state) }
          : { state: toggled(state, state.at) }
      }
      if (key === 'backspace') {
        const last = state.placed.at(-1)
        return last === undefined
          ? undefined
          : { state: { at: last, placed: state.placed.slice(0, -1) } }
      }
      const at = moved(state.at, options.length, key)
      return at === undefined ? undefined : { state: { ...state, at } }
    },

    show({ at, placed }, look) {
      const row = ({ text }: Option, index: number) => {
        const place = placed.indexOf(index)
        const mark =
          place === -1
            ? look.paint(` ${look.sign.none}   `, 'dim')
            : `${look.paint(ordinal(place + 1), 'bold', 'good')}  `
        return hang(
          look,
          `${margin(look, index, index === at)}${mark}`,
          text,
          ...bold(index === at),
        )
      }
      return { blocks: options.map(row), active: at }
    },

    taken({ placed }, look) {
      return placed.flatMap((index, place) =>
        hang(look, `  ${look.paint(ordinal(place + 1), 'good')}  `, options[index]!.text),
      )
    },

    hints: (state, look) => [
      [numberKeys(options.length), placeWords(state.placed.length, options.length)],
      [look.sign.updown, 'move'],
      ['enter', complete(state) ? 'done' : 'place'],
    ],

    help: look => [
      [
        `${numberKeys(options.length)} ${letterKeys(options)}`,
        'next in order is that one; again: take it out',
      ],
      [`${look.sign.updown} j k`, 'move'],
      ['enter space', 'next in order is the one under the pointer'],
      ['backspace', 'take the last one out'],
      ['enter', 'done, once all have a place'],
    ],
  }
}

function placeWords(placed: number, count: number): string {
  return placed < count ? `choose the ${ordinal(placed + 1)}` : 'take out'
}

function ordinal(place: number): string {
  return `${place}${['th', 'st', 'nd', 'rd'][place] ?? 'th'}`
}
