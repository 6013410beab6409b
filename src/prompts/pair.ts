import { type Inline, spans } from '../bank/prose.ts'
import type { Option } from '../kinds/ask.ts'
import { bold, letterKeys, margin } from './choose.ts'
import { type Keyed, moved, numberKeys } from './keyed.ts'
import { hang } from './look.ts'

interface Paired {
  /** Which one on the left is being paired. */
  readonly at: number
  /** Left key to right key. */
  readonly partners: ReadonlyMap<string, string>
}

/** Find the right-hand partner of each left-hand option, one after the other. A partner can be used once. */
export function pair(left: readonly Option[], right: readonly Option[]): Keyed<Paired> {
  const isFree = ({ partners }: Paired, index: number) => !partners.has(left[index]!.key)

  /** The next one on the left without a partner, or the same one when all are paired. */
  function next(state: Paired): number {
    const after = left.map((_, step) => (state.at + 1 + step) % left.length)
    return after.find(index => isFree(state, index)) ?? state.at
  }

  function paired(state: Paired, partner: string): Paired {
    const others = [...state.partners].filter(([, taken]) => taken !== partner)
    const now = { ...state, partners: new Map(others).set(left[state.at]!.key, partner) }
    return { ...now, at: next(now) }
  }

  function cleared(state: Paired): Paired {
    const at = isFree(state, state.at) ? Math.max(0, state.at - 1) : state.at
    const partners = new Map(state.partners)
    partners.delete(left[at]!.key)
    return { at, partners }
  }

  return {
    start: { at: 0, partners: new Map() },
    isQuestion: true,

    press(state, key) {
      if (right.some(it => it.key === key)) return { state: paired(state, key) }
      const index = left.findIndex(it => it.key === key)
      if (index !== -1) return { state: { ...state, at: index } }
      if (key === 'backspace') return { state: cleared(state) }
      if (key === 'enter') {
        const at = isFree(state, state.at) ? state.at : next(state)
        return { state: { ...state, at }, answer: Object.fromEntries(state.partners) }
      }
      const at = moved(state.at, left.length, key)
      return at === undefined ? undefined : { state: { ...state, at } }
    },

    show({ at, partners }, look) {
      const { to, none } = look.sign
      const used = new Set(partners.values())
      const leftRow = ({ key, text }: Option, index: number) => {
        const partner = partners.get(key)
        const mark = partner
          ? `${look.paint(to, 'dim')} ${look.paint(partner, 'bold', 'good')}  `
          : `${look.paint(`${to} ${none}`, 'dim')}  `
        return hang(
          look,
          `${margin(look, index, index === at)}${mark}`,
          text,
          ...bold(index === at),
        )
      }
      const rightRow = ({ key, text }: Option) =>
        used.has(key)
          ? hang(look, `  ${look.paint(key, 'good')}  `, text, 'dim')
          : hang(look, `  ${look.paint(key, 'bold')}  `, text)
      return { blocks: [...left.map(leftRow), [''], ...right.map(rightRow)], active: at }
    },

    taken({ partners }, look) {
      return left.flatMap(({ key, text }) => {
        const partner = right.find(it => it.key === partners.get(key))
        const line: Inline = [
          { strong: text },
          ` ${look.sign.to} `,
          ...(partner ? spans(partner.text) : []),
        ]
        return hang(look, `  ${look.paint(key, 'dim')}  `, line)
      })
    },

    hints: (state, look) => [
      [letterKeys(right), `pair with ${left[state.at]!.key}`],
      [look.sign.updown, 'move'],
      ['enter', 'done'],
    ],

    help: look => [
      [letterKeys(right), 'pair it with the one under the pointer; a used one moves over'],
      [`${look.sign.updown} j k ${numberKeys(left.length)}`, 'move on the left'],
      ['backspace', 'clear this pair, or the one before'],
      ['enter', 'done, once all have a partner'],
    ],
  }
}
