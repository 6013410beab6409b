import type { Bank, Candidate } from '../bank/bank.ts'
import type { Prose } from '../bank/prose.ts'
import { isLeech } from './leech.ts'
import type { Memory, Remembered } from './memory.ts'
import { type Pair, pairOf, type Thing, type Wrong, wrongAnswer } from './wrong.ts'

/** What a person believes that is not so. */
export interface Mistakes {
  /** Things that are taken for one another, most often first; at most `MOST`. */
  readonly confusions: readonly Confusion[]
  /** Other wrong answers that were given, most often first, then the latest; at most `MOST`. */
  readonly beliefs: readonly Belief[]
  /** Questions that are missed again and again, the worst first; at most `MOST`. */
  readonly leeches: readonly Leech[]
  /** How many leeches there are. */
  readonly leechCount: number
}

/** One thing was answered where another was right. */
export interface Confusion extends Often {
  readonly taken: Thing
  readonly right: Thing
  /** Where it happened. */
  readonly questions: readonly string[]
}

/** A wrong answer, and why it is wrong. */
export interface Belief extends Often, Wrong {
  readonly question: string
  /** The main concept of the question. */
  readonly concept: Thing
  readonly prompt: Prose
}

export interface Leech {
  readonly question: string
  /** The main concept of the question. */
  readonly concept: Thing
  readonly prompt: Prose
  /** How often it was missed, out of how many answers, and how often in a row up to now. */
  readonly misses: number
  readonly answers: number
  readonly missesInARow: number
  /** The wrong answer that was given most often, for kinds that have any. */
  readonly belief?: Belief
}

interface Often {
  readonly times: number
  /** How often its questions were answered; relearning is in both. */
  readonly answers: number
}

/** How many of each are told. */
const MOST = 5

/** Of the wrong answers, only the most frequent are read: a question's text is not for free. */
const LOOKED_AT = 60

/** What the wrong answers to these questions say. */
export function mistakes(memory: Memory, bank: Bank, candidates: readonly Candidate[]): Mistakes {
  const mistaken = memory.mistaken()
  const worst = leechesOf(memory, candidates)
  const told = worst.slice(0, MOST)
  const often = mostOften(memory, mistaken, candidates)
  const ids = [...new Set([...often, ...told].map(it => it.question))]
  const questions = new Map(bank.questions(ids).map(it => [it.id, it]))
  const names = bank.names()
  const thing = (id: string): Thing => ({ id, title: bank.concept(id)?.title ?? id })

  const beliefs: Omit<Belief, 'concept' | 'prompt'>[] = []
  const pairs = new Map<string, Omit<Confusion, 'taken' | 'right'> & { readonly pair: Pair }>()
  for (const { question: id, key, times } of often) {
    const question = questions.get(id)
    const wrong = question && wrongAnswer(question, key)
    if (question === undefined || wrong === undefined) continue
    const answers = memory.answered(id)
    const pair = pairOf(question, key, names)
    if (pair === undefined) {
      beliefs.push({ question: id, ...wrong, times, answers })
      continue
    }
    const name = JSON.stringify(pair)
    const known = pairs.get(name) ?? { pair, times: 0, answers: 0, questions: [] }
    pairs.set(name, {
      pair,
      times: known.times + times,
      answers: known.answers + answers,
      questions: [...known.questions, id],
    })
  }

  const about = (id: string) => ({
    concept: thing(questions.get(id)?.concepts[0] ?? id),
    prompt: questions.get(id)?.prompt ?? [],
  })
  const belief = (it: (typeof beliefs)[number]) => ({ ...it, ...about(it.question) })
  return {
    confusions: [...pairs.values()]
      .sort((a, b) => b.times - a.times || a.answers - b.answers)
      .slice(0, MOST)
      .map(({ pair: { taken, right }, ...it }) => ({
        taken: typeof taken === 'string' ? thing(taken) : taken,
        right: typeof right === 'string' ? thing(right) : right,
        ...it,
      })),
    beliefs: beliefs.slice(0, MOST).map(belief),
    leeches: told.flatMap(({ question: id, misses, missesInARow, reviews: answers }) => {
      const question = questions.get(id)
      if (question === undefined) return []
      const [most] = [...(mistaken.get(id) ?? [])]
        .sort(([a, m], [b, n]) => n - m || before(a, b))
        .flatMap(([key, times]) => {
          const wrong = wrongAnswer(question, key)
          return wrong === undefined
            ? []
            : [belief({ question: id, ...wrong, times, answers: memory.answered(id) })]
        })
      return {
        question: id,
        ...about(id),
        misses,
        answers,
        missesInARow,
        ...(most !== undefined && { belief: most }),
      }
    }),
    leechCount: worst.length,
  }
}

interface Slip {
  readonly question: string
  readonly key: string
  readonly times: number
  /** The day of the last answer. */
  readonly last: number
}

/** What was answered most often without full marks, the latest first among equals. Other kinds have no wrong answers to name. */
function mostOften(
  { questions }: Memory,
  mistaken: ReturnType<Memory['mistaken']>,
  candidates: readonly Candidate[],
): Slip[] {
  const byTimes = new Map<number, Slip[]>()
  for (const { id: question, kind } of candidates) {
    const keys = kind === 'choice' || kind === 'match' ? mistaken.get(question) : undefined
    if (keys === undefined) continue
    const last = questions.get(question)?.last ?? 0
    for (const [key, times] of keys) {
      const slip = { question, key, times, last }
      const alike = byTimes.get(times)
      if (alike === undefined) byTimes.set(times, [slip])
      else alike.push(slip)
    }
  }
  const out: Slip[] = []
  // Sorting all of them would take longer than all the rest.
  for (const times of [...byTimes.keys()].sort((a, b) => b - a)) {
    if (out.length >= LOOKED_AT) break
    out.push(...byTimes.get(times)!.sort((a, b) => b.last - a.last || before(a.key, b.key)))
  }
  return out.slice(0, LOOKED_AT)
}

function leechesOf({ questions }: Memory, candidates: readonly Candidate[]): Remembered[] {
  return candidates
    .flatMap(it => questions.get(it.id) ?? [])
    .filter(isLeech)
    .sort(
      (a, b) =>
        b.missesInARow - a.missesInARow || b.misses - a.misses || before(a.question, b.question),
    )
}

function before(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
