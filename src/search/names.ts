import { stem, tellingOf } from './words.ts'

/** What names mean: every id, title and alias as `normalise` gives it → the refs it names. A Map is one too. */
export interface Names {
  get(name: string): readonly string[] | undefined
  keys(): Iterable<string>
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
  // Names share most of their words.
  const stems = new Map<string, string>()
  const stemmed = (word: string) => {
    const known = stems.get(word) ?? stem(word)
    stems.set(word, known)
    return known
  }
  const forms = (words: readonly string[]) => words.map(stemmed).join('')
  /** The names that come to the same by one of the ways of looking at them. */
  const under = (...roots: ((words: readonly string[], key: string) => string)[]) =>
    lazy(() => {
      const found = new Map<string, string[]>()
      for (const key of keys()) {
        const words = key.split(' ')
        for (const rootOf of roots) {
          const root = rootOf(words, key)
          const same = found.get(root)
          if (same === undefined) found.set(root, [key])
          else same.push(key)
        }
      }
      return found
    })
  const joined = under(forms, words => words.join(''))
  const telling = under((_, key) => forms(tellingOf(key)))
  const used = lazy(() => new Set(keys().join(' ').split(' ')))
  const named = (same: readonly string[] | undefined) =>
    preferred(same?.flatMap(key => names.get(key) ?? []))
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
      named(joined().get(forms(words)) ?? joined().get(words.join(''))) ??
      named(telling().get(forms(tellingOf(words.join(' '))))),
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
