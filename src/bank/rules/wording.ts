import { type Inline, spans, words } from '../prose.ts'
import { eachQuestion, type Rule } from './rule.ts'

const ALL_OF_THE_ABOVE =
  /\b(all|none|both|neither) of (the above|these|them|the others)\b|\ball the above\b/i

/** A question that asks for what is not so. A negation inside a quotation or code does not make one. */
const NEGATIVE_STEM =
  /\b(which|what|who|where|when)\b[^.?!]{0,80}\b(not|\w+n['’]t|never|except|least|incorrect|false|wrong)\b[^.!]*\?/i

const ABSOLUTE =
  /\b(always|never|only|every|all|none|must|cannot|impossible|guarantees?|completely|entirely)\b/i

/** How things are said. */
export const wording: readonly Rule[] = [
  eachQuestion(['wording/all-of-the-above'], ({ written, problem }) =>
    written.kind !== 'choice'
      ? []
      : written.choices.flatMap((it, index) =>
          ALL_OF_THE_ABOVE.test(words(it.text))
            ? [
                problem(
                  ['choices', index, 'text'],
                  'wording/all-of-the-above',
                  'a choice must not speak of the others: they are shuffled',
                  'make it a pick-all-that-apply question',
                ),
              ]
            : [],
        ),
  ),

  eachQuestion(['wording/negative-stem'], ({ written, problem }) => {
    if (written.kind !== 'choice') return []
    const stem = written.prompt
      .flatMap(it => (it.type === 'paragraph' ? [unquoted(it.text)] : []))
      .join(' ')
    const found = NEGATIVE_STEM.exec(stem)
    if (found === null || found[2] === found[2]?.toUpperCase()) return []
    return [
      problem(
        ['prompt'],
        'wording/negative-stem',
        `the question turns on "${found[2]}", which is easily missed`,
        `write it in capitals (${found[2]?.toUpperCase()}), or ask for what is so`,
      ),
    ]
  }),

  eachQuestion(['wording/absolute'], ({ written, problem }) => {
    if (written.kind !== 'choice') return []
    const absolute = written.choices.map(it => ABSOLUTE.test(words(it.text)))
    const wrong = written.choices.filter((it, index) => !it.right && absolute[index]).length
    const right = written.choices.filter((it, index) => it.right && absolute[index]).length
    const wrongs = written.choices.filter(it => !it.right).length
    return right === 0 && wrong > 0 && wrong === wrongs
      ? [
          problem(
            ['choices'],
            'wording/absolute',
            'every wrong choice is absolute (always, never, only…) and the right one is not',
            'take the absolutes out of one, or say it as strictly in the right one',
          ),
        ]
      : []
  }),
]

/** The words of a line that are its own: code and quotations left out. */
function unquoted(text: Inline): string {
  const own = spans(text).map(it => (typeof it === 'string' || !('code' in it) ? it : '…'))
  return words(own).replaceAll(/"[^"]*"|“[^”]*”/g, '…')
}
