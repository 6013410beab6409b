import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownership } from '../../src/labs/ownership.ts'

const owners = ['ann', 'ben', 'none']
const statuses = (hides: boolean, requests: readonly string[]) =>
  (ownership.run({ hides, owners, requests }).outcome as { status: number }[]).map(it => it.status)

/** The table of RFC 9110 §15.5.4 and §15.5.5: with existence open, with existence hidden. Worked out by hand. */
test.for<[request: string, open: number, hidden: number]>([
  ['ann-read-1', 200, 200],
  ['ann-read-2', 403, 404],
  ['ann-edit-2', 403, 404],
  ['ann-delete-1', 403, 403],
  ['ann-delete-2', 403, 404],
  ['ann-read-3', 404, 404],
  ['cleo-read-2', 200, 200],
  ['cleo-edit-2', 403, 403],
  ['cleo-edit-3', 404, 404],
  ['root-delete-2', 204, 204],
  ['nobody-read-1', 401, 401],
  ['nobody-read-3', 401, 401],
])('%s: %i, or %i when existence is hidden', ([request, open, hidden]) => {
  expect(statuses(false, [request])).toEqual([open])
  expect(statuses(true, [request])).toEqual([hidden])
})

test('what was deleted is gone', () => {
  expect(statuses(false, ['root-delete-2', 'cleo-read-2', 'ann-read-2'])).toEqual([204, 404, 404])
})

test('what misconceptions make of it', () => {
  const { supposed } = ownership.run({
    hides: true,
    owners,
    requests: ['ann-read-2', 'ann-read-3', 'ann-delete-1', 'nobody-read-3'],
  })
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toEqual({
    'forbidden-hides': '403, 404, 403, 401',
    'role-is-enough': '200, 404, 403, 401',
    'record-first': '404, 404, 403, 404',
    'hides-from-readers': '404, 404, 404, 401',
    'unauthorized-is-401': '404, 404, 401, 401',
  })
})

test('when existence is hidden, a patient sees no difference between absent and foreign records', () => {
  fc.assert(
    fc.property(fc.constantFrom('read', 'edit', 'delete'), action => {
      const [foreign, absent] = statuses(true, [`ann-${action}-2`, `ann-${action}-3`])
      expect(foreign).toBe(absent)
    }),
  )
})
