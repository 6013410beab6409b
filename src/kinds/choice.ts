import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import type { Ask } from './ask.ts'
import type { Kind } from './kind.ts'
import { keysOf, lettered, range, readKeys } from './options.ts'

export const choiceFields = ({ z, line, flag }: Vocabulary) => ({
  choices: z
    .array(z.strictObject({ text: line, right: flag.optional(), why: line }))
    .min(2, 'a choice needs at least two answers to choose from')
    .max(9, 'more than nine answers cannot be told apart by a key; three are plenty'),
})

export type ChoiceFields = FieldsOf<typeof choiceFields>

/**
 * Pick one, or pick all that apply: which of the two follows from how many choices are right.
 *
 * One right choice: 1 or 0. Several: (right ones picked − wrong ones picked) ÷ right ones, at least 0, so that
 * picking everything earns little and a wrong pick costs as much as a right one earns.
 */
export const choice: Kind<ChoiceFields, readonly number[]> = {
  ask(question, random) {
    return {
      type: 'pick',
      many: choice.key(question).length > 1,
      options: lettered(
        question.choices.map(it => it.text),
        random,
      ),
    }
  },

  read(_, ask, answer) {
    const { options, many } = ask as Extract<Ask, { type: 'pick' }>
    const picked = readKeys(options, answer)
    if (typeof picked === 'string') return { malformed: picked }
    if (picked.length === 0) return { malformed: `pick ${many ? 'at least one' : 'one'}` }
    if (!many && picked.length > 1) return { malformed: `pick one of ${range(options)}` }
    return { reply: picked.toSorted((a, b) => a - b) }
  },

  mark({ choices }, picked) {
    const right = choices.filter(it => it.right).length
    const hits = picked.filter(index => choices[index]?.right).length
    const score = Math.max(0, (hits - (picked.length - hits)) / right)
    return {
      score,
      right: score === 1,
      notes: choices.map((it, option) => ({
        option,
        right: it.right === true,
        taken: picked.includes(option),
        text: it.text,
        why: it.why,
      })),
    }
  },

  key: ({ choices }) => choices.flatMap((it, index) => (it.right ? [index] : [])),

  wire: (ask, picked) => keysOf((ask as Extract<Ask, { type: 'pick' }>).options, picked),
}
