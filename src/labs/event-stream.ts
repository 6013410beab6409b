import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

interface Scenario {
  readonly lines: readonly string[]
  readonly published: number
}

interface Event {
  readonly type: string
  readonly data: string
  readonly id: string
}

interface Outcome {
  readonly events: readonly Event[]
  /** What the browser sends when it reconnects; empty when it sends none. */
  readonly lastEventId: string
  /** Milliseconds until it reconnects, if the stream says so. */
  readonly retry: number | null
  /** Events with a higher number that the server has stored. */
  readonly replayed: number
}

/**
 * Reads an event stream as the HTML Standard has it (§9.2.5 and 9.2.6), line by line until the connection breaks:
 *
 *     empty line     last event id = id buffer; with data: dispatch, without: drop what was collected
 *     : anything     a comment
 *     event, data    the name; a line of data (several are joined with a newline)
 *     id, retry      the id buffer, which stays; the reconnection time, if it is digits only
 *
 * One space after the colon is not part of the value. What no empty line has ended is discarded. The arguments say what a wrong
 * rule changes.
 */
function parse(
  { lines, published }: Scenario,
  {
    openCounts = false,
    together = false,
    eachLine = false,
    emptyCounts = false,
    nameSticks = false,
  }: {
    readonly openCounts?: boolean
    readonly together?: boolean
    readonly eachLine?: boolean
    readonly emptyCounts?: boolean
    readonly nameSticks?: boolean
  } = {},
): Outcome {
  const events: Event[] = []
  let lastEventId = ''
  let retry: number | null = null
  let [id, type] = ['', '']
  let data: string[] = []
  // Whether the block has an id of its own.
  let own = false
  const dispatch = () => {
    if (data.length > 0 || !together) lastEventId = id
    if (together && !own) data = []
    const blocks = eachLine ? data.map(it => [it]) : data.length > 0 || emptyCounts ? [data] : []
    for (const block of blocks)
      events.push({ type: type || 'message', data: block.join('\n'), id: lastEventId })
    data = []
    own = false
    if (!nameSticks) type = ''
  }
  for (const line of lines) {
    if (line === '') dispatch()
    const colon = line.indexOf(':')
    if (line === '' || colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') type = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') {
      id = value
      own = true
    } else if (field === 'retry' && /^\d{1,9}$/.test(value)) retry = Number(value)
  }
  if (openCounts && (data.length > 0 || lines.at(-1) !== '')) dispatch()
  const seen = /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : 0
  return { events, lastEventId, retry, replayed: Math.max(0, published - seen) }
}

const fence = (lines: readonly string[]) => ['```', ...lines, '```'].join('\n')
const stream = ({ lines }: Scenario) =>
  `${fence(lines)}\n\nThe last line above is complete, ${lines.at(-1) === '' ? 'and it is empty' : 'and no empty line follows it'}; then the connection breaks.`

export const eventStream = lab({
  id: 'event-stream',
  title: 'Reading an event stream',
  summary:
    'Raw text/event-stream until the connection breaks: which events, and what is sent to resume.',
  concepts: ['realtime/sse-format', 'realtime/resume'],
  sources: [
    'html-sse#event-stream-interpretation',
    'html-sse#parsing-an-event-stream',
    'html-sse#the-last-event-id-header',
  ],
  rule: 'An empty line ends an event: with `data` it is dispatched, and its `id` counts either way; what no empty line has ended is discarded.',
  parameters: {
    lines: texts('lines of the stream, empty ones included', {
      least: 1,
      most: 40,
      form: { like: /^[^,`\n]*$/, says: 'a line without commas' },
    }),
    published: whole('number of the newest event that the server has stored', {
      from: 0,
      to: 1_000_000,
    }),
  },
  example: {
    lines: [
      'retry: 5000',
      '',
      'event: status',
      'id: 41',
      'data: packed',
      '',
      ': heartbeat',
      '',
      'data: two',
      'data: lines',
      '',
      'id: 42',
      '',
      'event: status',
      'id: 43',
      'data: sent',
    ],
    published: 45,
  },
  // A few events, one with two lines of data, an id alone, a comment, and perhaps one that is cut off.
  draw(random) {
    const words = shuffled(random, ['packed', 'sent', 'late', 'paid', 'open', 'done', 'new', 'old'])
    let id = pick(random, [7, 20, 41, 118, 360])
    const block = (...extra: string[]) => {
      id += 1
      return [
        ...(random() < 0.6 ? ['event: status'] : []),
        `id: ${id}`,
        `data: ${words.pop()}`,
        ...extra,
        '',
      ]
    }
    const idAlone = () => {
      id += 1
      return [`id: ${id}`, '']
    }
    const lines = [
      ...(random() < 0.3 ? ['retry: 5000', ''] : []),
      ...block(),
      ...(random() < 0.3 ? [': heartbeat', ''] : []),
      ...(random() < 0.6 ? block(`data: ${words.pop()}`) : block()),
      ...(random() < 0.3 ? block() : []),
      ...(random() < 0.6 ? [`data: ${words.pop()}`, ''] : []),
      ...(random() < 0.6 ? idAlone() : []),
    ]
    if (random() < 0.6) lines.push(...block().slice(0, -1))
    return { lines, published: id + pick(random, [0, 1, 2, 3]) }
  },
  run: it => parse(it),
  misconceptions: {
    'open-event-counts': {
      belief: 'let an event count although no empty line has ended it',
      because: 'All its lines have arrived.',
      fact: 'Only the empty line dispatches; what is open when the connection breaks is discarded, its id included.',
      run: it => parse(it, { openCounts: true }),
    },
    'id-and-data-together': {
      belief: 'let an id count only with data, and data only with an id',
      because: 'In most streams each event has both.',
      fact: 'An id alone becomes the last event id at the empty line, and an event without one is dispatched all the same.',
      run: it => parse(it, { together: true }),
    },
    'each-data-line': {
      belief: 'make an event of each `data` line',
      because: 'Most streams have one such line for each event.',
      fact: 'Lines of data up to the next empty line belong together and are joined with a newline.',
      run: it => parse(it, { eachLine: true }),
    },
    'every-block-counts': {
      belief: 'make an event of every block that an empty line ends',
      because: 'The empty line is what dispatches.',
      fact: 'Without a `data` line nothing is dispatched: comments, `retry` and an `id` alone make no event.',
      run: it => parse(it, { emptyCounts: true }),
    },
    'name-sticks': {
      belief: 'keep the name of one `event` line for the events after it',
      because: 'The `id` does stay, so it seems that fields are kept.',
      fact: 'The name is cleared at each empty line; without one of its own an event is called `message`.',
      run: it => parse(it, { nameSticks: true }),
    },
  },
  questions: {
    events: {
      kind: 'number',
      title: 'How many events does a stream dispatch?',
      unit: 'events',
      prompt: it =>
        `A page listens to \`status\` and to \`message\`. This is all that arrives on its \`text/event-stream\`:\n\n${stream(it)}\n\nHow many events does the page get?`,
      answer: it => it.events.length,
      how: ({ events }) =>
        `An empty line dispatches what has \`data\`: ${count(events.length, 'event')}.`,
    },
    'last-id': {
      kind: 'text',
      title: 'Which Last-Event-ID is sent?',
      prompt: it =>
        `An \`EventSource\` has received this:\n\n${stream(it)}\n\nThe browser connects again. Which value does it send as \`Last-Event-ID\`?`,
      answer: it => it.lastEventId || 'none',
      how: ({ lastEventId }) =>
        `The last \`id\` that an empty line has completed is ${lastEventId === '' ? 'none' : `\`${lastEventId}\``}.`,
      bare: true,
    },
    replayed: {
      kind: 'number',
      title: 'How many events are sent again after a break?',
      unit: 'events',
      prompt: it =>
        `A server numbers its events and, when a browser reconnects, sends all stored ones after its \`Last-Event-ID\`. A browser has received this:\n\n${stream(it)}\n\nWhen it connects again, the newest stored event is number ${num(it.published)}. How many does the server send at once?`,
      answer: it => it.replayed,
      how: ({ lastEventId, replayed }, { published }) =>
        `The browser says \`Last-Event-ID: ${lastEventId || '(none)'}\`, the newest is ${num(published)}: ${count(replayed, 'event')}.`,
      bare: true,
    },
    names: {
      kind: 'choice',
      title: 'Under which names are events dispatched?',
      prompt: it =>
        `This arrives on a \`text/event-stream\`:\n\n${stream(it)}\n\nWhich events are dispatched, by name and in order?`,
      answer: ({ events }) =>
        list(
          events.map(it => `\`${it.type}\``),
          'no event at all',
        ),
      how: ({ events }) =>
        `Without a name of its own an event is a \`message\`. Here: ${list(events.map(it => `\`${it.type}\``))}.`,
    },
  },
  result: ({ events, lastEventId, retry }) =>
    `${count(events.length, 'event')}; reconnects${retry === null ? '' : ` after ${num(retry)} ms`} with ${lastEventId === '' ? 'no Last-Event-ID' : `Last-Event-ID ${lastEventId}`}`,
  trace: ({ events }) => ({
    columns: ['event', 'data', 'last event id'],
    rows: events.map(({ type, data, id }) => [type, data.replaceAll('\n', ' / '), id || '(none)']),
  }),
  picture: ({ events, lastEventId, replayed }) =>
    messages([
      { from: 'browser', to: 'server', says: 'GET' },
      ...events.map(({ type, data }) => ({
        from: 'server',
        to: 'browser',
        says: `${type}: ${data.replaceAll('\n', ' / ')}`.slice(0, 50),
      })),
      { from: 'server', to: 'server', says: 'the connection breaks' },
      {
        from: 'browser',
        to: 'server',
        says: lastEventId === '' ? 'GET' : `GET, Last-Event-ID: ${lastEventId.slice(0, 30)}`,
      },
      { from: 'server', to: 'browser', says: `${count(replayed, 'event')} that were missed` },
    ]),
})
