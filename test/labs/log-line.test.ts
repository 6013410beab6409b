import { expect, test } from 'vitest'
import { logLine } from '../../src/labs/log-line.ts'

const run = (...fields: string[]) => logLine.run({ fields })

/** The house rule, read field by field by a person. */
const STAY = 'trace_id request_id status duration_ms route upstream version actor tenant'.split(' ')

test('each field by itself', () => {
  const { fields } = logLine.parameters
  for (const name of (fields as { of: readonly string[] }).of) {
    expect(run(name).result, name).toBe(`may stay: ${STAY.includes(name) ? name : 'none'}`)
  }
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run(
      'trace_id',
      'actor',
      'user_id',
      'client_ip',
      'path',
      'email_sha256',
      'session_id',
    ).supposed.map(it => [it.misconception, it.result]),
  )
  expect(said).toEqual({
    'an-id-is-no-name': 'may stay: trace_id, actor and user_id',
    'technical-data': 'may stay: trace_id, actor, client_ip and path',
    'a-hash-hides': 'may stay: trace_id, actor and email_sha256',
    'every-id-goes': 'may stay: actor',
    'no-actor-at-all': 'may stay: trace_id',
  })
})
