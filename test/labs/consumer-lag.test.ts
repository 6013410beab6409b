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
  [
    '12 partitions on 10 consumers: two have two each, 50 a second for 2/12 of 250',
    { partitions: 12, consumers: 10, rate: 50, arrivals: 250, outage: 10 },
    '10 busy consumers, 150,000 waiting, gone: 50 min',
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

/** The same topic: 10 × 50 would leave 250/s, 12 × 50 would leave 350/s. */
test.for<[misconception: string, expected: string]>([
  ['adds-up', '10 busy consumers, 150,000 waiting, gone: 10 min'],
  ['one-for-each-partition', '12 busy consumers, 150,000 waiting, gone: 7.1 min'],
])('fewer consumers than partitions, %s: %s', ([misconception, expected]) => {
  const { supposed } = consumerLag.run({
    partitions: 12,
    consumers: 10,
    rate: 50,
    arrivals: 250,
    outage: 10,
  })
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

/** Second by second and consumer by consumer, without the formula. */
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
        // Partitions are dealt out in turn; messages are counted in parts, as many as there are partitions.
        const has = new Array<number>(consumers).fill(0)
        for (let one = 0; one < partitions; one++) has[one % consumers]! += 1
        expect(drains).toBe(has.every(own => own * arrivals < rate * partitions || own === 0))
        if (!drains) return
        const waiting = has.map(own => own * arrivals * outage * 60)
        let seconds = 0
        for (; waiting.some(it => it > 0); seconds++) {
          for (const [one, own] of has.entries())
            waiting[one] = Math.max(0, waiting[one]! + own * arrivals - rate * partitions)
        }
        expect(Math.abs(seconds / 60 - drain)).toBeLessThanOrEqual(1 / 60 + 0.05 + 1e-9)
      },
    ),
  )
})
