import { z } from 'zod'
import { MarkdownError, parseLine, parseProse } from './markdown.ts'
import type { Inline, Prose } from './prose.ts'

/**
 * The kinds of field a bank is made of. Banks are read with every scalar as the text that stands in the file, so `409`,
 * `1.10` and `no` are what their author typed; numbers and flags are recognised here.
 *
 * `editor` is what an editor's YAML support is told about a field (JSON Schema), where it differs from what zod would say.
 */
const editor = z.registry<{ readonly type: string | readonly string[] }>()

/** What a scalar may look like to an editor: `text: 409` is as good as `text: "409"`. */
const SCALAR = { type: ['string', 'number', 'boolean'] } as const

const text = z.string().refine(it => it.trim() !== '', 'this is empty')
editor.add(text, SCALAR)

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case letters, digits and single hyphens')
editor.add(slug, SCALAR)

/** The name of something in a program. */
const name = z.string().regex(/^[a-z][a-zA-Z]*$/, 'a name is letters, the first one small')

const reference = z
  .string()
  .regex(
    /^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*$/,
    'this is not an id; write `concept` or `topic/concept`',
  )
editor.add(reference, SCALAR)

const citation = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]*(#[\w.~-]+)?$/,
    'a source is `id` or `id#section`, as listed under sources',
  )

const written = z.string().refine(it => it.trim() !== '', 'this is empty')
editor.add(written, SCALAR)

/** Text of one paragraph with inline Markdown. */
const line = written.transform((it, context): Inline => marked(parseLine, it, context) ?? '')

/** Markdown of any length. */
const prose = written.transform((it, context): Prose => marked(parseProse, it, context) ?? [])

const flagText = z.enum(['true', 'false'], 'write true or false')
editor.add(flagText, { type: 'boolean' })
const flag = flagText.transform(it => it === 'true')

const numberText = z
  .string()
  .regex(/^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i, 'this is not a number')
editor.add(numberText, { type: 'number' })
const decimal = numberText.transform(Number)

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/, 'write the month as 2026-10')

function marked<T>(
  parse: (markdown: string) => T,
  markdown: string,
  context: { issues: z.core.$ZodRawIssue[] },
): T | undefined {
  try {
    return parse(markdown)
  } catch (error) {
    if (!(error instanceof MarkdownError)) throw error
    context.issues.push({
      code: 'custom',
      message: error.message,
      input: markdown,
      params: { rule: 'markdown' },
    })
    return undefined
  }
}

/** Something that is claimed, and why it is so or why it is not. */
const claim = z.strictObject({ claim: line, why: line })

/** A real system, with where it says so. */
const example = z.strictObject({ text: line, source: citation })

export const vocabulary = {
  z,
  text,
  slug,
  name,
  reference,
  citation,
  line,
  prose,
  flag,
  decimal,
  month,
  claim,
  example,
} as const

/** What a kind of question builds its fields from, see `kinds/`. */
export type Vocabulary = typeof vocabulary

/** What the fields of a kind are once they were read. */
export type FieldsOf<F extends (vocabulary: Vocabulary) => z.ZodRawShape> = z.output<
  z.ZodObject<ReturnType<F>, z.core.$strict>
>

/** The JSON Schema of what may be written, for editors. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'input',
    reused: 'ref',
    override: ({ zodSchema, jsonSchema }) => {
      const told = editor.get(zodSchema)
      if (told === undefined) return
      const { type } = told
      delete jsonSchema.pattern
      delete jsonSchema.enum
      Object.assign(jsonSchema, { type })
    },
  }) as Record<string, unknown>
}
