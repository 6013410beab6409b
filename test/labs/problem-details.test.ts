import { expect, test } from 'vitest'
import { problemDetails } from '../../src/labs/problem-details.ts'

interface Told {
  readonly status: number
  readonly pointer: string
  readonly extensions: readonly string[]
}

const scene = {
  problem: 'values',
  path: ['items', '1', 'qty'],
  members: ['type', 'title', 'status', 'detail', 'errors', 'request_id'],
}
const run = (other: object = {}) => problemDetails.run({ ...scene, ...other })
const outcome = (other: object = {}) => run(other).outcome as Told

/** The example of RFC 9457 §3 (`#/age` and so on), of RFC 6901 §5 and §6, and one more by hand. */
test.for<[path: string[], pointer: string]>([
  [['age'], '#/age'],
  [['profile', 'color'], '#/profile/color'],
  [['foo', '0'], '#/foo/0'],
  [['a/b'], '#/a~1b'],
  [['m~n'], '#/m~0n'],
  [['lines', '2', 'm~1/h'], '#/lines/2/m~01~1h'],
])('%o is %s', ([path, pointer]) => expect(outcome({ path }).pointer).toBe(pointer))

/** A pointer read back step by step leads to the value. */
test('a pointer leads to the value', () => {
  const body = { order: { lines: [1, { 'km/h': { 'from~to': 'here' } }] } }
  const { pointer } = outcome({ path: ['order', 'lines', '1', 'km/h'] })
  const found = pointer
    .slice(2)
    .split('/')
    .map(it => it.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, it) => (at as Record<string, unknown>)[it], body)
  expect(found).toEqual({ 'from~to': 'here' })
})

/** RFC 9457 §3.1.1 to §3.1.5 are type, status, title, detail, instance. */
test.for<[members: string[], extensions: string[]]>([
  [['type', 'status', 'title', 'detail', 'instance'], []],
  [['type', 'errors'], ['errors']],
  [
    ['title', 'code', 'status', 'severity'],
    ['code', 'severity'],
  ],
])('of %o, extensions are %o', ([members, extensions]) => {
  expect(outcome({ members }).extensions).toEqual(extensions)
})

test.for<[misconception: string, result: string]>([
  [
    'errors-is-standard',
    '422 application/problem+json, pointer #/items/1/qty, 1 extension member; message becomes title, kind becomes type',
  ],
  [
    'counts-from-one',
    '422 application/problem+json, pointer #/items/2/qty, 2 extension members; message becomes title, kind becomes type',
  ],
  [
    'plain-json',
    '422 application/json, pointer #/items/1/qty, 2 extension members; message becomes title, kind becomes type',
  ],
])('%s: %s', ([misconception, result]) => {
  expect(run().supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
