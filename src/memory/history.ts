import { type Flag, instantOf, type Line, type Review, union } from './review.ts'

/** An answer, looked back on. */
export interface Past {
  readonly review: Review
  /** What the question is called now. */
  readonly question: string
  readonly takenBack: boolean
}

/** Answers of one sitting, the newest first. */
export interface Sitting {
  readonly id: string
  /** When its first answer was given, as the log has it. */
  readonly at: string
  readonly mode: Review['mode']
  readonly answers: readonly Past[]
}

/** The newest answers, and how many there are. */
export interface History {
  readonly of: number
  /** The newest first. */
  readonly answers: readonly Past[]
  /** The same answers, the sitting of the newest one first. */
  readonly sittings: readonly Sitting[]
}

/** What is looked for. */
export interface Looking {
  /** Present ids of questions that were called otherwise. */
  readonly renames: ReadonlyMap<string, string>
  /** Whether a question is, by its present id. */
  readonly wanted: (question: string) => boolean
  /** How many answers; at least 1. */
  readonly number: number
}

/**
 * Looks through the lines of a log, in any order, and keeps no more of them than it has to: there may be a million, of which
 * a person wants to see twenty.
 */
export function lookBack(lines: Iterable<Line>, { renames, wanted, number }: Looking): History {
  const seen = new Set<string>()
  const undone = new Set<string>()
  const began = new Map<string, Review>()
  let newest: Review[] = []
  for (const it of lines) {
    if (it.type === 'undo') undone.add(it.of)
    if (it.type !== 'review') continue
    if (!wanted(renames.get(it.question) ?? it.question)) continue
    seen.add(it.id)
    const first = began.get(it.sitting)
    if (first === undefined || instantOf(it) < instantOf(first)) began.set(it.sitting, it)
    // Of two lines with one id, `union` says which one counts.
    newest.push(it)
    if (newest.length >= 2 * number + ROOM) newest = union(newest).slice(-number)
  }
  const answers = union(newest)
    .slice(-number)
    .toReversed()
    .map(review => ({
      review,
      question: renames.get(review.question) ?? review.question,
      takenBack: undone.has(review.id),
    }))
  return { of: seen.size, answers, sittings: bySitting(answers, began) }
}

/** How many more answers are kept than needed, so that they need not be sorted for each one that comes. */
const ROOM = 10_000

function bySitting(
  answers: readonly Past[],
  began: ReadonlyMap<string, Review>,
): readonly Sitting[] {
  const sittings = new Map<string, Past[]>()
  for (const it of answers) {
    const own = sittings.get(it.review.sitting)
    if (own === undefined) sittings.set(it.review.sitting, [it])
    else own.push(it)
  }
  return [...sittings].map(([id, own]) => {
    const { at, mode } = began.get(id)!
    return { id, at, mode, answers: own }
  })
}

/** The flags that stand, the oldest first. */
export function flags(lines: Iterable<Line>, renames: ReadonlyMap<string, string>): Flag[] {
  const undone = new Set<string>()
  const raised: Flag[] = []
  for (const it of lines) {
    if (it.type === 'undo') undone.add(it.of)
    else if (it.type === 'flag') raised.push(it)
  }
  return union(raised)
    .filter(it => !undone.has(it.id))
    .map(it => ({ ...it, question: renames.get(it.question) ?? it.question }))
}
