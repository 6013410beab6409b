import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import type { Ask } from './ask.ts'
import type { Kind } from './kind.ts'
import { keysOf, range, readKeys } from './options.ts'

export const openFields = ({ z, line, prose, claim, example }: Vocabulary) => ({
  /** What the interviewer is after. */
  tests: line,
  /** A model answer that can be said in two minutes. */
  answer: prose,
  /** What a good answer mentions; ticked afterwards. */
  points: z
    .array(line)
    .min(3, 'an open question needs at least three points to tick')
    .max(9, 'nine points are the most that can be ticked with one key each'),
  /** What not to say, and why. */
  avoid: z.array(claim).min(1, 'say at least one thing that is better not said'),
  tradeoff: line.optional(),
  example: example.optional(),
  /** What the interviewer asks next, and what to say then. */
  followUp: z.strictObject({ prompt: line, answer: prose }),
})

/** Marking needs no example, and in a compiled bank its source is a citation rather than a reference. */
export type OpenFields = Omit<FieldsOf<typeof openFields>, 'example'>

/** From this share of points on, an open answer was good enough not to be asked again in this sitting. */
export const GOOD_ENOUGH = 2 / 3

/**
 * Answer out loud or in writing, see the model answer, then tick the points made: the share ticked is the score.
 * `ask` is the first half; `points` gives the ticks that follow, and replies are those ticks.
 */
export const open: Kind<OpenFields, readonly number[]> & { points(question: OpenFields): Ask } = {
  ask: () => ({ type: 'speak' }),

  points: ({ points }) => ({
    type: 'tick',
    options: points.map((text, index) => ({ key: `p${index + 1}`, text, index })),
  }),

  read(question, _, answer) {
    const { options } = open.points(question) as Extract<Ask, { type: 'tick' }>
    // A person types 1 3 for p1 and p3.
    const keys = typeof answer === 'string' ? answer.replaceAll(/p(?=\d)/gi, ' ') : answer
    const ticked = readKeys(options, keys)
    if (typeof ticked !== 'string') return { reply: ticked.toSorted((a, b) => a - b) }
    const wrong = ticked.replace(/(; )?answer with.*/, '')
    return { malformed: `${wrong === '' ? '' : `${wrong}; `}the points are ${range(options)}` }
  },

  mark({ points }, ticked) {
    const score = ticked.length / points.length
    return {
      score,
      right: score >= GOOD_ENOUGH,
      notes: points.map((text, option) => {
        const taken = ticked.includes(option)
        return { option, right: taken, taken, text }
      }),
    }
  },

  key: ({ points }) => points.map((_, index) => index),

  wire: (ask, ticked) =>
    ask.type === 'tick' ? keysOf(ask.options, ticked) : ticked.map(index => `p${index + 1}`),
}
