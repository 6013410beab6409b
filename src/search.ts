import type { AsPlainObject, Options } from 'minisearch'
import { distance, tolerance } from './nearest.ts'
import { keywords, saying, stem } from './words.ts'

export { type Names, type Resolution, resolve } from './resolve.ts'

/** Something that can be found. */
export interface Entry {
  /** 'caching' for a topic, 'caching/no-cache' for a concept, 'caching/no-cache-reuse' for a question. */
  readonly ref: string
  readonly type: 'topic' | 'concept' | 'question'
  readonly title: string
  readonly aliases: readonly string[]
  readonly gist: string
  /** Everything else worth finding it by. */
  readonly body: string
  /** Refs of the concepts that a question tests, the main one first; empty for topics and concepts. */
  readonly concepts: readonly string[]
}

/** What was found, with a score that says how well it fits. Scores of one query compare, also between banks. */
export interface Hit {
  readonly ref: string
  readonly type: Entry['type']
  readonly title: string
  readonly gist: string
  readonly score: number
}

/** The compiled form of a bank's words: plain JSON. */
export interface SearchIndex {
  readonly entries: readonly Stored[]
  /** Of topics and concepts; document n is `entries[n]`. */
  readonly concepts: AsPlainObject
  /** Of questions; document n is `entries[n]`. */
  readonly questions: AsPlainObject
}

/** An entry as a row; `concepts` are positions among the entries. */
type Stored = readonly [
  ref: string,
  type: Entry['type'],
  title: string,
  gist: string,
  concepts: readonly number[],
]

export interface Searcher {
  /**
   * What fits the words, best first. A concept also earns from the questions that test it. A word that stands nowhere
   * in the bank is read as the beginning or a misspelling of words that do. Nothing fits: an empty list.
   */
  search(query: string, options?: { limit?: number; types?: readonly Entry['type'][] }): Hit[]
  /** The entry by its ref, with a score of 0. */
  entry(ref: string): Hit | undefined
}

/** Nobody reads a question of this many letters to a quiz; what follows is not looked at. */
export const LONGEST_QUERY = 300

/** How much a word counts where it stands. Separate indexes, because BM25 compares lengths among documents of a kind. */
const CONCEPT_FIELDS = { title: 8, aliases: 7, gist: 2, body: 1 }
const QUESTION_FIELDS = { title: 1, body: 0.5 }

/** What a concept earns from the best question that tests it. */
const LENT = 0.5

/** What a guess at a misspelt word is worth, compared with the word itself. */
const GUESSED = 0.6

/** Indexes what a bank holds. Questions are indexed by their prompt only, since what they teach is in the concepts. */
export async function buildIndex(entries: readonly Entry[]): Promise<SearchIndex> {
  const { default: MiniSearch } = await import('minisearch')
  const concepts = new MiniSearch<Entry & { id: number }>(options(CONCEPT_FIELDS))
  const questions = new MiniSearch<Entry & { id: number }>(options(QUESTION_FIELDS))
  const places = new Map(entries.map(({ ref }, place) => [ref, place]))
  entries.forEach((entry, id) => {
    ;(entry.type === 'question' ? questions : concepts).add({ ...entry, id })
  })
  return {
    entries: entries.map(({ ref, type, title, gist, concepts }) => [
      ref,
      type,
      title,
      gist,
      concepts.flatMap(tested => places.get(tested) ?? []),
    ]),
    concepts: concepts.toJSON(),
    questions: questions.toJSON(),
  }
}

/** Makes a compiled index ready to be searched. This is what loads the search engine. */
export async function openIndex(index: SearchIndex): Promise<Searcher> {
  const { default: MiniSearch } = await import('minisearch')
  const concepts = MiniSearch.loadJS(index.concepts, options(CONCEPT_FIELDS))
  const questions = MiniSearch.loadJS(index.questions, options(QUESTION_FIELDS))
  const places = new Map(index.entries.map(([ref], place) => [ref, place]))
  const vocabulary = new Set([...index.concepts.index, ...index.questions.index].map(([term]) => term))

  const hit = (place: number, score: number): Hit => {
    const [ref, type, title, gist] = index.entries[place]!
    return { ref, type, title, gist, score }
  }

  /** Place → score for one word of the query, over both indexes. */
  const scoresOf = (terms: readonly string[]): Map<number, number> => {
    const scores = new Map<number, number>()
    for (const engine of [concepts, questions]) {
      for (const term of terms) {
        for (const { id, score } of engine.search(term)) {
          scores.set(id, Math.max(score, scores.get(id) ?? 0))
        }
      }
    }
    return scores
  }

  return {
    search(query, { limit = Number.POSITIVE_INFINITY, types } = {}) {
      const words = [...new Set(wanted(query, vocabulary))]
      const totals = new Map<number, { score: number; matched: number }>()
      let asked = 0
      for (const word of words) {
        const known = vocabulary.has(word)
        const scores = scoresOf(known ? [word] : guesses(word, vocabulary))
        // A rare word tells more than a common one; a word found nowhere is the rarest.
        const rarity = Math.log(1 + index.entries.length / (scores.size + 0.5))
        asked += rarity
        for (const [place, score] of scores) {
          const total = totals.get(place) ?? { score: 0, matched: 0 }
          total.score += known ? score : score * GUESSED
          total.matched += known ? rarity : rarity * GUESSED
          totals.set(place, total)
        }
      }
      const scores = new Map<number, number>()
      for (const [place, { score, matched }] of totals) scores.set(place, (score * matched) / asked)
      lend(scores, index.entries)
      return [...scores]
        .map(([place, score]) => hit(place, score))
        .filter(({ type }) => types?.includes(type) ?? true)
        .sort(byScore)
        .slice(0, limit)
    },

    entry(ref) {
      const place = places.get(ref)
      return place === undefined ? undefined : hit(place, 0)
    },
  }
}

/** Searches several banks as one. Where two banks have an entry of the same ref, the later bank's stands. */
export function searchAll(
  searchers: readonly Searcher[],
  query: string,
  { limit = Number.POSITIVE_INFINITY, types }: { limit?: number; types?: readonly Entry['type'][] } = {},
): Hit[] {
  const hits = new Map<string, Hit>()
  for (const searcher of searchers) {
    for (const hit of searcher.search(query, types ? { types } : {})) hits.set(hit.ref, hit)
  }
  return [...hits.values()].sort(byScore).slice(0, limit)
}

/** The same tokens whether a bank is indexed or opened; a query comes here as one token that is ready. */
function options(boost: Record<string, number>): Options {
  return {
    fields: Object.keys(boost),
    tokenize: text => keywords(text).map(stem),
    processTerm: term => term,
    searchOptions: { boost, tokenize: term => [term], bm25: { k: 1.2, b: 0.5, d: 0.5 } },
  }
}

/** The stems to look for. What people call things is put in the bank's words if the bank does not say it their way. */
function wanted(query: string, vocabulary: ReadonlySet<string>): string[] {
  return keywords(query.slice(0, LONGEST_QUERY)).flatMap(word => {
    const said = vocabulary.has(stem(word)) ? undefined : saying(word)
    return said === undefined ? [stem(word)] : keywords(said).map(stem)
  })
}

/** The words of the bank that a word may have meant: those it begins, else those it is the fewest slips away from. */
function guesses(word: string, vocabulary: ReadonlySet<string>): string[] {
  // 410 is not a misspelt 401.
  if (word.length < 3 || /\d/.test(word)) return []
  const begun = [...vocabulary].filter(term => term.startsWith(word))
  if (begun.length > 0) return begun
  let fewest = tolerance(word)
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

/** A question that fits well speaks for the concepts it tests, most of all for the main one. */
function lend(scores: Map<number, number>, entries: readonly Stored[]): void {
  const lent = new Map<number, number>()
  for (const [place, score] of scores) {
    entries[place]![4].forEach((tested, rank) => {
      lent.set(tested, Math.max(score * (rank === 0 ? LENT : LENT / 2), lent.get(tested) ?? 0))
    })
  }
  for (const [place, score] of lent) scores.set(place, (scores.get(place) ?? 0) + score)
}

/** Equal scores are ordered by ref, so that the answer never depends on the order in a bank. */
function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)
}
