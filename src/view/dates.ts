import { type Day, dateOf } from '../memory/day.ts'

/** A week begins with Monday (ISO 8601). */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Sat 21 Nov`, and the year if wanted. */
export function dayName(day: Day, year?: 'year'): string {
  const date = new Date(`${dateOf(day)}T00:00Z`)
  const name = `${WEEKDAYS[(date.getUTCDay() + 6) % 7]} ${date.getUTCDate()} ${monthName(day)}`
  return year === undefined ? name : `${name} ${date.getUTCFullYear()}`
}

/** Whether to name the year of a day: not within six months, where nobody mistakes it. */
export function yearOf(day: Day, today: Day): 'year' | undefined {
  return Math.abs(day - today) > 182 ? 'year' : undefined
}

/** `Nov`. */
export function monthName(day: Day): string {
  return MONTHS[Number(dateOf(day).slice(5, 7)) - 1]!
}

/** How far a day is from today: `today`, `tomorrow`, `in 14 days`, `yesterday`, `3 days ago`. */
export function distance(day: Day, today: Day): string {
  const days = day - today
  if (days === 0) return 'today'
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}
