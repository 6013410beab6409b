import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import type { Ask } from './ask.ts'
import type { Kind } from './kind.ts'
import { asAWhole, keysOf, lettered, readKeys } from './options.ts'

export const orderFields = ({ z, line, decimal }: Vocabulary) => ({
  /** In the right order; they are shown shuffled. */
  items: z
    .array(z.strictObject({ text: line, why: line }))
    .min(3, 'an order needs at least three items')
    .max(9, 'nine items are the most that can be ordered with one key each'),
  /** Orders that people typically give instead, as places counted from 0, with the reason why they are not right. */
  near: z.array(z.strictObject({ order: z.array(decimal), why: line })).optional(),
})

export type OrderFields = FieldsOf<typeof orderFields>

/**
 * Put in order.
 *
 * Partial credit: 1 − 2 × (pairs out of order ÷ all pairs), at least 0 (Kendall's rank correlation, floored): the
 * right order earns 1, and before the floor chance earns 0 on average.
 */
export const order: Kind<OrderFields, readonly number[]> = {
  ask(question, random) {
    const texts = question.items.map(it => it.text)
    let options = lettered(texts, random)
    // Shown already in order it would be no question: turn it around by one.
    if (options.every((it, place) => it.index === place)) {
      options = [...options.slice(1), options[0]!].map((it, place) => ({
        ...it,
        key: options[place]!.key,
      }))
    }
    return { type: 'arrange', options }
  },

  read(question, ask, answer) {
    const { options } = ask as Extract<Ask, { type: 'arrange' }>
    const placed = readKeys(options, answer)
    if (typeof placed === 'string') return { malformed: placed }
    if (placed.length < question.items.length) {
      return { malformed: `name all ${question.items.length} keys, first to last` }
    }
    return { reply: placed }
  },

  mark({ items, near = [] }, placed) {
    let wrong = 0
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) if (placed[i]! > placed[j]!) wrong++
    }
    const pairs = (items.length * (items.length - 1)) / 2
    const known = near.find(it => it.order.every((item, place) => item === placed[place]))
    return {
      score: Math.max(0, 1 - (2 * wrong) / pairs),
      right: wrong === 0,
      notes: [
        ...items.map((it, option) => ({
          option,
          right: placed[option] === option,
          taken: true,
          text: it.text,
          why: it.why,
        })),
        ...(known === undefined ? [] : [asAWhole(known)]),
      ],
    }
  },

  key: ({ items }) => items.map((_, index) => index),

  wire: (ask, placed) => keysOf((ask as Extract<Ask, { type: 'arrange' }>).options, placed),
}
