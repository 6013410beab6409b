import { stem, tellingOf } from './words.ts'

/** What names mean: every id, title and alias as `normalise` gives it → the refs it names. */
export interface Names {
  get(name: string): readonly string[] | undefined
  keys(): Iterable<string>
  /** What the names of this form name; see `formsOf`. */
  alike(form: string): readonly string[] | undefined
}

/** The forms of a name, by which it is found when endings, spaces (`=`) and also words of asking (`~`) do not count. */
export function formsOf(name: string): string[] {
  const words = name.split(' ')
  return [...new Set([`=${stemmed(words)}`, `=${words.join('')}`, `~${stemmed(tellingOf(name))}`])]
}

function stemmed(words: readonly string[]): string {
  return words.map(stem).join('')
}

/** The names of a bank, ready for being asked in several ways. */
export interface Book {
  readonly keys: readonly string[]
  /** What is called exactly that. */
  get(key: string): readonly string[] | undefined
  /** The same, but what lies in the topic that `name` names. */
  within(name: string, key: string): readonly string[] | undefined
  /** The refs whose names come to the same when forms, spaces and words of asking do not count. */
  loosely(words: readonly string[]): readonly string[] | undefined
  /** The word is part of some name. */
  uses(word: string): boolean
}

/** Reads the names once for one query. */
export function openNames(names: Names): Book {
  // Most questions are decided without what follows, and each is a walk through all names.
  const lazy = <T>(make: () => T) => {
    let made: T | undefined
    return () => (made ??= make())
  }
  const keys = lazy(() => [...names.keys()])
  const used = lazy(() => new Set(keys().join(' ').split(' ')))
  const alike = (form: string) => preferred(names.alike(form))
  return {
    get keys() {
      return keys()
    },
    get: key => preferred(names.get(key)),
    within(name, key) {
      const topics = names.get(name)?.filter(ref => !inside(ref)) ?? []
      const refs = names.get(key)?.filter(ref => topics.some(topic => ref.startsWith(`${topic}/`)))
      return preferred(refs)
    },
    loosely: words =>
      alike(`=${stemmed(words)}`) ??
      alike(`=${words.join('')}`) ??
      alike(`~${stemmed(tellingOf(words.join(' ')))}`),
    uses: word => used().has(word),
  }
}

/** Where a topic and a concept share a name, the concept is meant: it is what can be explained. */
function preferred(refs: Iterable<string> | undefined): readonly string[] | undefined {
  const all = [...new Set(refs)]
  const concepts = all.filter(inside)
  const found = concepts.length > 0 ? concepts : all
  return found.length > 0 ? found : undefined
}

/** It lies in a topic, and is not one. */
export function inside(ref: string): boolean {
  return ref.includes('/')
}
