/** A share between 0 and 1 as a person reads it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A number of things, with the plural where it is one: `1 topic`, `5 topics`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

/** A time as a person reads it, from a minute on without seconds: `40 seconds`, `12 minutes`, `3 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return count(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  return minutes < 60
    ? count(minutes, 'minute')
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
