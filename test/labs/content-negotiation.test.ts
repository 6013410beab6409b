import { expect, test } from 'vitest'
import { contentNegotiation } from '../../src/labs/content-negotiation.ts'

interface Choice {
  readonly offers: readonly { readonly type: string; readonly quality: number }[]
  readonly chosen?: string
}

const run = (accept: string, offers: string[]) => contentNegotiation.run({ accept, offers })
const outcome = (accept: string, offers: string[]) => run(accept, offers).outcome as Choice

/** The example of RFC 9110 §12.5.1 with its table of quality values. */
test.for<[type: string, quality: number]>([
  ['text/plain;format=flowed', 1],
  ['text/plain', 0.7],
  ['text/html', 0.3],
  ['image/jpeg', 0.5],
  ['text/plain;format=fixed', 0.4],
  ['text/html;level=3', 0.3],
])('%s has quality %f', ([type, quality]) => {
  const accept =
    'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5'
  expect(outcome(accept, [type]).offers[0]?.quality).toBe(quality)
})

test.for<[accept: string, offers: string[], chosen: string | undefined]>([
  // Another example of the RFC: audio/basic is wanted, any other audio type at 0.2 will do.
  ['audio/*;q=0.2, audio/basic', ['audio/mpeg', 'audio/basic'], 'audio/basic'],
  ['text/html, application/json;q=0.9', ['application/json', 'text/csv'], 'application/json'],
  ['text/html;q=0, text/*', ['text/html', 'text/csv'], 'text/csv'],
  ['text/html', ['application/json'], undefined],
  ['*/*', ['text/csv', 'text/html'], 'text/csv'],
])('%s, %o: %s', ([accept, offers, chosen]) => {
  expect(outcome(accept, offers).chosen).toBe(chosen)
})

test.for<[misconception: string, accept: string, result: string]>([
  [
    'best-range-counts',
    'text/html;q=0.3, text/*;q=0.8, */*;q=0.5',
    '200, text/html; 3 types acceptable',
  ],
  ['first-match-counts', '*/*;q=0.5, text/csv', '200, text/html; 3 types acceptable'],
  [
    'order-of-the-field',
    'application/json;q=0.2, text/csv',
    '200, application/json; 2 types acceptable',
  ],
  ['zero-is-least', 'text/html;q=0', '200, text/html; 1 type acceptable'],
])('%s says of %s: %s', ([misconception, accept, result]) => {
  const { supposed } = run(accept, ['text/html', 'application/json', 'text/csv'])
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
