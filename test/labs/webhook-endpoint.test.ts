import { expect, test } from 'vitest'
import { webhookEndpoint } from '../../src/labs/webhook-endpoint.ts'

const usual = { plan: 'inbox', crash: 'never', work: 2, timeout: 10, once: false, attempts: 3 }
const run = (changes: object) => webhookEndpoint.run({ ...usual, ...changes })

/** The table of crashes, worked out by hand. */
test.for<[changes: object, fate: string]>([
  [{ plan: 'answer-first', crash: 'verify' }, 'booked once, 2 deliveries'],
  [{ plan: 'answer-first', crash: 'answer' }, 'never booked, 1 delivery'],
  [{ plan: 'answer-first', crash: 'work' }, 'booked once, 1 delivery'],
  [{ plan: 'answer-first', work: 30 }, 'booked once, 1 delivery'],
  [{ plan: 'work-first', crash: 'verify' }, 'booked once, 2 deliveries'],
  [{ plan: 'work-first', crash: 'work' }, 'booked 2 times, 2 deliveries'],
  [{ plan: 'work-first', crash: 'work', once: true }, 'booked once, 2 deliveries'],
  [{ plan: 'work-first', crash: 'answer' }, 'booked once, 1 delivery'],
  [{ plan: 'work-first', work: 30 }, 'booked 3 times, 3 deliveries'],
  [{ plan: 'work-first', work: 30, once: true }, 'booked once, 2 deliveries'],
  [{ crash: 'verify' }, 'booked once, 2 deliveries'],
  [{ crash: 'store' }, 'booked once, 2 deliveries'],
  [{ crash: 'answer' }, 'booked once, 1 delivery'],
  [{ crash: 'work', work: 30 }, 'booked once, 1 delivery'],
])('%o: %s', ([changes, fate]) => {
  expect(run(changes).result).toBe(fate)
})

test('an inbox books exactly once, whatever crashes and however long the work takes', () => {
  for (const crash of ['never', 'verify', 'store', 'answer', 'work'])
    for (const work of [0, 60])
      for (const once of [true, false])
        expect(run({ crash, work, once }).outcome).toMatchObject({ effects: 1 })
})

test('what misconceptions say, by hand', () => {
  const said = (changes: object) =>
    Object.fromEntries(run(changes).supposed.map(it => [it.misconception, it.result]))
  expect(said({ plan: 'answer-first', crash: 'answer' })).toMatchObject({
    'tasks-survive': 'booked once, 1 delivery',
    'sender-sees-the-work': 'booked once, 2 deliveries',
  })
  expect(said({ plan: 'work-first', crash: 'work' })).toMatchObject({
    'delivered-once': 'booked once, 1 delivery',
    'unanswered-is-undone': 'booked once, 2 deliveries',
  })
  expect(said({ crash: 'answer' })['inbox-forgotten']).toBe('never booked, 1 delivery')
})
