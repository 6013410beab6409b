import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bankJsonSchema, FILE_FIELDS, questionSchemas } from '../../src/bank/schema.ts'

type Json = { [key: string]: Json } & { readonly type?: unknown; readonly enum?: unknown[] }

const schema = bankJsonSchema() as unknown as Json

/** Follows `$ref` and a path of fields; `*` is an entry of a list, `kind=text` the variant of that kind. */
function at(path: string): Json {
  return path.split('.').reduce<Json>((from, step) => {
    const here = resolved(from)
    if (step === '*') return resolved(here['items']!)
    if (step.startsWith('kind=')) {
      const variants = (here['oneOf'] ?? here['anyOf']) as unknown as Json[]
      return variants
        .map(resolved)
        .find(it => resolved(it['properties']!['kind']!)['const'] === (step.slice(5) as unknown))!
    }
    return resolved(here['properties']![step]!)
  }, schema)
}

function resolved(it: Json): Json {
  const ref = it['$ref'] as unknown as string | undefined
  return ref === undefined
    ? it
    : resolved(
        ref
          .replace(/^#\//, '')
          .split('/')
          .reduce<Json>((from, step) => from[step]!, schema),
      )
}

test('questions/bank.schema.json is what the code says: npm run schema', () => {
  const file = 'questions/bank.schema.json'
  const written = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : 'not there'
  expect(written, `${file} is out of date; run: npm run schema`).toEqual(
    JSON.parse(JSON.stringify(schema)),
  )
})

describe('an editor', () => {
  test('knows every part of a file, and no others', () => {
    expect(Object.keys(schema['properties']!)).toEqual(FILE_FIELDS)
    expect(schema['additionalProperties']).toBe(false)
  })

  test.for(Object.keys(questionSchemas))('knows the fields of %s, and no others', kind => {
    const variant = at(`questions.*.kind=${kind}`)
    const shape = questionSchemas[kind as keyof typeof questionSchemas].shape
    expect(Object.keys(variant['properties']!).sort()).toEqual(Object.keys(shape).sort())
    expect(variant['additionalProperties']).toBe(false)
    // What a lab asks is computed.
    expect(variant['required']).toContain(kind === 'lab' ? 'ask' : 'prompt')
    expect(variant['required']).toEqual(
      expect.arrayContaining(['kind', 'id', 'concepts', 'level', 'sources']),
    )
  })

  test.for([
    'concepts.*.id',
    'concepts.*.title',
    'concepts.*.gist',
    'concepts.*.explanation',
    'concepts.*.aliases.*',
    'concepts.*.say.*',
    'concepts.*.confusedWith.*',
    'sheet.*.rows.*.*',
    'questions.*.kind=text.accept.*',
    'questions.*.kind=choice.choices.*.text',
    'questions.*.kind=match.pairs.*.left',
  ])('does not complain about 409 or true as text: %s', path => {
    expect(at(path).type).toEqual(['string', 'number', 'boolean'])
    // A pattern would complain about `409`: it only speaks of strings, but the message would be odd.
    expect(at(path)['pattern']).toBeUndefined()
  })

  test('wants true or false, and numbers, without quotes', () => {
    expect(at('questions.*.kind=choice.choices.*.right')).toMatchObject({ type: 'boolean' })
    expect(at('questions.*.kind=choice.choices.*.right').enum).toBeUndefined()
    expect(at('questions.*.kind=number.answer').type).toBe('number')
    expect(at('questions.*.kind=number.tolerance').type).toBe('number')
    expect(at('questions.*.kind=number.near.*.value').type).toBe('number')
  })

  test('offers the levels and limits the lists', () => {
    expect(at('questions.*.kind=open.level').enum).toEqual(['recall', 'apply', 'analyse'])
    expect(at('questions.*.kind=choice.choices')).toMatchObject({
      type: 'array',
      minItems: 2,
      maxItems: 9,
    })
    expect(at('questions.*.kind=order.items')).toMatchObject({ minItems: 3, maxItems: 9 })
    expect(at('questions.*.kind=match.extra')).toMatchObject({ maxItems: 2 })
  })

  test('is told what may be left out', () => {
    expect(at('topic')['required']).toEqual(['id'])
    expect(at('questions.*.kind=open')['required']).not.toContain('explanation')
    expect(at('questions.*.kind=text')['required']).toContain('explanation')
    expect(schema['required']).toBeUndefined()
  })
})
