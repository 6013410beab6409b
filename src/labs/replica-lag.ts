import { lab, pick } from './lab.ts'
import { number, numbers, one } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, list, num, rounded } from './said.ts'

interface Replicas {
  /** How far replica 1 and replica 2 are behind the leader. */
  readonly fast: number
  readonly slow: number
  readonly route: 'in-turn' | 'one-replica' | 'leader-after-write'
  /** With leader-after-write: for how long after a write of theirs users read from the leader. */
  readonly pin: number
  readonly writes: readonly number[]
  readonly reads: readonly number[]
}

interface Read {
  readonly at: number
  readonly from: 'leader' | 'replica 1' | 'replica 2'
  /** Which version it returns: 0 is before the first write. */
  readonly version: number
  /** Older than the user's own last write: read your writes is broken. */
  readonly stale: boolean
  /** Older than what an earlier read returned: monotonic reads is broken. */
  readonly backwards: boolean
}

/**
 * One user writes to a leader and reads from replicas that apply each write a fixed time later: a read at `t` from a replica that is
 * `lag` behind sees the writes up to `t - lag`. Write 1 makes version 1, and so on. Routes: in turn (replica 1 first), always
 * replica 2, or the leader for `pin` seconds after the user's own write and else the replicas in turn. Read your writes and monotonic
 * reads as in Terry et al. 1994 §3. The arguments say what a wrong rule changes.
 */
function replay(
  { fast, slow, route, pin, writes, reads }: Replicas,
  {
    lags = [fast, slow],
    monotonic = false,
  }: {
    readonly lags?: readonly [number, number]
    readonly monotonic?: boolean
  } = {},
): Read[] {
  const upTo = (at: number) => writes.filter(it => it <= at).length
  let turn = 0
  let seen = 0
  return reads.map(at => {
    const own = upTo(at)
    const last = writes[own - 1]
    const leader = route === 'leader-after-write' && last !== undefined && at - last < pin
    const replica = route === 'one-replica' ? 1 : leader ? 0 : turn++ % 2
    const found = leader ? own : upTo(at - lags[replica]!)
    const version = monotonic ? Math.max(seen, found) : found
    const backwards = version < seen
    seen = Math.max(seen, version)
    return {
      at,
      from: leader ? 'leader' : replica === 0 ? 'replica 1' : 'replica 2',
      version,
      stale: version < own,
      backwards,
    }
  })
}

const scene = ({ fast, slow, route, pin, writes, reads }: Replicas) =>
  `A user writes to the leader of a database and reads from its replicas. Replica 1 applies each write ${num(fast)} s after the leader, replica 2 ${num(slow)} s after it. Write 1 makes version 1, and so on; before it is version 0.\n\n` +
  `\`\`\`\nwrites at  ${writes.map((it, i) => `${num(it)} s (v${num(i + 1)})`).join('  ')}\nreads at   ${reads.map(it => `${num(it)} s`).join('  ')}\n\`\`\`\n\n` +
  {
    'in-turn': 'Reads go to the replicas in turn, the first one to replica 1. ',
    'one-replica': 'This user reads from replica 2 each time. ',
    'leader-after-write': `For ${num(pin)} s after each write of this user, reads go to the leader; others to the replicas in turn, the first of these to replica 1. `,
  }[route]

const told = (reads: readonly Read[]) =>
  `The reads return ${list(reads.map(it => `v${num(it.version)} (${it.from})`))}.`

export const replicaLag = lab({
  id: 'replica-lag',
  title: 'Replication lag',
  summary: 'Reads from replicas that are behind: which are stale, and which go back in time.',
  concepts: [
    'cap/replication-lag',
    'cap/read-your-writes',
    'cap/monotonic-reads',
    'scalability/read-replicas',
  ],
  sources: ['terry-1994#3.1', 'terry-1994#3.2'],
  rule: 'A read at `t` from a replica that is `lag` behind sees the writes up to `t - lag`.',
  parameters: {
    fast: number('how far replica 1 is behind', { unit: 's', from: 0, to: 100, drawn: [0.5, 1] }),
    slow: number('how far replica 2 is behind', { unit: 's', from: 0, to: 100, drawn: [3, 4, 5] }),
    route: one('where reads go', ['in-turn', 'one-replica', 'leader-after-write']),
    pin: number('how long reads go to the leader after a write', {
      unit: 's',
      from: 0,
      to: 100,
      drawn: [2, 3],
    }),
    writes: numbers('when the user writes', {
      unit: 's',
      from: 0,
      to: 1000,
      rising: true,
      most: 6,
    }),
    reads: numbers('when the user reads', { unit: 's', from: 0, to: 1000, rising: true, most: 10 }),
  },
  example: {
    fast: 1,
    slow: 4,
    route: 'in-turn',
    pin: 2,
    writes: [0, 6],
    reads: [0.5, 2, 5, 5.5, 7.5, 8.5, 11],
  },
  // Reads soon after each write and some seconds later, none at the very instant at which a write arrives; taken in turn, most
  // of these go back in time.
  draw(random, { slow }) {
    const second = slow + pick(random, [0, 1, 2])
    const soon = pick(random, [0.2, 0.7])
    const reads = [
      soon,
      1.3,
      2.1,
      2.8,
      second + 0.3,
      second + 1.3,
      second + 2.2,
      second + slow + 0.7,
    ]
    const dropped = pick(random, [
      [0, 1],
      [0, 4],
      [0, 7],
      [1, 4],
      [1, 7],
      [2, 5],
      [2, 7],
      [3, 7],
      [4, 5],
      [4, 6],
      [5, 6],
    ])
    return {
      writes: [0, second],
      reads: reads.filter((_, i) => !dropped.includes(i)).map(it => rounded(it, 1)),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'one-replica-is-fresh': {
      belief: 'expect reads that stay on one replica to show the own writes',
      because: 'Sticking to one replica is a known remedy.',
      fact: 'It keeps reads from going back in time (monotonic reads); the own write still arrives late.',
      run: it => replay(it, it.route === 'one-replica' ? { lags: [0, 0] } : {}),
    },
    'there-at-once': {
      belief: 'take a committed write for one that every replica has',
      because: 'The write was confirmed, so it seems to be in the database.',
      fact: 'The leader has it; asynchronous replicas apply it later, and even a synchronous standby may confirm before it can be read.',
      run: it => replay(it, { lags: [0, 0] }),
    },
    'slowest-counts': {
      belief: 'let the slowest replica decide for all reads',
      because: 'Lag is often given as one number, the worst.',
      fact: 'Each read sees what its own replica has applied.',
      run: it => replay(it, { lags: [Math.max(it.fast, it.slow), Math.max(it.fast, it.slow)] }),
    },
    'fastest-counts': {
      belief: 'expect the newest version that any replica has',
      because: 'A quorum read compares versions; this looks similar.',
      fact: 'A read goes to one replica, and nobody compares.',
      run: it => replay(it, { lags: [Math.min(it.fast, it.slow), Math.min(it.fast, it.slow)] }),
    },
    'never-backwards': {
      belief: 'expect no read to return something older than an earlier one did',
      because: 'Time does not run backwards, and neither does the leader.',
      fact: 'Two replicas are two clocks: after the faster one has shown a write, the slower one may not have it yet.',
      run: it => replay(it, { monotonic: true }),
    },
  },
  questions: {
    stale: {
      kind: 'number',
      title: 'How many reads miss the own last write?',
      unit: 'reads',
      prompt: it =>
        `${scene(it)}How many of the ${num(it.reads.length)} reads do **not** show the last write that the user has made before?`,
      answer: reads => reads.filter(it => it.stale).length,
      how: reads =>
        `${told(reads)} ${count(reads.filter(it => it.stale).length, 'read')} of ${num(reads.length)} missed a write of the same user.`,
    },
    versions: {
      kind: 'choice',
      title: 'Which versions do reads from replicas return?',
      prompt: it => `${scene(it)}Which versions do the reads return, in order?`,
      answer: reads => `\`${reads.map(it => num(it.version)).join(' ')}\``,
      how: reads => told(reads),
    },
    backwards: {
      kind: 'choice',
      title: 'Which guarantees do reads from replicas break?',
      prompt: it =>
        `${scene(it)}How many reads miss the user’s own last write, and how many return an older version than an earlier read did?`,
      answer: reads =>
        `${num(reads.filter(it => it.stale).length)} miss a write, ${num(reads.filter(it => it.backwards).length)} go back`,
      how: reads =>
        `${told(reads)} Missing the own write breaks read your writes; going back to an older version breaks monotonic reads.`,
    },
  },
  result: reads =>
    `versions ${reads.map(it => num(it.version)).join(' ')}: ${num(reads.filter(it => it.stale).length)} stale, ${num(reads.filter(it => it.backwards).length)} back in time`,
  trace: reads => ({
    columns: ['read at (s)', 'from', 'version', 'own write seen', 'back in time'],
    rows: reads.map(it => [
      num(it.at),
      it.from,
      `v${num(it.version)}`,
      it.stale ? 'no' : 'yes',
      it.backwards ? 'yes' : 'no',
    ]),
  }),
  picture: (reads, { fast, slow, writes }) => {
    const arrivals = (lag: number) =>
      writes.map((it, i) => ({ at: it + lag, sign: String.fromCharCode(49 + i) }))
    const end = Math.max(
      0,
      ...reads.map(it => it.at),
      ...writes.map(it => it + Math.max(fast, slow)),
    )
    return timeline(
      [
        { label: 'leader', marks: arrivals(0) },
        { label: 'replica 1', marks: arrivals(fast) },
        { label: 'replica 2', marks: arrivals(slow) },
        {
          label: 'reads',
          marks: reads.map(it => ({ at: it.at, sign: String.fromCharCode(48 + it.version) })),
        },
      ],
      0,
      end,
    )
  },
})
