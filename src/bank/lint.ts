import type { Known } from './compile.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { answers } from './rules/answers.ts'
import { guessing } from './rules/guessing.ts'
import { labs } from './rules/labs.ts'
import { mix } from './rules/mix.ts'
import { references } from './rules/references.ts'
import type { Rule } from './rules/rule.ts'
import { wording } from './rules/wording.ts'

/** Every rule there is; a new one is one more entry. */
export const RULES: readonly Rule[] = [
  ...references,
  ...answers,
  ...wording,
  ...mix,
  guessing,
  labs,
]

/** What the rules find in a bank. */
export function lint(bank: readonly Draft[], known: Known): Problem[] {
  return RULES.flatMap(rule => rule.check(bank, known))
}
