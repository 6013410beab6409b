import { expect, test } from 'vitest'
import { httpsRedirect } from '../../src/labs/https-redirect.ts'

const sent = (answer: string, method: string, client = 'script', hsts = true) =>
  httpsRedirect.run({ answer, method, calls: 10, nights: 2, client, hsts } as never).outcome as {
    leaked: number
    next: string | null
    seen: string
  }

/** Worked out by hand; the second method is the table of redirects in the Fetch Standard. */
test.for<[answer: string, method: string, leaked: number, next: string | null]>([
  ['301', 'POST', 20, 'GET'],
  ['302', 'POST', 20, 'GET'],
  ['307', 'POST', 20, 'POST'],
  ['308', 'POST', 20, 'POST'],
  ['301', 'PUT', 20, 'PUT'],
  ['302', 'GET', 20, 'GET'],
  ['403', 'POST', 2, null],
  ['closed', 'POST', 0, null],
])('%s for %s: %i of 20 in clear, then %s', ([answer, method, leaked, next]) => {
  expect(sent(answer, method)).toMatchObject({ leaked, next })
})

test('a browser shows the first request only, if it learns HSTS or a permanent redirect', () => {
  expect(sent('302', 'GET', 'browser').leaked).toBe(1)
  expect(sent('302', 'GET', 'browser', false).leaked).toBe(20)
  expect(sent('301', 'GET', 'browser', false).leaked).toBe(1)
  expect(sent('closed', 'GET').seen).toBe('path safe, token safe')
})

test('what misconceptions make of the example', () => {
  const { supposed } = httpsRedirect.run(httpsRedirect.example)
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toMatchObject({
    'redirect-protects':
      'token 0 times in clear (path safe, token safe); over TLS: GET without a body',
    'hsts-for-all': 'token 1 time in clear (path read, token read); over TLS: GET without a body',
    'method-stays':
      'token 120 times in clear (path read, token read); over TLS: POST with its body',
  })
})
