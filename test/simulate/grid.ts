import { study } from './course.ts'
import type { Exam } from './exam.ts'
import { learner } from './learner.ts'
import { POLICIES, type PolicyName } from './policies/index.ts'

/** How long and how much: a cell of the table. */
export interface Cell {
  readonly days: number
  readonly minutes: number
}

export const DAYS = [3, 7, 14, 30, 60]
export const MINUTES = [10, 20, 40]
export const CELLS: readonly Cell[] = DAYS.flatMap(days =>
  MINUTES.map(minutes => ({ days, minutes })),
)

/** What one learner came to under one policy: recall on the day for each variant of it, and what was expected by it before. */
export interface Result {
  readonly recall: readonly number[]
  readonly expected: readonly number[]
}

/** Of one learner: a result for each cell and policy. */
export type Row = readonly Readonly<Record<string, Result>>[]

export interface Setting {
  readonly seed: number
  /** Logit of how much is known before. */
  readonly known: number
}

/** One learner goes through every cell under every policy. */
export function row(
  exam: Exam,
  id: number,
  { seed, known }: Setting,
  cells: readonly Cell[],
  policies: readonly PolicyName[],
): Row {
  const who = learner(exam, id, seed, known)
  return cells.map(({ days, minutes }) =>
    Object.fromEntries(
      policies.map(name => {
        const outcomes = POLICIES[name].map(make => study(exam, who, days, minutes, make))
        return [name, { recall: outcomes.map(it => it.recall), expected: outcomes[0]!.expected }]
      }),
    ),
  )
}

/** Recall of each learner in one cell under one policy, with the variant that is best on average. */
export function recallIn(rows: readonly Row[], cell: number, policy: PolicyName): number[] {
  const results = rows.map(it => it[cell]![policy]!.recall)
  const variants = results[0]!.map((_, variant) => results.map(it => it[variant]!))
  return variants.reduce((best, it) => (mean(it) > mean(best) ? it : best))
}

export function mean(list: readonly number[]): number {
  return list.reduce((sum, it) => sum + it, 0) / list.length
}

/** Half of the 95 % confidence interval of a mean. */
export function margin(list: readonly number[]): number {
  const middle = mean(list)
  const squares = list.reduce((sum, it) => sum + (it - middle) ** 2, 0)
  return 1.96 * Math.sqrt(squares / (list.length - 1) / list.length)
}
