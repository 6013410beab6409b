import type MiniSearch from 'minisearch'
import type { AsPlainObject, Options } from 'minisearch'
import { byScore, type Entry, type Hit, type Searcher } from './search/model.ts'
import { byTerm, type Lines, packed, unpacked } from './search/packed.ts'
import { openPhrases, type Phrases, phrasesOf } from './search/phrases.ts'
import { type Wanted, wanted } from './search/wanted.ts'
import { keywords, stem } from './search/words.ts'

export { type Entry, type Searcher, searchAll } from './search/model.ts'
export { type Resolution, resolve } from './search/resolve.ts'

/** The compiled form of a bank's words: plain JSON. */
export interface SearchIndex {
  readonly entries: readonly Stored[]
  /** What each entry is called. */
  readonly phrases: Phrases
  readonly concepts: Words
  readonly questions: Words
}

/** A MiniSearch index whose document n is `entries[n]`. */
interface Words {
  readonly lines: Lines
  readonly rest: Omit<AsPlainObject, 'index'>
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
const QUESTION_FIELDS = { body: 1 }

/** What a concept earns from the best question that tests it. */
const LENT = 0.3

/** What an entry earns that is called exactly what was asked for. */
const CALLED = 0.8

/** The weight at which a word has half of its effect: about what it scores in a gist. */
const HALF = 3

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
    phrases: entries.map(phrasesOf),
    concepts: wordsOf(concepts.toJSON()),
    questions: wordsOf(questions.toJSON()),
  }
}

function wordsOf({ index, ...rest }: AsPlainObject): Words {
  return { lines: packed(index), rest }
}

/** Makes a compiled index ready to be searched. This is what loads the search engine. */
export async function openIndex(index: SearchIndex): Promise<Searcher> {
  const { default: MiniSearch } = await import('minisearch')
  const sources = [
    { ...index.concepts, terms: byTerm(index.concepts.lines), fields: CONCEPT_FIELDS },
    { ...index.questions, terms: byTerm(index.questions.lines), fields: QUESTION_FIELDS },
  ]
  const places = new Map(index.entries.map(([ref], place) => [ref, place]))
  const likeness = openPhrases(index.phrases)
  const vocabulary = new Set(sources.flatMap(({ terms }) => [...terms.keys()]))

  const hit = (place: number, score: number): Hit => {
    const [ref, type, title, gist] = index.entries[place]!
    return { ref, type, title, gist, score }
  }

  /** An engine for each source that knows the terms wanted, and no other. */
  const engines = (wants: readonly Wanted[]) =>
    sources.map(({ rest, terms, fields }) => {
      const lines = new Set(wants.flatMap(want => [...want.keys()].map(term => terms.get(term))))
      const known = [...lines].flatMap(line => (line === undefined ? [] : [unpacked(line)]))
      return MiniSearch.loadJS({ ...rest, index: known }, options(fields))
    })

  return {
    search(query, { limit = Number.POSITIVE_INFINITY, types } = {}) {
      const totals = new Map<number, { score: number; matched: number }>()
      let asked = 0
      const wants = wanted(query, vocabulary)
      const ready = engines(wants)
      for (const want of wants) {
        const scores = scoresOf(want, ready)
        // A rare word tells more than a common one; a word found nowhere is the rarest.
        const rarity = Math.log(1 + index.entries.length / (scores.size + 0.5))
        asked += rarity
        for (const [place, score] of scores) {
          const total = totals.get(place) ?? { score: 0, matched: 0 }
          totals.set(place, {
            score: total.score + rarity * saturated(score / rarity),
            matched: total.matched + rarity,
          })
        }
      }
      const scores = new Map<number, number>()
      for (const [place, { score, matched }] of totals) {
        scores.set(place, (score / asked) * (matched / asked))
      }
      lend(scores, index.entries)
      for (const [place, share] of likeness(wants)) {
        scores.set(place, (scores.get(place) ?? 0) + CALLED * share)
      }
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

/** Place → score of the term that fits it best. */
function scoresOf(want: Wanted, engines: readonly MiniSearch[]): Map<number, number> {
  const scores = new Map<number, number>()
  for (const [term, sure] of want) {
    for (const { id, score } of engines.flatMap(engine => engine.search(term))) {
      scores.set(id, Math.max(score * sure, scores.get(id) ?? 0))
    }
  }
  return scores
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
