import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Size } from '../../src/labs/base64-size.ts'

interface Outcome {
  readonly letters: number
  readonly padding: number
  readonly body: number
  readonly largest: number
}

const run = (bytes: number, padded: boolean, limit = 100) =>
  base64Size.run({ bytes, padded, name: 'photo', limit }).outcome as Outcome

/** The runtime's encoder is the twin. */
test('counts what an encoder writes, and no larger file fits', () => {
  const text = (bytes: number, padded: boolean) =>
    Buffer.alloc(bytes, 7).toString(padded ? 'base64' : 'base64url')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.boolean(),
      fc.integer({ min: 12, max: 600 }),
      (bytes, padded, limit) => {
        const encoded = text(bytes, padded)
        const { letters, padding, body, largest } = run(bytes, padded, limit)
        expect({ letters, padding }).toEqual({
          letters: encoded.length,
          padding: encoded.split('=').length - 1,
        })
        const bodyOf = (size: number) => JSON.stringify({ photo: text(size, padded) }).length
        expect(body).toBe(bodyOf(bytes))
        expect(bodyOf(largest)).toBeLessThanOrEqual(limit)
        expect(bodyOf(largest + 1)).toBeGreaterThan(limit)
      },
    ),
  )
})

/** The test vectors of RFC 4648 §10, by their lengths, and a SHA-256 in a token. */
test.for<[bytes: number, padded: boolean, letters: number, padding: number]>([
  [0, true, 0, 0],
  [1, true, 4, 2],
  [2, true, 4, 1],
  [3, true, 4, 0],
  [4, true, 8, 2],
  [6, true, 8, 0],
  [32, false, 43, 0],
])('%i bytes, padded %o: %i characters, %i of them =', ([bytes, padded, letters, padding]) => {
  expect(run(bytes, padded)).toMatchObject({ letters, padding })
})

/** 32 bytes: ten groups and two bytes; {"data":""} has eleven bytes, so 89 of 100 are left. */
test('the example and its misconceptions', () => {
  const { result, supposed } = base64Size.run(base64Size.example)
  expect(result).toBe('44 characters, 1 of them =, a body of 55 bytes; 100 bytes hold a file of 66')
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(said['hexadecimal']).toMatch(/^64 characters.* 75 bytes.* 44$/)
  expect(said['third-more']).toMatch(/^43 characters, 0 .* 54 bytes.* 66$/)
  expect(said['rest-is-padding']).toMatch(/^45 characters, 2 /)
  expect(said['bytes-as-they-are']).toMatch(/43 bytes.* 89$/)
  expect(said['text-only']).toMatch(/a body of 44 bytes.* 75$/)
})
