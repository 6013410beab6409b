/** Something that can be found. */
export interface Entry {
  /** 'caching' for a topic, 'caching/no-cache' for a concept, 'caching/no-cache-reuse' for a question. */
  readonly ref: string
  readonly type: 'topic' | 'concept' | 'question'
  readonly title: string
  readonly aliases: readonly string[]
  readonly gist: string
  /** Everything else worth finding it by; of a question the whole prompt, since its title may be cut. */
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

export interface SearchOptions {
  /** At most so many hits. */
  readonly limit?: number
  /** Only entries of these types. */
  readonly types?: readonly Entry['type'][]
}

export interface Searcher {
  /**
   * What fits the words, best first. A concept also earns from the questions that test it. A word that stands nowhere
   * in the bank is read as the beginning or a misspelling of words that do. Nothing fits: an empty list.
   */
  search(query: string, options?: SearchOptions): Hit[]
  /** The entry by its ref, with a score of 0. */
  entry(ref: string): Hit | undefined
}

/** Searches several banks as one. Where two banks have an entry of the same ref, the later bank's stands. */
export function searchAll(
  searchers: readonly Searcher[],
  query: string,
  { limit = Number.POSITIVE_INFINITY, types }: SearchOptions = {},
): Hit[] {
  const hits = new Map<string, Hit>()
  for (const searcher of searchers) {
    for (const hit of searcher.search(query, types ? { types } : {})) hits.set(hit.ref, hit)
  }
  return [...hits.values()].sort(byScore).slice(0, limit)
}

/** Best first. Equal scores are ordered by ref, so that the answer never depends on the order in a bank. */
export function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)
}
