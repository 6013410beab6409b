import { distance } from '../nearest.ts'
import { keywords, LONGEST_QUERY, saying, stem } from './words.ts'

/** One thing that a query asks for: the bank's terms that would be it, each with how sure that is, from 0 to 1. */
export type Wanted = ReadonlyMap<string, number>

/** How sure a term is that somebody only may have meant: a misspelling or an unfinished word. */
const GUESSED = 0.6

/** How sure it is that another word for it would do, if the bank has the word itself. */
const SAID = 0.4

/** What a query asks for, in the terms of a bank. A word without any term is listed too: it was asked for in vain. */
export function wanted(query: string, vocabulary: ReadonlySet<string>): Wanted[] {
  const wants = new Map<string, Wanted>()
  for (const word of keywords(query.slice(0, LONGEST_QUERY))) {
    const term = stem(word)
    const said = keywords(saying(word) ?? '').map(stem)
    if (vocabulary.has(term)) {
      wants.set(term, new Map([...said.map(it => [it, SAID] as const), [term, 1]]))
    } else if (said.length > 0) {
      for (const it of said) wants.set(it, new Map([[it, 1]]))
    } else {
      wants.set(term, new Map(guesses(term, vocabulary).map(it => [it, GUESSED])))
    }
  }
  return [...wants.values()]
}

/** The terms that a word may have meant: those it begins, else those it is the fewest slips away from. */
function guesses(word: string, vocabulary: ReadonlySet<string>): string[] {
  // 410 is not a misspelt 401.
  if (word.length < 3 || /\d/.test(word)) return []
  const begun = [...vocabulary].filter(term => term.startsWith(word))
  if (begun.length > 0) return begun
  // Stricter than for names, since a stem has lost its ending: one slip in every four letters.
  let fewest = Math.floor(word.length / 4)
  let found: string[] = []
  for (const term of vocabulary) {
    if (Math.abs(term.length - word.length) > fewest) continue
    const slips = distance(word, term, fewest)
    if (slips < fewest) found = []
    if (slips <= fewest) {
      found.push(term)
      fewest = slips
    }
  }
  return found
}
