import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shardHotspot } from '../../src/labs/shard-hotspot.ts'

interface Outcome {
  perShard: number[]
  most: number
}

const run = (shards: number, loads: number[], remedy = 'none', suffixes = 2) =>
  shardHotspot.run({ shards, loads, remedy, suffixes })

/** Worked out by hand: tenants 0 to 5, tenant 3 is hot. */
test.for<[remedy: string, perShard: number[]]>([
  ['none', [10 + 120, 20 + 10, 10 + 40]],
  ['twice-the-shards', [10, 20, 10, 120, 10, 40]],
  ['suffixes', [10 + 60, 20 + 10 + 60, 10 + 40]],
])('%s: %o', ([remedy, perShard]) => {
  expect(run(3, [10, 20, 10, 120, 10, 40], remedy).outcome).toMatchObject({ perShard })
})

test('no request is lost, and more shards never go below the hottest tenant', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(
        fc.integer({ min: 0, max: 50 }).map(it => it * 12),
        { minLength: 2, maxLength: 12 },
      ),
      fc.constantFrom('none', 'twice-the-shards', 'suffixes'),
      fc.integer({ min: 1, max: 4 }),
      (shards, loads, remedy, suffixes) => {
        const { perShard, most } = run(shards, loads, remedy, suffixes).outcome as Outcome
        const total = loads.reduce((all, it) => all + it, 0)
        expect(perShard.reduce((all, it) => all + it, 0)).toBeCloseTo(total, 6)
        if (remedy !== 'suffixes') expect(most).toBeGreaterThanOrEqual(Math.max(...loads))
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(3, [10, 20, 10, 120, 10, 40], 'suffixes').supposed.map(it => [it.misconception, it.result]),
  )
  expect(told).toMatchObject({
    'evenly-spread': 'shard 0 is the busiest with 70 of 210 requests/s',
    'in-proportion': 'shard 0 is the busiest with 65 of 210 requests/s',
    'nobody-moves': 'shard 0 is the busiest with 130 of 210 requests/s',
    'hot-tenant-gone': 'shard 2 is the busiest with 110 of 210 requests/s',
  })
})
