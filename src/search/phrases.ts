import type { Entry } from './model.ts'
import type { Wanted } from './wanted.ts'
import { keywords, stem } from './words.ts'

/**
 * The names of each entry as terms, a name a line: `requ drop deploy`. Words in the right company say more than the same
 * words here and there, which is all that counting words can see.
 */
export type Phrases = readonly string[]

export function phrasesOf({ type, ref, title, aliases }: Entry): string {
  // The title of a question is the beginning of its prompt, and no name.
  if (type === 'question') return ''
  const names = [ref.slice(ref.indexOf('/') + 1), title, ...aliases]
  return [...new Set(names.map(name => [...new Set(keywords(name).map(stem))].join(' ')))].join(
    '\n',
  )
}

/**
 * Tells how much of a query and of a name is the same, for the entries of which anything is: 1 when they agree word for word.
 * Rare words count for more (Jaccard's index, weighted by inverse document frequency).
 */
export function openPhrases(phrases: Phrases): (wants: readonly Wanted[]) => Map<number, number> {
  const names = phrases.flatMap((lines, place): Name[] =>
    lines === '' ? [] : lines.split('\n').map(line => ({ place, terms: line.split(' ') })),
  )
  const frequency = new Map<string, number>()
  for (const { terms } of names) {
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  }
  const rarity = (term: string) => Math.log(1 + names.length / ((frequency.get(term) ?? 0) + 0.5))
  return wants => likeness(wants, names, rarity)
}

interface Name {
  readonly place: number
  readonly terms: readonly string[]
}

function likeness(
  wants: readonly Wanted[],
  names: readonly Name[],
  rarity: (term: string) => number,
): Map<number, number> {
  const best = (want: Wanted) => Math.min(...[...want.keys()].map(rarity), rarity(''))
  const asked = wants.reduce((sum, want) => sum + best(want), 0)
  const sure = new Map<string, number>()
  for (const want of wants) {
    for (const [term, it] of want) sure.set(term, Math.max(it, sure.get(term) ?? 0))
  }

  const out = new Map<number, number>()
  for (const { place, terms } of names) {
    if (!terms.some(term => sure.has(term))) continue
    let both = 0
    let either = asked
    for (const term of terms) {
      const weight = rarity(term)
      const same = weight * (sure.get(term) ?? 0)
      both += same
      either += weight - same
    }
    out.set(place, Math.max(Math.min(1, both / either), out.get(place) ?? 0))
  }
  return out
}
