import { dateOf, dayFrom } from './day.ts'
import type { Plan } from './plan.ts'

/** A plan as it is kept. */
export interface KeptPlan extends Plan {
  /** The topics that it is about; none are all of them. */
  readonly topics: readonly string[]
}

/** Steady recall unless another one is asked for. */
export const STEADY = 0.9

/** The most minutes of a day that anybody studies. */
export const LONGEST_DAY = 16 * 60

/** A plan as it is written down. */
export function planText({ by, minutes, topics, weights, retention }: KeptPlan): string {
  const plan = {
    v: 1,
    ...(by !== undefined && { by: dateOf(by) }),
    minutes,
    topics,
    weights: Object.fromEntries(weights),
    recall: retention,
  }
  return `${JSON.stringify(plan)}\n`
}

/** Reads what `planText` wrote. Undefined when it is something else, for a person may have edited it. */
export function readPlan(text: string): KeptPlan | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { v, by, minutes, topics, weights, recall } = value as Record<string, unknown>
  const day = typeof by === 'string' ? dayFrom(by) : undefined
  if (v !== 1 || (by !== undefined && day === undefined)) return undefined
  if (!isWithin(minutes, LONGEST_DAY) || !isWithin(recall, 1) || recall === 1) return undefined
  if (!Array.isArray(topics) || !topics.every(isTopic)) return undefined
  if (typeof weights !== 'object' || weights === null) return undefined
  const weighed = Object.entries(weights)
  if (!weighed.every(isWeighed)) return undefined
  return {
    ...(day !== undefined && { by: day }),
    minutes,
    topics,
    weights: new Map(weighed),
    retention: recall,
  }
}

/** No topic weighs more than this many others. */
export const HEAVIEST = 100

const isTopic = (it: unknown): it is string =>
  typeof it === 'string' && /^[a-z0-9-]{1,100}$/.test(it)

const isWeighed = (it: readonly [string, unknown]): it is [string, number] =>
  isTopic(it[0]) && isWithin(it[1], HEAVIEST)

const isWithin = (it: unknown, most: number): it is number =>
  typeof it === 'number' && it > 0 && it <= most
