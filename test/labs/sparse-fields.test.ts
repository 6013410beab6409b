import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sparseFields } from '../../src/labs/sparse-fields.ts'

const FIELDS = ['title', 'price', 'stock', 'image', 'description', 'reviews']
const scene = {
  fields: ['title', 'price'],
  bytes: [60, 20, 20, 80, 400, 360],
  items: 10,
  head: 200,
  identity: 40,
}

/** 200 + 10 × (40 + 940) = 10,000 bytes, and 200 + 10 × (40 + 80) = 1,400. By hand. */
test('ten products with two of six fields', () => {
  expect(sparseFields.run(scene).result).toBe('1400 of 10,000 bytes, 86 % saved')
})

test.for<[misconception: string, result: string]>([
  ['counts-fields', '3333 of 10,000 bytes, 67 % saved'],
  ['seventy-percent', '3000 of 10,000 bytes, 70 % saved'],
  ['only-what-is-named', '1000 of 10,000 bytes, 90 % saved'],
  ['forgets-the-head', '1200 of 9800 bytes, 88 % saved'],
  ['kept-for-saved', '1400 of 10,000 bytes, 14 % saved'],
])('%s: %s', ([misconception, result]) => {
  const { supposed } = sparseFields.run(scene)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})

/** A twin that weighs real responses: strings of the right length, with and without the fields. */
test('is what a response weighs', () => {
  fc.assert(
    fc.property(
      fc.subarray(FIELDS, { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      (fields, bytes, items) => {
        const body = (names: readonly string[]) =>
          'h'.repeat(7) +
          ('i'.repeat(5) + names.map(it => 'f'.repeat(bytes[FIELDS.indexOf(it)]!)).join('')).repeat(
            items,
          )
        const { outcome } = sparseFields.run({ fields, bytes, items, head: 7, identity: 5 })
        expect(outcome).toMatchObject({ whole: body(FIELDS).length, sparse: body(fields).length })
      },
    ),
  )
})
