import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded, shuffled } from '../src/random.ts'

const some = (count: number, ...seed: Parameters<typeof seeded>) => {
  const random = seeded(...seed)
  return Array.from({ length: count }, () => random())
}

describe('seeded', () => {
  test('gives the same on every machine and in every release', () => {
    // Somebody's --seed 42 should still be the same drill next year.
    expect(some(4, 42).map(it => Math.floor(it * 1e9))).toMatchInlineSnapshot(`
      [
        720722215,
        194460549,
        681413818,
        734924611,
      ]
    `)
    expect(some(2, 42, 'caching/reuse', 1).map(it => Math.floor(it * 1e9))).toMatchInlineSnapshot(`
      [
        333834225,
        815324169,
      ]
    `)
  })

  test('every part of the seed counts', () => {
    const first = [
      some(1, 1),
      some(1, 2),
      some(1, -1),
      some(1, 1.5),
      some(1, 1, 'a'),
      some(1, 1, 'b'),
      some(1, 1, 'a', 'b'),
      some(1, 1, 'ab'),
      some(1, 1, 2),
      some(1, 12),
      some(1, Number.NaN),
    ]
    expect(new Set(first.flat()).size).toBe(first.length)
  })

  test('is at least 0 and less than 1', () => {
    fc.assert(
      fc.property(fc.double(), fc.string(), (seed, part) => {
        for (const it of some(50, seed, part)) {
          expect(it).toBeGreaterThanOrEqual(0)
          expect(it).toBeLessThan(1)
        }
      }),
    )
  })

  test('spreads evenly, within a seed and over seeds that follow each other', () => {
    const within = some(10_000, 1)
    const over = Array.from({ length: 10_000 }, (_, seed) => some(1, seed)[0]!)
    for (const numbers of [within, over]) {
      const tenths = Array<number>(10).fill(0)
      for (const it of numbers) tenths[Math.floor(it * 10)]! += 1
      // Chi-square with 9 degrees of freedom exceeds 27.9 once in a thousand times.
      const chi = tenths.reduce((sum, it) => sum + (it - 1000) ** 2 / 1000, 0)
      expect(chi).toBeLessThan(27.9)
    }
  })
})

describe('shuffled', () => {
  test('keeps every item and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items]
        const after = shuffled(seeded(seed), items)
        expect(items).toEqual(before)
        expect(after.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
      }),
    )
  })

  test('gives each order of three equally often', () => {
    const orders = new Map<string, number>()
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffled(seeded(seed, 'caching/reuse'), ['a', 'b', 'c']).join('')
      orders.set(order, (orders.get(order) ?? 0) + 1)
    }
    expect([...orders.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
    // Chi-square with 5 degrees of freedom exceeds 20.5 once in a thousand times.
    const chi = [...orders.values()].reduce((sum, it) => sum + (it - 1000) ** 2 / 1000, 0)
    expect(chi).toBeLessThan(20.5)
  })

  test('puts each item in each place', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 500; seed++) {
      shuffled(seeded(seed), [0, 1, 2, 3, 4]).forEach((it, place) => {
        seen.add(`${it}@${place}`)
      })
    }
    expect(seen.size).toBe(25)
  })
})
