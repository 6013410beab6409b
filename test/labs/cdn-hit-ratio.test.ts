import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cdnHitRatio } from '../../src/labs/cdn-hit-ratio.ts'

const told = (
  [rps, edgeHits, shieldHits, edgeMs, shieldMs, originMs]: readonly number[],
  misconception?: string,
) => {
  const { result, supposed } = cdnHitRatio.run({
    rps: rps!,
    edgeHits: edgeHits!,
    shieldHits: shieldHits!,
    edgeMs: edgeMs!,
    shieldMs: shieldMs!,
    originMs: originMs!,
  })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

/** Requests/s, hits in %, hits of the shield in %, ms of edge, shield and origin. Worked out by hand. */
test.for<[of: number[], misconception: string | undefined, expected: string]>([
  // 100 requests in 1000 miss twice: 50; mean 10 + 0.2 × (20 + 0.25 × 200) = 24.
  [[1000, 80, 75, 10, 20, 200], undefined, '50 requests/s at the origin, 24 ms on average'],
  // One tier, mean latency h × Lc + (1 - h) × Lo with Lo the whole miss: 0.9 × 2 + 0.1 × 52 = 7.
  [[1000, 90, 0, 2, 0, 50], undefined, '100 requests/s at the origin, 7 ms on average'],
  [[1000, 60, 30, 10, 20, 100], 'ratios-added', '100 requests/s at the origin, 28 ms on average'],
  [[1000, 80, 75, 10, 20, 200], 'hits-go-on', '600 requests/s at the origin, 146 ms on average'],
  [
    [1000, 80, 75, 10, 20, 200],
    'shield-overlooked',
    '200 requests/s at the origin, 54 ms on average',
  ],
  [[1000, 80, 50, 10, 20, 200], 'miss-pays-last', '100 requests/s at the origin, 30 ms on average'],
])('%o (%s): %s', ([of, misconception, expected]) => {
  expect(told(of, misconception)).toBe(expected)
})

/** Counted one by one over 10,000 requests, of which every share in percent is a whole number. */
test('is what counting requests gives', () => {
  const share = fc.integer({ min: 0, max: 100 })
  const ms = fc.integer({ min: 0, max: 500 })
  fc.assert(
    fc.property(share, share, ms, ms, ms, (edgeHits, shieldHits, edgeMs, shieldMs, originMs) => {
      let total = 0
      let origin = 0
      for (let i = 0; i < 10_000; i++) {
        total += edgeMs
        if (i % 100 < edgeHits) continue
        total += shieldMs
        if (Math.floor(i / 100) < shieldHits) continue
        total += originMs
        origin++
      }
      const [, rps, mean] =
        /^([\d,.]+) .*, ([\d,.]+) ms/.exec(
          told([10_000, edgeHits, shieldHits, edgeMs, shieldMs, originMs]),
        ) ?? []
      expect(Number(rps?.replaceAll(',', ''))).toBe(origin)
      expect(Number(mean?.replaceAll(',', ''))).toBeCloseTo(total / 10_000, 3)
    }),
    { numRuns: 30 },
  )
})
