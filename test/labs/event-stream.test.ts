import { expect, test } from 'vitest'
import { eventStream } from '../../src/labs/event-stream.ts'

interface Outcome {
  readonly events: readonly { type: string; data: string; id: string }[]
  readonly lastEventId: string
  readonly retry: number | null
}

const run = (stream: string, published = 0) =>
  eventStream.run({ lines: stream.split('\n'), published })
const told = (stream: string) => {
  const { events, lastEventId } = run(stream).outcome as Outcome
  return [events.map(it => [it.type, it.data]), lastEventId]
}

/** The examples of the HTML Standard, §9.2.6, with what it says about each. */
test.for<[stream: string, events: [type: string, data: string][], lastEventId: string]>([
  ['data: YHOO\ndata: +2\ndata: 10\n', [['message', 'YHOO\n+2\n10']], ''],
  [
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
    [
      ['message', 'first event'],
      ['message', 'second event'],
      ['message', ' third event'],
    ],
    '',
  ],
  [
    'data\n\ndata\ndata\n\ndata:',
    [
      ['message', ''],
      ['message', '\n'],
    ],
    '',
  ],
  [
    'data:test\n\ndata: test\n',
    [
      ['message', 'test'],
      ['message', 'test'],
    ],
    '',
  ],
])('%o', ([stream, events, lastEventId]) => {
  expect(told(stream)).toEqual([events, lastEventId])
})

test('an id counts at the empty line, with data or without; what is open is discarded', () => {
  expect(told('id: 1\ndata: a\n\nid: 2\n\nevent: x\ndata: b\n\nid: 3\ndata: c')).toEqual([
    [
      ['message', 'a'],
      ['x', 'b'],
    ],
    '2',
  ])
  expect(run('id: 41\n\nid: 42\ndata: a', 45).outcome).toMatchObject({ replayed: 4 })
})

test('retry is digits and nothing else', () => {
  expect(run('retry: 5000\n').outcome).toMatchObject({ retry: 5000 })
  expect(run('retry: 5s\n').outcome).toMatchObject({ retry: null })
})

test('what misconceptions say, by hand', () => {
  const said = Object.fromEntries(
    run('event: x\nid: 1\ndata: a\ndata: b\n\nid: 2\n\ndata: c\n\nid: 3\ndata: d').supposed.map(
      it => [it.misconception, it.result],
    ),
  )
  expect(said).toEqual({
    'open-event-counts': '3 events; reconnects with Last-Event-ID 3',
    'id-and-data-together': '1 event; reconnects with Last-Event-ID 2',
    'each-data-line': '3 events; reconnects with Last-Event-ID 2',
    'every-block-counts': '3 events; reconnects with Last-Event-ID 2',
    'name-sticks': '2 events; reconnects with Last-Event-ID 2',
  })
})
