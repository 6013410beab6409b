/** A calendar day of the person: how many days its date is after 1970-01-01. */
export type Day = number

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A day starts at 04:00 local time: who studies past midnight is still in the evening before. */
const START = 4 * HOUR

export interface Instant {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly ms: number
  /** Local time less UTC, in milliseconds. */
  readonly offset: number
}

const ISO =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:([Zz])|([+-])(\d\d):?(\d\d))$/

/**
 * Reads an instant with an offset, as RFC 3339 writes it. Undefined when it is none: without an offset nobody knows which day it
 * was. A leap second is the first second of the next minute.
 */
export function instant(text: string): Instant | undefined {
  const [, date, h, m, s, fraction = '', utc, sign, oh, om] = ISO.exec(text) ?? []
  if (date === undefined) return undefined
  const midnight = midnightOf(date)
  const [hour, minute, second] = [Number(h), Number(m), Number(s)]
  if (midnight === undefined || hour > 23 || minute > 59 || second > 60) return undefined
  if (utc === undefined && (Number(oh) > 23 || Number(om) > 59)) return undefined
  const offset =
    utc === undefined ? (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om)) * 60_000 : 0
  const local =
    midnight + hour * HOUR + minute * 60_000 + second * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  return { ms: local - offset, offset }
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
