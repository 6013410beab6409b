import fc from 'fast-check'
import { expect, test } from 'vitest'
import { etagValidation } from '../../src/labs/etag-validation.ts'

const told = (
  maxAge: number,
  uses: readonly number[],
  changes: readonly number[],
  misconception?: string,
) => {
  const { result, supposed } = etagValidation.run({ maxAge, uses, changes, head: 100, body: 900 })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

/** A head is 100 bytes, a body 900. Worked out by hand. */
test.for<
  [
    maxAge: number,
    uses: number[],
    changes: number[],
    misconception: string | undefined,
    expected: string,
  ]
>([
  [60, [0, 59, 60, 119, 120], [], undefined, '200 --- 304 --- 304: 1,200'],
  [60, [0, 30, 70], [10], undefined, '200 --- 200: 2000'],
  [0, [0, 10, 20, 30], [15], undefined, '200 304 200 304: 2200'],
  [60, [0, 30, 70], [10], 'change-noticed', '200 200 ---: 2000'],
  [60, [0, 70, 80], [], 'not-renewed', '200 304 304: 1200'],
  [60, [0, 70, 80], [], 'stale-is-fetched', '200 200 ---: 2000'],
  [60, [0, 70, 80], [], '304-for-nothing', '200 304 ---: 1000'],
])(
  'max-age %i, uses %o, changes %o (%s): %s',
  ([maxAge, uses, changes, misconception, expected]) => {
    expect(told(maxAge, uses, changes, misconception)).toBe(
      `${expected.replace(/(?<=\d),/, '')} bytes`,
    )
  },
)

const TWO = /200/g

/** With no-cache the browser always has the current version, and downloads each version that it sees once. */
test('under no-cache there is one 200 for each version seen', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 8 })
    .map(it => it.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(times, times, (uses, changes) => {
      const versions = new Set(uses.map(at => changes.findLastIndex(it => it <= at)))
      expect(told(0, uses, changes).split(':')[0]?.match(TWO)).toHaveLength(versions.size)
    }),
  )
})
