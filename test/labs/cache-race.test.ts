import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cacheRace } from '../../src/labs/cache-race.ts'

const told = (writer: string, turns: string, misconception?: string, cached = false) => {
  const { result, supposed } = cacheRace.run({ writer, cached, turns: [...turns] })
  return (supposed.find(it => it.misconception === misconception)?.result ?? result).split(';')[0]
}

/** The row holds 1; A writes 2, B writes 3, R reads and fills. Worked out by hand. */
test.for<[writer: string, turns: string, misconception: string | undefined, expected: string]>([
  // Nishtala 2013 §3.2.1: the stale set, and what a lease does to it.
  ['deletes', 'RRAAR', undefined, 'database 2, cache 1'],
  ['deletes-with-lease', 'RRAAR', undefined, 'database 2, cache empty'],
  ['deletes-with-lease', 'AARRR', undefined, 'database 2, cache 2'],
  ['sets', 'ABBA', undefined, 'database 3, cache 2'],
  ['sets', 'AABB', undefined, 'database 3, cache 3'],
  ['deletes', 'ABBA', undefined, 'database 3, cache empty'],
  ['sets', 'ABBA', 'undisturbed', 'database 3, cache 3'],
  ['sets', 'ABBA', 'last-to-finish', 'database 2, cache 2'],
  ['deletes', 'RRAAR', 'delete-protects', 'database 2, cache empty'],
  ['deletes', 'RRAAR', 'stores-current', 'database 2, cache 2'],
  ['deletes-with-lease', 'RRAAR', 'void-lease-stores', 'database 2, cache 1'],
])('writer %s, turns %s (%s): %s', ([writer, turns, misconception, expected]) => {
  expect(told(writer, turns, misconception)).toBe(expected)
})

test('each line has its state, also those of a reader that had a hit', () => {
  const { outcome } = cacheRace.run({ writer: 'sets', cached: true, turns: [...'RARAR'] })
  expect((outcome as { cache: unknown }[]).map(it => it.cache)).toEqual([1, 1, 1, 2, 2])
})

test('with leases a cache that starts empty never ends up older than the database once all have finished', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...'AABBRRR'], { minLength: 7 }), turns => {
      const [, database, cache] =
        /database (\d), cache (\d|empty)/.exec(told('deletes-with-lease', turns.join(''))!) ?? []
      expect([database, 'empty']).toContain(cache)
    }),
  )
})
