const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const IMF = /^(\w{3}), (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/

/** What a text says when it is read as a date: seconds since 1970, or what is wrong with it. */
export interface Instant {
  readonly at?: number
  readonly fault?: string
}

/** Seconds since 1970 as an IMF-fixdate, like `Thu, 01 Jan 2026 00:00:00 GMT`. */
export function httpDate(at: number): string {
  return new Date(at * 1000).toUTCString()
}

/** The weekday of an instant, as HTTP writes it: `Thu`. */
export function weekday(at: number): string {
  return DAYS[new Date(at * 1000).getUTCDay()] ?? ''
}

/**
 * Reads an IMF-fixdate, the one form of an HTTP-date that may be sent (RFC 9110 §5.6.7), strictly: the day exists, and the
 * weekday is that of the day unless `anyWeekday` lets it pass.
 */
export function readHttpDate(
  text: string,
  { anyWeekday = false }: { readonly anyWeekday?: boolean } = {},
): Instant {
  const [, named, day, month, year, hour, minute, second] = IMF.exec(text) ?? []
  if (second === undefined) return { fault: 'not an IMF-fixdate' }
  const place = MONTHS.indexOf(month!)
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)]
  const date = new Date(Date.UTC(Number(year), place, Number(day), hours, minutes))
  const real =
    place >= 0 &&
    Number(year) >= 1000 &&
    date.getUTCDate() === Number(day) &&
    date.getUTCMonth() === place &&
    hours < 24 &&
    minutes < 60 &&
    seconds < 60
  if (!real) return { fault: 'no such day or time' }
  const at = date.getTime() / 1000 + seconds
  return anyWeekday || named === weekday(at)
    ? { at }
    : { fault: `${named}, but that day is a ${weekday(at)}` }
}
