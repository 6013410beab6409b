import { named, trimmed } from './named.ts'
import { type Book, inside, preferred } from './names.ts'
import { mistyped } from './slip.ts'
import { asks, kind, split } from './words.ts'

/** Words that announce a comparison. */
export const MARKED =
  /\b(?:compare|comparison|differences?|differs?|different|distinguish|distinction|vs|versus)\b/i
const SIDES = /\s+(?:vs\.?|v\.?|versus|against|compared (?:to|with))\s+/i
const SIDES_AND_LISTS =
  /\s+(?:vs\.?|v\.?|versus|against|or|and)\s+|\s*[,;&|]\s*|\s+\/\s+|(?<=\d)\/(?=\d)/i
const SIDES_WHEN_MARKED =
  /\s+(?:vs\.?|versus|against|or|and|from|with|to)\s+|\s*[,;&|]\s*|\s*\/\s*/i

/** The refs on each side of a comparison, in the order they were named; nothing unless every side names one concept. */
export function compared(text: string, book: Book): string[] | undefined {
  const marked = MARKED.test(text)
  for (const between of [SIDES, SIDES_AND_LISTS, ...(marked ? [SIDES_WHEN_MARKED] : [])]) {
    const sides = text
      .split(between)
      .map(split)
      .filter(words => words.some(word => !asks(word)))
    if (sides.length < 2 || sides.length > 8) continue
    const refs = new Set(sides.map(side => sided(side, sides.at(-1)!, book)))
    if (refs.size > 1 && !refs.has(undefined)) return [...refs] as string[]
  }
  const numbers = split(text).filter(word => !asks(word) && !kind(word))
  const refs = new Set(numbers.map(word => (/^\d+$/.test(word) ? book.get(word)?.[0] : undefined)))
  return refs.size > 1 && !refs.has(undefined) ? ([...refs] as string[]) : undefined
}

/** What comes after these is a circumstance: '401 or 403 for an expired token'. */
const CIRCUMSTANCE = /^(?:for|when|in|if|on|after|during|while|with)$/

/** The concept that one side of a comparison names. */
function sided(side: readonly string[], last: readonly string[], book: Book): string | undefined {
  const cut = side.findIndex(
    (word, at) => at > 0 && CIRCUMSTANCE.test(word) && !asks(side[at - 1]!),
  )
  const core = trimmed(cut > 0 ? side.slice(0, cut) : side, asks).at(-1)!
  const single = (refs: readonly string[] | undefined) =>
    refs?.length === 1 && inside(refs[0]!) ? refs[0] : undefined
  const exact = single(named(side, book)) ?? single(named(core, book))
  if (exact) return exact
  // 'liveness and readiness probes': the last word is said once and meant for both.
  for (let at = 1; at < last.length; at++) {
    const shared = single(named([...core, ...last.slice(at)], book))
    if (shared) return shared
  }
  const start = `${core.join(' ')} `
  const begun = preferred(
    book.keys.filter(key => key.startsWith(start)).flatMap(key => book.get(key) ?? []),
  )
  return single(begun) ?? mistyped(core, book)
}
