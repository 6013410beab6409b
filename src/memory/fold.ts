import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import type { Columns } from './columns.ts'
import { type Day, daysBetween } from './day.ts'
import { AGAIN, initial, next } from './fsrs.ts'
import { AWAY, counts, gradeOf, RIGHT } from './grade.ts'
import { type Met, type Outcome, RECENT } from './memory.ts'
import { confidenceIn, isAgain, isComputed, modeIn, typeIn } from './row.ts'
import {
  ANSWERS,
  CONFIDENCE,
  COUNTS,
  DIFFICULTY,
  FIRST_GRADE,
  GRADE,
  type Growing,
  LAST,
  MISSES,
  MISSES_IN_A_ROW,
  MS,
  NUMBERS,
  REVIEWS,
  SCORE,
  type Showing,
  STABILITY,
  type State,
} from './state.ts'

/** Former ids of questions, and what they are called now. */
export type Renames = ReadonlyMap<string, string>

/**
 * Brings a state up to date with rows of a log, which come after all that it has seen and are in the order of the log. Rows that
 * were undone are left out. Folding some rows and then the rest is the same as folding all of them.
 */
export function fold(
  state: State,
  columns: Columns,
  rows: Iterable<number>,
  undone: ReadonlySet<number>,
  renames: Renames,
): void {
  const { question, sitting, reply, questions, sittings, replies, offers } = columns
  const nameOf = each(questions.size, it => present(state, questions.text(it), renames))
  const showingOf = each(sittings.size, it => showing(state, sittings.text(it)))
  const missedOf = each(questions.size, it => made(state.newSlips, nameOf(it), () => new Map()))
  const keysOf = each(replies.size, it => keysIn(replies.text(it)))
  const offersOf = each(offers.size, it => offersIn(state, offers.text(it)))
  const metOf = each(offers.size, it => state.misconceptions.get(offers.text(it)))
  const places = new Int32Array(questions.size).fill(-1)

  for (const row of rows) {
    const marks = columns.marks[row]!
    const type = typeIn(marks)
    const asked = question[row]!
    if (type === 'flag') {
      made(state.flags, nameOf(asked), () => []).push(columns.text.get(row) ?? '')
    }
    if (type !== 'review' || undone.has(row)) continue

    let place = places[asked]!
    if (place < 0) place = state.ids.find(nameOf(asked))
    const met = place >= 0
    if (!met) place = state.meet(nameOf(asked))
    places[asked] = place
    state.counts[place * COUNTS + ANSWERS]!++

    const score = columns.score[row]!
    const ms = Math.min(columns.ms[row]!, AWAY)
    const confidence = confidenceIn(marks)
    const day = columns.day[row]!
    if (confidence !== undefined) {
      const worth = state.calibration[confidence]
      worth.answers++
      worth.score += score
    }
    const outcome = OUTCOMES[(met ? 2 : 0) + (score < RIGHT ? 1 : 0)]!
    const read = time(state, showingOf(sitting[row]!), columns.at[row]! - ms, ms, outcome)
    tally(state, day, score, ms + read, !met)
    if (isComputed(marks)) {
      const seed = columns.seed[row]!
      if (seed >= 0) state.lastSeeds.newer.set(nameOf(asked), seed)
      meet(offersOf(columns.offered[row]!), metOf(columns.believed[row]!), day)
    } else if (score < 1) {
      const keys = keysOf(reply[row]!)
      if (keys.length > 0) count(missedOf(asked), keys)
    }
    if (counts(modeIn(marks), isAgain(marks))) learn(state, place, day, score, ms, confidence)
  }
}

/** By meeting, then by score. */
const OUTCOMES: readonly Outcome[] = ['firstRight', 'firstWrong', 'laterRight', 'laterWrong']

/** Takes in an answer that counts. */
function learn(
  { numbers, counts }: State,
  place: number,
  day: Day,
  score: number,
  ms: number,
  confidence: Confidence | undefined,
): void {
  const number = place * NUMBERS
  const count = place * COUNTS
  const reviews = counts[count + REVIEWS]!
  const usual = reviews === 0 ? undefined : numbers[number + MS]! / reviews
  const grade = gradeOf({ score, confidence, ms, usual })
  const before = {
    stability: numbers[number + STABILITY]!,
    difficulty: numbers[number + DIFFICULTY]!,
  }
  const { stability, difficulty } =
    reviews === 0 ? initial(grade) : next(before, grade, daysBetween(counts[count + LAST]!, day))
  numbers[number + STABILITY] = stability
  numbers[number + DIFFICULTY] = difficulty
  numbers[number + SCORE] = score
  numbers[number + MS]! += ms
  counts[count + LAST] = day
  counts[count + REVIEWS]!++
  if (grade === AGAIN) {
    counts[count + MISSES]!++
    counts[count + MISSES_IN_A_ROW]!++
  } else counts[count + MISSES_IN_A_ROW] = 0
  counts[count + GRADE] = grade
  if (reviews === 0) counts[count + FIRST_GRADE] = grade
  counts[count + CONFIDENCE] = confidence === undefined ? 0 : CONFIDENCES.indexOf(confidence) + 1
}

/** The misconceptions on offer. */
function offersIn({ misconceptions }: State, offered: string): Growing<Met>[] {
  if (offered === '') return []
  return (JSON.parse(offered) as string[]).map(name =>
    made(misconceptions, name, () => ({ offered: 0, believed: 0, recent: 0, last: 0 })),
  )
}

/** Takes in which of the misconceptions on offer was met, if any was. */
function meet(offers: readonly Growing<Met>[], met: Met | undefined, day: Day): void {
  for (const it of offers) {
    const hit = it === met ? 1 : 0
    it.offered++
    it.believed += hit
    it.recent = ((it.recent << 1) | hit) & ((1 << RECENT) - 1)
    it.last = day
  }
}

function tally(state: State, day: Day, score: number, ms: number, fresh: boolean): void {
  const total = made(state.days.newer, day, () => ({ answers: 0, right: 0, fresh: 0, ms: 0 }))
  total.answers++
  if (score >= RIGHT) total.right++
  if (fresh) total.fresh++
  total.ms += ms
  state.answers++
  state.ms += ms
}

/**
 * Counts the time of the question that was shown before in the sitting, now that the next one has been. Gives the part of it
 * that came after its answer: for so long its verdict was read.
 */
function time(state: State, last: Showing, shown: number, ms: number, outcome: Outcome): number {
  let read = 0
  if (last.outcome !== undefined) {
    const pace = state.pace[last.outcome]
    const gone = Math.min(Math.max(0, shown - last.shown), AWAY)
    pace.answers++
    pace.ms += gone
    read = Math.max(0, gone - last.ms)
  }
  last.shown = shown
  last.ms = ms
  last.outcome = outcome
  return read
}

function showing(state: State, sitting: string): Showing {
  return made(state.showings, sitting, () => {
    state.sittings++
    return { shown: 0, ms: 0, outcome: undefined }
  })
}

/** What a question is called now. */
function present(state: State, id: string, renames: Renames): string {
  const now = renames.get(id)
  if (now === undefined) return id
  state.renamed.set(id, now)
  return now
}

function count(times: Map<string, number>, keys: readonly string[]): void {
  for (const it of keys) times.set(it, (times.get(it) ?? 0) + 1)
}

function keysIn(reply: string): readonly string[] {
  if (reply === '') return []
  const keys = JSON.parse(reply) as readonly string[] | Readonly<Record<string, string>>
  return Array.isArray(keys) ? keys : Object.entries(keys).map(it => it.join(':'))
}

/** What a map has for a key, made if there is nothing yet. */
function made<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

/** What is made of each number, once it is asked for. */
function each<T>(size: number, make: (it: number) => T): (it: number) => T {
  const known: (T | undefined)[] = new Array(size).fill(undefined)
  return it => {
    known[it] ??= make(it)
    return known[it]
  }
}
