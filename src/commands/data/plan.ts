import { type Day, dateOf } from '../../memory/day.ts'
import type { Forecast } from '../../memory/forecast.ts'
import type { KeptPlan } from '../../memory/plan-text.ts'
import type { Home } from '../../view/home.ts'
import { followedData, minutes, rounded, standingData } from './stats.ts'

/** What `quiz plan --format json` prints. Fields are only ever added; see the README. */
export function planData(plan: KeptPlan, forecast: Forecast, today: Day) {
  const { recall, idle, more, topics, days } = forecast
  return {
    date: dateOf(today),
    plan: aimData(plan),
    expected: {
      recall: rounded(recall),
      idle: rounded(idle),
      more: { minutes: plan.minutes + more.minutes, recall: rounded(more.recall) },
    },
    topics: topics.map(it => ({
      id: it.topic,
      weight: it.weight,
      recall: rounded(it.recall),
      questions: it.questions,
      met: it.asked,
      covered: it.covered,
    })),
    days: days.map(it => ({
      date: dateOf(it.day),
      minutes: minutes(it.seconds * 1000),
      reviews: Math.round(it.reviews),
      new: Math.round(it.fresh),
    })),
  }
}

function aimData({ by, minutes, topics, weights, retention }: KeptPlan) {
  return {
    by: by === undefined ? null : dateOf(by),
    minutes,
    topics,
    weights: Object.fromEntries(weights),
    recall: retention,
  }
}

/** What `quiz --format json` prints. */
export function homeData({ today, topics, standing, misconceptions, plan, expected }: Home) {
  return {
    date: dateOf(today),
    standing: standingData(standing),
    misconceptions: misconceptions.map(followedData),
    plan: plan === undefined ? null : aimData(plan),
    expected:
      expected === undefined
        ? null
        : { recall: rounded(expected.recall), idle: rounded(expected.idle) },
    topics,
  }
}
