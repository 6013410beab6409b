import { expect, test } from 'vitest'
import { statusForOutcome } from '../../src/labs/status-for-outcome.ts'

const run = (wrong: string[], hides = false) => statusForOutcome.run({ wrong, hides })

/** One thing wrong, and the code whose definition in RFC 9110 §15.5, §15.6 or RFC 6585 says so. By hand. */
test.for<[wrong: string, code: number]>([
  ['limit', 429],
  ['no-token', 401],
  ['old-token', 401],
  ['method', 405],
  ['unknown', 404],
  ['not-allowed', 403],
  ['type', 415],
  ['no-tag', 428],
  ['old-tag', 412],
  ['syntax', 400],
  ['value', 422],
  ['state', 409],
  ['crash', 500],
  ['garbage', 502],
  ['silence', 504],
  ['maintenance', 503],
])('%s is %i', ([wrong, code]) => {
  expect(run([wrong]).result).toBe(`answers ${code}, 200 (1 refused)`)
})

/** The order is that of the checks, however the troubles are typed. */
test.for<[wrong: string[], hides: boolean, codes: string]>([
  [['old-tag', 'not-allowed', 'old-token'], true, '401, 404, 412, 200'],
  [['old-tag', 'not-allowed', 'old-token'], false, '401, 403, 412, 200'],
  // RFC 9110 §13.2.1: the normal checks come before the precondition, the content after it.
  [['value', 'no-tag', 'limit'], false, '429, 428, 422, 200'],
  [['old-tag', 'type'], false, '415, 412, 200'],
  [['silence', 'state', 'syntax'], false, '400, 409, 504, 200'],
])('%o, hides %o: %s', ([wrong, hides, codes]) => {
  expect(run(wrong, hides).result).toContain(`answers ${codes} `)
})

test.for<[misconception: string, wrong: string[], hides: boolean, codes: string]>([
  ['swapped-401-403', ['no-token', 'not-allowed'], false, '403, 401, 200'],
  ['hidden-by-403', ['no-token', 'not-allowed'], true, '401, 403, 200'],
  ['conflict-for-versions', ['old-tag', 'state'], false, '409, 409, 200'],
  ['rules-are-422', ['syntax', 'state'], false, '422, 422, 200'],
  ['swapped-502-504', ['limit', 'silence'], false, '429, 502, 200'],
])('%s says of %o: %s', ([misconception, wrong, hides, codes]) => {
  const it = run(wrong, hides).supposed.find(it => it.misconception === misconception)
  expect(it?.result).toContain(`answers ${codes} `)
})
