import { expect, test } from 'vitest'
import { openBank } from '../../src/bank/bank.ts'
import { pack } from '../../src/bank/pack.ts'
import { memoryStore, type Store } from '../../src/bank/store.ts'
import { compiled } from './written.ts'

/** A bank of text questions in one topic: present ids, and those that they had before. */
async function bank(questions: Readonly<Record<string, readonly string[]>>): Promise<Store> {
  const yaml = `topic: { id: caching, title: Caching, summary: Copies. }
sources:
  - { id: rfc9111, title: HTTP Caching, url: "https://www.rfc-editor.org/rfc/rfc9111.html" }
concepts:
  - { id: no-store, title: no-store, gist: Keep none., explanation: None., sources: [rfc9111] }
questions:
${Object.entries(questions)
  .map(
    ([id, formerly]) => `  - id: ${id}
    formerly: [${formerly.join(', ')}]
    concepts: [no-store]
    level: recall
    kind: text
    prompt: Which directive keeps nothing?
    accept: [no-store]
    explanation: That one.
    sources: [rfc9111]
`,
  )
  .join('')}`
  const { topics, sources } = compiled(yaml)
  return memoryStore(await pack(topics, sources, 'test'))
}

const renames = (...stores: readonly Store[]) => Object.fromEntries(openBank(stores).renames())

test('ids that a question had before lead to its present one', async () => {
  expect(renames(await bank({ 'keep-none': ['secret', 'no-copy'], other: [] }))).toEqual({
    'caching/secret': 'caching/keep-none',
    'caching/no-copy': 'caching/keep-none',
  })
})

test('an id that a question has now is nobody’s old one, in whichever bank', async () => {
  const earlier = await bank({ 'keep-none': ['secret'] })
  expect(renames(earlier, await bank({ secret: [] }))).toEqual({})
  expect(renames(await bank({ secret: [] }), earlier)).toEqual({})
})

test('the later bank says last', async () => {
  expect(renames(await bank({ one: ['secret'] }), await bank({ two: ['secret'] }))).toEqual({
    'caching/secret': 'caching/two',
  })
})
