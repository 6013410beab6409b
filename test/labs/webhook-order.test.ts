import fc from 'fast-check'
import { expect, test } from 'vitest'
import { webhookOrder } from '../../src/labs/webhook-order.ts'

const A = 'evt_a@1:active'
const B = 'evt_b@2:paused'
const C = 'evt_c@3:cancelled'
const run = (policy: string, ...deliveries: string[]) => webhookOrder.run({ policy, deliveries })

/** Worked out by hand. */
test.for<[policy: string, deliveries: string[], result: string]>([
  ['as-they-come', [A, C, A, B], 'paused after 4 writes of 4 deliveries'],
  ['seen-ids', [A, C, A, B], 'paused after 3 writes of 4 deliveries'],
  ['newer-only', [A, C, A, B], 'cancelled after 2 writes of 4 deliveries'],
  ['newer-only', [C, B, A, C], 'cancelled after 1 write of 4 deliveries'],
])('%s, %o: %s', ([policy, deliveries, result]) => {
  expect(run(policy, ...deliveries).result).toBe(result)
})

test('what misconceptions say, by hand', () => {
  const said = (policy: string) =>
    Object.fromEntries(run(policy, A, C, A, B).supposed.map(it => [it.misconception, it.result]))
  expect(said('seen-ids')).toMatchObject({
    'ids-keep-order': 'cancelled after 2 writes of 4 deliveries',
    'repeats-are-written': 'paused after 4 writes of 4 deliveries',
    'sorted-on-arrival': 'cancelled after 3 writes of 4 deliveries',
  })
  expect(said('newer-only')['versions-stop-repeats-only']).toBe(
    'paused after 3 writes of 4 deliveries',
  )
  expect(said('as-they-come')['repeats-are-dropped']).toBe('paused after 3 writes of 4 deliveries')
})

test('with versions compared the row ends at the newest event, in whatever order they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<string>(A, B, C), { minLength: 1, maxLength: 9 }),
      deliveries => {
        const newest = ([A, B, C] as string[])
          .findLast(it => deliveries.includes(it))
          ?.split(':')[1]
        expect(run('newer-only', ...deliveries).outcome).toMatchObject({ status: newest })
        expect(run('seen-ids', ...deliveries).outcome).toMatchObject({
          applied: new Set(deliveries).size,
        })
      },
    ),
  )
})
