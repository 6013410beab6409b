import { lab, pick } from './lab.ts'
import { number, one, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

type Transport = 'polling' | 'sse-loop' | 'sse-pubsub'

interface Scenario {
  readonly transport: Transport
  readonly users: number
  readonly interval: number
  readonly changes: number
}

interface Outcome {
  /** Reads of the database per second. */
  readonly reads: number
  /** Requests per second that arrive at the servers. */
  readonly requests: number
  /** Seconds from a change until a user sees it, on average. */
  readonly late: number
  /** Connections that are open all the time. */
  readonly open: number
}

/**
 * The load of news for `users` clients at once. With `polling` each asks every `interval` seconds and each request reads the
 * database; `sse-loop` holds a connection for each and lets the server read the database every `interval` seconds for each of
 * them; `sse-pubsub` holds a connection for each and reads once for a change, which is then published. Polls and changes are evenly
 * spread, so news is half an interval late on average (RFC 6202 §2.1).
 */
function load(
  { transport, users, interval, changes }: Scenario,
  {
    rate = (perUser: number) => users / perUser,
    late = interval / 2,
    changeReads = changes,
  }: {
    readonly rate?: (interval: number) => number
    readonly late?: number
    readonly changeReads?: number
  } = {},
): Outcome {
  const polls = rounded(rate(interval), 4)
  if (transport === 'polling')
    return { reads: polls, requests: polls, late: rounded(late, 4), open: 0 }
  return {
    reads: transport === 'sse-loop' ? rounded(rate(interval), 4) : changeReads,
    requests: 0,
    late: transport === 'sse-loop' ? rounded(late, 4) : 0,
    open: users,
  }
}

const HOW: Readonly<Record<Transport, (it: Scenario) => string>> = {
  polling: ({ users, interval }) =>
    `${num(users)} users have a page open that asks for the status every ${num(interval)} s; each request reads the database once.`,
  'sse-loop': ({ users, interval }) =>
    `${num(users)} users hold an SSE connection each. The code behind each connection is a loop: read the status from the database, send it if it is new, sleep ${num(interval)} s.`,
  'sse-pubsub': ({ users, interval }) =>
    `${num(users)} users hold an SSE connection each. The server is subscribed to a channel; a change is read from the database once, published, and written to the connections that it concerns. (Before that, pages polled every ${num(interval)} s.)`,
}

const situation = (it: Scenario) =>
  `${HOW[it.transport](it)} In all there ${it.changes === 1 ? 'is' : 'are'} ${num(it.changes)} ${it.changes === 1 ? 'change' : 'changes'} a second. Polls and changes are evenly spread over time.`

export const pollingLoad = lab({
  id: 'polling-load',
  title: 'Polling against SSE',
  summary: 'Users, an interval and changes: reads per second, and how late the news is.',
  concepts: ['realtime/short-polling', 'realtime/sse', 'realtime/backplane'],
  sources: ['rfc6202#2.1', 'html-sse#authoring-notes', 'redis-pubsub'],
  rule: 'Polling costs `users ÷ interval` requests a second and is half an interval late on average; a loop behind each SSE connection reads as often, a published change is read once.',
  parameters: {
    transport: one(
      'how news gets to the users',
      ['polling', 'sse-loop', 'sse-pubsub'],
      ['polling', 'polling', 'sse-loop', 'sse-pubsub'],
    ),
    users: whole('users at once', { unit: 'users', from: 1, to: 100_000_000 }),
    interval: number('time between two polls of a user', {
      unit: 's',
      from: 0.1,
      to: 86_400,
      drawn: [2, 4, 5, 10, 20, 30],
    }),
    changes: whole('changes a second, of all users together', {
      from: 0,
      to: 1_000_000,
      drawn: [5, 20, 40, 80],
    }),
  },
  example: { transport: 'polling', users: 1000, interval: 5, changes: 20 },
  draw: (random, { interval }) => ({
    users: interval * pick(random, [100, 120, 200, 250, 300, 500, 1000, 2000]),
  }),
  run: it => load(it),
  misconceptions: {
    'a-poll-a-second': {
      belief: 'count each user as one request a second',
      because: 'Users at once are easily taken for requests a second.',
      fact: 'Who asks every so many seconds makes 1 ÷ interval requests a second, and a connection that waits makes none.',
      run: it => load(it, { rate: () => it.users, changeReads: it.users }),
    },
    'rate-per-minute': {
      belief: 'give what comes in a minute',
      because: 'Intervals are often told as so many times a minute.',
      fact: 'Load is compared per second: `users ÷ interval`.',
      run: it => load(it, { rate: interval => (it.users * 60) / interval }),
    },
    'late-by-the-interval': {
      belief: 'take the whole interval for the mean lateness',
      because: 'It is the worst case, and the number at hand.',
      fact: 'A change falls anywhere between two polls: at worst it waits the interval, on average half of it.',
      run: it => load(it, { late: it.interval }),
    },
    'news-at-once': {
      belief: 'take a poll for an immediate answer',
      because: 'The request itself takes only milliseconds.',
      fact: 'The change waits for the next poll first, half an interval on average.',
      run: it => load(it, { late: 0 }),
    },
    'loop-and-channel-mixed-up': {
      belief: 'take a loop behind each connection and a published change for the same thing',
      because: 'From outside both are SSE, and both push.',
      fact: 'A loop reads for each connection all the time: polling, moved to the server. A published change is read once.',
      run: it =>
        load({
          ...it,
          transport: { polling: 'polling', 'sse-loop': 'sse-pubsub', 'sse-pubsub': 'sse-loop' }[
            it.transport
          ] as Transport,
        }),
    },
  },
  questions: {
    reads: {
      kind: 'number',
      title: 'How often is the database read for news?',
      unit: 'reads/s',
      prompt: it => `${situation(it)}\n\nHow many reads per second does the database get for this?`,
      answer: it => it.reads,
      how: (it, { transport, users, interval }) =>
        transport === 'sse-pubsub'
          ? `Only changes are read: ${num(it.reads)} a second, however many connections there are.`
          : `\`${num(users)} ÷ ${num(interval)} = ${num(it.reads)}\` a second${transport === 'sse-loop' ? ', whether anything has changed or not' : ''}.`,
      bare: true,
    },
    late: {
      kind: 'number',
      title: 'How late is news on average?',
      unit: 's',
      tolerance: 0.01,
      prompt: it =>
        `${situation(it)}\n\nHow many seconds pass on average between a change and the moment when its user’s page is told? Leave out the time on the network.`,
      answer: it => it.late,
      how: (it, { transport, interval }) =>
        transport === 'sse-pubsub'
          ? 'It is written to the connection as soon as it is published: 0 s.'
          : `Between 0 and ${num(interval)} s, each as likely: ${num(it.late)} s on average.`,
      bare: true,
    },
    load: {
      kind: 'choice',
      title: 'What do polling and SSE cost?',
      prompt: it =>
        `${situation(it)}\n\nWhat does this come to: reads of the database, event streams that are held open, and how late the news is on average?`,
      answer: ({ reads, late, open }) =>
        `${num(reads)} reads/s, ${num(open)} open streams, news ${num(late)} s late`,
      how: ({ reads, late }) =>
        `${num(reads)} reads a second; on average the news is ${num(late)} s late.`,
      bare: true,
    },
  },
  result: ({ reads, late, open }) =>
    `${num(reads)} reads/s, ${num(open)} open streams, news ${num(late)} s late on average`,
  trace: ({ reads, requests, late, open }) => ({
    columns: ['what', 'how much'],
    rows: [
      ['requests a second', num(requests)],
      ['reads a second', num(reads)],
      ['open streams', num(open)],
      ['mean lateness', `${num(late)} s`],
    ],
  }),
  picture: (_, it) =>
    bars(
      (['polling', 'sse-loop', 'sse-pubsub'] as const).map(transport => {
        const { reads } = load({ ...it, transport })
        return { label: transport, value: reads, note: `${num(reads)} reads/s` }
      }),
    ),
})
