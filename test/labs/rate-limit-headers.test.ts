import { expect, test } from 'vitest'
import { rateLimitHeaders } from '../../src/labs/rate-limit-headers.ts'

const usual = {
  now: 1_777_629_570,
  status: '429',
  retryAfter: '',
  rateLimit: '',
  remaining: '',
  reset: '',
  documented: 'epoch',
}
const run = (changes: object) => rateLimitHeaders.run({ ...usual, ...changes })

/** 1777629600 is 2026-05-01T10:00:00Z, 30 s after `now`. Worked out by hand. */
test.for<[changes: object, result: string]>([
  [{}, 'no wait'],
  [{ retryAfter: '45' }, 'waits 45 s, told by Retry-After'],
  [{ retryAfter: 'Fri, 01 May 2026 10:00:00 GMT' }, 'waits 30 s, told by Retry-After'],
  [{ retryAfter: 'Fri, 01 May 2026 09:00:00 GMT' }, 'waits 0 s, told by Retry-After'],
  [{ retryAfter: '45', rateLimit: '"default";r=0;t=12' }, 'waits 45 s, told by Retry-After'],
  [{ rateLimit: '"default";r=50;t=30' }, 'no wait'],
  [{ rateLimit: '"default";r=0;t=30' }, 'waits 30 s, told by RateLimit'],
  [{ rateLimit: '"daily";r=480;t=50400, "burst";r=0;t=12' }, 'waits 12 s, told by RateLimit'],
  [{ rateLimit: '"daily";r=0;t=50400, "burst";r=0;t=12' }, 'waits 50,400 s, told by RateLimit'],
  // Not a structured field: parameters have lower-case names, and a list does not end in a comma.
  [{ rateLimit: '"default";R=0;t=30' }, 'no wait'],
  [{ rateLimit: '"default";r=0;t=30,' }, 'no wait'],
  [{ remaining: '0', reset: '1777629600' }, 'waits 30 s, told by X-RateLimit-Reset'],
  [{ remaining: '0', reset: '30', documented: 'seconds' }, 'waits 30 s, told by X-RateLimit-Reset'],
  [{ remaining: '723', reset: '1777629600' }, 'no wait'],
])('%o: %s', ([changes, result]) => {
  expect(run(changes).result).toBe(result)
})

test('what misconceptions say, by hand', () => {
  const said = (changes: object) =>
    Object.fromEntries(run(changes).supposed.map(it => [it.misconception, it.result]))
  expect(
    said({ retryAfter: 'Fri, 01 May 2026 10:00:00 GMT', rateLimit: '"default";r=0;t=12' }),
  ).toMatchObject({
    'reset-before-retry-after': 'waits 12 s, told by RateLimit',
    'number-expected': 'waits 0 s, told by Retry-After',
  })
  expect(said({ rateLimit: '"daily";r=480;t=50400, "burst";r=0;t=12' })).toMatchObject({
    'waits-with-quota-left': 'waits 50,400 s, told by RateLimit',
    'first-policy-only': 'no wait',
    milliseconds: 'waits 0.012 s, told by RateLimit',
  })
  expect(said({ remaining: '0', reset: '1777629600' })['reset-the-other-way']).toBe(
    'waits 1,777,629,600 s, told by X-RateLimit-Reset',
  )
})
