import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pkce } from '../../src/labs/pkce.ts'

interface Outcome {
  readonly challenge: string
  readonly length: number
  readonly steps: readonly { granted: boolean }[]
}
const redeem = (
  method: string,
  requests: readonly string[],
  verifier = pkce.example['verifier']!,
) => pkce.run({ method, requests, verifier }).outcome as Outcome
const who = (outcome: Outcome) => outcome.steps.map(it => (it.granted ? '#' : '.')).join('')

/** RFC 7636, appendix B. */
test('the challenge is that of the RFC', () => {
  const { challenge } = redeem('S256', ['verifier', 'none'])
  expect(pkce.example['verifier']).toBe('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
  expect(challenge).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

/** `#` gets tokens. Worked out by hand. */
test.for<[method: string, requests: string[], expected: string]>([
  ['S256', ['none', 'challenge', 'verifier', 'verifier'], '..#.'],
  ['S256', ['other', 'challenge', 'none'], '...'],
  ['plain', ['other', 'challenge', 'verifier'], '.#.'],
  ['plain', ['none', 'verifier', 'challenge'], '.#.'],
])('%s, %o: %s', ([method, requests, expected]) => {
  expect(who(redeem(method, requests))).toBe(expected)
})

test('what misconceptions make of the first row', () => {
  const said = Object.fromEntries(
    pkce.run(pkce.example).supposed.map(it => [it.misconception, it.result.split(';')[0]]),
  )
  expect(said).toMatchObject({
    'compares-as-sent': 'tokens for request: 2',
    'verifier-optional': 'tokens for request: 1',
    'code-reusable': 'tokens for request: 3 and 4',
  })
})

test('only the verifier redeems, once, and the challenge always has 43 characters', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9]{43,128}$/),
      fc.array(fc.constantFrom('verifier', 'challenge', 'other', 'none'), {
        minLength: 2,
        maxLength: 6,
      }),
      (verifier, requests) => {
        const outcome = redeem('S256', requests, verifier)
        expect(outcome.length).toBe(43)
        expect(outcome.steps.findIndex(it => it.granted)).toBe(requests.indexOf('verifier'))
        expect(outcome.steps.filter(it => it.granted).length).toBeLessThan(2)
      },
    ),
  )
})
