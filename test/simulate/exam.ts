import type { Bank } from '../../src/bank/bank.ts'
import type { Weights } from '../../src/memory/belief.ts'
import { type Askable, CHANCE } from '../../src/memory/shares.ts'

/** What the learners are to know on the day. */
export interface Exam {
  readonly questions: readonly Askable[]
  readonly topics: readonly string[]
  readonly weights: Weights
  /** Of each question: the position of its topic, its part of the whole, and the chance of a blind guess. */
  readonly topic: readonly number[]
  readonly weight: readonly number[]
  readonly blind: readonly number[]
}

/**
 * What interviews for a backend job ask for more often than the rest, as one would tell quiz. How far the gain rests on this is
 * told by `--weights alike` (topics alike) and `--weights none` (questions alike, however many a topic has).
 */
const CORE = ['status-codes', 'rest', 'auth', 'idempotency', 'system-design']
const OFTEN = [
  'http-methods',
  'errors',
  'api-security',
  'pagination',
  'versioning',
  'resilience',
  'databases',
  'indexing',
  'transactions',
  'caching',
  'scalability',
  'rate-limiting',
]

export type Weighting = 'core' | 'alike' | 'none'

/** The whole bank, with its real topics, kinds and numbers of choices. */
export function examOf(bank: Bank, weighting: Weighting): Exam {
  const questions = [...bank.candidates()]
  const written = bank.questions(questions.map(it => it.id))
  const topics = [...new Set(questions.map(it => it.topic))]
  const size = (topic: string) => questions.filter(it => it.topic === topic).length
  const weights = new Map(
    topics.map(it => [
      it,
      weighting === 'none'
        ? size(it)
        : weighting === 'alike'
          ? 1
          : CORE.includes(it)
            ? 3
            : OFTEN.includes(it)
              ? 2
              : 1,
    ]),
  )
  const total = [...weights.values()].reduce((sum, it) => sum + it, 0)
  return {
    questions,
    topics,
    weights,
    topic: questions.map(it => topics.indexOf(it.topic)),
    weight: questions.map(it => weights.get(it.topic)! / size(it.topic) / total),
    blind: written.map(it => {
      if (it.kind !== 'choice') return CHANCE[it.kind]
      const right = it.choices.filter(choice => choice.right).length
      return right === 1 ? 1 / it.choices.length : 1 / (2 ** it.choices.length - 1)
    }),
  }
}
