import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

interface Partition {
  readonly nodes: number
  /** Nodes on the left side of the cut; the others are on the right. */
  readonly left: number
  readonly policy: 'majority' | 'any-node' | 'local-reads'
  readonly requests: readonly ('left-write' | 'left-read' | 'right-write' | 'right-read')[]
}

interface Step {
  readonly side: 'left' | 'right'
  readonly kind: 'write' | 'read'
  /** What is written, or what is read; nothing when it is refused. */
  readonly value: number | null
  readonly refused: boolean
  /** A read that does not give the last write that was acknowledged before it. */
  readonly stale: boolean
}

interface Outcome {
  readonly steps: readonly Step[]
  /** The value everywhere once the network is whole again. */
  readonly final: number
}

/**
 * One value `x`, a copy on each node, and a network cut in two for the whole time. Requests come one after another; the first write
 * writes 1, the second 2, and so on. What a side does depends on the settings:
 *
 *     majority     reads and writes need a majority of all nodes on their side, or get a 503 ("CP")
 *     any-node     each side answers from its own copies; on healing the later write wins ("AP")
 *     local-reads  writes need a majority, reads are answered from the copy at hand (ZooKeeper's default reads)
 *
 * Availability in the sense of the proof is lost when a working node answers with an error, linearizability when a read misses an
 * acknowledged write (Gilbert & Lynch 2002 §2). The arguments say what a wrong rule changes.
 */
function run(
  { nodes, left, policy, requests }: Partition,
  {
    serves = size => size * 2 > nodes,
    freeReads = policy !== 'majority',
    freeWrites = policy === 'any-node',
    bridged = false,
  }: {
    /** Can a side with so many nodes do what needs a majority? */
    readonly serves?: (size: number) => boolean
    readonly freeReads?: boolean
    readonly freeWrites?: boolean
    /** Do writes cross the cut? */
    readonly bridged?: boolean
  } = {},
): Outcome {
  const copies = { left: 0, right: 0 }
  let last = 0
  let written = 0
  const steps = requests.map((it): Step => {
    const side = it.startsWith('left') ? 'left' : 'right'
    const able = bridged || serves(side === 'left' ? left : nodes - left)
    if (it.endsWith('read')) {
      const refused = !able && !freeReads
      const value = copies[side]
      return refused
        ? { side, kind: 'read', value: null, refused, stale: false }
        : { side, kind: 'read', value, refused, stale: value !== last }
    }
    written++
    const refused = !able && !freeWrites
    if (!refused) {
      copies[side] = written
      if (bridged) copies.left = copies.right = written
      last = written
    }
    return { side, kind: 'write', value: written, refused, stale: false }
  })
  return { steps, final: last }
}

const reply = (it: Step) => (it.refused ? '503' : it.kind === 'write' ? 'ok' : num(it.value!))

const lost = ({ steps }: Outcome) => {
  const unavailable = steps.some(it => it.refused)
  const stale = steps.some(it => it.stale)
  return `availability ${unavailable ? 'lost' : 'kept'}, linearizability ${stale ? 'lost' : 'kept'}`
}

const letters = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => String.fromCharCode(65 + from + i))

const SETTINGS = {
  majority: [
    'acknowledged once a majority of all nodes has stored it',
    'answered after asking a majority of all nodes',
  ],
  'any-node': [
    'acknowledged by any one node and sent on; the later write wins',
    'answered by any one node from its own copy',
  ],
  'local-reads': [
    'acknowledged once a majority of all nodes has stored it',
    'answered by any one node from its own copy',
  ],
} as const

const scene = ({ nodes, left, policy, requests }: Partition) => {
  let written = 0
  const lines = requests.map((it, i) => {
    const at = it.startsWith('left') ? 'A' : String.fromCharCode(65 + left)
    return `10:0${num(i + 1)}  client at ${at}  ${it.endsWith('read') ? 'read x' : `write x = ${num(++written)}`}`
  })
  return (
    `A store keeps a copy of x on each of ${num(nodes)} nodes; x is 0 everywhere. At 10:00 the network splits where the bar is:\n\n` +
    `\`\`\`\nnodes  ${letters(0, left).join(' ')} | ${letters(left, nodes).join(' ')}\nwrite  ${SETTINGS[policy][0]}\nread   ${SETTINGS[policy][1]}\n\n${lines.join('\n')}\n\`\`\`\n\n` +
    'All nodes run, clients reach only their own side, and what cannot be done gets a 503 and leaves no trace. '
  )
}

export const networkPartition = lab({
  id: 'network-partition',
  title: 'A network partition',
  summary: 'The network splits a store in two: what each request gets, and which property is lost.',
  concepts: [
    'cap/cap',
    'cap/network-partition',
    'cap/cp-ap',
    'cap/availability-cap',
    'cap/linearizability',
  ],
  sources: ['gilbert-lynch-2002#2.2', 'kleppmann-2015#cpap-a-false-dichotomy'],
  rule: 'A side without a **majority of all nodes** must refuse, or else answer from copies that may be old.',
  parameters: {
    nodes: whole('nodes, each with a copy', { from: 2, to: 9, drawn: [3, 4, 5, 6] }),
    left: whole('nodes on the left side of the cut', { from: 1, to: 8 }),
    policy: one('what reads and writes need', ['majority', 'any-node', 'local-reads']),
    requests: texts('the requests, one after another', {
      of: ['left-write', 'left-read', 'right-write', 'right-read'],
      most: 8,
    }),
  },
  example: {
    nodes: 5,
    left: 3,
    policy: 'majority',
    requests: ['left-write', 'right-read', 'right-write', 'left-read'],
  },
  check: ({ nodes, left }) =>
    left < nodes
      ? undefined
      : `left is ${num(left)} of ${count(nodes, 'node')}, so nothing is cut off`,
  draw(random, { nodes }) {
    const left = Math.max(
      1,
      Math.floor(nodes / 2) + pick(random, nodes % 2 === 0 ? [0, 0, 1, -1] : [0, 1]),
    )
    const [here, there] = pick(random, [
      ['left', 'right'],
      ['right', 'left'],
    ] as const)
    const rest = [`${there}-read`, `${there}-write`, `${here}-read`, `${there}-read`] as const
    const cut = pick(random, [3, 4])
    const swapped = pick(random, [true, false])
    return {
      left,
      requests: [
        `${here}-write`,
        ...(swapped ? ([rest[1], rest[0], rest[2], `${here}-write`] as const) : rest).slice(0, cut),
      ],
    }
  },
  run: it => run(it),
  misconceptions: {
    'no-partition': {
      belief: 'expect replication to carry on across the cut, as in a "CA" system',
      because:
        'The triangle of two out of three suggests that one can choose to have no partitions.',
      fact: 'The cut is there whether one likes it or not: no message crosses it, so a side is old or silent.',
      run: it => run(it, { bridged: true }),
    },
    'half-is-enough': {
      belief: 'let a side with half of the nodes act as the majority',
      because: 'Half sounds like enough when the other side has no more.',
      fact: 'Both halves would do so, and both would accept writes; a majority is more than half.',
      run: it => run(it, { serves: size => size * 2 >= it.nodes }),
    },
    'all-stops': {
      belief: 'take the whole store for down where a majority is needed',
      because: 'Consistency over availability sounds like nobody being served.',
      fact: 'The side with a majority goes on as before; only the other one refuses.',
      run: it => run(it, { serves: () => false }),
    },
    'minority-reads': {
      belief: 'let the cut-off side go on reading where reads need a majority',
      because: 'Reading changes nothing, so it looks harmless.',
      fact: 'Its copies may miss writes of the other side, so such a read would not be linearizable.',
      run: it => run(it, { freeReads: true }),
    },
    'majority-anyway': {
      belief: 'ask for a majority although any node may answer',
      because: 'Majorities are how consensus works, so it looks like the rule everywhere.',
      fact: 'It is a setting of the operation: where any one node may answer, both sides do, even a single node.',
      run: it => run({ ...it, policy: 'majority' }),
    },
  },
  questions: {
    replies: {
      kind: 'choice',
      title: 'What does each request get during a partition?',
      prompt: it =>
        `${scene(it)}What do the ${num(it.requests.length)} requests get, in order (\`ok\` for a write, the value for a read)?`,
      answer: ({ steps }) => `\`${steps.map(reply).join(' ')}\``,
      how: (_, it) => sides(it),
    },
    lost: {
      kind: 'choice',
      title: 'Which property does a store lose in a partition?',
      prompt: it =>
        `${scene(it)}What do the clients lose here: availability (each running node answers without an error), linearizability (a read gives the last acknowledged write), both, or neither?`,
      answer: lost,
      how: ({ steps }, it) =>
        `${sides(it)} ${count(steps.filter(it => it.refused).length, 'request is', 'requests are')} refused and ${count(steps.filter(it => it.stale).length, 'read misses', 'reads miss')} a write that was acknowledged before.`,
    },
    refused: {
      kind: 'number',
      title: 'How many requests are refused in a partition?',
      unit: 'requests',
      prompt: it => `${scene(it)}How many of the ${num(it.requests.length)} requests get a 503?`,
      answer: ({ steps }) => steps.filter(it => it.refused).length,
      how: (_, it) => sides(it),
    },
    healed: {
      kind: 'number',
      title: 'What is the value when the partition is over?',
      prompt: it =>
        `${scene(it)}At 10:30 the network is whole again and the copies are brought together. What is x then, on all nodes?`,
      answer: it => it.final,
      how: ({ steps, final }, it) =>
        `${sides(it)} Acknowledged: ${list(
          steps.filter(it => it.kind === 'write' && !it.refused).map(it => `x = ${num(it.value!)}`),
          'no write at all',
        )}. ${final === 0 ? 'So x is still 0.' : `The last of them is what remains, x = ${num(final)}.`}`,
    },
  },
  result: outcome =>
    `${outcome.steps.map(reply).join(' ')}; ${lost(outcome)}; x = ${num(outcome.final)} in the end`,
  trace: ({ steps }) => ({
    columns: ['time', 'side', 'request', 'reply', 'remark'],
    rows: steps.map((it, i) => [
      `10:0${num(i + 1)}`,
      it.side,
      it.kind === 'write' ? `write x = ${num(it.value!)}` : 'read x',
      reply(it),
      it.refused ? 'not available' : it.stale ? 'old value' : 'fine',
    ]),
  }),
  picture({ steps }, { nodes, left }) {
    const width = Math.max(20, left * 2 + 2)
    return [
      `${letters(0, left).join(' ').padEnd(width)}| ${letters(left, nodes).join(' ')}`,
      ...steps.map(it => {
        const says = `${it.kind === 'write' ? `write ${num(it.value!)}` : 'read'} -> ${reply(it)}${it.stale ? ' (old)' : ''}`
        return it.side === 'left' ? `${says.padEnd(width)}|` : `${''.padEnd(width)}| ${says}`
      }),
    ].join('\n')
  },
})

/** Which side can do what. */
function sides({ nodes, left, policy }: Partition): string {
  const least = Math.floor(nodes / 2) + 1
  const able =
    left >= least
      ? 'the left side has it'
      : nodes - left >= least
        ? 'the right side has it'
        : 'neither side has it'
  const majority = `A majority is ${num(least)} of ${num(nodes)} nodes: ${able}.`
  if (policy === 'any-node')
    return 'Any one node may answer, so both sides serve everything from what they know.'
  return policy === 'majority'
    ? `${majority} Without it, reads and writes are refused.`
    : `${majority} Without it, writes are refused; reads are answered on both sides, from what the side knows.`
}
