import { expect, test } from 'vitest'
import { tooManyRequests } from '../../src/labs/too-many-requests.ts'

const right = {
  now: 1_777_629_570,
  wait: 30,
  remaining: 0,
  retryAfter: 'seconds',
  reset: 'epoch',
  resetAt: 'utc',
}
const run = (changes: object) => tooManyRequests.run({ ...right, ...changes })

/** 1777629600 is 2026-05-01T10:00:00Z, a Friday. Each row changes one field; worked out by hand. */
test.for<[changes: object, wrong: string]>([
  [{}, 'none of them'],
  [{ retryAfter: 'date', resetAt: 'offset' }, 'none of them'],
  [{ remaining: 723 }, '`X-RateLimit-Remaining`'],
  [{ retryAfter: 'epoch' }, '`Retry-After`'],
  [{ retryAfter: 'milliseconds' }, '`Retry-After`'],
  [{ reset: 'seconds' }, '`X-RateLimit-Reset`'],
  [{ reset: 'milliseconds', resetAt: 'local-as-utc' }, '`X-RateLimit-Reset` and `reset_at`'],
  [{ resetAt: 'utc-as-local' }, '`reset_at`'],
])('%o: wrong is %s', ([changes, wrong]) => {
  expect(run(changes).result).toBe(`wrong: ${wrong}`)
})

test('the fields say what they are meant to', () => {
  const { picture } = run({ retryAfter: 'date', resetAt: 'offset' })
  expect(picture).toContain('Fri, 01 May 2026 10:00:00 GMT')
  expect(picture).toContain('X-RateLimit-Reset      1777629600')
  expect(picture).toContain('2026-05-01T12:00:00+02:00')
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run({ retryAfter: 'epoch', reset: 'seconds', resetAt: 'local-as-utc' }).supposed.map(it => [
      it.misconception,
      it.result,
    ]),
  )
  expect(said['retry-after-is-an-epoch']).toBe('wrong: `X-RateLimit-Reset` and `reset_at`')
  expect(said['reset-counts-from-now']).toBe('wrong: `Retry-After` and `reset_at`')
  expect(said['offset-ignored']).toBe('wrong: `Retry-After`, `X-RateLimit-Reset` and `reset_at`')
})
