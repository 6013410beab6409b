import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cacheAside } from '../../src/labs/cache-aside.ts'

interface Scenario {
  readonly ttl: number
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly deletes: boolean
}

const verdicts = (it: Scenario) => cacheAside.run({ ...it }).result.split(': ')[1]
const supposed = (it: Scenario, name: string) =>
  cacheAside
    .run({ ...it })
    .supposed.find(it => it.misconception === name)
    ?.result.split(': ')[1]

/** D loaded from the database, c cache and up to date, s cache and outdated. Worked out by hand. */
test.for<[ttl: number, reads: number[], writes: number[], deletes: boolean, expected: string]>([
  [30, [0, 10, 29, 30], [], false, 'DccD'],
  [30, [0, 10, 20, 40], [15], false, 'DcsD'],
  [30, [0, 10, 20, 40], [15], true, 'DcDc'],
  [60, [0, 50, 100, 150], [10, 110], false, 'DsDs'],
])('TTL %i, reads %o, writes %o, deletes %s: %s', ([ttl, reads, writes, deletes, expected]) => {
  expect(verdicts({ ttl, reads, writes, deletes })).toBe(expected)
})

test('wrong rules, worked out by hand', () => {
  const it = { ttl: 30, reads: [0, 20, 40, 65], writes: [10], deletes: false }
  expect(verdicts(it)).toBe('DsDc')
  expect(supposed(it, 'ttl-slides')).toBe('Dsss')
  expect(supposed(it, 'cache-sees-writes')).toBe('DDcD')
  expect(supposed(it, 'write-stores')).toBe('DcDc')
})

/** The same second by second, with a countdown instead of an expiry time. */
function ticking({ ttl, reads, writes, deletes }: Scenario): string {
  let out = ''
  let left = 0
  let cached = 0
  let row = 0
  for (let t = 0; t <= 100; t++) {
    for (const _ of writes.filter(it => it === t)) {
      row++
      if (deletes) left = 0
    }
    for (const _ of reads.filter(it => it === t)) {
      if (left > 0) out += cached === row ? 'c' : 's'
      else {
        out += 'D'
        cached = row
        left = ttl
      }
    }
    left--
  }
  return out
}

test('is what a countdown gives', () => {
  const times = (min: number, max: number) =>
    fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: min, maxLength: max })
      .map(it => it.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      times(1, 15),
      times(0, 5),
      fc.boolean(),
      (ttl, reads, writes, deletes) => {
        const it = { ttl, reads, writes, deletes }
        expect(verdicts(it)).toBe(ticking(it))
      },
    ),
  )
})
