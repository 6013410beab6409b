import { expect, test } from 'vitest'
import { cookieSameSite } from '../../src/labs/cookie-samesite.ts'

const ALL = [
  'own-fetch',
  'sibling-form',
  'sibling-fetch',
  'typed',
  'link',
  'get-form',
  'post-form',
  'image',
  'frame',
  'other-fetch',
]
const run = (sameSite: string, secure = true) =>
  cookieSameSite.run({ sameSite, secure, requests: ALL } as never)
const carried = (...it: Parameters<typeof run>) =>
  (run(...it).outcome as { sent: boolean }[]).map(it => (it.sent ? '#' : '.')).join('')

/** `#` carries the cookie. By hand from rfc6265bis §5.2 and its table of enforcement. */
test.for<[sameSite: string, secure: boolean, expected: string]>([
  ['Strict', true, '####......'],
  ['Lax', true, '######....'],
  ['None', true, '##########'],
  ['None', false, '..........'],
  ['Lax', false, '######....'],
])('%s, secure %s: %s', ([sameSite, secure, expected]) => {
  expect(carried(sameSite, secure)).toBe(expected)
})

test.for<[misconception: string, sameSite: string, count: number]>([
  ['site-is-origin', 'Strict', 2],
  ['site-is-origin', 'Lax', 4],
  ['lax-is-any-navigation', 'Lax', 7],
  ['lax-is-any-get', 'Lax', 9],
  ['lax-stops-all', 'Lax', 4],
  ['strict-follows-links', 'Strict', 6],
])('%s with %s: %i of 10', ([misconception, sameSite, count]) => {
  const { supposed } = run(sameSite)
  expect(supposed.find(it => it.misconception === misconception)!.result).toContain(
    `${count} of 10`,
  )
})
