import { keywords, stem } from './words.ts'

/** Every id, title and alias as `normalise` gives it → the refs it names; in a Map or as parsed from JSON. */
export type Names =
  | ReadonlyMap<string, readonly string[]>
  | Readonly<Record<string, readonly string[]>>

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
  const map: ReadonlyMap<string, readonly string[]> =
    names instanceof Map ? names : new Map(Object.entries(names))
  // Most questions are decided without these, and each is a walk through all names.
  const lazy = <T>(make: () => T) => {
    let made: T | undefined
    return () => (made ??= make())
  }
  const under = (...roots: ((words: readonly string[]) => string)[]) =>
    lazy(() => {
      const found = new Map<string, Set<string>>()
      for (const [key, refs] of map) {
        for (const root of roots.map(rootOf => rootOf(key.split(' ')))) {
          found.set(root, new Set([...(found.get(root) ?? []), ...refs]))
        }
      }
      return found
    })
  const joined = under(forms, words => words.join(''))
  const telling = under(words => forms(keywords(words.join(' '))))
  const used = lazy(() => new Set([...map.keys()].flatMap(key => key.split(' '))))
  return {
    keys: [...map.keys()],
    get: key => preferred(map.get(key)),
    within(name, key) {
      const topics = map.get(name)?.filter(ref => !inside(ref)) ?? []
      const refs = map.get(key)?.filter(ref => topics.some(topic => ref.startsWith(`${topic}/`)))
      return preferred(refs)
    },
    loosely: words =>
      preferred(joined().get(forms(words)) ?? joined().get(words.join(''))) ??
      preferred(telling().get(forms(keywords(words.join(' '))))),
    uses: word => used().has(word),
  }
}

function forms(words: readonly string[]): string {
  return words.map(stem).join('')
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
