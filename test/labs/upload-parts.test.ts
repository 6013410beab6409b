import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uploadParts } from '../../src/labs/upload-parts.ts'

interface Outcome {
  readonly parts: number
  readonly last: number
  readonly sent: number
  readonly smallest: number
  readonly refused?: string
}

const run = (size: number, part: number, failed: number[] = [], largest = 200) =>
  uploadParts.run({ size, part, failed, largest }).outcome as Outcome

/** Sends the file piece by piece, as a client would. */
test('a client that sends piece by piece sends as much', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      (size, part, unsorted) => {
        const failed = unsorted.toSorted((a, b) => a - b)
        const pieces: number[] = []
        for (let rest = size; rest > 0; rest -= part) pieces.push(Math.min(part, rest))
        const sent = pieces.flatMap((it, at) => [
          it,
          ...failed.filter(no => no === at + 1).map(() => it),
        ])
        expect(run(size, part, failed)).toMatchObject({
          parts: pieces.length,
          last: pieces.at(-1),
          sent: sent.reduce((sum, it) => sum + it, 0),
        })
      },
    ),
  )
})

/** The table of limits in the S3 guide; 200 GiB needs 20.48 MiB, as the bank says, so 21. */
test('the smallest part fills no more than 10,000, and one MiB less would', () => {
  expect(run(10, 5, [], 200).smallest).toBe(21)
  expect(run(10, 5, [], 48).smallest).toBe(5)
  expect(run(10, 5, [], 49).smallest).toBe(6)
  for (let largest = 50; largest < 3000; largest += 7) {
    const { smallest } = run(10, 5, [], largest)
    expect(Math.ceil((largest * 1024) / smallest)).toBeLessThanOrEqual(10_000)
    expect(Math.ceil((largest * 1024) / (smallest - 1))).toBeGreaterThan(10_000)
  }
})

test('says what S3 would refuse', () => {
  expect(run(60_000, 5).refused).toContain('10,000 parts')
  expect(run(20, 4).refused).toContain('below 5 MiB')
  expect(run(4, 4).refused).toBeUndefined()
  expect(run(20_000, 6000).refused).toContain('5 GiB')
})

/** 94 MiB in parts of 20 are 4 × 20 + 14; parts 2 and 5 fail. */
test('the example and its misconceptions', () => {
  expect(uploadParts.run(uploadParts.example).result).toMatch(
    /^5 parts, the last of 14 MiB, 128 MiB sent/,
  )
  const said = uploadParts
    .run(uploadParts.example)
    .supposed.map(it => [it.misconception, it.result])
  expect(Object.fromEntries(said)).toMatchObject({
    'start-over': expect.stringContaining(`${94 * 3} MiB sent`),
    'from-there-on': expect.stringContaining(`${94 + 74 + 14} MiB sent`),
    'full-last': expect.stringContaining(`${100 + 20 + 20} MiB sent`),
    'merged-rest': expect.stringContaining('4 parts, the last of 34 MiB'),
    'five-is-enough': expect.stringContaining('parts of 5 MiB'),
    thousands: expect.stringContaining('parts of 20 MiB'),
  })
})
