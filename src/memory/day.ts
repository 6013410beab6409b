/** A calendar day of the person: how many days its date is after 1970-01-01. */
export type Day = number

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A day starts at 04:00 local time: who studies past midnight is still in the evening before. */
const START = 4 * HOUR

export interface Instant {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly ms: number
  /** Local time less UTC, in milliseconds. */
  readonly offset: number
}

/**
 * Reads an instant with an offset, as the lines of a log have it. Undefined when it is none: without an offset nobody knows
 * which day it was.
 */
export function instant(text: string): Instant | undefined {
  const [, utc, sign, hours, minutes] = /T.*(?:(Z)|([+-])(\d\d):(\d\d))$/.exec(text) ?? []
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || (utc ?? sign) === undefined) return undefined
  if (utc !== undefined) return { ms, offset: 0 }
  return { ms, offset: (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE) }
}

/** The day on which this instant was, where the person was. */
export function dayOf({ ms, offset }: Instant): Day {
  return Math.floor((ms + offset - START) / DAY)
}

/**
 * Whole days from one day to another, and never less than none: a clock that was set back, or a flight to the west, makes a later
 * answer bear an earlier date, and then no day has gone by.
 */
export function daysBetween(from: Day, to: Day): number {
  return Math.max(0, to - from)
}

/** `2026-12-05` as a day; undefined when there is no such date. */
export function dayFrom(date: string): Day | undefined {
  const midnight = midnightOf(date)
  return midnight === undefined ? undefined : midnight / DAY
}

/** A day as `2026-12-05`. */
export function dateOf(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

function midnightOf(date: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // V8 takes 2026-02-30 for 2 March.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? undefined : ms
}
