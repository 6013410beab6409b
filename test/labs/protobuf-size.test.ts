import { expect, test } from 'vitest'
import { protobufSize } from '../../src/labs/protobuf-size.ts'

interface Outcome {
  readonly pieces: readonly {
    readonly tag: number[]
    readonly length: number[]
    readonly content: number[]
  }[]
  readonly size: number
  readonly json: number
}

const run = (...fields: string[]) => protobufSize.run({ fields })
const outcome = (...fields: string[]) => run(...fields).outcome as Outcome
const hex = ({ pieces }: Outcome) =>
  Buffer.from(pieces.flatMap(it => [...it.tag, ...it.length, ...it.content])).toString('hex')

/** The first three are examples of the encoding guide (protobuf.dev): a varint, a text, zigzag; the rest by hand. */
test.for<[fields: string[], expected: string]>([
  [['a:1:int32=150'], '089601'],
  [['b:2:string=testing'], '120774657374696e67'],
  [['z:1:sint32=-1'], '0801'],
  [['z:1:sint32=-2'], '0803'],
  [['n:1:int32=-2'], '08feffffffffffffffff01'],
  [['a:15:bool=true'], '7801'],
  [['a:16:bool=true'], '800101'],
  [['a:2047:enum=ON(1)'], 'f87f01'],
  [['a:2048:enum=ON(1)'], '80800101'],
  [['a:1:int32=0', 'b:2:bool=false', 'c:3:string=', 'd:4:enum=NONE(0)'], ''],
  [['b:2:string=x', 'a:1:int32=127'], '087f120178'],
])('%o is %s', ([fields, expected]) => {
  expect(hex(outcome(...fields))).toBe(expected)
  expect(outcome(...fields).size).toBe(expected.length / 2)
})

/** The two messages of the explanation of Protocol Buffers in the bank, against their JSON of 31 bytes. */
test('text keeps its length, an enum does not', () => {
  expect(outcome('id:1:string=A17', 'status:2:string=SHIPPED')).toMatchObject({
    size: 14,
    json: 31,
  })
  expect(outcome('id:1:string=A17', 'status:2:enum=SHIPPED(3)')).toMatchObject({
    size: 7,
    json: 31,
  })
})

/** Tag and value of each field of the example by hand: 5 + 9 + 3 + nothing + 3, then each wrong rule's own sum. */
test('the example and its misconceptions', () => {
  const { result, supposed } = protobufSize.run(protobufSize.example)
  expect(result).toMatch(/^20 bytes/)
  expect(
    Object.fromEntries(supposed.map(it => [it.misconception, Number.parseInt(it.result, 10)])),
  ).toEqual({
    'fixed-integers': 5 + 9 + 5 + 6,
    'defaults-too': 22,
    'one-byte-tags': 19,
    'small-negatives': 20,
    // {"id":"A17","status":"SHIPPED","weight":150,"kind":"PARCEL"} has 60 letters.
    'a-fifth': 12,
  })
})

test('refuses what does not go together', () => {
  expect(protobufSize.check({ fields: ['a:1:int32=x'] })).toContain('no value')
  expect(protobufSize.check({ fields: ['a:1:int32=1', 'b:1:int32=1'] })).toContain('of its own')
  expect(protobufSize.check({ fields: ['a:0:int32=1'] })).toContain('is like')
})
