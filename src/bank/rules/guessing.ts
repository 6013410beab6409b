import { words, wordsOf } from '../prose.ts'
import type { WrittenQuestion } from '../schema.ts'
import { byTopic, ENOUGH, type Rule } from './rule.ts'

type Choice = Extract<WrittenQuestion, { kind: 'choice' }>

/** What somebody who knows nothing but tests would pick by: the choice that has the most of it. */
const STRATEGIES: Readonly<
  Record<string, (choice: string, index: number, prompt: string) => number>
> = {
  longest: text => text.length,
  shortest: text => -text.length,
  'most hedged': text =>
    text.match(
      /\b(may|might|can|could|usually|often|sometimes|typically|generally|mostly|likely|unless|should|about|some|depends|probably)\b/gi,
    )?.length ?? 0,
  'most like the prompt': (text, _, prompt) => {
    const asked = new Set(contentWords(prompt))
    return contentWords(text).filter(it => asked.has(it)).length
  },
  'first written': (_, index) => -index,
  'last written': (_, index) => index,
}

/** How well a strategy does over some questions. */
export interface Guess {
  readonly strategy: string
  /** Share of questions answered right, ties shared out evenly. */
  readonly score: number
  /** What picking blindly would earn on the same questions. */
  readonly chance: number
  readonly questions: number
}

/** How much each test-wise strategy earns over the questions that have one right choice. */
export function guesses(questions: readonly Pick<Choice, 'prompt' | 'choices'>[]): Guess[] {
  const single = questions.filter(it => it.choices.filter(choice => choice.right).length === 1)
  const chance = mean(single.map(it => 1 / it.choices.length))
  return Object.entries(STRATEGIES).map(([strategy, value]) => ({
    strategy,
    chance,
    questions: single.length,
    score: mean(
      single.map(({ prompt, choices }) => {
        const values = choices.map((it, index) => value(words(it.text), index, wordsOf(prompt)))
        const best = Math.max(...values)
        const picked = choices.filter((_, index) => values[index] === best)
        return picked.filter(it => it.right).length / picked.length
      }),
    ),
  }))
}

/** Points above chance that a strategy may earn: over a bank of many topics, and in one topic, where luck is larger. */
const LIMIT = { bank: 0.03, topic: 0.08 }

/** A guesser who knows nothing learns nothing from how the choices are written. */
export const guessing: Rule = {
  names: ['guess/topic', 'guess/bank'],
  check(bank) {
    const choices = (files: typeof bank) =>
      files.flatMap(it => it.questions.map(q => q.written)).filter(it => it.kind === 'choice')
    const told = (rule: string, limit: number, questions: readonly Choice[]) =>
      guesses(questions)
        .filter(it => it.questions >= ENOUGH && it.score > it.chance + limit)
        .map(({ strategy, score, chance }) => ({
          rule,
          message: `picking the choice that is ${strategy} is right in ${percent(score)}; chance is ${percent(chance)}`,
        }))
    const topics = [...byTopic(bank).values()]
    const remedy = 'even out how the right choices differ from the wrong ones'
    const first = topics[0]?.[0]?.topic
    return [
      ...topics.flatMap(files =>
        told('guess/topic', LIMIT.topic, choices(files)).map(({ rule, message }) =>
          files[0]!.topic!.problem([], rule, message, remedy),
        ),
      ),
      ...(topics.length >= 3 && first !== undefined
        ? told('guess/bank', LIMIT.bank, choices(bank)).map(({ rule, message }) =>
            first.problem([], rule, `over the whole bank, ${message}`, remedy),
          )
        : []),
    ]
  },
}

function contentWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9-]{4,}/g) ?? []
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, it) => sum + it, 0) / values.length
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
