import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { webhookSignature } from '../../src/labs/webhook-signature.ts'

const usual = {
  signers: ['whsec_one'],
  secrets: ['whsec_one'],
  amount: 1200,
  sent: 1_777_626_000,
  age: 4,
  tolerance: 300,
  change: 'none',
  order: 'time-first',
}
const run = (changes: object) => webhookSignature.run({ ...usual, ...changes })

test.for<[changes: object, verdict: string]>([
  [{}, 'accept: signature and age fit'],
  [{ signers: ['whsec_old', 'whsec_one'] }, 'accept: signature and age fit'],
  [{ secrets: ['whsec_old', 'whsec_one'], order: 'time-last' }, 'accept: signature and age fit'],
  [{ age: 300 }, 'accept: signature and age fit'],
  [{ age: 301 }, 'reject: it is too old by now'],
  [{ secrets: ['whsec_two'] }, 'reject: no signature matches'],
  [{ change: 'rewritten' }, 'reject: no signature matches'],
  [{ change: 'no-time' }, 'reject: no signature matches'],
  [{ change: 'amount', age: 900 }, 'reject: no signature matches'],
])('%o: %s', ([changes, verdict]) => {
  expect(run(changes).result).toBe(verdict)
})

/** By Node's own HMAC over the signed text written out. */
test('the HMAC is that of t, a dot and the raw body', () => {
  const signed = '1777626000.{"id": "evt_1200", "amount": 1200}'
  const own = createHmac('sha256', 'whsec_one').update(signed).digest('hex')
  expect(run({}).outcome).toMatchObject({ expected: own, header: `t=1777626000,v1=${own}` })
})

test('what misconceptions say, by hand', () => {
  const said = (changes: object) =>
    Object.fromEntries(run(changes).supposed.map(it => [it.misconception, it.result]))
  const none = 'reject: no signature matches'
  expect(said({})).toMatchObject({ 'body-alone': none, 'body-parsed-first': none })
  expect(said({ signers: ['whsec_old', 'whsec_one'] })['first-v1-only']).toBe(none)
  expect(said({ order: 'time-last' })['t-comes-first']).toBe('reject: header not readable')
  expect(said({ change: 'rewritten' })['body-parsed-first']).toBe('accept: signature and age fit')
  expect(said({ change: 'no-time' })['body-alone']).toBe('accept: signature and age fit')
  expect(said({ age: 900 })['age-not-checked']).toBe('accept: signature and age fit')
})
