import type { Flag, Line, Review } from './review.ts'

/** An answer, looked back on. */
export interface Past {
  readonly review: Review
  /** What the question is called now. */
  readonly question: string
  readonly takenBack: boolean
}

/** All answers, the newest first. `renames` gives the present id of a question that was called otherwise. */
export function answers(lines: readonly Line[], renames: ReadonlyMap<string, string>): Past[] {
  const undone = undoneIn(lines)
  return lines
    .filter(it => it.type === 'review')
    .map(review => ({
      review,
      question: renames.get(review.question) ?? review.question,
      takenBack: undone.has(review.id),
    }))
    .toReversed()
}

/** Some answers of one sitting. */
export interface Sitting {
  readonly id: string
  /** When its first answer was given, as the log has it. */
  readonly at: string
  readonly mode: Review['mode']
  readonly answers: readonly Past[]
}

/** The newest answers by sitting, the sitting of the newest one first. */
export function sittings(newestFirst: readonly Past[], number: number): Sitting[] {
  const shown = new Map<string, Past[]>()
  for (const it of newestFirst.slice(0, number)) {
    const { sitting } = it.review
    shown.set(sitting, [...(shown.get(sitting) ?? []), it])
  }
  const first = new Map(newestFirst.map(({ review }) => [review.sitting, review]))
  return [...shown].map(([id, answers]) => {
    const { at, mode } = first.get(id)!
    return { id, at, mode, answers }
  })
}

/** The flags that stand, the oldest first. */
export function flags(lines: readonly Line[], renames: ReadonlyMap<string, string>): Flag[] {
  const undone = undoneIn(lines)
  return lines
    .filter((it): it is Flag => it.type === 'flag' && !undone.has(it.id))
    .map(it => ({ ...it, question: renames.get(it.question) ?? it.question }))
}

function undoneIn(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.flatMap(it => (it.type === 'undo' ? [it.of] : [])))
}
