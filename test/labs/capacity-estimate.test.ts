import { expect, test } from 'vitest'
import { capacityEstimate } from '../../src/labs/capacity-estimate.ts'

interface Outcome {
  readonly average: number
  readonly busiest: number
  readonly servers: number
  readonly storage: number
}

const run = (values: object) =>
  capacityEstimate.run({ ...capacityEstimate.example, ...values }).outcome as Outcome

/** Reference figures: 1 million a day are 11.6 per second; 120 million times five 6,944; and the chat of the bank, 10 GB a day. */
test('reference figures', () => {
  expect(run({ users: 1, actions: 1, day: 86_400 }).average).toBe(11.6)
  expect(run({ users: 6, actions: 20, day: 86_400, peak: 5 }).busiest).toBe(6944.4)
  expect(run({ users: 20, actions: 1, stores: 1, bytes: 500, copies: 1 }).storage).toBe(3650)
  expect(run({ users: 20, actions: 1, stores: 1, bytes: 500, copies: 3 }).storage).toBe(10_950)
})

test('servers are whole, and exactly enough is enough', () => {
  const of = (server: number, spare: number) =>
    run({ users: 1, actions: 100, peak: 3, server, spare }).servers
  expect(of(1000, 0)).toBe(3)
  expect(of(999, 0)).toBe(4)
  expect(of(1000, 2)).toBe(5)
})

/** 120 million a day: 1200 a second, 6000 at the peak, 6.7 servers; 12 million records of 500 bytes are 6 GB a day. */
test('the example and its misconceptions', () => {
  const { result, supposed } = capacityEstimate.run(capacityEstimate.example)
  expect(result).toBe('1200 requests/s on average, 6000 at the peak, 8 servers, 6570 GB a year')
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(said['average-is-enough']).toContain('1200 at the peak, 3 servers')
  expect(said['one-action-each']).toContain('60 requests/s on average, 300 at the peak')
  expect(said['no-spare']).toContain('7 servers')
  expect(said['every-request-stores']).toContain('65,700 GB')
  expect(said['one-copy']).toContain('2190 GB')
  expect(said['peak-all-year']).toContain('32,850 GB')
})
