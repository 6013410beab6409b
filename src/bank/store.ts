import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchIndex } from '../search.ts'
import { once, TopicColumns } from './columns.ts'
import type { Concept, Question, SourceEntry, Topic } from './model.ts'
import type { Catalogue, Index, Parts } from './parts.ts'
import { conceptIn, topicIn } from './topic-text.ts'

/** A catalogue with the columns of its topics. */
interface OpenCatalogue extends Omit<Catalogue, 'topics'> {
  readonly topics: readonly TopicColumns[]
}

/** A compiled bank, read piece by piece and only when a piece is needed. */
export interface Store {
  index(): Index
  /** Every id, title and alias, normalised, and what it names; see names.ts. */
  names(): Buffer
  /** The same by the forms of the names. */
  forms(): Buffer
  catalogue(): OpenCatalogue
  searchIndex(): SearchIndex
  sources(): readonly SourceEntry[]
  /** The topic with its concepts and sheets; undefined when this bank has none of it. */
  topic(id: string): Topic | undefined
  /** A concept by its full id, `topic/concept`. */
  concept(id: string): Concept | undefined
  /** The questions at these places of a topic's catalogue, in that order. */
  questions(topic: string, places: readonly number[]): Question[]
}

/** A compiled bank in a folder. */
export function folderStore(folder: string): Store {
  return store(
    part => readFileSync(join(folder, part)),
    (part, spans) => {
      const file = openSync(join(folder, part), 'r')
      try {
        return spans.map(([from, to]) => {
          const bytes = Buffer.allocUnsafe(to - from)
          readSync(file, bytes, 0, bytes.length, from)
          return bytes.toString('utf8')
        })
      } finally {
        closeSync(file)
      }
    },
  )
}

/** A compiled bank in memory, for when nothing can be kept on disk. */
export function memoryStore(parts: Parts): Store {
  return store(
    part => Buffer.from(parts[part]!),
    (part, spans) => {
      const bytes = Buffer.from(parts[part]!)
      return spans.map(([from, to]) => bytes.subarray(from, to).toString('utf8'))
    },
  )
}

function store(
  bytes: (part: string) => Buffer,
  slices: (part: string, spans: readonly (readonly [from: number, to: number])[]) => string[],
): Store {
  const json = <T>(part: string) => once(() => JSON.parse(bytes(part).toString()) as T)
  const index = json<Index>('index.json')
  const written = json<Catalogue>('catalogue.json')
  const catalogue = once(() => ({
    ...written(),
    topics: written().topics.map(it => new TopicColumns(it)),
  }))
  const read = new Map<string, Buffer>()
  /** What this bank has of a topic. */
  const topicLines = (id: string): Buffer | undefined => {
    if (!index().topics.some(it => it.id === id)) return undefined
    const known = read.get(id) ?? bytes(`topic-${id}.jsonl`)
    read.set(id, known)
    return known
  }
  return {
    index,
    names: once(() => bytes('names.tsv')),
    forms: once(() => bytes('forms.tsv')),
    catalogue,
    searchIndex: json<SearchIndex>('search.json'),
    sources: json<SourceEntry[]>('sources.json'),
    topic(id) {
      const lines = topicLines(id)
      return lines && topicIn(lines)
    },
    concept(id) {
      const lines = topicLines(id.split('/')[0] ?? '')
      return lines && conceptIn(lines, id)
    },
    questions(topic, places) {
      const columns = catalogue().topics.find(it => it.id === topic)
      if (columns === undefined) return []
      const spans = places.map(it => columns.lineAt(it))
      return slices(`questions-${topic}.jsonl`, spans).map(it => JSON.parse(it) as Question)
    },
  }
}
