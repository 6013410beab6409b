import { named, trimmed } from './named.ts'
import { type Book, inside } from './names.ts'
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
    const refs = new Set(compare(sides, book))
    if (refs.size > 1 && !refs.has(undefined)) return [...refs] as string[]
  }
  const numbers = split(text).filter(word => !asks(word) && !kind(word))
  const refs = new Set(numbers.map(word => (/^\d+$/.test(word) ? book.get(word)?.[0] : undefined)))
  return refs.size > 1 && !refs.has(undefined) ? ([...refs] as string[]) : undefined
}

/** What comes after these is a circumstance: '401 or 403 for an expired token'. */
const CIRCUMSTANCE = /^(?:for|when|in|if|on|after|during|while|with)$/

/** The concept that each side names. */
function compare(sides: readonly (readonly string[])[], book: Book): (string | undefined)[] {
  const cores = sides.map(core)
  const refs = sides.map((side, at) => single(named(side, book)) ?? single(named(cores[at]!, book)))
  if (!refs.includes(undefined)) return refs
  // 'liveness and readiness probes' says once what is meant twice, 'liveness or readiness' not at all.
  for (const tail of [...ends(cores.at(-1)!), ...tails(cores[0]!, book)]) {
    const completed = cores.map((core, at) => refs[at] ?? single(named([...core, ...tail], book)))
    if (!completed.includes(undefined)) return completed
  }
  return refs.map((ref, at) => ref ?? single([mistyped(cores[at]!, book) ?? ''].filter(Boolean)))
}

/** A side without words of asking and circumstances. */
function core(side: readonly string[]): readonly string[] {
  const cut = side.findIndex(
    (word, at) => at > 0 && CIRCUMSTANCE.test(word) && !asks(side[at - 1]!),
  )
  return trimmed(cut > 0 ? side.slice(0, cut) : side, asks).at(-1)!
}

function single(refs: readonly string[] | undefined): string | undefined {
  return refs?.length === 1 && inside(refs[0]!) ? refs[0] : undefined
}

/** What the words end in, the longest first. */
function ends(words: readonly string[]): string[][] {
  return words.slice(1).map((_, at) => words.slice(at + 1))
}

/** How names go on that begin with the words. */
function tails(words: readonly string[], book: Book): string[][] {
  const start = `${words.join(' ')} `
  return book.keys.filter(key => key.startsWith(start)).map(key => split(key.slice(start.length)))
}
