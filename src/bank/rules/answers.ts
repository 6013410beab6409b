import { kindOf } from '../../kinds/index.ts'
import { normalise } from '../../nearest.ts'
import { seeded } from '../../random.ts'
import type { Drafted } from '../draft.ts'
import type { Askable } from '../model.ts'
import type { Problem } from '../problem.ts'
import { words, wordsOf } from '../prose.ts'
import type { WrittenQuestion } from '../schema.ts'
import { eachQuestion, type Rule } from './rule.ts'

/** Every question has exactly one best answer, and it does not give itself away. */
export const answers: readonly Rule[] = [
  eachQuestion(['choice/no-key', 'choice/all-right'], ({ written, problem }) => {
    if (written.kind !== 'choice') return []
    const right = written.choices.filter(it => it.right).length
    if (right === 0) {
      return [
        problem(
          ['choices'],
          'choice/no-key',
          'no choice is marked right',
          'add right: true to the right one',
        ),
      ]
    }
    return right === written.choices.length
      ? [
          problem(
            ['choices'],
            'choice/all-right',
            'every choice is right',
            'add what somebody would wrongly believe',
          ),
        ]
      : []
  }),

  eachQuestion(['choice/too-many'], ({ written, problem }) =>
    written.kind === 'choice' && written.choices.length > 5
      ? [
          problem(
            ['choices'],
            'choice/too-many',
            'there are more than five choices',
            'drop those that nobody would pick',
          ),
        ]
      : [],
  ),

  eachQuestion(['choice/alike'], ({ written, problem }) =>
    sideBySide(written).flatMap(shown =>
      shown.flatMap(({ path, text }, index) =>
        shown.findIndex(it => same(it.text) === same(text)) < index
          ? [
              problem(
                path,
                'choice/alike',
                `"${text}" is there twice`,
                'say something different or drop it',
              ),
            ]
          : [],
      ),
    ),
  ),

  eachQuestion(['key/length'], ({ written, problem }) => {
    if (written.kind !== 'choice' || written.choices.length < 3) return []
    const length = written.choices.map(it => words(it.text).length)
    const key = written.choices.findIndex(it => it.right)
    if (key < 0 || written.choices.filter(it => it.right).length > 1) return []
    const rest = length.filter((_, index) => index !== key)
    const longest = Math.max(...rest)
    const shortest = Math.min(...rest)
    const own = length[key]!
    if (own > longest * 1.6 + 12) {
      return [
        problem(
          ['choices', key, 'text'],
          'key/length',
          'the right choice is much longer than the others',
          'shorten it, or say as much in the others',
        ),
      ]
    }
    return own * 1.6 + 12 < shortest
      ? [
          problem(
            ['choices', key, 'text'],
            'key/length',
            'the right choice is much shorter than the others',
            'shorten the others, or say as much in it',
          ),
        ]
      : []
  }),

  eachQuestion(['key/in-prompt'], ({ written, problem }) => {
    if (written.kind !== 'text') return []
    const prompt = ` ${normalise(wordsOf(written.prompt))} `
    const told = written.accept.findIndex(it => prompt.includes(` ${normalise(it)} `))
    return told < 0
      ? []
      : [
          problem(
            ['prompt'],
            'key/in-prompt',
            `the prompt contains the answer "${written.accept[told]}"`,
            'ask without naming it',
          ),
        ]
  }),

  eachQuestion(['key/unreachable'], unreachable),
]

/** Marks the key and whatever else can be thought of: the key earns 1, everything else less. */
function unreachable({ written, problem }: Drafted<WrittenQuestion>): Problem[] {
  if (written.kind === 'choice' && !written.choices.some(it => it.right)) return []
  if (written.kind === 'lab') return []
  // Marking does not look at citations, the only thing in which a written question differs from a compiled one.
  const question = written as unknown as Askable
  const kind = kindOf(question)
  const score = (reply: Parameters<typeof kind.mark>[1]) => kind.mark(question, reply).score
  const problems: Problem[] = []
  const ask = kind.ask(question, seeded(1, written.id))
  const wired = kind.wire(written.kind === 'open' ? { type: 'speak' } : ask, kind.key(question))
  const heard = kind.read(question, ask, wired)
  if (score(kind.key(question)) !== 1 || !('reply' in heard) || score(heard.reply) !== 1) {
    problems.push(
      problem(
        [],
        'key/unreachable',
        'the key cannot be given or does not earn full marks',
        'check how the answer is written',
      ),
    )
  }
  switch (written.kind) {
    case 'text':
      written.near?.forEach((it, index) => {
        if (score(it.text) === 1) {
          problems.push(
            problem(
              ['near', index],
              'key/unreachable',
              `"${it.text}" is near, but counts as right`,
              'remove it from near or from accept',
            ),
          )
        }
      })
      break
    case 'number':
      written.near?.forEach((it, index) => {
        if (score(it.value) === 1) {
          problems.push(
            problem(
              ['near', index],
              'key/unreachable',
              `${it.value} is near, but counts as right`,
              'make the tolerance smaller or remove it',
            ),
          )
        }
      })
      break
    case 'order':
      written.near?.forEach((it, index) => {
        problems.push(...odd(index, 'order', it.order, written.items.length, score))
      })
      break
    case 'match': {
      const partners = written.pairs.length + (written.extra?.length ?? 0)
      written.near?.forEach((it, index) => {
        const short = it.pairs.length !== written.pairs.length
        problems.push(...odd(index, 'pairs', short ? [] : it.pairs, partners, score))
      })
      break
    }
    default:
      break
  }
  return problems

  /** A typical answer as a whole has to be one that can be given, and not the right one. */
  function odd(
    index: number,
    field: string,
    places: readonly number[],
    length: number,
    score: (reply: readonly number[]) => number,
  ): Problem[] {
    const all = field === 'order' ? places.length === length : places.length > 0
    const fits = all && new Set(places).size === places.length
    const inside = places.every(it => Number.isInteger(it) && it >= 0 && it < length)
    if (fits && inside && score(places) < 1) return []
    const [message, remedy] =
      fits && inside
        ? ['this is near, but it is the right answer', 'remove it']
        : ['this cannot be answered', 'name each place once, counted from 0']
    return [problem(['near', index], 'key/unreachable', message, remedy)]
  }
}

/** A text that is shown, and where it stands. */
interface Shown {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** The texts of a question that are shown side by side, list by list. */
function sideBySide(written: WrittenQuestion): Shown[][] {
  switch (written.kind) {
    case 'choice':
      return [
        written.choices.map((it, index) => ({
          path: ['choices', index, 'text'],
          text: words(it.text),
        })),
      ]
    case 'order':
      return [
        written.items.map((it, index) => ({
          path: ['items', index, 'text'],
          text: words(it.text),
        })),
      ]
    case 'match': {
      const { pairs, extra = [] } = written
      return [
        pairs.map((it, index) => ({ path: ['pairs', index, 'left'], text: words(it.left) })),
        [
          ...pairs.map((it, index) => ({ path: ['pairs', index, 'right'], text: words(it.right) })),
          ...extra.map((it, index) => ({ path: ['extra', index, 'text'], text: words(it.text) })),
        ],
      ]
    }
    case 'open':
      return [written.points.map((it, index) => ({ path: ['points', index], text: words(it) }))]
    default:
      return []
  }
}

/** Two texts are alike when case and white space are all that differs. */
function same(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
