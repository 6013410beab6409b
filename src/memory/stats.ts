import type { Bank, Candidate } from '../bank/bank.ts'
import { type Day, daysBetween } from './day.ts'
import { recall } from './fsrs.ts'
import { grouped } from './grouped.ts'
import { dueDay } from './known.ts'
import type { DayTotal, Memory } from './memory.ts'
import { type Mistakes, mistakes } from './mistakes.ts'
import { Pasts } from './pasts.ts'
import { LAST, MS, REVIEWS, STABILITY } from './state.ts'

/** What a person knows and has done, as numbers. */
export interface Stats extends Mistakes {
  readonly today: Day
  readonly standing: Standing
  /** In the order of the bank. */
  readonly topics: readonly Share[]
  /** The concepts of the topics that were named, by their main questions, the least known first; else none. */
  readonly concepts: readonly Share[]
  /** How many questions fall due today (what is overdue too), tomorrow, and so on for `AHEAD` days. */
  readonly forecast: readonly number[]
  /** The days of the last year on which something was answered, by date. Like the rest of what follows: of all topics. */
  readonly days: readonly (DayTotal & { readonly day: Day })[]
  readonly calibration: Memory['calibration']
  readonly time: Time
}

/** Where the person stands: the numbers of one line. */
export interface Standing {
  /** Answers given today and the milliseconds they took, of all topics. */
  readonly answers: number
  readonly ms: number
  /** Questions that are due today or were before. */
  readonly due: number
  /** Questions that were answered in a sitting that counts, never answered, and all. */
  readonly met: number
  readonly unmet: number
  readonly questions: number
  /** Of all questions, the share that would be answered right today: the mean of their recall, 0 for what was never met. */
  readonly recall: number
  /** Days in a row with answers up to today, or up to yesterday while today has none. */
  readonly streak: number
}

/** How much is known of a part of the bank. */
export interface Share {
  readonly id: string
  readonly title: string
  readonly questions: number
  readonly met: number
  readonly due: number
  /** As in `Standing`. */
  readonly recall: number
  /** Milliseconds that its answers took. */
  readonly ms: number
}

export interface Time {
  readonly answers: number
  readonly sittings: number
  /** Days with answers. */
  readonly days: number
  readonly ms: number
  /** Milliseconds that a question takes with its verdict, at the first meeting and later; none before there is one. */
  readonly first?: number
  readonly later?: number
}

/** Without a wish of the person a question is due when its recall has fallen to this. */
const RETENTION = 0.9

/** Days that are looked ahead, today included. */
const AHEAD = 30

/** Days that are looked back: 53 weeks, as on a calendar. */
const BACK = 371

export interface StatsOptions {
  /** Ids of the topics that are asked about; all unless named. */
  readonly topics?: readonly string[]
  /** Recall at which a question is due, over 0 and at most 1. */
  readonly retention?: number
}

/** All the numbers, for the whole bank or for some topics of it. What the bank does not have any more is passed over. */
export function statsOf(
  memory: Memory,
  bank: Bank,
  today: Day,
  { topics, retention = RETENTION }: StatsOptions = {},
): Stats {
  const asked = bank.candidates(topics)
  const now = knownNow(memory, asked, today, retention)
  const every = [...asked.keys()]
  const byTopic = grouped(every, it => asked[it]!.topic)
  const byConcept =
    topics === undefined ? [] : grouped(every, it => asked[it]!.concepts[0] ?? asked[it]!.id)
  return {
    today,
    standing: standingOf(memory, now, every, today),
    topics: bank
      .topics()
      .filter(it => topics === undefined || topics.includes(it.id))
      .map(it => ({ id: it.id, title: it.title, ...share(now, byTopic.get(it.id) ?? [], today) })),
    concepts: [...byConcept]
      .map(([id, of]) => ({ id, title: bank.concept(id)?.title ?? id, ...share(now, of, today) }))
      .sort((a, b) => a.recall - b.recall || (a.id < b.id ? -1 : 1)),
    forecast: forecast(now, today),
    ...mistakes(memory, bank, asked, now.pasts),
    days: [...memory.days]
      .filter(([day, it]) => it.answers > 0 && day <= today && day > today - BACK)
      .map(([day, it]) => ({ ...it, day }))
      .sort((a, b) => a.day - b.day),
    calibration: memory.calibration,
    time: timeOf(memory),
  }
}

/** Where the person stands with these questions. */
export function standing(
  memory: Memory,
  candidates: readonly Candidate[],
  today: Day,
  retention = RETENTION,
): Standing {
  const now = knownNow(memory, candidates, today, retention)
  return standingOf(memory, now, [...candidates.keys()], today)
}

/** What is known of some questions today, in columns as in `Pasts`. */
interface Now {
  readonly pasts: Pasts
  /** 0 for what was never answered. */
  readonly reviews: Int32Array
  readonly recall: Float64Array
  readonly due: Int32Array
  readonly ms: Float64Array
}

function knownNow(
  { questions }: Memory,
  candidates: readonly Candidate[],
  today: Day,
  retention: number,
): Now {
  const pasts = new Pasts(questions, candidates)
  const reviews = pasts.counts(REVIEWS)
  const last = pasts.counts(LAST)
  const stability = pasts.numbers(STABILITY)
  const out = new Float64Array(reviews.length)
  const due = new Int32Array(reviews.length)
  for (let it = 0; it < reviews.length; it++) {
    if (reviews[it] === 0) continue
    out[it] = recall(stability[it]!, daysBetween(last[it]!, today))
    due[it] = dueDay(last[it]!, stability[it]!, retention)
  }
  return { pasts, reviews, recall: out, due, ms: pasts.numbers(MS) }
}

function standingOf({ days }: Memory, now: Now, every: readonly number[], today: Day): Standing {
  const { answers = 0, ms = 0 } = days.get(today) ?? {}
  const { due, met, questions, recall } = share(now, every, today)
  const streak = streakOf(days, today)
  return { answers, ms, due, met, unmet: questions - met, questions, recall, streak }
}

/** Of the questions at these places. */
function share(now: Now, places: readonly number[], today: Day): Omit<Share, 'id' | 'title'> {
  const out = { questions: places.length, met: 0, due: 0, recall: 0, ms: 0 }
  for (const it of places) {
    if (now.reviews[it] === 0) continue
    out.met++
    if (now.due[it]! <= today) out.due++
    out.recall += now.recall[it]!
    out.ms += now.ms[it]!
  }
  return { ...out, recall: places.length === 0 ? 0 : out.recall / places.length }
}

function forecast({ reviews, due }: Now, today: Day): number[] {
  const out = Array<number>(AHEAD).fill(0)
  for (let it = 0; it < due.length; it++) {
    const ahead = reviews[it] === 0 ? AHEAD : Math.max(0, due[it]! - today)
    if (ahead < AHEAD) out[ahead]!++
  }
  return out
}

function streakOf(days: Memory['days'], today: Day): number {
  const active = (day: Day) => (days.get(day)?.answers ?? 0) > 0
  const end = active(today) ? today : today - 1
  let from = end
  while (active(from)) from--
  return end - from
}

function timeOf({ days, pace, answers, sittings, ms }: Memory): Time {
  const mean = (...of: readonly { readonly answers: number; readonly ms: number }[]) => {
    const count = of.reduce((sum, it) => sum + it.answers, 0)
    return count === 0 ? undefined : of.reduce((sum, it) => sum + it.ms, 0) / count
  }
  const first = mean(pace.firstRight, pace.firstWrong)
  const later = mean(pace.laterRight, pace.laterWrong)
  return {
    answers,
    sittings,
    days: [...days.values()].filter(it => it.answers > 0).length,
    ms,
    ...(first !== undefined && { first }),
    ...(later !== undefined && { later }),
  }
}
