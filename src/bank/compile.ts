import { cite } from './cite.ts'
import { type Draft, type Drafted, draft } from './draft.ts'
import { type Labs, labsAbout, understood } from './lab-question.ts'
import { lint } from './lint.ts'
import type { Concept, Question, Sheet, SourceEntry, Topic } from './model.ts'
import { byPlace, type Problem } from './problem.ts'
import { read } from './read.ts'
import type { WrittenQuestion } from './schema.ts'

/** A bank file before it is understood. */
export interface BankFile {
  /** How the person would name it. */
  readonly file: string
  readonly bytes: Uint8Array
}

/** What the banks before this one hold, so that this one may refer to it and add to it. */
export interface Known {
  readonly topics: ReadonlyMap<string, { readonly title: string; readonly summary: string }>
  /** `topic/id`. */
  readonly concepts: ReadonlySet<string>
  readonly sources: ReadonlyMap<string, SourceEntry>
  /** The simulations that compute questions. */
  readonly labs: Labs
}

export const NOTHING_KNOWN: Known = {
  topics: new Map(),
  concepts: new Set(),
  sources: new Map(),
  labs: new Map(),
}

/** A topic with everything in it. */
export interface CompiledTopic extends Topic {
  readonly questions: readonly Question[]
}

export interface Compiled {
  readonly topics: readonly CompiledTopic[]
  readonly sources: readonly SourceEntry[]
  readonly problems: readonly Problem[]
}

/**
 * Understands the files of one bank. Never throws because of what stands in them: problems are collected, and
 * whatever is usable is compiled.
 */
export function compile(files: readonly BankFile[], known: Known = NOTHING_KNOWN): Compiled {
  const read_ = files.map(({ file, bytes }) => draft(read(file, bytes)))
  const drafts = read_.map(it => it.draft)
  const problems = [...read_.flatMap(it => it.problems), ...lint(drafts, known)]

  const sources = new Map(known.sources)
  for (const it of drafts) for (const entry of it.sources) sources.set(entry.id, entry.written)
  const concepts = new Set(known.concepts)
  for (const it of drafts) for (const concept of it.concepts) concepts.add(concept.id)

  const topics = new Map<string, CompiledTopic>()
  for (const it of drafts) {
    if (it.topic === undefined) continue
    const { id } = it.topic
    topics.set(
      id,
      merged(
        topics.get(id) ?? blank(id, drafts, known),
        resolved(it, concepts, sources, known.labs),
      ),
    )
  }
  return {
    topics: groundworkFirst([...topics.values()]),
    sources: drafts.flatMap(it => it.sources.map(entry => entry.written)),
    problems: problems.toSorted(byPlace),
  }
}

/** Nobody is asked what has no right answer. */
function canBeRight({ written }: Drafted<WrittenQuestion>): boolean {
  return written.kind !== 'choice' || written.choices.some(it => it.right)
}

/** In an order in which one can learn: each topic after those that it needs, else as they were found. */
function groundworkFirst(topics: readonly CompiledTopic[]): CompiledTopic[] {
  const out = new Set<CompiledTopic>()
  const add = (topic: CompiledTopic, above: readonly string[]) => {
    for (const need of topic.needs ?? []) {
      const found = topics.find(it => it.id === need)
      // Two topics that need each other have no order; the one met first comes last.
      if (found !== undefined && !above.includes(need)) add(found, [...above, topic.id])
    }
    out.add(topic)
  }
  for (const topic of topics) add(topic, [topic.id])
  return [...out]
}

/** A topic with nothing in it yet: what the files of the bank say of it, the first one that says it. */
function blank(id: string, drafts: readonly Draft[], known: Known): CompiledTopic {
  const told = drafts.flatMap(it => (it.topic?.id === id ? it.topic.written : []))
  const before = known.topics.get(id)
  const aliases = [...new Set(told.flatMap(it => it.aliases ?? []))]
  const needs = [...new Set(told.flatMap(it => it.needs ?? []))]
  return {
    id,
    title: told.find(it => it.title !== undefined)?.title ?? before?.title ?? id,
    summary: told.find(it => it.summary !== undefined)?.summary ?? before?.summary ?? '',
    ...(aliases.length > 0 && { aliases }),
    ...(needs.length > 0 && { needs }),
    concepts: [],
    sheet: [],
    questions: [],
  }
}

function merged(
  a: CompiledTopic,
  b: Pick<CompiledTopic, 'concepts' | 'sheet' | 'questions'>,
): CompiledTopic {
  return {
    ...a,
    concepts: [...a.concepts, ...b.concepts],
    sheet: [...a.sheet, ...b.sheet],
    questions: [...a.questions, ...b.questions],
  }
}

function resolved(
  it: Draft,
  concepts: ReadonlySet<string>,
  sources: ReadonlyMap<string, SourceEntry>,
  labs: Labs,
): Pick<CompiledTopic, 'concepts' | 'sheet' | 'questions'> {
  const topic = it.topic!.id
  const full = (ref: string) => (ref.includes('/') ? ref : `${topic}/${ref}`)
  const refs = (list: readonly string[] | undefined) =>
    list?.map(full).filter(ref => concepts.has(ref))
  const cited = (list: readonly string[]) => list.map(ref => cite(ref, sources))
  const example = <T extends { example?: { text: Concept['gist']; source: string } | undefined }>({
    example,
  }: T) => example && { example: { text: example.text, source: cite(example.source, sources) } }

  return {
    concepts: it.concepts.map(({ id, written }): Concept => {
      const { confusedWith, seeAlso, needs, example: _, ...rest } = written
      const about = labsAbout(id, labs)
      return {
        ...rest,
        ...(about.length > 0 && { labs: about }),
        ...defined({
          confusedWith: refs(confusedWith),
          seeAlso: refs(seeAlso),
          needs: refs(needs),
        }),
        ...example(written),
        id,
        topic,
        sources: cited(written.sources),
      }
    }),
    questions: it.questions.filter(canBeRight).flatMap((drafted): Question[] => {
      const { id, written } = drafted
      const own = {
        id,
        topic,
        concepts: refs(written.concepts) ?? [],
        sources: cited(written.sources),
        ...(written.formerly && { formerly: written.formerly.map(full) }),
      }
      if (written.kind === 'lab') {
        const { lab, within } = understood({ ...drafted, written }, labs)
        const asked = lab?.questions[written.ask]
        // What no lab computes cannot be asked.
        if (asked === undefined) return []
        const { with: _, ...rest } = written
        const prompt = [{ type: 'paragraph' as const, text: asked.title }]
        return [{ ...rest, ...own, prompt, ...(within && { with: within }) }]
      }
      if (written.kind !== 'open') return [{ ...written, ...own }]
      const { example: _, ...rest } = written
      return [{ ...rest, ...example(written), ...own }]
    }),
    sheet: it.sheets.map(({ written }): Sheet => written),
  }
}

/** Without the fields that are undefined, so that they are absent rather than empty. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
