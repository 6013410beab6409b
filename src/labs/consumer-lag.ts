import { lab, pick } from './lab.ts'
import { whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num, rounded } from './said.ts'

interface Topic {
  readonly partitions: number
  readonly consumers: number
  readonly rate: number
  readonly arrivals: number
  readonly outage: number
}

interface Outcome {
  /** Consumers that have a partition. */
  readonly busy: number
  /** Partitions of the consumer that has most of them. */
  readonly most: number
  /** Messages a second that the group keeps up with, all partitions alike. */
  readonly capacity: number
  /** Messages that wait when the consumers return. */
  readonly backlog: number
  /** Minutes from their return until nothing waits; 0 when it never comes to that. */
  readonly drain: number
  readonly drains: boolean
}

/** Partitions of the consumer that has most of them. */
const shareOf = ({ partitions, consumers }: Pick<Topic, 'partitions' | 'consumers'>) =>
  Math.ceil(partitions / Math.min(consumers, partitions))

/**
 * The backlog of a topic whose consumers were away, with evenly loaded partitions that are spread as evenly as can be. The
 * consumer with most partitions is the last one to be done, and sets the pace:
 *
 *     most     = ceil(partitions / min(consumers, partitions))
 *     capacity = rate × partitions / most
 *     backlog  = arrivals × outage
 *     drain    = backlog / (capacity - arrivals), if capacity > arrivals
 *
 * The arguments say what a wrong rule changes: who works, how much is handled, what the backlog is divided by, and from when
 * on time counts.
 */
function lag(
  { partitions, consumers, rate, arrivals, outage }: Topic,
  {
    busy = Math.min(consumers, partitions),
    capacity = (rate * partitions) / shareOf({ partitions, consumers }),
    headroom = (all: number): number => all - arrivals,
    from = 0,
  } = {},
): Outcome {
  const backlog = arrivals * outage * 60
  const drains = headroom(capacity) > 0
  return {
    busy,
    most: shareOf({ partitions, consumers }),
    capacity,
    backlog,
    drain: drains ? rounded(backlog / headroom(capacity) / 60 + from, 1) : 0,
    drains,
  }
}

const setting = ({ partitions, consumers, rate, arrivals, outage }: Topic) =>
  `A topic has ${count(partitions, 'partition')}, all equally loaded, and ${num(arrivals)} messages a second arrive. The consumer group that reads it was down for ${count(outage, 'minute')}; now it is back with ${count(consumers, 'consumer')} of one thread each. The partitions are spread over them as evenly as they can be, and each consumer handles ${num(rate)} messages a second, however many partitions it reads.`

/** What the group keeps up with, and why. */
const pace = (
  { busy, most, capacity }: Outcome,
  { partitions, consumers, rate }: Pick<Topic, 'partitions' | 'consumers' | 'rate'>,
) =>
  most === 1
    ? `${num(partitions)} partitions and ${num(consumers)} consumers keep ${num(busy)} busy, which handle ${num(capacity)} a second`
    : `A consumer with ${num(most)} of the ${num(partitions)} partitions gets ${num(most)}/${num(partitions)} of all messages, so the group keeps up with ${num(rate)} × ${num(partitions)} ÷ ${num(most)} = ${num(rounded(capacity, 1))} a second`

const time = ({ drains, drain }: Outcome) => (drains ? `${num(drain)} min` : 'never')

export const consumerLag = lab({
  id: 'consumer-lag',
  title: 'Working off a backlog',
  summary:
    'Consumers return after an outage: how long until the backlog of a partitioned topic is gone.',
  concepts: ['messaging/queue-backlog', 'messaging/kafka-groups'],
  sources: ['aws-queue-backlogs', 'kafka-consumer'],
  rule: 'A backlog shrinks by what is handled beyond the arrivals; a partition has one consumer, so no more are busy than there are partitions, and the one with most of them sets the pace.',
  parameters: {
    partitions: whole('partitions of the topic', {
      unit: 'partitions',
      from: 1,
      to: 1000,
      drawn: [6, 8, 10, 12],
    }),
    consumers: whole('consumers in the group', { unit: 'consumers', from: 1, to: 1000 }),
    rate: whole('messages a second that a consumer handles', {
      unit: 'msg/s',
      from: 1,
      to: 10_000,
      drawn: [50, 100, 200],
    }),
    arrivals: whole('messages a second that arrive', { unit: 'msg/s', from: 1, to: 1_000_000 }),
    outage: whole('time that the consumers were away', {
      unit: 'min',
      from: 1,
      to: 10_000,
      drawn: [10, 20, 30, 60],
    }),
  },
  example: { partitions: 6, consumers: 10, rate: 100, arrivals: 400, outage: 30 },
  // More consumers than partitions as a rule, and arrivals that leave a headroom which divides well.
  draw(random, { partitions, rate }) {
    const consumers = Math.max(1, partitions + pick(random, [-2, 2, 4, 6]))
    const pace = Math.floor(partitions / Math.ceil(partitions / Math.min(consumers, partitions)))
    const spare = pick(random, pace > 5 ? [1, 2, 4] : pace > 3 ? [1, 2] : [1])
    return { consumers, arrivals: rate * Math.max(1, pace - spare) }
  },
  run: it => lag(it),
  misconceptions: {
    'full-capacity': {
      belief: 'divide the backlog by the full capacity',
      because: 'It is what the consumers handle.',
      fact: 'Messages go on arriving; only what is left of the capacity after them reduces the backlog.',
      run: it => lag(it, { headroom: all => all }),
    },
    'all-consumers-work': {
      belief: 'count consumers that have no partition',
      because: 'More workers empty a queue faster.',
      fact: 'A partition has one reader in a group; consumers beyond the number of partitions are idle.',
      run: it =>
        lag(it, {
          busy: it.consumers,
          ...(it.consumers > it.partitions && { capacity: it.rate * it.consumers }),
        }),
    },
    'one-for-each-partition': {
      belief: 'count a working consumer for each partition, however many consumers there are',
      because: 'Partitions are the unit of parallelism.',
      fact: 'A consumer with two partitions is still one thread; both wait for it.',
      run: it => lag(it, { busy: it.partitions, capacity: it.rate * it.partitions }),
    },
    'adds-up': {
      belief: 'add up what the consumers can handle, however the partitions are spread',
      because: 'A group shares the work.',
      fact: 'A partition is never shared: a consumer with two of them gets twice the messages of one with a single partition, and the others cannot help it.',
      run: it => lag(it, { capacity: it.rate * Math.min(it.consumers, it.partitions) }),
    },
    'from-the-outage': {
      belief: 'count from the beginning of the outage',
      because: 'That is when the messages began to wait.',
      fact: 'The backlog begins to shrink when the consumers return; the question is about the time from then on.',
      run: it => lag(it, { from: it.outage }),
    },
    'as-long-as-it-lasted': {
      belief: 'take as long to catch up as the outage lasted',
      because: 'What was missed in an hour should be made up in an hour.',
      fact: 'That is so only if the capacity is twice the arrivals; the headroom decides.',
      run: it => lag(it, { headroom: () => it.arrivals }),
    },
  },
  questions: {
    drain: {
      kind: 'number',
      title: 'How long does it take to work off a backlog?',
      unit: 'min',
      prompt: it =>
        `${setting(it)}\n\nAfter how many minutes from its return is the backlog gone? (\`0\` if never.)`,
      answer: it => it.drain,
      how: (it, { arrivals, outage, ...values }) =>
        `${pace(it, values)}, ${num(rounded(Math.max(0, it.capacity - arrivals), 1))} more than arrive. ${num(it.backlog)} messages wait (${num(outage)} min × 60 × ${num(arrivals)}). So it takes: ${time(it)}.`,
    },
    state: {
      kind: 'choice',
      title: 'How many consumers work off a backlog, and for how long?',
      prompt: it =>
        `${setting(it)}\n\nHow many of the consumers work, and how long until the backlog is gone?`,
      answer: it => `${count(it.busy, 'consumer')}, ${time(it)}`,
      how: (it, { arrivals, ...values }) =>
        `${pace(it, values)}, and ${num(rounded(it.capacity, 1))} - ${num(arrivals)} a second are left for ${num(it.backlog)} messages.`,
    },
  },
  result: it => `${count(it.busy, 'busy consumer')}, ${num(it.backlog)} waiting, gone: ${time(it)}`,
  trace: (it, { arrivals }) => ({
    columns: ['what', 'value'],
    rows: [
      ['busy consumers', num(it.busy)],
      ['partitions each, at most', num(it.most)],
      ['capacity', `${num(rounded(it.capacity, 1))}/s`],
      ['arrivals', `${num(arrivals)}/s`],
      ['left for the backlog', `${num(rounded(Math.max(0, it.capacity - arrivals), 1))}/s`],
      ['backlog', num(it.backlog)],
      ['gone after', time(it)],
    ],
  }),
  picture: (it, { arrivals }) =>
    bars([
      { label: 'capacity', value: it.capacity, note: `${num(rounded(it.capacity, 1))}/s` },
      { label: 'arrivals', value: arrivals, note: `${num(arrivals)}/s` },
    ]),
})
