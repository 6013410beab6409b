import fc from 'fast-check'
import { expect, test } from 'vitest'
import { transferTime } from '../../src/labs/transfer-time.ts'

interface Outcome {
  readonly plain: { readonly bytes: number; readonly total: number }
  readonly compressed: { readonly bytes: number; readonly total: number }
  readonly percent: number
}

const link = { size: 40, compressed: 8, mbps: 1, rtt: 200, server: 0, connection: 'warm' as const }
const run = (values: object) => transferTime.run({ ...link, ...values }).outcome as Outcome

/** The reference figures: 40 KB at 1 Mbit/s take 320 ms, 8 KB 64 ms; a warm call with 200 ms of round trip falls by 49 %. */
test('reference figures', () => {
  expect(run({})).toMatchObject({
    plain: { bytes: 320, total: 520 },
    compressed: { bytes: 64, total: 264 },
    percent: 49,
  })
  // The explanation of round trips in the bank: 10 KB and 2 KB at 2 Mbit/s, 20 ms of server.
  expect(run({ size: 10, compressed: 2, mbps: 2, server: 20 })).toMatchObject({
    plain: { total: 260 },
    compressed: { total: 228 },
  })
  expect(run({ connection: 'new' }).plain.total).toBe(920)
})

/** Counts bits one packet at a time instead of by a formula. */
test('as long as sending the bits one after the other', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(1, 2, 4, 5, 8, 10),
      (size, mbps) => {
        let seconds = 0
        for (let kb = 0; kb < size; kb++) seconds += 8000 / (mbps * 1_000_000)
        expect(run({ size, compressed: 0, mbps }).plain.bytes).toBeCloseTo(seconds * 1000, 2)
      },
    ),
  )
})

/** A new connection: 400 + 200 + 20, then 320 or 64 ms of bytes. */
test('the example and its misconceptions', () => {
  const { result, supposed } = transferTime.run(transferTime.example)
  expect(result).toBe('940 ms as it is, 684 ms compressed, 27 % less')
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'bits-are-bytes': '660 ms as it is, 628 ms compressed, 5 % less',
    'time-shrinks-alike': '940 ms as it is, 188 ms compressed, 80 % less',
    'bytes-only': '320 ms as it is, 64 ms compressed, 80 % less',
    'setup-is-free': '540 ms as it is, 284 ms compressed, 47 % less',
    'two-trips-for-tls': '1140 ms as it is, 884 ms compressed, 22 % less',
  })
})
