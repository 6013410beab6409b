import type { Bank } from '../bank/bank.ts'
import { type Candidate, type Listed, spansOf, topicSpans } from '../bank/candidates.ts'
import type { Day } from './day.ts'
import type { DayTotal, Memory } from './memory.ts'
import { type Mistakes, mistakes } from './mistakes.ts'
import { Pasts } from './pasts.ts'
import { STEADY } from './plan-text.ts'
import { none, type Sum, sums, total } from './sums.ts'

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
  const asked = bank.candidates(topics)
  const pasts = new Pasts(memory.questions, asked)
  const forecast = new Array<number>(AHEAD).fill(0)
  const byTopic = sums(topicSpans(asked), pasts, today, retention, forecast)
  const byConcept =
    topics === undefined
      ? []
      : sums(
          spansOf(asked, it => it.concepts[0] ?? it.id),
          pasts,
          today,
          retention,
        )
  const share = (id: string, title: string, of: Sum = none()) => ({ id, title, ...meanOf(of) })
  return {
    today,
    standing: standingOf(memory, total(byTopic.values()), today),
    topics: bank
      .topics()
      .filter(it => topics === undefined || topics.includes(it.id))
      .map(it => share(it.id, it.title, byTopic.get(it.id))),
    concepts: [...byConcept]
      .map(([id, of]) => share(id, bank.concept(id)?.title ?? id, of))
      .sort((a, b) => a.recall - b.recall || (a.id < b.id ? -1 : 1)),
    forecast,
    ...mistakes(memory, bank, asked, pasts),
    days: lastDays(memory.days, today),
    calibration: memory.calibration,
    time: timeOf(memory),
  }
}

/** Where the person stands with these questions. */
export function standing(
  memory: Memory,
  candidates: Listed<Candidate>,
  today: Day,
  retention = STEADY,
): Standing {
  const pasts = new Pasts(memory.questions, candidates)
  const byTopic = sums(topicSpans(candidates), pasts, today, retention)
  return standingOf(memory, total(byTopic.values()), today)
}

const meanOf = ({ recall, ...it }: Sum) => ({
  ...it,
  recall: it.questions === 0 ? 0 : recall / it.questions,
})

function standingOf({ days }: Memory, all: Sum, today: Day): Standing {
  const { answers = 0, ms = 0 } = days.get(today) ?? {}
  const { due, met, questions, recall } = meanOf(all)
  const streak = streakOf(days, today)
  return { answers, ms, due, met, unmet: questions - met, questions, recall, streak }
}

function lastDays(days: Memory['days'], today: Day): Stats['days'] {
  const out: Stats['days'][number][] = []
  for (let day = today - BACK + 1; day <= today; day++) {
    const it = days.get(day)
    if (it !== undefined && it.answers > 0) out.push({ ...it, day })
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
  let active = 0
  for (const it of days.values()) if (it.answers > 0) active++
  const first = mean(pace.firstRight, pace.firstWrong)
  const later = mean(pace.laterRight, pace.laterWrong)
  return {
    answers,
    sittings,
    days: active,
    ms,
    ...(first !== undefined && { first }),
    ...(later !== undefined && { later }),
  }
}
