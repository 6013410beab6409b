import { distance } from '../nearest.ts'
import { faint, keywords, LONGEST_QUERY, saying, stem } from './words.ts'

/** One thing that the query asks for. */
export interface Wanted {
  /** The bank's terms that would be it, each with how sure that is, from 0 to 1. */
  readonly terms: ReadonlyMap<string, number>
  /** How much it counts in the query. */
  readonly weight: number
}

/** How sure a term is that somebody only may have meant: a misspelling, an unfinished word, another word for it. */
const GUESSED = 0.6

/** What a word counts that hardly says what is meant. */
const FAINTLY = 0.2

/** What a query asks for, in the terms of a bank. A word without any term is listed too: it was asked for in vain. */
export function wanted(query: string, vocabulary: ReadonlySet<string>): Wanted[] {
  const wants = new Map<string, Wanted>()
  const want = (term: string, terms: ReadonlyMap<string, number>, weight: number) =>
    wants.has(term) || wants.set(term, { terms, weight })

  for (const word of keywords(query.slice(0, LONGEST_QUERY))) {
    const term = stem(word)
    const said = keywords(saying(word) ?? '').map(stem)
    const known = vocabulary.has(term)
    // A saying of several words stands for the word only if the bank does not have the word itself.
    if (!known && said.length > 0) for (const it of said) want(it, new Map([[it, 1]]), 1)
    else {
      const terms = new Map((known ? said : guesses(term, vocabulary)).map(it => [it, GUESSED]))
      if (known) terms.set(term, 1)
      want(term, terms, faint(word) ? FAINTLY : 1)
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
    const slips = distance(word, term, fewest)
    if (slips < fewest) found = []
    if (slips <= fewest) {
      found.push(term)
      fewest = slips
    }
  }
  return found
}
