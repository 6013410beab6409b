import type { z } from 'zod'
import { kindFields } from '../kinds/index.ts'
import { jsonSchema, vocabulary } from './vocabulary.ts'

/** Ways of knowing: to name a fact, to use it on a case, to weigh or diagnose. */
export const LEVELS = ['recall', 'apply', 'analyse'] as const

const {
  z: zod,
  text,
  slug,
  reference,
  citation,
  line,
  prose,
  month,
  claim,
  example,
  name,
} = vocabulary

export const topicSchema = zod.strictObject({
  id: slug,
  /** Title and summary may be left out where a file adds to a topic of an earlier bank. */
  title: text.optional(),
  summary: text.optional(),
  /** Other names people type for the whole topic. */
  aliases: zod.array(text).optional(),
  /** Topics to learn before this one; they are listed before it. */
  needs: zod.array(slug).optional(),
})

export const conceptSchema = zod.strictObject({
  id: slug,
  title: text,
  /** Other names people type for it. */
  aliases: zod.array(text).optional(),
  /** The sentence to say out loud. */
  gist: line,
  explanation: prose,
  /** Key points an interviewer listens for. */
  say: zod.array(line).optional(),
  /** What makes an interviewer wince, and why. */
  avoid: zod.array(claim).optional(),
  example: example.optional(),
  tradeoffs: zod.array(zod.strictObject({ choose: line, when: line })).optional(),
  confusedWith: zod.array(reference).optional(),
  seeAlso: zod.array(reference).optional(),
  /** What to learn first. */
  needs: zod.array(reference).optional(),
  sources: zod.array(citation).min(1, 'name at least one source'),
  /** When it was last so, for what changes. */
  asOf: month.optional(),
})

export const sheetSchema = zod.strictObject({
  title: text,
  columns: zod
    .array(text)
    .min(1, 'a table needs a column')
    .max(6, 'more than six columns do not fit a page'),
  rows: zod.array(zod.array(line)).min(1, 'a table needs a row'),
})

export const sourceSchema = zod.strictObject({
  id: zod
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'an id is lower-case letters, digits, dots and hyphens'),
  title: text,
  /** How it is called in passing; the title unless set. */
  short: text.optional(),
  url: zod.url({ protocol: /^https?$/, error: 'this is not a web address' }),
  /** The address of a section, `{section}` standing for its number or anchor. */
  section: zod
    .url({ protocol: /^https?$/, error: 'this is not a web address' })
    .includes('{section}', { error: 'the address has to contain {section}' })
    .optional(),
})

const filed = {
  id: slug,
  /** What it tests; the first one is the main one. */
  concepts: zod.array(reference).min(1, 'name the concept that it tests'),
  level: zod.enum(LEVELS, `a level is one of ${LEVELS.join(', ')}`),
  sources: zod.array(citation).min(1, 'name at least one source'),
  tags: zod.array(slug).optional(),
  /** Ids that this question had before; their past belongs to it. */
  formerly: zod.array(slug).optional(),
}

const common = { ...filed, prompt: prose }

/** The rule behind the answer, beyond what the reasons of the choices say. */
const explained = { ...common, explanation: prose }

export const questionSchemas = {
  choice: zod.strictObject({
    kind: zod.literal('choice'),
    ...explained,
    ...kindFields.choice(vocabulary),
  }),
  order: zod.strictObject({
    kind: zod.literal('order'),
    ...explained,
    ...kindFields.order(vocabulary),
  }),
  match: zod.strictObject({
    kind: zod.literal('match'),
    ...explained,
    ...kindFields.match(vocabulary),
  }),
  text: zod.strictObject({
    kind: zod.literal('text'),
    ...explained,
    ...kindFields.text(vocabulary),
  }),
  number: zod.strictObject({
    kind: zod.literal('number'),
    ...explained,
    ...kindFields.number(vocabulary),
  }),
  /** An open question explains itself by its model answer. */
  open: zod.strictObject({
    kind: zod.literal('open'),
    ...common,
    explanation: prose.optional(),
    ...kindFields.open(vocabulary),
  }),
  /** Everything else is computed. */
  lab: zod.strictObject({
    kind: zod.literal('lab'),
    ...filed,
    /** A simulation, as `quiz lab` lists them. */
    lab: slug,
    /** One of its questions. */
    ask: slug,
    /** Its parameters, each with the value or values that it is drawn from; those of the lab unless set. */
    with: zod.record(name, zod.union([text, zod.array(text).min(1, 'name a value')])).optional(),
  }),
} as const

const questionSchema = zod.discriminatedUnion('kind', [
  questionSchemas.choice,
  questionSchemas.order,
  questionSchemas.match,
  questionSchemas.text,
  questionSchemas.number,
  questionSchemas.open,
  questionSchemas.lab,
])

/** A whole bank file. Compilation checks it piece by piece, so that one broken question does not take the others along. */
const fileSchema = zod.strictObject({
  topic: topicSchema.optional(),
  concepts: zod.array(conceptSchema).optional(),
  sheet: zod.array(sheetSchema).optional(),
  questions: zod.array(questionSchema).optional(),
  sources: zod.array(sourceSchema).optional(),
})

/** The names of the parts of a file. */
export const FILE_FIELDS = Object.keys(fileSchema.shape)

export type WrittenTopic = z.output<typeof topicSchema>
export type WrittenConcept = z.output<typeof conceptSchema>
export type WrittenSheet = z.output<typeof sheetSchema>
export type WrittenSource = z.output<typeof sourceSchema>
export type WrittenQuestion = z.output<typeof questionSchema>

/** What editors check a bank file with: `questions/bank.schema.json`. */
export function bankJsonSchema(): Record<string, unknown> {
  return {
    title: 'A question bank of quiz',
    description:
      'One topic: its concepts, cheat sheet and questions. A file with only `sources` is a registry of sources.',
    ...jsonSchema(fileSchema),
  }
}
