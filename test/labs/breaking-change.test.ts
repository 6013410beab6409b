import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakingChange } from '../../src/labs/breaking-change.ts'

interface Outcome {
  readonly rows: readonly { readonly letter: string; readonly breaks: string }[]
  readonly tolerant: readonly string[]
  readonly strict: readonly string[]
}

const run = (before: string[], after: string[]) => breakingChange.run({ before, after })
const outcome = (before: string[], after: string[]) => run(before, after).outcome as Outcome

/** One change a row, after GitHub's list of breaking changes; the field beside it is there in both versions. */
test.for<[before: string, after: string, breaks: string]>([
  ['', 'req.a:string', 'nobody'],
  ['', 'req.a:string!', 'all'],
  ['req.a:string', 'req.a:string!', 'all'],
  ['req.a:string!', 'req.a:string', 'nobody'],
  ['req.a:string', '', 'all'],
  ['req.a:x/y!', 'req.a:x/y/z!', 'nobody'],
  ['req.a:x/y!', 'req.a:x/z!', 'all'],
  ['', 'res.a:string!', 'strict'],
  ['res.a:string!', '', 'all'],
  ['res.a:string!', 'res.a:string', 'all'],
  ['res.a:string', 'res.a:string!', 'nobody'],
  ['res.a:x/y!', 'res.a:x/y/z!', 'strict'],
  ['res.a:x/y!', 'res.a:string!', 'all'],
  ['res.a:integer!', 'res.a:string!', 'all'],
])('%s to %s breaks %s', ([before, after, breaks]) => {
  const both = (it: string) => ['res.id:string!', it].filter(field => field !== '')
  expect(outcome(both(before), both(after)).rows.find(it => it.letter === 'A')?.breaks).toBe(breaks)
})

/** What a field may be on the wire: absent or one of its values. A type that is no enum has itself as its only value. */
function wire(written: string | undefined): (string | undefined)[] {
  if (written === undefined) return [undefined]
  const [, type = '', mark] = /:([^!]*)(!?)$/.exec(written) ?? []
  return [...type.split('/'), ...(mark === '!' ? [] : [undefined])]
}

/** Tries every message that one side may write on what the other side accepts, instead of comparing schemas. */
function broken(before: string | undefined, after: string | undefined, strict: boolean): boolean {
  const request = (before ?? after)!.startsWith('req')
  const [writer, reader] = request ? [before, after] : [after, before]
  return wire(writer).some(value => {
    if (wire(reader).includes(value)) return false
    // A tolerant client passes over a field that it does not know, and over a value that is new in an enum it knows.
    const unknown =
      reader === undefined || (value !== undefined && reader.includes('/') && writer!.includes('/'))
    return request || strict || !unknown
  })
}

test('messages that are really tried break the same clients', () => {
  const field = fc.option(
    fc
      .tuple(fc.constantFrom('string', 'integer', 'x/y', 'x/y/z', 'x/z'), fc.constantFrom('', '!'))
      .map(it => it.join('')),
    { nil: undefined },
  )
  fc.assert(
    fc.property(fc.constantFrom('req', 'res'), field, field, (side, one, other) => {
      fc.pre(one !== other)
      const [before, after] = [one, other].map(it =>
        it === undefined ? undefined : `${side}.a:${it}`,
      )
      // An optional field that a response no longer has is missing as it might have been before; the lab counts it all the same.
      fc.pre(!(side === 'res' && after === undefined))
      const having = (it: string | undefined) => [
        'res.id:string!',
        ...(it === undefined ? [] : [it]),
      ]
      const { tolerant, strict } = outcome(having(before), having(after))
      expect(tolerant.length > 0).toBe(broken(before, after, false))
      expect(strict.length > 0).toBe(broken(before, after, true))
    }),
    { numRuns: 300 },
  )
})

test('the example and its misconceptions', () => {
  const { result, supposed } = breakingChange.run(breakingChange.example)
  expect(result).toBe('tolerant clients break at A and D, strict ones at A, C, D and E')
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(said['adding-is-safe']).toContain('strict ones at A and D')
  expect(said['optional-is-safe']).toContain('break at A, strict ones at A, C and E')
  expect(said['clients-skip']).toContain('strict ones at A and D')
})
