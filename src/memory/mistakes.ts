import type { Bank } from '../bank/bank.ts'
import { type Candidate, kindsOf, type Listed } from '../bank/candidates.ts'
import { KINDS } from '../bank/columns.ts'
import type { Prose } from '../bank/prose.ts'
import { isMissedOften } from './leech.ts'
import type { Memory } from './memory.ts'
import { Pasts } from './pasts.ts'
import { slipsOf } from './slips.ts'
import { COUNTS, LAST, MISSES, MISSES_IN_A_ROW, REVIEWS } from './state.ts'
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

/** What the wrong answers to these questions say; `pasts` are those of the candidates. */
export function mistakes(
  memory: Memory,
  bank: Bank,
  candidates: Listed<Candidate>,
  pasts: Pasts = new Pasts(memory.questions, candidates),
): Mistakes {
  const mistaken = memory.mistaken()
  const { worst, count: leechCount } = leechesOf(candidates, pasts)
  const told = worst.flatMap(it => memory.questions.get(it) ?? [])
  const often = mostOften(mistaken, candidates, pasts)
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
    leechCount,
  }
}

interface Slip {
  readonly question: string
  /** Its place among the candidates. */
  readonly it: number
  readonly key: string
  readonly times: number
  /** The day of the last answer. */
  readonly last: number
}

/** What was answered most often without full marks, the latest first among equals. Other kinds have no wrong answers to name. */
function mostOften(
  mistaken: ReturnType<Memory['mistaken']>,
  candidates: Listed<Candidate>,
  pasts: Pasts,
): Slip[] {
  const { slips, owners } = slipsOf(mistaken, candidates, pasts)
  const { keys, question, key, times } = slips
  const kinds = kindsOf(candidates)
  // Going through all of them would take longer than all the rest, so it begins with the most frequent.
  const sorted = times.slice().sort()
  let out: Slip[] = []
  for (let tried = LOOKED_AT; out.length < LOOKED_AT; tried *= 8) {
    out = []
    const least = sorted.at(-tried) ?? 1
    for (let row = 0; row < times.length; row++) {
      if (times[row]! < least) continue
      const it = owners[question[row]!]! - 1
      if (it < 0 || !HAS_WRONG_ONES.includes(kinds[it]!)) continue
      const place = pasts.places[it]!
      const last = place < 0 ? 0 : pasts.counts[place * COUNTS + LAST]!
      out.push({
        question: candidates.at(it)!.id,
        it,
        key: keys[key[row]!]!,
        times: times[row]!,
        last,
      })
    }
    if (tried >= times.length) break
  }
  return out
    .sort((a, b) => b.times - a.times || b.last - a.last || before(a.key, b.key) || a.it - b.it)
    .slice(0, LOOKED_AT)
}

/** Kinds that have wrong answers to name. */
const HAS_WRONG_ONES = [KINDS.indexOf('choice'), KINDS.indexOf('match')]

/** How many questions are missed again and again, and the ids of the worst of them, at most `MOST`. */
function leechesOf(
  candidates: Listed<Candidate>,
  { places, counts }: Pasts,
): { readonly worst: string[]; readonly count: number } {
  const of = (it: number, column: number) => counts[places[it]! * COUNTS + column]!
  const order = (a: number, b: number) =>
    of(b, MISSES_IN_A_ROW) - of(a, MISSES_IN_A_ROW) ||
    of(b, MISSES) - of(a, MISSES) ||
    before(candidates.at(a)!.id, candidates.at(b)!.id)
  const worst: number[] = []
  let count = 0
  for (let it = 0; it < places.length; it++) {
    const at = places[it]! * COUNTS
    // Hardly any is, and to find that out must not take a call for each.
    if (at < 0) continue
    if (counts[at + MISSES_IN_A_ROW]! < 3 && counts[at + MISSES]! * 2 <= counts[at + REVIEWS]!)
      continue
    if (!isMissedOften(counts[at + REVIEWS]!, counts[at + MISSES]!, counts[at + MISSES_IN_A_ROW]!))
      continue
    count++
    if (worst.length === MOST && order(it, worst.at(-1)!) > 0) continue
    worst.push(it)
    worst.sort(order).splice(MOST)
  }
  return { worst: worst.map(it => candidates.at(it)!.id), count }
}

function before(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
