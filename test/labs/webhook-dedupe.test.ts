import fc from 'fast-check'
import { expect, test } from 'vitest'
import { webhookDedupe } from '../../src/labs/webhook-dedupe.ts'

const run = (mark: string, ttl: number, deliveries: number[], crashes: number[] = []) =>
  webhookDedupe.run({ mark, ttl, deliveries, crashes })

/** One letter a delivery, worked out by hand. */
test.for<[mark: string, ttl: number, deliveries: number[], crashes: number[], fates: string]>([
  ['before', 24, [0, 1, 20, 30, 70], [1], 'XssPP'],
  ['with-effect', 24, [0, 1, 20, 30, 70], [1], 'XPsPP'],
  ['before', 72, [0, 1, 70, 80], [], 'PssP'],
  ['before', 100, [0, 1, 70], [1], 'Xss'],
  ['with-effect', 100, [0, 1, 70], [1, 2], 'XXP'],
])('%s, %i h, deliveries %o, crashes %o: %s', ([mark, ttl, deliveries, crashes, fates]) => {
  expect(run(mark, ttl, deliveries, crashes).result).toMatch(new RegExp(`: ${fates}$`))
})

test('what misconceptions say, by hand', () => {
  const said = (mark: string) =>
    Object.fromEntries(
      run(mark, 24, [0, 1, 20, 30, 70], [1]).supposed.map(it => [
        it.misconception,
        it.result.slice(-5),
      ]),
    )
  expect(said('before')).toMatchObject({
    'remembered-for-good': 'Xssss',
    'repeats-renew': 'XsssP',
    'crash-frees-the-key': 'XPsPP',
  })
  expect(said('with-effect')['crash-keeps-the-id']).toBe('XssPP')
})

test('kept longer than the deliveries go on, the id makes one effect in its transaction, or at most one before', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 9 }), (unsorted, crashes) => {
      const deliveries = unsorted.toSorted((a, b) => a - b)
      const failing = Array.from(
        { length: Math.min(crashes, deliveries.length - 1) },
        (_, i) => i + 1,
      )
      expect(run('with-effect', 100, deliveries, failing).result).toMatch(/^processed 1 time:/)
      expect(run('before', 100, deliveries, failing).result).toMatch(
        failing.length > 0 ? /^processed 0 times:/ : /^processed 1 time:/,
      )
    }),
  )
})
