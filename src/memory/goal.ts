import { type Day, dateOf, dayFrom } from './day.ts'

/** What a person studies for and how much a day. It is kept until it is changed or dropped. */
export interface Goal {
  /** The day of the interview; the evening before is the last one to study. Without it the aim is steady recall. */
  readonly by?: Day
  /** Minutes of study a day, above 0. */
  readonly minutes: number
  /** The topics that are asked for, each with its weight (above 0). None: all of them, and each weighs the same. */
  readonly topics: ReadonlyMap<string, number>
  /** Recall below which a question is due where there is no date: above 0, below 1. */
  readonly recall: number
  /** The day on which it was set. */
  readonly since: Day
}

/** Steady recall unless another one is asked for. */
export const STEADY = 0.9

/** The most minutes of a day that anybody studies. */
export const LONGEST_DAY = 16 * 60

/** A goal as it is written down. */
export function goalText({ by, minutes, topics, recall, since }: Goal): string {
  const goal = {
    v: 1,
    ...(by !== undefined && { by: dateOf(by) }),
    minutes,
    topics: Object.fromEntries(topics),
    recall,
    since: dateOf(since),
  }
  return `${JSON.stringify(goal)}\n`
}

/** Reads what `goalText` wrote. Undefined when it is something else, for a person may have edited it. */
export function readGoal(text: string): Goal | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { v, by, minutes, topics, recall, since } = value as Record<string, unknown>
  const day = (it: unknown) => (typeof it === 'string' ? dayFrom(it) : undefined)
  const [on, from] = [day(by), day(since)]
  if (v !== 1 || from === undefined || (by !== undefined && on === undefined)) return undefined
  if (!isWithin(minutes, LONGEST_DAY) || !isWithin(recall, 1) || recall === 1) return undefined
  if (typeof topics !== 'object' || topics === null) return undefined
  const weights = Object.entries(topics)
  if (!weights.every((it): it is [string, number] => isTopic(it[0]) && isWithin(it[1], HEAVIEST))) {
    return undefined
  }
  return {
    ...(on !== undefined && { by: on }),
    minutes,
    topics: new Map(weights),
    recall,
    since: from,
  }
}

/** No topic weighs more than this many others. */
export const HEAVIEST = 100

const isTopic = (it: string) => /^[a-z0-9-]{1,100}$/.test(it)

const isWithin = (it: unknown, most: number): it is number =>
  typeof it === 'number' && it > 0 && it <= most
