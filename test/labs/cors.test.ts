import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cors } from '../../src/labs/cors.ts'

interface Outcome {
  readonly preflight: boolean
  readonly executed: boolean
  readonly readable: boolean
  readonly received: number
}

const open = {
  type: 'none',
  header: 'none',
  credentials: false,
  allowOrigin: 'https://app.shop.example',
  allowCredentials: false,
  allowMethods: [],
  allowHeaders: [],
  maxAge: 0,
  calls: 2,
}
const browse = (values: object) => cors.run({ ...open, ...values } as never).outcome as Outcome
const told = (values: object) => {
  const { preflight, executed, readable } = browse(values)
  return `${preflight ? 'P' : '-'}${executed ? 'E' : '-'}${readable ? 'R' : '-'}`
}

/** P: preflight, E: executed, R: readable. By hand from the Fetch Standard; the wildcard rows are its own table of credentials. */
test.for<[values: object, expected: string]>([
  [{ method: 'GET' }, '-ER'],
  [{ method: 'GET', allowOrigin: 'none' }, '-E-'],
  [{ method: 'GET', header: 'Accept-Language' }, '-ER'],
  [{ method: 'GET', header: 'Authorization' }, 'P--'],
  [{ method: 'GET', header: 'Authorization', allowHeaders: ['authorization'] }, 'PER'],
  [{ method: 'GET', header: 'Authorization', allowHeaders: ['*'] }, 'P--'],
  [{ method: 'GET', header: 'X-Request-Id', allowHeaders: ['*'] }, 'PER'],
  [{ method: 'POST', type: 'text/plain' }, '-ER'],
  [{ method: 'POST', type: 'text/plain', allowOrigin: 'https://shop.example' }, '-E-'],
  [{ method: 'POST', type: 'application/json' }, 'P--'],
  [{ method: 'POST', type: 'application/json', allowHeaders: ['content-type'] }, 'PER'],
  [{ method: 'DELETE' }, 'P--'],
  [{ method: 'DELETE', allowMethods: ['DELETE'] }, 'PER'],
  [{ method: 'DELETE', allowMethods: ['*'] }, 'PER'],
  [{ method: 'DELETE', allowMethods: ['*'], credentials: true, allowCredentials: true }, 'P--'],
  [{ method: 'GET', allowOrigin: '*' }, '-ER'],
  [{ method: 'GET', allowOrigin: '*', credentials: true, allowCredentials: true }, '-E-'],
  [{ method: 'GET', credentials: true }, '-E-'],
  [{ method: 'GET', credentials: true, allowCredentials: true }, '-ER'],
])('%o: %s', ([values, expected]) => {
  expect(told(values)).toBe(expected)
})

test('counts preflights once if they are kept, else each time', () => {
  const json = {
    method: 'POST',
    type: 'application/json',
    allowHeaders: ['content-type'],
    calls: 4,
  }
  expect(browse(json).received).toBe(8)
  expect(browse({ ...json, maxAge: 600 }).received).toBe(5)
  expect(browse({ ...json, maxAge: 600, allowHeaders: [] }).received).toBe(4)
  expect(browse({ method: 'GET', calls: 4, allowOrigin: 'none' }).received).toBe(4)
})

test('what misconceptions make of the example', () => {
  const said = Object.fromEntries(
    cors
      .run(cors.example)
      .supposed.map(it => [it.misconception, it.result.split(';').slice(0, 3).join(';')]),
  )
  expect(said).toMatchObject({
    'method-decides': 'no preflight; executed; not readable',
    'star-is-all': 'preflight; executed; readable',
  })
})

test('what is readable was executed, and what was not executed had a preflight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), seed => {
      let at = seed
      const values = cors.draw(() => {
        at = (at * 16_807 + 11) % 2_147_483_647
        return at / 2_147_483_647
      })
      const { preflight, executed, readable } = cors.run(values).outcome as Outcome
      if (readable) expect(executed).toBe(true)
      if (!executed) expect(preflight).toBe(true)
    }),
  )
})
