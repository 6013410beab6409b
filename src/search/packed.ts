/** Field → document → how often the term stands there, as MiniSearch writes and reads it. */
type Postings = Record<string, Record<string, number>>

/**
 * An inverted index, one line a term: `cach 0 5 1 12 2|3 7 1` says that `cach` stands in field 0 of document 5 once and of
 * 12 twice, and in field 3 of document 7 once. Lines are quick to parse as JSON and are read only for terms that somebody
 * asks for; building the whole index of the built-in banks takes longer than starting Node.
 */
export type Lines = readonly string[]

export function packed(index: readonly (readonly [term: string, postings: Postings])[]): Lines {
  return index.map(([term, postings]) => {
    const fields = Object.entries(postings).map(([field, documents]) =>
      [field, ...Object.entries(documents).flat()].join(' '),
    )
    return `${term} ${fields.join('|')}`
  })
}

/** Each line by its term. */
export function byTerm(lines: Lines): Map<string, string> {
  return new Map(lines.map(line => [line.slice(0, line.indexOf(' ')), line]))
}

export function unpacked(line: string): [term: string, postings: Postings] {
  const at = line.indexOf(' ')
  const postings: Postings = {}
  for (const part of line.slice(at + 1).split('|')) {
    const [field, ...counts] = part.split(' ')
    const documents: Record<string, number> = {}
    for (let i = 0; i < counts.length; i += 2) documents[counts[i]!] = Number(counts[i + 1])
    postings[field!] = documents
  }
  return [line.slice(0, at), postings]
}
