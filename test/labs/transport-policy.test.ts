import fc from 'fast-check'
import { expect, test } from 'vitest'
import { transportPolicy } from '../../src/labs/transport-policy.ts'

const run = (request: string, operator = 'Bool', scope = 'both', ben = true) =>
  transportPolicy.run({ operator, scope, ben, requests: [request] })
const why = (...it: Parameters<typeof run>) => (run(...it).outcome as { why: string }[])[0]!.why

/** Worked out by hand from the evaluation logic of IAM. */
test.for<[request: string, operator: string, scope: string, why: string]>([
  ['ana-tls-get', 'Bool', 'both', 'allowed'],
  ['ana-plain-get', 'Bool', 'both', 'explicit deny'],
  ['ana-plain-list', 'Bool', 'both', 'explicit deny'],
  ['ana-plain-list', 'Bool', 'objects', 'allowed'],
  ['ana-plain-get', 'Bool', 'bucket', 'allowed'],
  ['ana-plain-list', 'Bool', 'bucket', 'explicit deny'],
  ['ana-absent-put', 'Bool', 'both', 'allowed'],
  ['ana-absent-put', 'BoolIfExists', 'both', 'explicit deny'],
  ['ben-tls-get', 'Bool', 'both', 'allowed'],
  ['ben-tls-put', 'Bool', 'both', 'nothing allows it'],
  ['eve-tls-get', 'Bool', 'both', 'nothing allows it'],
  ['eve-plain-get', 'Bool', 'both', 'explicit deny'],
])('%s with %s on %s: %s', ([request, operator, scope, expected]) => {
  expect(why(request, operator, scope)).toBe(expected)
})

test.for<[misconception: string, request: string, scope: string, allowed: boolean]>([
  ['allow-wins', 'ana-plain-get', 'both', true],
  ['absent-is-false', 'ana-absent-put', 'both', false],
  ['arn-covers-all', 'ana-plain-list', 'objects', false],
  ['open-by-default', 'eve-tls-get', 'both', true],
  ['both-must-allow', 'ben-tls-get', 'both', false],
])('%s on %s', ([misconception, request, scope, allowed]) => {
  const { supposed } = run(request, 'Bool', scope)
  expect(supposed.find(it => it.misconception === misconception)!.result).toMatch(
    allowed ? /^1 of 1/ : /^0 of 1/,
  )
})

/** Denies only take away: who is refused over TLS is refused without it as well. */
test('nobody gets in over plain HTTP who does not over TLS', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ana', 'ben', 'eve'),
      fc.constantFrom('get', 'put', 'list'),
      fc.constantFrom('both', 'objects', 'bucket'),
      fc.boolean(),
      (caller, action, scope, ben) => {
        if (why(`${caller}-plain-${action}`, 'Bool', scope, ben) === 'allowed') {
          expect(why(`${caller}-tls-${action}`, 'Bool', scope, ben)).toBe('allowed')
        }
      },
    ),
  )
})
