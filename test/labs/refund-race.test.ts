import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refundRace } from '../../src/labs/refund-race.ts'

const run = (handler: string, key: boolean, starts: number[], takes = 100) =>
  refundRace.run({ handler, key, starts, takes })

/** Worked out by hand: the first write is there 100 ms after the first start. */
test.for<[handler: string, key: boolean, starts: number[], result: string]>([
  ['read-then-write', false, [0, 30, 90, 140], '3 calls, 3 paid out'],
  ['read-then-write', false, [0, 100, 300], '1 call, 1 paid out'],
  ['read-then-write', true, [0, 30, 90, 140], '3 calls, 1 paid out'],
  ['conditional-update', false, [0, 0, 30, 300], '1 call, 1 paid out'],
])('%s, key %s, %o: %s', ([handler, key, starts, result]) => {
  expect(run(handler, key, starts).result).toBe(result)
})

test('what misconceptions say, by hand', () => {
  const said = (handler: string, key: boolean) =>
    Object.fromEntries(
      run(handler, key, [0, 30, 90, 140]).supposed.map(it => [it.misconception, it.result]),
    )
  expect(said('read-then-write', false)).toMatchObject({
    'one-after-the-other': '1 call, 1 paid out',
    'each-one-acts': '4 calls, 4 paid out',
    'key-helps-anyway': '3 calls, 1 paid out',
  })
  expect(said('read-then-write', true)['key-changes-nothing']).toBe('3 calls, 3 paid out')
  expect(said('conditional-update', false)['condition-comes-too-early']).toBe('3 calls, 3 paid out')
})

test('a condition in the update, or a key, pays out once', () => {
  const times = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(times, unsorted => {
      const starts = unsorted.toSorted((a, b) => a - b)
      expect(run('conditional-update', false, starts).outcome).toMatchObject({
        calls: 1,
        refunds: 1,
      })
      expect(run('read-then-write', true, starts).outcome).toMatchObject({ refunds: 1 })
      const inTime = starts.filter(it => it < starts[0]! + 100).length
      expect(run('read-then-write', false, starts).outcome).toMatchObject({ refunds: inTime })
    }),
  )
})
