import { expect, test } from 'vitest'
import { resharding } from '../../src/labs/resharding.ts'

const run = (before: number, after: number, keys: number) =>
  resharding.run({ before, after, keys, placement: 'modulo' })

test('modulo agrees with taking every hash', () => {
  for (let before = 1; before <= 12; before++)
    for (let after = 1; after <= 12; after++) {
      if (before === after) continue
      const keys = 27_720
      const moved = [...Array(keys).keys()].filter(it => it % before !== it % after).length
      expect(run(before, after, keys).outcome).toMatchObject({ modulo: moved })
    }
})

/** The reference figures: 5 to 6 nodes move 83.3 % by modulo and 16.7 % on a ring; N / (N + 1) against 1 / (N + 1). */
test('one more shard', () => {
  expect(run(5, 6, 60_000).outcome).toEqual({ modulo: 50_000, ring: 10_000 })
  for (let n = 1; n < 20; n++) {
    const keys = 1000 * (n + 1)
    expect(run(n, n + 1, keys).outcome).toEqual({ modulo: 1000 * n, ring: 1000 })
  }
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(4, 6, 12_000).supposed.map(it => [it.misconception, it.result]),
  )
  expect(run(4, 6, 12_000).outcome).toEqual({ modulo: 8000, ring: 4000 })
  expect(told).toEqual({
    'new-share-only': 'of 12,000 keys 4000 move by modulo, 4000 on a ring',
    'ring-reshuffles': 'of 12,000 keys 8000 move by modulo, 8000 on a ring',
    'everything-moves': 'of 12,000 keys 12,000 move by modulo, 12,000 on a ring',
    'one-in-max-stays': 'of 12,000 keys 10,000 move by modulo, 4000 on a ring',
    'share-of-the-smaller': 'of 12,000 keys 6000 move by modulo, 6000 on a ring',
  })
})
