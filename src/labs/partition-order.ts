import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Topic {
  readonly partitions: number
  readonly added: number
  readonly after: number
  readonly keys: readonly string[]
}

interface Message {
  /** Its place among the sends, from 1. */
  readonly place: number
  readonly key: number
  readonly partition: number
}

interface Outcome {
  readonly messages: readonly Message[]
  /** For each message but the first: whether it is certain to be read after the one sent before it. */
  readonly certain: readonly boolean[]
}

/**
 * Keyed messages in a topic that is read by one consumer group (Kafka: "design_consumerposition", "basic_ops_modify_topic").
 * The partition is `key mod partitions`, in place of a hash, so that it can be worked out by hand; after `after` messages
 * `added` partitions are added, which moves keys and no messages. Within a partition messages are read in the order of the
 * log, by one consumer; across partitions nothing is certain. The
 * arguments say what a wrong rule changes: when order is certain, and how many partitions there are for a message.
 */
function read(
  { partitions, added, after, keys }: Topic,
  {
    certain = (a: Message, b: Message): boolean => a.partition === b.partition,
    partitionsAt = (place: number): number => partitions + (place > after ? added : 0),
  } = {},
): Outcome {
  const messages = keys.map((key, index) => ({
    place: index + 1,
    key: Number(key),
    partition: Number(key) % partitionsAt(index + 1),
  }))
  return {
    messages,
    certain: messages.slice(1).map((it, index) => certain(messages[index]!, it)),
  }
}

const pairs = (certain: readonly boolean[]) =>
  certain.flatMap((it, index) => (it ? [`${index + 1}-${index + 2}`] : []))
const many = ({ certain }: Outcome) => certain.filter(it => it).length

const setting = ({ partitions, added, after, keys }: Topic) => {
  const grown = added > 0 && after < keys.length
  const lines = keys.map((key, index) => `message ${index + 1}   key ${key}`)
  const shown = grown ? lines.toSpliced(after, 0, `-- ${count(added, 'partition')} added`) : lines
  return (
    `One producer sends keyed messages to a topic with ${count(partitions, 'partition')}, numbered from 0, each after the one before is acknowledged. ` +
    'To keep it simple, the partition is the key modulo the number of partitions at that moment:\n\n' +
    `\`\`\`text\n${shown.join('\n')}\n\`\`\`\n\n` +
    'A consumer group with one thread for each partition reads them; it is never restarted and never repeats a message.'
  )
}

export const partitionOrder = lab({
  id: 'partition-order',
  title: 'Order in a partitioned topic',
  summary: 'Keyed messages, a few partitions, more of them later: whose order is certain.',
  concepts: ['messaging/message-order', 'messaging/kafka-groups'],
  sources: [
    'kafka-docs#design_consumerposition',
    'kafka-docs#basic_ops_modify_topic',
    'kafka-consumer',
  ],
  rule: 'Order is certain within a partition and nowhere else, as each is read on its own; new partitions move keys, not messages.',
  parameters: {
    partitions: whole('partitions at the start', {
      unit: 'partitions',
      from: 1,
      to: 12,
      drawn: [2, 3],
    }),
    added: whole('partitions added later; 0 for none', {
      unit: 'partitions',
      from: 0,
      to: 12,
      drawn: [1, 2],
    }),
    after: whole('number of messages before that', { unit: 'messages', from: 0, to: 12 }),
    keys: texts('keys of the messages, in the order of sending', {
      most: 12,
      form: { like: /^\d{1,4}$/, says: 'a number from 0 to 9999' },
    }),
  },
  example: {
    partitions: 2,
    added: 1,
    after: 4,
    keys: ['7', '7', '9', '4', '4', '10', '7'],
  },
  // Neighbours with the same key, others that share a partition, and keys on both sides of the change.
  draw(random, { partitions }) {
    const own = pick(random, [4, 5, 7, 8])
    const keys = [own]
    while (keys.length < 6) {
      const last = keys.at(-1)!
      keys.push(pick(random, [last, last + partitions, own, last + 1]))
    }
    return { after: pick(random, [2, 3, 4]), keys: keys.map(String) }
  },
  run: it => read(it),
  misconceptions: {
    'whole-topic': {
      belief: 'expect the topic as a whole to keep the order',
      because: 'Kafka is said to guarantee the order of messages.',
      fact: 'It does within a partition; two partitions are read independently of each other.',
      run: it => read(it, { certain: () => true }),
    },
    'same-key-always': {
      belief: 'count on the order of two messages with the same key, and of no others',
      because: 'The key is how one asks for order.',
      fact: 'What counts is the partition: other keys share it, and a key moves when partitions are added.',
      run: it => read(it, { certain: (a, b) => a.key === b.key }),
    },
    'keys-stay': {
      belief: 'leave each key in its partition when partitions are added',
      because: 'Adding capacity should not touch what is there.',
      fact: 'The hash is taken modulo the new number, so new messages of a key may go elsewhere while old ones wait.',
      run: it => read(it, { partitionsAt: () => it.partitions }),
    },
    'messages-move': {
      belief: 'move the messages that are there as well when partitions are added',
      because: 'A hash table is rehashed as a whole when it grows.',
      fact: 'A log is not rewritten: what was appended before stays in its partition.',
      run: it => read(it, { partitionsAt: () => it.partitions + it.added }),
    },
  },
  questions: {
    certain: {
      kind: 'number',
      title: 'For how many neighbouring messages is the order certain?',
      unit: 'pairs',
      prompt: it =>
        `${setting(it)}\n\nTake each message and the next one: 1 and 2, 2 and 3, and so on. For how many of the ${count(it.keys.length - 1, 'pair')} is it certain that the later one is handled later?`,
      answer: many,
      how: ({ messages, certain }) =>
        `The partitions are ${list(messages.map(it => num(it.partition)))}. Certain: ${list(pairs(certain))}.`,
    },
    which: {
      kind: 'choice',
      title: 'Which neighbouring messages are certain to stay in order?',
      prompt: it =>
        `${setting(it)}\n\nTake each message and the next one: 1 and 2, 2 and 3, and so on. For which of the ${count(it.keys.length - 1, 'pair')} is it certain that the later one is handled later (\`<\`), and for which not (\`?\`)?`,
      answer: ({ certain }) => `\`${certain.map(it => (it ? '<' : '?')).join(' ')}\``,
      how: ({ messages }) =>
        `Compare neighbours: the partitions are ${list(messages.map(it => num(it.partition)))}.`,
    },
  },
  result: ({ certain }) => `order certain for ${list(pairs(certain), 'no neighbours')}`,
  trace: ({ messages, certain }) => ({
    columns: ['message', 'key', 'partition', 'after the one before?'],
    rows: messages.map((it, index) => [
      num(it.place),
      num(it.key),
      num(it.partition),
      index === 0 ? '' : certain[index - 1] ? 'certain' : 'not certain',
    ]),
  }),
  picture: ({ messages }) => {
    const most = Math.max(...messages.map(it => it.partition))
    return Array.from({ length: most + 1 }, (_, partition) => {
      const cells = messages.map(it => (it.partition === partition ? `m${it.place}` : '').padEnd(4))
      return `P${partition}`.padEnd(5) + cells.join('')
    })
      .map(it => it.trimEnd())
      .join('\n')
  },
})
