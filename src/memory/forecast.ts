import { type Belief, beliefs, type Weights } from './belief.ts'
import type { Day } from './day.ts'
import { type Pace, paceOf } from './pace.ts'
import { chosen, type Ground, type Plan } from './plan.ts'
import { asked, recallOn } from './value.ts'

/** A plan with a date. */
export type Dated = Plan & { readonly by: Day }

/** What is expected on the day of somebody who keeps to the plan. */
export interface Forecast {
  /** Recall of all that is aimed at, by weight, from 0 to 1. */
  readonly recall: number
  /** The same if nothing more were done. */
  readonly idle: number
  /** The same with some more minutes a day. */
  readonly more: { readonly minutes: number; readonly recall: number }
  readonly topics: readonly TopicForecast[]
  /** Today and the days to come, the day itself not among them. */
  readonly days: readonly DayForecast[]
}

export interface TopicForecast {
  readonly topic: string
  readonly weight: number
  readonly questions: number
  /** Of them, those that were asked at least once by now. */
  readonly asked: number
  /** And those that will have been by the day; the others are not covered. */
  readonly covered: number
  readonly recall: number
}

export interface DayForecast {
  readonly day: Day
  readonly seconds: number
  readonly fresh: number
  readonly reviews: number
}

/** Days are taken together so that there are at most so many steps; a finer grain changes expected recall by less than a point. */
const STEPS = 15

/**
 * Plays the plan forward, each question as it is on average over how the answers go. `more` minutes a day are played too, to say
 * what they would buy.
 */
export function forecast(
  plan: Dated,
  { candidates, memory }: Ground,
  day: Day,
  more: number,
): Forecast {
  const pace = paceOf(memory.pace)
  const start = beliefs(candidates, memory.questions, plan.weights)
  const { end, days } = played(plan, start, pace, day)
  const generous = played({ ...plan, minutes: plan.minutes + more }, start, pace, day)
  const total = (list: readonly Belief[]) =>
    list.reduce((sum, it) => sum + it.weight * recallOn(it, plan.by, day), 0)
  return {
    recall: total(end),
    idle: total(start),
    more: { minutes: more, recall: total(generous.end) },
    topics: topicsOf(start, end, plan, day),
    days,
  }
}

/** What is believed on the day, and what the days before it were filled with. */
function played(plan: Dated, start: readonly Belief[], pace: Pace, from: Day) {
  const end = [...start]
  const days: DayForecast[] = []
  const stride = Math.max(1, Math.ceil((plan.by - from) / STEPS))
  for (let day = from; day < plan.by; day += stride) {
    const length = Math.min(stride, plan.by - day)
    const taken = chosen(plan, end, pace, day, plan.minutes * 60 * length)
    for (const { index, belief } of taken) end[index] = asked(belief, day, plan.by)
    const each = (of: (it: (typeof taken)[number]) => number) =>
      taken.reduce((sum, it) => sum + of(it), 0) / length
    for (let it = 0; it < length; it++) {
      days.push({
        day: day + it,
        seconds: Math.min(
          plan.minutes * 60,
          each(choice => choice.seconds),
        ),
        fresh: each(({ belief }) => (belief.last === undefined ? 1 : 0)),
        reviews: each(({ belief }) => (belief.last === undefined ? 0 : 1)),
      })
    }
  }
  return { end, days }
}

function topicsOf(
  start: readonly Belief[],
  end: readonly Belief[],
  plan: Dated,
  day: Day,
): TopicForecast[] {
  const out = new Map<
    string,
    { questions: number; asked: number; covered: number; recall: number }
  >()
  for (const [index, { question, last }] of start.entries()) {
    const it = out.get(question.topic) ?? { questions: 0, asked: 0, covered: 0, recall: 0 }
    out.set(question.topic, it)
    it.questions++
    if (last !== undefined) it.asked++
    if (end[index]!.last !== undefined) it.covered++
    it.recall += recallOn(end[index]!, plan.by, day)
  }
  return [...out].map(([topic, it]) => ({
    topic,
    weight: plan.weights.get(topic) ?? 1,
    ...it,
    recall: it.recall / it.questions,
  }))
}
