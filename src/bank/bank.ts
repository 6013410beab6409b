import type { Names } from '../search/names.ts'
import { Candidates, candidatesFrom, candidatesOf, type OfTopic } from './candidates.ts'
import { once } from './columns.ts'
import type { Known } from './compile.ts'
import type { Labs } from './lab-question.ts'
import type { Concept, Question, Topic } from './model.ts'
import { namesIn, refsOf } from './names.ts'
import { type TopicEntry, tally } from './parts.ts'
import type { Store } from './store.ts'

/**
 * All that was loaded: several compiled banks seen as one. A later bank adds to an earlier topic, and where both have an item
 * of the same id, the later bank's stands.
 */
export interface Bank {
  readonly stores: readonly Store[]
  topics(): readonly TopicEntry[]
  /** Every id, title and alias, normalised → what it names. */
  names(): Names
  topic(id: string): Topic | undefined
  concept(id: string): Concept | undefined
  candidates(topics?: readonly string[]): Candidates
  /** Ids that questions had before and none has now → their present ids. */
  renames(): ReadonlyMap<string, string>
  /** What a concept is confused with, both ways. */
  confusions(): ReadonlyMap<string, ReadonlySet<string>>
  /** Questions by id, in the order asked for; ids that do not exist are left out. */
  questions(ids: readonly string[]): readonly Question[]
}

export function openBank(stores: readonly Store[]): Bank {
  const all = once(() => candidatesIn(stores))
  return {
    stores,

    topics() {
      const out = new Map<string, TopicEntry>()
      const several = new Set<string>()
      for (const it of stores.flatMap(store => store.index().topics)) {
        if (out.has(it.id)) several.add(it.id)
        else out.set(it.id, it)
      }
      // What one bank replaces in another counts once, which only the items themselves tell.
      for (const id of several) {
        const asked = this.candidates([id])
        out.set(id, {
          ...out.get(id)!,
          concepts: this.topic(id)?.concepts.length ?? 0,
          questions: asked.length,
          levels: tally(Array.from(asked, it => it.level)),
          kinds: tally(Array.from(asked, it => it.kind)),
        })
      }
      return [...out.values()]
    },

    names() {
      const named = (lines: readonly Buffer[], name: string) => {
        const refs = lines.flatMap(it => refsOf(it, name))
        return refs.length > 0 ? [...new Set(refs)] : undefined
      }
      const names = stores.map(it => it.names())
      const told = new Map<string, readonly string[] | undefined>()
      return {
        get(name) {
          if (!told.has(name)) told.set(name, named(names, name))
          return told.get(name)
        },
        keys: () => new Set(names.flatMap(namesIn).map(([name]) => name)),
        alike: form =>
          named(
            stores.map(it => it.forms()),
            form,
          ),
      }
    },

    topic(id) {
      let out: Topic | undefined
      for (const store of stores) {
        const it = store.topic(id)
        if (it === undefined) continue
        out =
          out === undefined
            ? it
            : {
                ...out,
                concepts: overlaid(out.concepts, it.concepts, c => c.id),
                sheet: overlaid(out.sheet, it.sheet, s => s.title),
              }
      }
      return out
    },

    concept(id) {
      for (const store of stores.toReversed()) {
        const found = store.concept(id)
        if (found !== undefined) return found
      }
      return undefined
    },

    candidates: topics => (topics === undefined ? all() : candidatesIn(stores, topics)),

    renames() {
      const columns = stores.flatMap(it => it.catalogue().topics)
      const out = new Map(
        columns.flatMap(it =>
          Object.entries(it.formerly).map(([id, place]) => [id, it.idAt(place)] as const),
        ),
      )
      // Former ids are few, so it is they that are looked for; an id stays in its topic.
      for (const former of out.keys()) {
        const topic = former.slice(0, former.indexOf('/'))
        if (columns.some(it => it.id === topic && it.find(former) >= 0)) out.delete(former)
      }
      return out
    },

    confusions() {
      const out = new Map<string, Set<string>>()
      const add = (a: string, b: string) => {
        const known = out.get(a)
        if (known === undefined) out.set(a, new Set([b]))
        else known.add(b)
      }
      for (const store of stores) {
        const { concepts, confused } = store.catalogue()
        for (const [index, others] of confused.entries()) {
          for (const other of others) {
            add(concepts[index]!, concepts[other]!)
            add(concepts[other]!, concepts[index]!)
          }
        }
      }
      return out
    },

    questions(ids) {
      const found = new Map<string, Question>()
      for (const store of stores) {
        for (const columns of store.catalogue().topics) {
          const wanted = ids.filter(it => it.startsWith(`${columns.id}/`))
          if (wanted.length === 0) continue
          const places = wanted.map(it => columns.find(it)).filter(it => it >= 0)
          for (const it of store.questions(columns.id, places)) found.set(it.id, it)
        }
      }
      return ids.flatMap(it => found.get(it) ?? [])
    },
  }
}

/** What can be asked of some topics, or of all. */
function candidatesIn(stores: readonly Store[], topics?: readonly string[]): Candidates {
  const out = new Map<string, OfTopic>()
  for (const store of stores) {
    const catalogue = store.catalogue()
    for (const columns of catalogue.topics) {
      const { id } = columns
      if (topics !== undefined && !topics.includes(id)) continue
      const before = out.get(id)
      const own = candidatesOf(columns, catalogue)
      out.set(
        id,
        before === undefined
          ? own
          : candidatesFrom(
              id,
              overlaid([...before], [...own], c => c.id),
            ),
      )
    }
  }
  const stamp = topics === undefined ? stores.map(it => it.index().stamp).join('+') : undefined
  return new Candidates([...out.values()], stamp)
}

/** What these banks hold, for compiling one that builds on them. */
export function knownOf(stores: readonly Store[], labs: Labs = new Map()): Known {
  return {
    topics: new Map(
      stores.flatMap(it =>
        it.index().topics.map(({ id, title, summary }) => [id, { title, summary }]),
      ),
    ),
    concepts: new Set(
      stores.flatMap(it =>
        namesIn(it.names())
          .flatMap(([, refs]) => refs)
          .filter(ref => ref.includes('/')),
      ),
    ),
    sources: new Map(stores.flatMap(it => it.sources().map(entry => [entry.id, entry]))),
    labs,
  }
}

/** The later items added, taking the place of earlier ones with the same key. */
function overlaid<T>(before: readonly T[], after: readonly T[], key: (it: T) => string): T[] {
  const out = new Map(before.map(it => [key(it), it]))
  for (const it of after) out.set(key(it), it)
  return [...out.values()]
}
