/**
 * How many single-letter slips separate two words: insertions, deletions, substitutions and swaps of neighbours.
 *
 * This is the optimal string alignment distance: the edits of F. J. Damerau (CACM 7(3), 1964) in the table of
 * R. A. Wagner and M. J. Fischer (JACM 21(1), 1974), where no letter is edited twice. M. van der Loo (The R Journal 6(1),
 * 2014) tells it apart from the unrestricted distance; it is symmetric, but the triangle inequality may fail.
 *
 * Above `limit` the answer is `limit + 1`, found without filling in the rest of the table.
 */
export function distance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  const from = [...a]
  const to = [...b]
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    // A swap reaches back two rows, but the row before this one is at most one cheaper: no way back under the limit.
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return Math.min(last[to.length]!, limit + 1)
}

/** How far a word of this length may be from what was meant: one slip in a short word, three in a long one. */
export function tolerance(word: string): number {
  return word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3
}

/** Nobody mistypes a longer word, and comparing with everything would take noticeable time. */
const LONGEST = 100

/**
 * The names that a mistyped word may have meant, best first, at most `count`; empty when nothing is near. Names are
 * compared as `normalise` sees them and returned as they were given. A name that begins with the word is near: somebody
 * stopped typing.
 */
export function nearest(word: string, names: Iterable<string>, count = 3): string[] {
  const meant = normalise(word)
  if (meant === '' || meant.length > LONGEST) return []
  const limit = tolerance(meant)
  const near: { name: string; slips: number; extra: number }[] = []
  for (const name of new Set(names)) {
    const key = normalise(name)
    const slips = distance(meant, key, limit)
    const begun = meant.length > 1 && key.startsWith(meant)
    if (slips > limit && !begun) continue
    // An unfinished word is a likelier story than two slips, and a less likely one than a single slip.
    near.push({
      name,
      slips: begun ? Math.min(slips, 1.5) : slips,
      extra: key.length - meant.length,
    })
  }
  near.sort(
    (a, b) => a.slips - b.slips || Math.abs(a.extra) - Math.abs(b.extra) || order(a.name, b.name),
  )
  return near.slice(0, Math.max(0, count)).map(({ name }) => name)
}

/**
 * The key under which a name is found, whatever way somebody writes it: `Cache-Control`, `cache control` and
 * `cache_control` are one name, and so are `Little's law` and `littles law`. Applying it twice changes nothing.
 */
export function normalise(name: string): string {
  // Nearly all names are ASCII, and making ready to look for all letters of Unicode takes a millisecond.
  if (/^[ -~]*$/.test(name)) {
    return name
      .toLowerCase()
      .replaceAll("'", '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  }
  return name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/['’\p{Cf}]/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}

/** The same on every machine, unlike localeCompare. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
