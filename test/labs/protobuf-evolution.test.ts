import fc from 'fast-check'
import { expect, test } from 'vitest'
import { protobufEvolution } from '../../src/labs/protobuf-evolution.ts'

interface Outcome {
  readonly breaks: readonly string[]
  readonly misread: readonly string[]
}

const run = (before: string, after: string, renamed: string[] = []) =>
  protobufEvolution.run({ before: before.split(' '), after: after.split(' '), renamed })
const breaks = (before: string, after: string, renamed?: string[]) =>
  (run(before, after, renamed).outcome as Outcome).breaks.join(' ')

/** The lists of safe, conditionally safe and unsafe changes in the language guide and in the guide to ProtoJSON, one a line. */
test.for<[before: string, after: string, expected: string]>([
  ['a:1:int32', 'a:1:int32 b:2:string', 'JSON'],
  ['a:1:int32 b:2:string', 'a:1:int32', 'JSON source'],
  ['a:1:int32', 'a:2:int32', 'binary'],
  ['a:1:int32', 'a:1:int64', 'source'],
  ['a:1:sint32', 'a:1:sint64', 'source'],
  ['a:1:int32', 'a:1:sint32', 'binary'],
  ['a:1:int32', 'a:1:sfixed32', 'binary'],
  ['a:1:bool', 'a:1:int32', 'binary JSON source'],
  ['a:1:string', 'a:1:bytes', 'JSON source'],
  ['a:1:int32', 'a:1:string', 'binary JSON source'],
  ['a:1:string', 'b:1:string', 'binary JSON source'],
  ['a:1:string b:2:string', 'a:2:string b:1:string', 'binary'],
  ['a:1:string', 'a:1:string b:2:string!', 'binary JSON'],
])('%s to %s breaks: %s', ([before, after, expected]) => {
  expect(breaks(before, after)).toBe(expected)
})

test('a rename with the same meaning is free in binary only', () => {
  expect(breaks('a:1:string', 'b:1:string', ['a>b'])).toBe('JSON source')
})

/** By hand: who reads names loses nothing by a new number and everything by a new name. */
test('misconceptions', () => {
  const said = (before: string, after: string, renamed?: string[]) =>
    Object.fromEntries(
      run(before, after, renamed).supposed.map(it => [it.misconception, it.result.split(';')[0]]),
    )
  expect(said('a:1:string', 'a:2:string')).toMatchObject({
    'names-on-the-wire': 'breaks nothing',
    'json-like-binary': 'breaks binary and JSON',
    'compiles-if-it-parses': 'breaks binary and source',
  })
  expect(said('a:1:string', 'b:1:string', ['a>b'])['names-on-the-wire']).toBe(
    'breaks binary, JSON and source',
  )
  expect(said('a:1:string', 'b:1:string')['free-number']).toBe('breaks JSON and source')
  expect(said('a:1:int32', 'a:1:int64')['type-is-fixed']).toBe('breaks binary and source')
  expect(said('a:1:int32', 'a:1:int32 b:2:bool')['json-skips']).toBe('breaks nothing')
})

/** The three meanings of compatible do not care which version is the old one, but for source code. */
test('what breaks on the wire breaks in both directions', () => {
  const fields = fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('int32', 'sint32', 'string', 'bytes', 'bool'),
      ),
      { minLength: 1, maxLength: 4, selector: ([name]) => name },
    )
    .filter(it => new Set(it.map(([, number]) => number)).size === it.length)
    .map(it => it.map(parts => parts.join(':')).join(' '))
  fc.assert(
    fc.property(fields, fields, (one, other) => {
      const onWire = (text: string) => text.replace(/ ?source/, '')
      expect(onWire(breaks(one, other))).toBe(onWire(breaks(other, one)))
      expect(breaks(one, one)).toBe('')
    }),
  )
})
