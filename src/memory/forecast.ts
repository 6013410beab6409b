import type { Day } from "./day.ts"

/** What studying by a plan is expected to come to. Recall is a probability, 0 to 1, weighted by topic. */
export interface Forecast {
  /** On the day; without a date, in the steady state that the horizon ends with (30 days). */
  readonly expected: number
  /** The same if nothing more were studied. */
  readonly idle: number
  readonly topics: readonly TopicForecast[]
  /** From today to the last day of study. */
  readonly days: readonly DayForecast[]
  /** What other minutes a day would come to, fewest first. */
  readonly other: readonly { readonly minutes: number; readonly expected: number }[]
}

export interface TopicForecast {
  readonly topic: string
  readonly weight: number
  readonly expected: number
  readonly idle: number
  readonly questions: number
  /** Questions met by the day: those met already and those that the plan has time for. */
  readonly covered: number
}

export interface DayForecast {
  readonly day: Day
  readonly minutes: number
  readonly reviews: number
  readonly fresh: number
}
