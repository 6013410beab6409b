import { normalise } from '../nearest.ts'
import { formsOf } from '../search/names.ts'
import { buildIndex, type Entry, type SearchIndex } from '../search.ts'
import { KINDS, LEVELS, numbersText } from './columns.ts'
import type { CompiledTopic } from './compile.ts'
import type { Concept, SourceEntry } from './model.ts'
import { nameLines } from './names.ts'
import {
  type Catalogue,
  type CatalogueTopic,
  type Index,
  PARTS_VERSION,
  type Parts,
  tally,
} from './parts.ts'
import { words, wordsOf } from './prose.ts'
import { topicText } from './topic-text.ts'

/** The parts of a compiled bank; `stamp` has to change when the content does. */
export async function pack(
  topics: readonly CompiledTopic[],
  sources: readonly SourceEntry[],
  stamp: string,
): Promise<Parts> {
  const names = namesOfAll(topics)
  const parts: Record<string, string> = {
    'index.json': JSON.stringify(indexOf(topics, stamp)),
    'names.tsv': nameLines(names),
    'forms.tsv': nameLines(formsOfAll(names)),
    'search.json': JSON.stringify(await searchIndex(topics)),
    'sources.json': JSON.stringify(sources),
  }
  const numbers = new Map<string, number>()
  const number = (concept: string): number => {
    const known = numbers.get(concept) ?? numbers.size
    numbers.set(concept, known)
    return known
  }
  const confused: number[][] = []
  for (const concept of topics.flatMap(it => it.concepts)) {
    confused[number(concept.id)] = (concept.confusedWith ?? []).map(number)
  }

  const lists = new Map<string, number>()
  const list = (concepts: readonly string[]): number => {
    const key = JSON.stringify(concepts.map(number))
    const known = lists.get(key) ?? lists.size
    lists.set(key, known)
    return known
  }

  const columns = topics.map(({ questions, ...topic }): CatalogueTopic => {
    const lines = questions.map(it => JSON.stringify(it))
    parts[`topic-${topic.id}.jsonl`] = topicText(topic)
    parts[`questions-${topic.id}.jsonl`] = lines.map(it => `${it}\n`).join('')
    const tags: Record<string, number[]> = Object.create(null)
    questions.forEach(({ tags: own = [] }, index) => {
      for (const tag of own) {
        const places = tags[tag]
        if (places === undefined) tags[tag] = [index]
        else places.push(index)
      }
    })
    const formerly: Record<string, number> = Object.create(null)
    questions.forEach((it, index) => {
      for (const id of it.formerly ?? []) formerly[id] = index
    })
    const bytes = (numbers: readonly number[]) => Buffer.from(numbers).toString('base64')
    return {
      id: topic.id,
      size: questions.length,
      ids: questions.map(it => `${it.id} `).join(''),
      starts: numbersText(begins(questions.map(it => it.id.length + 1))),
      levels: bytes(questions.map(it => LEVELS.indexOf(it.level))),
      kinds: bytes(questions.map(it => KINDS.indexOf(it.kind))),
      tested: numbersText(questions.map(it => list(it.concepts))),
      tags,
      formerly,
      at: numbersText(begins(lines.map(it => Buffer.byteLength(it) + 1))),
    }
  })
  const concepts = [...numbers.keys()]
  const catalogue: Catalogue = {
    concepts,
    confused: concepts.map((_, index) => confused[index] ?? []),
    lists: [...lists.keys()].map(it => JSON.parse(it) as number[]),
    topics: columns,
  }
  parts['catalogue.json'] = JSON.stringify(catalogue)
  return parts
}

/** Where things of these lengths begin, one after the other, and where the last one ends. */
function begins(lengths: readonly number[]): number[] {
  const out = [0]
  for (const it of lengths) out.push(out.at(-1)! + it)
  return out
}

function indexOf(topics: readonly CompiledTopic[], stamp: string): Index {
  return {
    version: PARTS_VERSION,
    stamp,
    topics: topics.map(({ id, title, summary, concepts, questions }) => ({
      id,
      title,
      summary,
      concepts: concepts.length,
      questions: questions.length,
      levels: tally(questions.map(it => it.level)),
      kinds: tally(questions.map(it => it.kind)),
    })),
  }
}

function namesOfAll(topics: readonly CompiledTopic[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  const name = (text: string, ref: string) => {
    const key = normalise(text)
    if (key === '') return
    const refs = names.get(key) ?? []
    if (!refs.includes(ref)) names.set(key, [...refs, ref])
  }
  for (const topic of topics) {
    for (const concept of topic.concepts) for (const it of namesOf(concept)) name(it, concept.id)
  }
  for (const topic of topics) {
    for (const it of [topic.id, topic.title, ...(topic.aliases ?? [])]) name(it, topic.id)
  }
  return names
}

/** Form of a name → what the names of that form name. */
function formsOfAll(names: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const forms = new Map<string, string[]>()
  for (const [name, refs] of names) {
    for (const form of formsOf(name)) {
      forms.set(form, [...new Set([...(forms.get(form) ?? []), ...refs])])
    }
  }
  return forms
}

/** By id, by full id, by title and by every alias. */
function namesOf({ id, title, aliases = [] }: Concept): string[] {
  return [id.slice(id.indexOf('/') + 1), id, title, ...aliases]
}

function searchIndex(topics: readonly CompiledTopic[]): Promise<SearchIndex> {
  return buildIndex(
    topics.flatMap((topic): Entry[] => [
      {
        ref: topic.id,
        type: 'topic',
        title: topic.title,
        aliases: topic.aliases ?? [],
        gist: topic.summary,
        body: '',
        concepts: [],
      },
      ...topic.concepts.map(
        (it): Entry => ({
          ref: it.id,
          type: 'concept',
          title: it.title,
          aliases: namesOf(it).slice(3),
          gist: words(it.gist),
          body: [
            wordsOf(it.explanation),
            ...(it.say ?? []).map(words),
            ...(it.avoid ?? []).map(a => `${words(a.claim)} ${words(a.why)}`),
            ...(it.tradeoffs ?? []).map(t => `${words(t.choose)} ${words(t.when)}`),
          ].join('\n'),
          concepts: [],
        }),
      ),
      ...topic.questions.map(
        (it): Entry => ({
          ref: it.id,
          type: 'question',
          title: wordsOf(it.prompt).split('\n')[0] ?? '',
          aliases: [],
          gist: '',
          body: wordsOf(it.prompt),
          concepts: it.concepts,
        }),
      ),
    ]),
  )
}
