import { expect, test } from 'vitest'
import { freshnessLeft } from '../../src/labs/freshness-left.ts'

const left = (
  [lifetime, age, behind, delay, kept]: readonly number[],
  misconception?: string,
  from = 'max-age',
) => {
  const { result, supposed } = freshnessLeft.run({
    from,
    lifetime: lifetime!,
    age: age!,
    behind: behind!,
    delay: delay!,
    kept: kept!,
  })
  const told = supposed.find(it => it.misconception === misconception)?.result ?? result
  return Number(told.split(' s left')[0]?.replaceAll(',', ''))
}

/** Lifetime, Age, seconds that Date lies back, delay, seconds in the cache; by hand with RFC 9111 §4.2.3. */
test.for<[of: number[], misconception: string | undefined, expected: number]>([
  [[300, 120, 0, 0, 100], undefined, 80],
  [[120, 20, 32, 2, 58], undefined, 30],
  [[120, 40, 32, 2, 58], undefined, 20],
  [[60, 0, -30, 1, 70], undefined, -11],
  [[120, 20, 32, 2, 58], 'both-added', 8],
  [[120, 20, 32, 2, 58], 'age-ignored', 62],
  [[120, 20, 32, 2, 58], 'delay-ignored', 42],
  [[120, 20, 32, 2, 58], 'kept-ignored', 88],
])('%o (%s): %i s', ([of, misconception, expected]) => {
  expect(left(of, misconception)).toBe(expected)
})

/** Ten days without a change make one day of freshness (RFC 9111 §4.2.2, 10 %). */
test('a heuristic lifetime is a tenth of Date - Last-Modified', () => {
  const day = 86_400
  const it = { from: 'Last-Modified', lifetime: day, age: 0, behind: 0, delay: 0, kept: 3600 }
  const prompt = JSON.stringify(freshnessLeft.run(it).ask('left', () => 0)?.asked.prompt)
  expect(prompt).toContain('Date: Sat, 21 Nov 2026 10:00:00 GMT')
  expect(prompt).toContain('Last-Modified: Wed, 11 Nov 2026 10:00:00 GMT')
  expect(left([day, 0, 0, 0, 3600], undefined, it.from)).toBe(23 * 3600)
  expect(left([day, 0, 0, 0, 3600], 'guess-of-all', it.from)).toBe(10 * day - 3600)
})
