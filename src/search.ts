import type { AsPlainObject, Options } from 'minisearch'
import { byScore, type Entry, type Hit, type Searcher } from './search/model.ts'
import { type Wanted, wanted } from './search/wanted.ts'
import { keywords, stem } from './search/words.ts'

export {
  type Entry,
  type Hit,
  type Searcher,
  type SearchOptions,
  searchAll,
} from './search/model.ts'
export type { Names } from './search/names.ts'
export { type Resolution, resolve } from './search/resolve.ts'

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

/** How much a word counts where it stands. Separate indexes, because BM25 compares lengths among documents of a kind. */
const CONCEPT_FIELDS = { title: 8, aliases: 7, gist: 2, body: 1 }
const QUESTION_FIELDS = { title: 1, body: 0.5 }

/** What a concept earns from the best question that tests it. */
const LENT = 0.3

/** The weight at which a word has half of its effect: about what it scores in a gist. */
const HALF = 2

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
  const vocabulary = new Set(
    [...index.concepts.index, ...index.questions.index].map(([term]) => term),
  )

  const hit = (place: number, score: number): Hit => {
    const [ref, type, title, gist] = index.entries[place]!
    return { ref, type, title, gist, score }
  }

  /** Place → score of the term that fits it best, over both indexes. */
  const scoresOf = (terms: Wanted['terms']): Map<number, number> => {
    const scores = new Map<number, number>()
    for (const [term, sure] of terms) {
      for (const { id, score } of [...concepts.search(term), ...questions.search(term)]) {
        scores.set(id, Math.max(score * sure, scores.get(id) ?? 0))
      }
    }
    return scores
  }

  return {
    search(query, { limit = Number.POSITIVE_INFINITY, types } = {}) {
      const totals = new Map<number, { score: number; matched: number }>()
      let asked = 0
      for (const { terms, weight } of wanted(query, vocabulary)) {
        const scores = scoresOf(terms)
        // A rare word tells more than a common one; a word found nowhere is the rarest.
        const rarity = Math.log(1 + index.entries.length / (scores.size + 0.5))
        asked += weight * rarity
        for (const [place, score] of scores) {
          const total = totals.get(place) ?? { score: 0, matched: 0 }
          const full = weight * rarity * saturated(score / rarity)
          totals.set(place, { score: total.score + full, matched: total.matched + weight * rarity })
        }
      }
      const scores = new Map<number, number>()
      for (const [place, { score, matched }] of totals) {
        scores.set(place, (score / asked) * (matched / asked))
      }
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

/** The same tokens whether a bank is indexed or opened; a query comes here as one token that is ready. */
function options(boost: Record<string, number>): Options {
  return {
    fields: Object.keys(boost),
    tokenize: text => keywords(text).map(stem),
    processTerm: term => term,
    searchOptions: { boost, tokenize: term => [term], bm25: { k: 1.2, b: 0.5, d: 0.5 } },
  }
}

/**
 * A word in the title is worth several in the body, but no single word is worth several others: what counts is how many
 * of the words fit. The curve is that of BM25F (Robertson, Zaragoza and Taylor, CIKM 2004), after the fields are added up.
 */
function saturated(score: number): number {
  return score / (score + HALF)
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
