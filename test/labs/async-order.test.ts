import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asyncOrder } from '../../src/labs/async-order.ts'

interface Request {
  readonly reply: string
  readonly monitor: string
}

const run = (steps: string, done: readonly number[] = [0, 1, 2, 3]) =>
  asyncOrder.run({ steps, done })
const told = (requests: readonly Request[]) =>
  requests.map(it => `${it.reply === '202' ? '202' : '-'} ${it.monitor}`).join(', ')

/** What is left when a process dies after 0, 1, 2 steps and what after all 3; worked out by hand. */
test.for<[steps: string, expected: string]>([
  ['row-message-reply', '- none, - todo, - done, 202 done'],
  ['row-reply-message', '- none, - todo, 202 todo, 202 done'],
  ['message-row-reply', '- none, - none, - done, 202 done'],
  ['message-reply-row', '- none, - none, 202 none, 202 done'],
  ['reply-row-message', '- none, 202 none, 202 todo, 202 done'],
  ['reply-message-row', '- none, 202 none, 202 none, 202 done'],
])('%s: %s', ([steps, expected]) => {
  expect(told(run(steps).outcome as Request[])).toBe(expected)
})

test.for<[misconception: string, steps: string, expected: string]>([
  [
    'accepted-is-done',
    'row-reply-message',
    'no answer / none, 202 / done, 202 / done; 0 promises broken',
  ],
  [
    'all-or-nothing',
    'row-reply-message',
    'no answer / none, 202 / none, 202 / done; 1 promise broken',
  ],
  [
    'row-is-enough',
    'row-reply-message',
    'no answer / done, 202 / done, 202 / done; 0 promises broken',
  ],
  [
    'message-is-enough',
    'message-reply-row',
    'no answer / done, 202 / done, 202 / done; 0 promises broken',
  ],
])('%s with %s', ([misconception, steps, expected]) => {
  const { supposed } = run(steps, [1, 2, 3])
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(expected)
})

/** Persist first, answer second. */
test('a 202 is always kept if and only if it is sent last', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        'row-message-reply',
        'message-row-reply',
        'row-reply-message',
        'reply-row-message',
      ),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
      (steps, done) => {
        const requests = run(steps, [0, 1, 2, ...done]).outcome as Request[]
        const kept = requests.every(it => it.reply !== '202' || it.monitor === 'done')
        expect(kept).toBe(steps.endsWith('reply'))
      },
    ),
  )
})
