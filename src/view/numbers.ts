/** A share between 0 and 1 as a person reads it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A number of things, with the plural where it is one: `1 topic`, `5 topics`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}
