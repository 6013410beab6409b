import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lostUpdate } from '../../src/labs/lost-update.ts'

const scene = {
  stock: 20,
  changes: [-3, 5],
  sends: ['tag', 'tag'],
  tags: 'strong',
  required: false,
  again: false,
}
const run = (other: object) => lostUpdate.run({ ...scene, ...other })

/** Worked out by hand: what the writes are told, and what is stored in the end. */
test.for<[other: object, result: string]>([
  [{}, '204, 412; 17 is stored, 1 write refused'],
  [{ again: true }, '204, 412, 204; 22 is stored, 1 write refused'],
  [{ sends: ['tag', 'none'] }, '204, 204; 25 is stored, 0 writes refused'],
  [{ sends: ['none', 'tag'] }, '204, 412; 17 is stored, 1 write refused'],
  [{ sends: ['none', 'tag'], required: true }, '428, 204; 25 is stored, 1 write refused'],
  [
    { sends: ['none', 'tag'], required: true, again: true },
    '428, 204, 412, 204; 22 is stored, 2 writes refused',
  ],
  // RFC 9110 §8.8.3.2, table 3: W/"1" and W/"1" do not match by strong comparison.
  [{ tags: 'weak', again: true }, '412, 412, 412, 412; 20 is stored, 4 writes refused'],
])('%o: %s', ([other, result]) => {
  expect(run(other).result).toBe(result)
})

test.for<[misconception: string, other: object, result: string]>([
  ['last-write-wins', {}, '204, 204; 25 is stored, 0 writes refused'],
  ['server-notices', { sends: ['tag', 'none'] }, '204, 412; 17 is stored, 1 write refused'],
  ['weak-matches', { tags: 'weak' }, '204, 412; 17 is stored, 1 write refused'],
  ['conflict-409', {}, '204, 409; 17 is stored, 1 write refused'],
])('%s says of %o: %s', ([misconception, other, result]) => {
  expect(run(other).supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})

/** What conditional requests are for: if all send the tag and try again, no change is lost. */
test('no update is lost when everybody sends the tag and tries again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      (changes, required) => {
        const { outcome } = run({
          stock: 100,
          changes,
          sends: changes.map(() => 'tag'),
          required,
          again: true,
        })
        const stored = (outcome as { stored: number }[]).at(-1)?.stored
        expect(stored).toBe(changes.reduce((sum, it) => sum + it, 100))
      },
    ),
  )
})
