import { type Span, topicSpans } from '../bank/candidates.ts'
import { type Beliefs, beliefs, copied, NEVER } from './belief.ts'
import type { Day } from './day.ts'
import { grouped } from './grouped.ts'
import type { Memory } from './memory.ts'
import { type Pace, paceOf } from './pace.ts'
import { Pasts } from './pasts.ts'
import { chosen, type Ground, MONTH, type Plan, secondsLeft } from './plan.ts'
import { ask, recallOn } from './worth.ts'

/** What is expected of somebody who keeps to the plan: on its day, or in a month if it has none. */
export interface Forecast {
  /** Recall of all that is aimed at, by weight, from 0 to 1. */
  readonly recall: number
  /** The same if nothing more were done. */
  readonly idle: number
  /** The same with some more minutes a day. */
  readonly more: { readonly minutes: number; readonly recall: number }
  /** In the order of the questions. */
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
 * what they would buy. Today has what is left of its minutes.
 */
export function forecast(
  plan: Plan,
  { candidates, memory }: Ground & { readonly memory: Pick<Memory, 'days'> },
  day: Day,
  more: number,
): Forecast {
  const by = plan.by ?? day + MONTH
  const pace = paceOf(memory.pace)
  const left = secondsLeft(plan, memory.days, day)
  const spans = topicSpans(candidates)
  const lots = evenly(spans, candidates.length)
  const start = beliefs(candidates, new Pasts(memory.questions, candidates), plan.weights)
  const topics = [...new Set(spans.map(it => it.name))]
  const place = (topic: string) => topics.indexOf(topic)
  const recall = (of: Beliefs) =>
    of.weight.reduce((sum, weight, it) => sum + weight * recallOn(of, it, by, day), 0)
  const { end, days } = played(plan, start, pace, day, by, left, lots)
  const generous =
    more === 0
      ? end
      : played(
          { ...plan, minutes: plan.minutes + more },
          start,
          pace,
          day,
          by,
          left + more * 60,
          lots,
        ).end
  return {
    recall: recall(end),
    idle: recall(start),
    // Nobody has to use them.
    more: { minutes: more, recall: Math.max(recall(end), recall(generous)) },
    topics: topicsOf(start, end, by, day).sort((a, b) => place(a.topic) - place(b.topic)),
    days,
  }
}

/**
 * For each question its place in an order in which every part has as much of each topic: of those that are worth the same a
 * sitting asks some or others, as the dice fall, and on average that.
 */
function evenly(spans: readonly Span[], length: number): Int32Array {
  const places = new Float64Array(length)
  const order: number[] = []
  for (const own of grouped(spans, it => it.name).values()) {
    const size = own.reduce((sum, { from, to }) => sum + to - from, 0)
    let place = 0
    for (const { from, to } of own) {
      for (let it = from; it < to; it++) {
        places[it] = (place++ + 0.5) / size
        order.push(it)
      }
    }
  }
  order.sort((a, b) => places[a]! - places[b]!)
  const lots = new Int32Array(length)
  for (const [lot, it] of order.entries()) lots[it] = lot
  return lots
}

/** What is believed on the day, and what the days before it are filled with. */
function played(
  plan: Plan,
  start: Beliefs,
  pace: Pace,
  from: Day,
  by: Day,
  left: number,
  lots: Int32Array,
) {
  const end = copied(start)
  const days: DayForecast[] = []
  const stride = Math.max(1, Math.ceil((by - from) / STEPS))
  let length: number
  for (let day = from; day < by; day += length) {
    // Today is told as it is.
    length = day === from ? 1 : Math.min(stride, by - day)
    const time = day === from ? left : plan.minutes * 60 * length
    const taken = chosen(plan, end, pace, day, time, lots)
    const fresh = taken.filter(({ it }) => end.last[it] === NEVER).length
    const seconds = taken.reduce((sum, it) => sum + it.seconds, 0)
    for (const { it } of taken) ask(end, it, day, by)
    for (let it = 0; it < length; it++) {
      days.push({
        day: day + it,
        seconds: seconds / length,
        fresh: fresh / length,
        reviews: (taken.length - fresh) / length,
      })
    }
  }
  return { end, days }
}

function topicsOf(start: Beliefs, end: Beliefs, by: Day, day: Day): TopicForecast[] {
  const out = start.topics.map(({ topic, weight, questions }) => ({
    topic,
    weight,
    questions,
    asked: 0,
    covered: 0,
    recall: 0,
  }))
  for (const [it, position] of start.topic.entries()) {
    const topic = out[position]!
    if (start.last[it] !== NEVER) topic.asked++
    if (end.last[it] !== NEVER) topic.covered++
    topic.recall += recallOn(end, it, by, day) / topic.questions
  }
  return out
}
