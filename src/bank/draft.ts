import type { z } from 'zod'
import { nearest } from '../nearest.ts'
import { isFatal, type Problem } from './problem.ts'
import type { Path, Source } from './read.ts'
import {
  conceptSchema,
  FILE_FIELDS,
  questionSchemas,
  sheetSchema,
  sourceSchema,
  topicSchema,
  type WrittenConcept,
  type WrittenQuestion,
  type WrittenSheet,
  type WrittenSource,
  type WrittenTopic,
} from './schema.ts'

/** A record as it was written, with its name in the bank and a way back to its place in the file. */
export interface Drafted<T> {
  readonly written: T
  /** `topic/id`; for sources and topics their id. */
  readonly id: string
  /** A problem at a field of the record. */
  problem(path: Path, rule: string, message: string, remedy?: string): Problem
}

/** One file, as far as it can be understood. */
export interface Draft {
  readonly file: string
  readonly topic?: Drafted<WrittenTopic>
  readonly concepts: readonly Drafted<WrittenConcept>[]
  readonly sheets: readonly Drafted<WrittenSheet>[]
  readonly questions: readonly Drafted<WrittenQuestion>[]
  readonly sources: readonly Drafted<WrittenSource>[]
  /** Ids of all concepts and sources of the file, also of those that could not be kept: who names one is not to blame. */
  readonly claimed: ReadonlySet<string>
  /** Whether every record was kept, so that what is missing is really missing. */
  readonly whole: boolean
}

/**
 * Checks a file against the schema, record by record: what is wrong becomes problems, and the records
 * that are right are kept.
 */
export function draft(source: Source): { draft: Draft; problems: Problem[] } {
  const problems = [...source.problems]
  const { file, data } = source
  const top = isRecord(data) ? data : {}
  if (data === undefined || data === '') {
    if (problems.length === 0) {
      problems.push(
        source.problem(
          [],
          'schema/empty',
          'this file is empty',
          'start with `topic:`, as the README shows',
        ),
      )
    }
  } else if (!isRecord(data)) {
    problems.push(
      source.problem(
        [],
        'schema/type',
        'a bank file is a map of fields',
        'start with `topic:`, as the README shows',
      ),
    )
  }
  for (const key of Object.keys(top)) {
    if (!FILE_FIELDS.includes(key)) problems.push(unknownField(source, [key], FILE_FIELDS))
  }

  const read = <S extends z.ZodType>(
    schema: S,
    value: unknown,
    path: Path,
  ): z.output<S> | undefined => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    for (const issue of withoutEchoes(result.error.issues, schema, value)) {
      problems.push(...explained(source, path, issue, schema))
    }
    return undefined
  }
  const list = (field: string): unknown[] => {
    const value = top[field]
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    problems.push(
      source.problem(
        [field],
        'schema/type',
        `${field} has to be a list`,
        'start each entry with "- "',
      ),
    )
    return []
  }
  const drafted = <T>(written: T, id: string, path: Path): Drafted<T> => ({
    written,
    id,
    problem: (inner, rule, message, remedy) =>
      source.problem([...path, ...inner], rule, message, remedy),
  })

  const topic = top['topic'] === undefined ? undefined : read(topicSchema, top['topic'], ['topic'])
  const holdsItems = ['concepts', 'sheet', 'questions'].some(field => top[field] !== undefined)
  if (!Object.hasOwn(top, 'topic') && holdsItems) {
    problems.push(
      source.problem(
        [],
        'schema/missing',
        'the field "topic" is missing',
        'add `topic: { id: …, title: …, summary: … }`',
      ),
    )
  }

  const each = <T extends { id: string }>(
    field: string,
    one: (value: unknown, path: Path) => T | undefined,
  ): Drafted<T>[] =>
    list(field).flatMap((value, index) => {
      const path = [field, index]
      const written = one(value, path)
      if (written === undefined || (topic === undefined && field !== 'sources')) return []
      return [
        drafted(written, field === 'sources' ? written.id : `${topic?.id}/${written.id}`, path),
      ]
    })

  const parts = {
    concepts: each('concepts', (value, path) => read(conceptSchema, value, path)),
    questions: each('questions', (value, path) => question(source, value, path, read, problems)),
    sources: each('sources', (value, path) => read(sourceSchema, value, path)),
    sheets: list('sheet').flatMap((value, index) => {
      const path = ['sheet', index]
      const written = read(sheetSchema, value, path)
      return written === undefined || topic === undefined
        ? []
        : [drafted(written, `${topic.id}/${written.title}`, path)]
    }),
  }
  return {
    draft: {
      file,
      ...(topic && { topic: drafted(topic, topic.id, ['topic']) }),
      ...parts,
      claimed: new Set([
        ...idsOf(top['concepts']).map(it => `${idsOf([top['topic']])[0]}/${it}`),
        ...idsOf(top['sources']),
      ]),
      whole: !problems.some(isFatal),
    },
    problems,
  }
}

/** The ids in a list of records, whatever else is wrong with them. */
function idsOf(records: unknown): string[] {
  if (!Array.isArray(records)) return []
  return records.flatMap(it => (isRecord(it) && typeof it['id'] === 'string' ? [it['id']] : []))
}

function question(
  source: Source,
  value: unknown,
  path: Path,
  read: <S extends z.ZodType>(schema: S, value: unknown, path: Path) => z.output<S> | undefined,
  problems: Problem[],
): WrittenQuestion | undefined {
  const kinds = Object.keys(questionSchemas)
  const kind = isRecord(value) ? value['kind'] : undefined
  if (typeof kind === 'string' && Object.hasOwn(questionSchemas, kind)) {
    return read(questionSchemas[kind as WrittenQuestion['kind']], value, path)
  }
  if (!isRecord(value)) {
    problems.push(
      source.problem(
        path,
        'schema/type',
        'a question is a map of fields',
        'start it with "- id: …"',
      ),
    )
  } else if (kind === undefined) {
    problems.push(
      source.problem(
        path,
        'schema/missing',
        'the field "kind" is missing',
        `add kind: ${kinds.join(' | ')}`,
      ),
    )
  } else if (typeof kind !== 'string') {
    problems.push(
      source.problem(
        [...path, 'kind'],
        'schema/type',
        '"kind" has to be text',
        `write ${kinds.join(' | ')}`,
      ),
    )
  } else {
    problems.push(
      source.problem(
        [...path, 'kind'],
        'schema/value',
        `there is no kind "${kind}"`,
        meant(kind, kinds),
      ),
    )
  }
  return undefined
}

/** A complaint of zod in our words, at its place. */
function explained(
  source: Source,
  base: Path,
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
): Problem[] {
  const path = [...base, ...issue.path]
  const field = String(issue.path.at(-1) ?? base.at(-1))
  if (valueAt(source.data, path) === undefined) {
    const around = valueAt(source.data, path.slice(0, -1))
    // It is there, but `read` could make nothing of it and has said so.
    if (typeof around === 'object' && around !== null && Object.hasOwn(around, path.at(-1)!))
      return []
    return [
      source.problem(path, 'schema/missing', `the field "${field}" is missing`, `add ${field}: …`),
    ]
  }
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      // zod counts the letters of a text that should have been a list, and has said so already.
      if (!Array.isArray(valueAt(source.data, path))) return []
      return [
        source.problem(path, 'schema/value', `${labelled(issue.path, field)}: ${issue.message}`),
      ]
    case 'unrecognized_keys': {
      const known = fieldsAt(schema, issue.path)
      return issue.keys.map(key => unknownField(source, [...path, key], known))
    }
    case 'invalid_type':
      return [
        source.problem(
          path,
          'schema/type',
          `"${field}" has to be ${article(issue.expected)}`,
          asA(issue.expected),
        ),
      ]
    default: {
      const rule =
        issue.code === 'custom' && issue.params?.['rule'] === 'markdown'
          ? 'markdown'
          : 'schema/value'
      return [source.problem(path, rule, `${labelled(issue.path, field)}: ${issue.message}`)]
    }
  }
}

/** A misspelt field is one mistake: that the one it was meant for is missing goes without saying. */
function withoutEchoes(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  value: unknown,
): z.core.$ZodIssue[] {
  const meantFor = new Set(
    issues.flatMap(it =>
      it.code === 'unrecognized_keys'
        ? it.keys.map(key =>
            [...it.path, nearest(key, fieldsAt(schema, it.path), 1)[0]].map(String).join('/'),
          )
        : [],
    ),
  )
  return issues.filter(
    it => valueAt(value, it.path) !== undefined || !meantFor.has(it.path.map(String).join('/')),
  )
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (it, step) =>
      typeof it === 'object' && it !== null
        ? (it as Record<PropertyKey, unknown>)[step]
        : undefined,
    data,
  )
}

/** `choices[2].why`, or the field alone. */
function labelled(path: readonly PropertyKey[], field: string): string {
  if (path.length === 0) return field
  return path.reduce<string>(
    (out, step) =>
      typeof step === 'number'
        ? `${out}[${step + 1}]`
        : out === ''
          ? String(step)
          : `${out}.${String(step)}`,
    '',
  )
}

function unknownField(source: Source, path: Path, known: readonly string[]): Problem {
  const key = String(path.at(-1))
  return source.problemAtKey(
    path,
    'schema/unknown-field',
    `there is no field "${key}" here`,
    meant(key, known),
  )
}

function meant(word: string, known: readonly string[]): string {
  const [near] = nearest(word, known, 1)
  return near === undefined ? `known here: ${known.join(', ')}` : `did you mean "${near}"?`
}

/** The names of the fields that an object of the schema may have, at a path inside it. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  const unwrap = (it: unknown): unknown => {
    const def = (it as { def?: { innerType?: unknown } }).def
    return def?.innerType === undefined ? it : unwrap(def.innerType)
  }
  for (const step of path) {
    const bare = unwrap(at) as { shape?: Record<string, unknown>; element?: unknown }
    at = typeof step === 'number' ? bare.element : bare.shape?.[String(step)]
    if (at === undefined) return []
  }
  return Object.keys((unwrap(at) as { shape?: object }).shape ?? {})
}

function article(expected: string): string {
  return expected === 'array'
    ? 'a list'
    : expected === 'string'
      ? 'text'
      : expected === 'object'
        ? 'a map of fields'
        : expected
}

function asA(expected: string): string {
  return expected === 'array'
    ? 'write [a, b] or start each entry with "- "'
    : expected === 'object'
      ? 'write `name: value` for each field'
      : 'write one text; quote it if it holds ": " or starts with a sign'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
