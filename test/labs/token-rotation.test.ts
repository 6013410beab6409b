import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokenRotation } from '../../src/labs/token-rotation.ts'

interface Outcome {
  readonly detected: number | null
  readonly by: string | null
  readonly exposed: number
  readonly loggedOut: boolean
}

const replay = (ttl: number, theft: number, use: number, rotation = true) =>
  tokenRotation.run({ ttl, theft, use, life: 240, rotation }).outcome as Outcome

/** Worked out by hand; access tokens of 15 minutes unless said. */
test.for<[ttl: number, theft: number, use: number, exposed: number, detected: number, by: string]>([
  // The thief is first: 25 + 15 - 20, and the app's refresh at 30 gives it away.
  [15, 20, 25, 20, 30, 'app'],
  // The app is first, at 30: the thief only has the rest of the access token.
  [15, 20, 31, 10, 31, 'thief'],
  [60, 1, 2, 61, 60, 'app'],
  [5, 4, 21, 1, 21, 'thief'],
])(
  'ttl %i, theft %i, use %i: exposed for %i, noticed at %i by the %s',
  ([ttl, theft, use, exposed, detected, by]) => {
    expect(replay(ttl, theft, use)).toMatchObject({ exposed, detected, by, loggedOut: true })
  },
)

test('without rotation the thief stays until the log-in ends, and nobody notices', () => {
  // Refreshes at 25, 40 … 235; the last access token runs out at 250.
  expect(replay(15, 20, 25, false)).toMatchObject({
    exposed: 230,
    detected: null,
    loggedOut: false,
  })
})

test('a thief who comes late has no valid access token for a while', () => {
  // Until 30 with the copy, then from 38 on: refreshes at 38, 53 … 233, the last access token runs out at 248.
  expect(replay(15, 20, 38, false)).toMatchObject({ exposed: 10 + 210, detected: null })
})

test('what misconceptions make of the first row', () => {
  const { supposed } = tokenRotation.run({ ...tokenRotation.example, ttl: 15, theft: 20, use: 25 })
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toMatchObject({
    'revocation-stops-access': expect.stringMatching(/^exposed for 10 min; noticed at minute 30/),
    'copy-is-useless': expect.stringMatching(/^exposed for 10 min; not noticed/),
    'spent-still-works': expect.stringMatching(/^exposed for 230 min; not noticed/),
  })
})

/** With reuse detection a thief gets at most one refresh, so never more than two lives of an access token. */
test('rotation bounds the exposure to less than twice the life of an access token', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 1, max: 239 }),
      fc.integer({ min: 1, max: 239 }),
      (ttl, a, b) => {
        const [theft, use] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(theft % ttl !== 0 && use % ttl !== 0)
        // The last refresh of the app before the log-in ends has to be still to come.
        fc.pre(Math.ceil(use / ttl) * ttl < 240)
        const { exposed, detected } = replay(ttl, theft, use)
        expect(exposed).toBeLessThan(2 * ttl)
        expect(detected).toBe(use < Math.ceil(theft / ttl) * ttl ? Math.ceil(use / ttl) * ttl : use)
      },
    ),
  )
})
