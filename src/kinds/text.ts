import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import { distance } from '../nearest.ts'
import type { Kind } from './kind.ts'

export const textFields = ({ z, text, line }: Vocabulary) => ({
  /** Spellings that count; the first one is shown as the answer. */
  accept: z.array(text).min(1, 'a text question needs an accepted answer'),
  /** What people typically answer instead, with the reason why it is not right. */
  near: z.array(z.strictObject({ text, why: line })).optional(),
})

export type TextFields = FieldsOf<typeof textFields>

/**
 * Type a few words. Case, spacing and punctuation do not count, and neither does a slip of the keyboard: one
 * letter in a word of five or more, two from nine on. Digits have to be right: SHA-265 is not SHA-256.
 */
export const text: Kind<TextFields, string> = {
  ask: () => ({ type: 'line' }),

  read(_, __, answer) {
    const given = typeof answer === 'number' ? String(answer) : answer
    if (typeof given !== 'string') return { malformed: 'answer with words' }
    return letters(given) === '' ? { malformed: 'type an answer' } : { reply: given.trim() }
  },

  mark({ accept, near = [] }, reply) {
    const given = letters(reply)
    const answer = accept[0]!
    const exact = accept.find(it => letters(it) === given)
    if (exact !== undefined) {
      return { score: 1, right: true, notes: [{ right: true, taken: true, text: answer }] }
    }
    const known = near.find(it => letters(it.text) === given)
    if (known !== undefined) {
      return {
        score: 0,
        right: false,
        notes: [
          { right: false, taken: true, text: known.text, why: known.why },
          { right: true, taken: false, text: answer },
        ],
      }
    }
    const meant = accept.find(it => isSlip(letters(it), given))
    if (meant !== undefined) {
      const why = `Counted as right; it is spelt ${meant}.`
      return { score: 1, right: true, notes: [{ right: true, taken: true, text: reply, why }] }
    }
    return {
      score: 0,
      right: false,
      notes: [
        { right: false, taken: true, text: reply },
        { right: true, taken: false, text: answer },
      ],
    }
  },

  key: ({ accept }) => accept[0]!,

  wire: (_, reply) => reply,
}

/** What of a text counts: letters and digits, and signs where there is nothing else. */
function letters(it: string): string {
  const folded = it.normalize('NFKC').toLowerCase()
  const kept = folded.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return kept === '' ? folded.replaceAll(/\s/g, '') : kept
}

function isSlip(wanted: string, given: string): boolean {
  const allowed = wanted.length >= 9 ? 2 : wanted.length >= 5 ? 1 : 0
  const digits = (it: string) => it.replaceAll(/\D/g, '')
  return digits(wanted) === digits(given) && distance(wanted, given, allowed) <= allowed
}
