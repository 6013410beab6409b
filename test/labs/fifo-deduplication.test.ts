import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fifoDeduplication } from '../../src/labs/fifo-deduplication.ts'

interface Step {
  readonly at: number
  readonly id: string
  readonly delivered: boolean
}

const run = (sends: readonly string[]) => fifoDeduplication.run({ handled: 1, sends })
const signs = (result: string | undefined) => result?.split(',')[0]

/** `#` is delivered, `.` dropped; the consumer deletes after a minute. Worked out by hand. */
test.for<[what: string, sends: string[], expected: string]>([
  ['12:00, 12:01, 12:09, as in deliveries-from-fifo', ['0:g:a', '1:g:a', '9:g:a'], '#.#'],
  ['two ids', ['0:g:a', '1:g:b', '4:g:a', '5.5:g:b', '6.5:g:a'], '##..#'],
  ['two groups', ['0:g:a', '2:h:a'], '#.'],
  ['after the deletion', ['0:g:a', '3:g:a'], '#.'],
  ['the end of the interval', ['0:g:a', '4.5:g:a', '5:g:a'], '#.#'],
])('%s', ([, sends, expected]) => {
  expect(signs(run(sends).result)).toBe(expected)
})

test.for<[misconception: string, expected: string]>([
  ['forever', '#....'],
  ['accepted-is-delivered', '#####'],
  ['deleted-is-forgotten', '#.###'],
  ['own-group-only', '#.#.#'],
  ['clock-windows', '#..#.'],
])('%s', ([misconception, expected]) => {
  const { result, supposed } = run(['3:g:a', '3.5:g:a', '4.5:h:a', '6:g:a', '9:g:a'])
  expect(signs(result)).toBe('#...#')
  expect(signs(supposed.find(it => it.misconception === misconception)?.result)).toBe(expected)
})

test('deliveries of an id are at least five minutes apart, and none is dropped without one in that time', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc
          .tuple(
            fc.integer({ min: 0, max: 60 }),
            fc.constantFrom('g', 'h'),
            fc.constantFrom('a', 'b'),
          )
          .map(([halves, group, id]) => `${halves / 2}:${group}:${id}`),
        { minLength: 1, maxLength: 12 },
      ),
      sends => {
        const steps = run(sends).outcome as Step[]
        for (const [index, step] of steps.entries()) {
          const last = steps.slice(0, index).findLast(it => it.id === step.id && it.delivered)
          expect(step.delivered).toBe(last === undefined || step.at - last.at >= 5)
        }
      },
    ),
  )
})
