import type { Bank, Candidate } from '../bank/bank.ts'
import { type Day, daysBetween } from './day.ts'
import { recall } from './fsrs.ts'
import { grouped } from './grouped.ts'
import { dueDay } from './known.ts'
import type { DayTotal, Memory } from './memory.ts'
import { type Mistakes, mistakes } from './mistakes.ts'
import { STEADY } from './plan-text.ts'

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
  { topics, retention = STEADY }: StatsOptions = {},
): Stats {
  const asked = statesOf(memory, bank.candidates(topics), today, retention)
  const byTopic = grouped(asked, it => it.topic)
  const byConcept = topics === undefined ? [] : grouped(asked, it => it.concepts[0] ?? it.id)
  return {
    today,
    standing: standingOf(memory, asked, today),
    topics: bank
      .topics()
      .filter(it => topics === undefined || topics.includes(it.id))
      .map(it => ({ id: it.id, title: it.title, ...share(byTopic.get(it.id) ?? [], today) })),
    concepts: [...byConcept]
      .map(([id, of]) => ({ id, title: bank.concept(id)?.title ?? id, ...share(of, today) }))
      .sort((a, b) => a.recall - b.recall || (a.id < b.id ? -1 : 1)),
    forecast: forecast(asked, today),
    ...mistakes(memory, bank, asked),
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
  retention = STEADY,
): Standing {
  return standingOf(memory, statesOf(memory, candidates, today, retention), today)
}

/** A question and what is known of it today. */
interface State extends Candidate {
  readonly met?: { readonly recall: number; readonly due: Day; readonly ms: number }
}

function statesOf(
  { questions }: Memory,
  candidates: readonly Candidate[],
  today: Day,
  retention: number,
): State[] {
  return candidates.map(it => {
    const known = questions.get(it.id)
    if (known === undefined) return it
    const { stability, last, ms } = known
    const due = dueDay(known, retention)
    return { ...it, met: { recall: recall(stability, daysBetween(last, today)), due, ms } }
  })
}

function standingOf({ days }: Memory, asked: readonly State[], today: Day): Standing {
  const { answers = 0, ms = 0 } = days.get(today) ?? {}
  const { due, met, questions, recall } = share(asked, today)
  const streak = streakOf(days, today)
  return { answers, ms, due, met, unmet: questions - met, questions, recall, streak }
}

function share(of: readonly State[], today: Day): Omit<Share, 'id' | 'title'> {
  const met = of.flatMap(it => it.met ?? [])
  const sum = (number: (it: NonNullable<State['met']>) => number) =>
    met.reduce((all, it) => all + number(it), 0)
  return {
    questions: of.length,
    met: met.length,
    due: met.filter(it => it.due <= today).length,
    recall: of.length === 0 ? 0 : sum(it => it.recall) / of.length,
    ms: sum(it => it.ms),
  }
}

function forecast(asked: readonly State[], today: Day): number[] {
  const out = Array<number>(AHEAD).fill(0)
  for (const { met } of asked) {
    const ahead = met === undefined ? AHEAD : Math.max(0, met.due - today)
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
