import { lab } from './lab.ts'
import { number, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num, rounded } from './said.ts'

interface Product {
  readonly users: number
  readonly actions: number
  readonly day: number
  readonly peak: number
  readonly server: number
  readonly spare: number
  readonly stores: number
  readonly bytes: number
  readonly copies: number
}

interface Outcome {
  /** Requests a second on average and in the busiest minutes. */
  readonly average: number
  readonly busiest: number
  readonly servers: number
  /** GB (10^9 bytes) on disk after a year of 365 days. */
  readonly storage: number
}

/**
 * The usual estimate: requests a second are users × actions ÷ seconds of a day, the busiest minutes are that times a factor,
 * and servers are the busiest rate ÷ what one has been measured to bear, rounded up, plus the spare. Storage is records a day × bytes × 365
 * × copies. Seconds of a day are a parameter, as 100,000 is easier to divide by than 86,400. The arguments say what a wrong rule changes.
 */
function estimate(
  { users, actions, day, peak, server, spare, stores, bytes, copies }: Product,
  {
    requests = users * 1_000_000 * actions,
    factor = peak,
    extra = spare,
    kept = requests / stores,
    times = copies,
  }: {
    readonly requests?: number
    readonly factor?: number
    readonly extra?: number
    readonly kept?: number
    readonly times?: number
  } = {},
): Outcome {
  const busiest = (requests / day) * factor
  return {
    average: rounded(requests / day, 1),
    busiest: rounded(busiest, 1),
    servers: Math.ceil(rounded(busiest / server, 6)) + extra,
    storage: rounded((kept * bytes * 365 * times) / 1e9, 2),
  }
}

const daily = ({ users, actions }: Product) => users * 1_000_000 * actions

export const capacityEstimate = lab({
  id: 'capacity-estimate',
  title: 'Estimate of load and storage',
  summary:
    'Users and their actions: requests a second, servers for the busiest minutes, and disks for a year.',
  concepts: ['system-design/traffic-estimate', 'system-design/storage-estimate'],
  sources: ['sre-workbook-12', 'dean-2009'],
  rule: 'Requests are users × actions ÷ seconds, times the peak factor; storage is records × bytes × days × copies.',
  parameters: {
    users: number('active users a day', {
      unit: 'million',
      from: 0.001,
      to: 10_000,
      drawn: [1, 2, 3, 4, 5, 6, 8],
    }),
    actions: number('requests of a user a day', {
      from: 0.1,
      to: 10_000,
      drawn: [10, 20, 30, 40, 50],
    }),
    day: whole('seconds of a day to reckon with', {
      unit: 's',
      from: 1,
      to: 100_000,
      drawn: [100_000],
    }),
    peak: number('the busiest minutes against the average', {
      from: 1,
      to: 100,
      drawn: [2, 3, 4, 5],
    }),
    server: whole('requests a second that a server has been measured to bear', {
      from: 1,
      to: 1_000_000,
      drawn: [300, 400, 700, 900, 1200],
    }),
    spare: whole('servers that may fail without harm', { from: 0, to: 100, drawn: [1, 2] }),
    stores: whole('one in so many requests stores a record', {
      from: 1,
      to: 1_000_000,
      drawn: [5, 10, 20],
    }),
    bytes: whole('size of a record', {
      unit: 'bytes',
      from: 1,
      to: 1_000_000_000,
      drawn: [200, 400, 500, 1000, 2000],
    }),
    copies: whole('copies of each record', { from: 1, to: 20, drawn: [2, 3] }),
  },
  example: {
    users: 6,
    actions: 20,
    day: 100_000,
    peak: 5,
    server: 900,
    spare: 1,
    stores: 10,
    bytes: 500,
    copies: 3,
  },
  run: it => estimate(it),
  misconceptions: {
    'average-is-enough': {
      belief: 'build for the average',
      because: 'The average is what a day’s total gives.',
      fact: 'A day has busy and quiet hours; at the peak a system for the average is overloaded.',
      run: it => estimate(it, { factor: 1 }),
    },
    'one-action-each': {
      belief: 'count users instead of their requests',
      because: 'The number of users is the one that stands in the pitch.',
      fact: 'Each user does many things a day, and servers see the requests.',
      run: it => estimate(it, { requests: it.users * 1_000_000 }),
    },
    'no-spare': {
      belief: 'leave out the spare servers',
      because: 'The capacity is exactly what is needed.',
      fact: 'Then one lost machine or one deployment at the peak overloads the rest.',
      run: it => estimate(it, { extra: 0 }),
    },
    'every-request-stores': {
      belief: 'store a record for each request',
      because: 'One number for everything is simpler.',
      fact: 'Most requests read; only those that write take disk.',
      run: it => estimate(it, { kept: daily(it) }),
    },
    'one-copy': {
      belief: 'count each record once',
      because: 'The data is there once, as one sees it.',
      fact: 'Replicas are full copies, and each of them takes the same disk again.',
      run: it => estimate(it, { times: 1 }),
    },
    'peak-all-year': {
      belief: 'let the peak last all day when it comes to storage',
      because: 'One is used to planning for the peak.',
      fact: 'Storage adds up what a whole day brings; the peak is in the total already.',
      run: it => estimate(it, { kept: (daily(it) / it.stores) * it.peak }),
    },
  },
  questions: {
    busiest: {
      kind: 'number',
      title: 'How many requests a second come in the busiest minutes?',
      unit: 'requests/s',
      bare: true,
      prompt: it =>
        `An app expects ${num(it.users)} million active users a day with ${count(it.actions, 'request')} each. In the busiest minutes ${num(it.peak)} times the average comes in.\n\nReckon with ${num(it.day)} s to the day. How many requests per second come in then?`,
      answer: it => it.busiest,
      how: ({ average, busiest }, it) =>
        `${num(daily(it))} requests a day are ${num(average)} per second on average; times ${num(it.peak)} that is ${num(busiest)}.`,
    },
    servers: {
      kind: 'number',
      title: 'How many servers does the peak take?',
      unit: 'servers',
      bare: true,
      prompt: it =>
        `An app expects ${num(it.users)} million active users a day with ${count(it.actions, 'request')} each. In the busiest minutes ${num(it.peak)} times the average comes in. A server has been measured to bear ${num(it.server)} requests per second, and ${it.spare === 1 ? 'one server' : `${num(it.spare)} servers`} may be down at any time.\n\nReckon with ${num(it.day)} s to the day. How many servers are needed?`,
      answer: it => it.servers,
      how: ({ busiest, servers }, it) =>
        `${num(busiest)} ÷ ${num(it.server)} = ${num(rounded(busiest / it.server, 2))}, rounded up and ${num(it.spare)} more: ${count(servers, 'server')}.`,
    },
    storage: {
      kind: 'number',
      title: 'How much storage does a year take?',
      unit: 'GB',
      bare: true,
      prompt: it =>
        `An app expects ${num(it.users)} million active users a day with ${count(it.actions, 'request')} each; in the busiest minutes ${num(it.peak)} times the average comes in. One request in ${num(it.stores)} stores a record of ${count(it.bytes, 'byte')}, and the database keeps ${num(it.copies)} copies of each.\n\nHow many GB (10^9 bytes) are on disk after a year of 365 days, without indexes?`,
      answer: it => it.storage,
      how: ({ storage }, it) => {
        const day = rounded(((daily(it) / it.stores) * it.bytes) / 1e9, 4)
        return `${num(daily(it) / it.stores)} records a day are ${num(day)} GB; × 365 × ${num(it.copies)} = ${num(storage)} GB.`
      },
    },
  },
  result: ({ average, busiest, servers, storage }) =>
    `${num(average)} requests/s on average, ${num(busiest)} at the peak, ${count(servers, 'server')}, ${num(storage)} GB a year`,
  trace: ({ average, busiest, servers, storage }, it) => ({
    columns: ['step', 'result'],
    rows: [
      ['requests a day', num(daily(it))],
      ['requests/s on average', num(average)],
      ['requests/s at the peak', num(busiest)],
      ['servers with spare', num(servers)],
      ['GB after a year', num(storage)],
    ],
  }),
  picture: ({ average, busiest, servers, storage }) =>
    [
      bars([
        { label: 'average', value: average, note: `${num(average)}/s` },
        { label: 'peak', value: busiest, note: `${num(busiest)}/s` },
      ]),
      `${count(servers, 'server')}, ${num(storage)} GB after a year`,
    ].join('\n'),
})
