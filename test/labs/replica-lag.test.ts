import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replicaLag } from '../../src/labs/replica-lag.ts'

interface Read {
  version: number
  stale: boolean
  backwards: boolean
}

const run = (route: string, reads: number[], more = {}) =>
  replicaLag.run({ fast: 1, slow: 4, route, pin: 2, writes: [0, 6], reads, ...more })

/** Worked out by hand: writes at 0 and 6 s, replicas 1 s and 4 s behind. */
test.for<[route: string, result: string]>([
  ['in-turn', 'versions 0 0 1 1 2 1: 3 stale, 1 back in time'],
  ['one-replica', 'versions 0 0 1 1 1 1: 4 stale, 0 back in time'],
  ['leader-after-write', 'versions 1 1 1 1 2 1: 1 stale, 1 back in time'],
])('%s: %s', ([route, result]) => {
  expect(run(route, [0.5, 2, 5, 5.5, 7.5, 9]).result).toBe(result)
})

/** Terry et al. 1994: what a remedy promises holds whatever the times are. */
test('one replica never goes back in time; the leader for longer than the lag always shows the own write', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }),
      (writes, reads) => {
        const times = {
          writes: writes.toSorted((a, b) => a - b),
          reads: reads.toSorted((a, b) => a - b),
        }
        const outcome = (route: string, more = {}) =>
          run(route, [], { ...times, ...more }).outcome as Read[]
        expect(outcome('one-replica').some(it => it.backwards)).toBe(false)
        const pinned = outcome('leader-after-write', { pin: 4 })
        expect(pinned.some(it => it.stale || it.backwards)).toBe(false)
        // A replica's version is the number of writes that have arrived: told the other way round, write by write.
        for (const [i, it] of outcome('one-replica').entries()) {
          let version = 0
          for (const write of times.writes) if (times.reads[i]! - write >= 4) version++
          expect(it.version).toBe(version)
        }
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run('one-replica', [0.5, 2, 5, 7]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(told).toMatchObject({
    'there-at-once': 'versions 1 1 1 2: 0 stale, 0 back in time',
    'fastest-counts': 'versions 0 1 1 2: 1 stale, 0 back in time',
    'one-replica-is-fresh': 'versions 1 1 1 2: 0 stale, 0 back in time',
  })
})
