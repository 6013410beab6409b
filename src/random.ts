/** A source of numbers in [0, 1). The same seed gives the same numbers on every platform. */
export type Random = () => number

/**
 * A seeded generator: mulberry32 (Tommy Ettinger, public domain), 32 bits of state, good enough to shuffle with.
 * `parts` are mixed into the seed, so that each question has a shuffle of its own.
 */
export function seeded(seed: number, ...parts: readonly (string | number)[]): Random {
  let state = hash(`${seed}|${parts.join('|')}`)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A shuffled copy, every order equally likely (Fisher–Yates, as in Knuth, TAOCP vol. 2, 3.4.2, algorithm P). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const out = [...items]
  shuffle(random, out)
  return out
}

/** The numbers below `count`, shuffled the same way. */
export function permuted(random: Random, count: number): Int32Array {
  const out = new Int32Array(count)
  for (let it = 0; it < count; it++) out[it] = it
  shuffle(random, out)
  return out
}

function shuffle<T>(random: Random, items: { readonly length: number; [place: number]: T }): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const last = items[i]!
    items[i] = items[j]!
    items[j] = last
  }
}

/** 32-bit FNV-1a over UTF-16 code units (Fowler, Noll, Vo). */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  return h >>> 0
}
