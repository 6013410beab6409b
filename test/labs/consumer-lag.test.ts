import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consumerLag } from '../../src/labs/consumer-lag.ts'

/** The figures of `queue-backlog` and `consumers-beyond-partitions` in questions/messaging.yaml. */
test.for<[what: string, values: object, expected: string]>([
  [
    '2 h at 300/s, capacity 500/s: 3 h',
    { partitions: 5, consumers: 5, rate: 100, arrivals: 300, outage: 120 },
    '5 busy consumers, 2,160,000 waiting, gone: 180 min',
  ],
  [
    '12 partitions, 20 consumers of 150/s: 1,800 of 2,500/s',
    { partitions: 12, consumers: 20, rate: 150, arrivals: 2500, outage: 1 },
    '12 busy consumers, 150,000 waiting, gone: never',
  ],
])('%s', ([, values, expected]) => {
  expect(consumerLag.run({ ...consumerLag.example, ...values }).result).toBe(expected)
})

/** 20 min at 240/s are 288,000; 4 of the 6 consumers handle 400/s, so 160/s are left. */
test.for<[misconception: string, expected: string]>([
  ['full-capacity', '4 busy consumers, 288,000 waiting, gone: 12 min'],
  ['all-consumers-work', '6 busy consumers, 288,000 waiting, gone: 13.3 min'],
  ['one-for-each-partition', '4 busy consumers, 288,000 waiting, gone: 30 min'],
  ['from-the-outage', '4 busy consumers, 288,000 waiting, gone: 50 min'],
  ['as-long-as-it-lasted', '4 busy consumers, 288,000 waiting, gone: 20 min'],
])('%s: %s', ([misconception, expected]) => {
  const { result, supposed } = consumerLag.run({
    partitions: 4,
    consumers: 6,
    rate: 100,
    arrivals: 240,
    outage: 20,
  })
  expect(result).toBe('4 busy consumers, 288,000 waiting, gone: 30 min')
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

/** Second by second, without the formula. */
test('a backlog that is simulated is gone at the same time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 60 }),
      (partitions, consumers, rate, arrivals) => {
        const outage = 2
        const { outcome } = consumerLag.run({ partitions, consumers, rate, arrivals, outage })
        const { drain, drains } = outcome as { drain: number; drains: boolean }
        let waiting = 0
        for (let second = 0; second < outage * 60; second++) waiting += arrivals
        let handled = 0
        for (let one = 1; one <= partitions && one <= consumers; one++) handled += rate
        expect(drains).toBe(handled > arrivals)
        if (!drains) return
        let seconds = 0
        for (; waiting > 0; seconds++) waiting += arrivals - handled
        expect(Math.abs(seconds / 60 - drain)).toBeLessThanOrEqual(1 / 60 + 0.05 + 1e-9)
      },
    ),
  )
})
