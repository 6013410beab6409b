import type { Remembered } from './memory.ts'

type Past = Pick<Remembered, 'reviews' | 'misses' | 'missesInARow'>

/** A question that is missed again and again: three times in a row, or four times and more than half of the time. */
export function isLeech({ reviews, misses, missesInARow }: Past): boolean {
  return isMissedOften(reviews, misses, missesInARow)
}

/** The same of numbers, for who goes through columns. */
export function isMissedOften(reviews: number, misses: number, missesInARow: number): boolean {
  return missesInARow >= 3 || (misses >= 4 && misses > reviews / 2)
}

/** What is to be said of a question that is missed again and again. */
export interface Leech {
  /** How often it was missed, this time included. */
  readonly misses: number
  /** The wrong choice that was taken most often: its position as written, and how often, this time included. */
  readonly mistake?: { readonly option: number; readonly times: number }
}

/**
 * What to say after a miss; undefined where the question is no leech. `wrong` are the positions of the wrong choices and `taken` of
 * those taken now; `mistaken` is how often each choice was taken before, by its key as written, when the answer was not right.
 */
export function leechAfterMiss(
  { reviews, misses, missesInARow }: Past,
  wrong: readonly number[],
  taken: readonly number[],
  mistaken: () => ReadonlyMap<string, number> | undefined,
): Leech | undefined {
  const now = { reviews: reviews + 1, misses: misses + 1, missesInARow: missesInARow + 1 }
  if (!isLeech(now)) return undefined
  const times = new Map(taken.map(it => [it, 1]))
  for (const [key, before] of mistaken() ?? []) {
    const option = key.length === 1 ? key.charCodeAt(0) - 'a'.charCodeAt(0) : -1
    // Who picks several may have picked a right one among them.
    if (wrong.includes(option)) times.set(option, (times.get(option) ?? 0) + before)
  }
  // Of those taken equally often, the one that was taken now.
  const [most] = [...times].sort(([, a], [, b]) => b - a)
  return {
    misses: now.misses,
    ...(most !== undefined && { mistake: { option: most[0], times: most[1] } }),
  }
}
