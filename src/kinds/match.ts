import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import type { Ask } from './ask.ts'
import type { Kind, Read } from './kind.ts'
import { asAWhole, find, lettered, numbered, range } from './options.ts'

export const matchFields = ({ z, line, decimal }: Vocabulary) => ({
  pairs: z
    .array(z.strictObject({ left: line, right: line, why: line }))
    .min(3, 'a match needs at least three pairs')
    .max(7, 'seven pairs are the most that fit a screen'),
  /** Right-hand sides that belong to nothing. */
  extra: z
    .array(z.strictObject({ text: line, why: line }))
    .max(2, 'two extras are plenty')
    .optional(),
  /** What people typically answer instead: for each left side the place of its right side, counted from 0, and why not. */
  near: z.array(z.strictObject({ pairs: z.array(decimal), why: line })).optional(),
})

export type MatchFields = FieldsOf<typeof matchFields>

type Pair = Extract<Ask, { type: 'pair' }>

/**
 * Find each one's partner. A reply gives, for each left side as written, the position of its right side (the pairs'
 * right sides first, then the extras).
 *
 * Partial credit: the share of pairs that are right.
 */
export const match: Kind<MatchFields, readonly number[]> = {
  ask({ pairs, extra = [] }, random) {
    const right = [...pairs.map(it => it.right), ...extra.map(it => it.text)]
    return {
      type: 'pair',
      left: numbered(pairs.map(it => it.left)),
      right: lettered(right, random),
    }
  },

  read(_, ask, answer): Read<readonly number[]> {
    const { left, right } = ask as Pair
    const given = entriesOf(answer)
    if (given === undefined) {
      return {
        malformed: `pair each of ${range(left)} with one of ${range(right)}, like 1b 2a (in JSON {"1":"b","2":"a"})`,
      }
    }
    const reply: number[] = []
    for (const [from, to] of given) {
      const l = left.find(it => it.key === from.trim())
      if (l === undefined)
        return { malformed: `there is no "${from}" on the left; it has ${range(left)}` }
      const r = find(right, to)
      if (r === undefined)
        return { malformed: `there is no "${to}" on the right; it has ${range(right)}` }
      if (reply[l.index] !== undefined) return { malformed: `"${from}" is there twice` }
      if (reply.includes(r.index)) return { malformed: `"${to}" is used twice` }
      reply[l.index] = r.index
    }
    const missing = left.filter(it => reply[it.index] === undefined)
    if (missing.length > 0) {
      return {
        malformed: `${missing.map(it => it.key).join(', ')} still ${missing.length > 1 ? 'have' : 'has'} no partner`,
      }
    }
    return { reply }
  },

  mark({ pairs, extra = [], near = [] }, reply) {
    const known = near.find(it => it.pairs.every((right, left) => right === reply[left]))
    const hits = pairs.filter((_, index) => reply[index] === index).length
    return {
      score: hits / pairs.length,
      right: hits === pairs.length,
      notes: [
        ...pairs.map((it, option) => ({
          option,
          right: reply[option] === option,
          taken: true,
          text: it.left,
          why: it.why,
        })),
        ...extra
          .filter((_, index) => reply.includes(pairs.length + index))
          .map(it => ({ right: false, taken: true, text: it.text, why: it.why })),
        ...(known === undefined ? [] : [asAWhole(known)]),
      ],
    }
  },

  key: ({ pairs }) => pairs.map((_, index) => index),

  wire(ask, reply) {
    const { left, right } = ask as Pair
    return Object.fromEntries(
      left.map(l => [l.key, right.find(r => r.index === reply[l.index])!.key]),
    )
  },
}

/** Nobody types a longer answer, and looking for pairs would take noticeable time. */
const LONGEST = 200

/** `{"1": "b"}`, `"1b 2a"`, `"1=b, 2=a"` as pairs of keys. */
function entriesOf(answer: unknown): [string, string][] | undefined {
  if (typeof answer === 'string') {
    if (answer.length > LONGEST) return undefined
    const found = [...answer.matchAll(/(\d+)[\s:=>-]*([a-z])(?![a-z])/gi)]
    const rest = answer.replaceAll(/(\d+)[\s:=>-]*([a-z])(?![a-z])/gi, '').replaceAll(/[\s,;]/g, '')
    return found.length > 0 && rest === '' ? found.map(it => [it[1]!, it[2]!]) : undefined
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined
  const entries = Object.entries(answer)
  return entries.every(([, to]) => typeof to === 'string') ? entries : undefined
}
