import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAmplification } from '../../src/labs/retry-amplification.ts'

const sent = (requests: number, setting: string, layers: readonly number[]) =>
  (retryAmplification.run({ requests, setting, layers }).outcome as { sent: number }[]).map(
    it => it.sent,
  )

/** tries^layers: 3³ = 27 and 4³ = 64, the SRE book's 64 attempts from one action (chapter 22, "Retries"). */
test('three layers with three and with four tries', () => {
  expect(sent(1, 'max_attempts', [3, 3, 3])).toEqual([3, 9, 27])
  expect(sent(1, 'max_attempts', [4, 4, 4])).toEqual([4, 16, 64])
  expect(sent(1, 'max_retries', [3, 3, 3])).toEqual([4, 16, 64])
})

/** The calls, made one by one. */
function made(layers: readonly number[]): number {
  const [tries, ...below] = layers
  if (tries === undefined) return 1
  let calls = 0
  for (let n = 0; n < tries; n++) calls += made(below)
  return calls
}

test('agrees with a stack that really calls', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (layers, requests) => {
        expect(sent(requests, 'max_attempts', layers).at(-1)).toBe(requests * made(layers))
      },
    ),
  )
})

test('what wrong rules say, by hand', () => {
  const { supposed } = retryAmplification.run({
    requests: 2,
    setting: 'max_attempts',
    layers: [3, 2, 4],
  })
  expect(
    Object.fromEntries(supposed.map(it => [it.misconception, it.result.split(' ')[0]])),
  ).toEqual({
    'tries-add-up': '18',
    'mixes-attempts-and-retries': '120',
    'only-retries-count': '12',
    'lowest-layer-alone': '8',
  })
})
