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
  // Most questions are decided without these two, and each is a walk through all names.
  let loose: Map<string, Set<string>> | undefined
  let used: Set<string> | undefined
  return {
    keys: [...map.keys()],
    get: key => preferred(map.get(key)),
    within(name, key) {
      const topics = map.get(name)?.filter(ref => !inside(ref)) ?? []
      const refs = map.get(key)?.filter(ref => topics.some(topic => ref.startsWith(`${topic}/`)))
      return preferred(refs)
    },
    loosely(words) {
      if (!loose) {
        loose = new Map()
        for (const [key, refs] of map) {
          for (const root of [rootOf(key.split(' ')), key.replaceAll(' ', '')]) {
            loose.set(root, new Set([...(loose.get(root) ?? []), ...refs]))
          }
        }
      }
      return preferred(loose.get(rootOf(words)) ?? loose.get(words.join('')))
    },
    uses(word) {
      used ??= new Set([...map.keys()].flatMap(key => key.split(' ')))
      return used.has(word)
    },
  }
}

/** Where a topic and a concept share a name, the concept is meant: it is what can be explained. */
export function preferred(refs: Iterable<string> | undefined): readonly string[] | undefined {
  const all = [...new Set(refs)]
  const concepts = all.filter(inside)
  const found = concepts.length > 0 ? concepts : all
  return found.length > 0 ? found : undefined
}

/** It lies in a topic, and is not one. */
export function inside(ref: string): boolean {
  return ref.includes('/')
}

function rootOf(words: readonly string[]): string {
  return keywords(words.join(' ')).map(stem).join('')
}
