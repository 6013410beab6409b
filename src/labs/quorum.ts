import { lab, pick } from './lab.ts'
import { whole } from './parameters.ts'
import { count, num } from './said.ts'

interface Quorum {
  readonly n: number
  readonly w: number
  readonly r: number
  readonly down: number
}

interface Outcome {
  /** Answers of a read that hold the newest acknowledged write, at least, while all replicas are up. */
  readonly overlap: number
  /** Replicas that may be down while reads and writes both still succeed. */
  readonly survives: number
  readonly readable: boolean
  readonly writable: boolean
  /** Does every answered read see the newest acknowledged write? */
  readonly fresh: boolean
}

/**
 * A strict quorum over `n` replicas: a write succeeds with `w` acknowledgements, a read with `r` answers.
 *
 *     a write and a later read share at least w + r - n replicas, so a read is certainly new iff r + w > n
 *     w replicas must be up to write and r to read: both go on with n - max(r, w) down
 *
 * (Dynamo §4.5.) It is about a write that was acknowledged by exactly `w` replicas before the read began, with no hints
 * and no repair; that makes no promise about writes under way, so overlap is not linearizability.
 * The arguments say what a wrong rule changes.
 */
function quorum(
  { n, w, r, down }: Quorum,
  {
    reads = r,
    writes = w,
    overlap = Math.max(0, w + r - n),
    fresh = r + w > n,
  }: {
    readonly reads?: number
    readonly writes?: number
    readonly overlap?: number
    readonly fresh?: boolean
  } = {},
): Outcome {
  const up = n - down
  return {
    overlap,
    survives: n - Math.max(reads, writes),
    readable: up >= reads,
    writable: up >= writes,
    fresh,
  }
}

const majority = (n: number) => Math.floor(n / 2) + 1

const store = ({ n, w, r }: Quorum) =>
  `A store keeps each key on N = ${num(n)} replicas. A write waits for W = ${count(w, 'acknowledgement')}; ` +
  `a read waits for R = ${count(r, 'answer')} and takes the newest version among them. Quorums are strict: no other node stands in.`

const verdict = ({ readable, writable, fresh }: Outcome) =>
  `reads ${readable ? (fresh ? 'succeed and are certainly new' : 'succeed and may be old') : 'fail'}, writes ${writable ? 'succeed' : 'fail'}`

export const quorums = lab({
  id: 'quorum',
  title: 'Quorum reads and writes',
  summary:
    'R answers, W acknowledgements, N replicas: what still works, and what a read is sure to see.',
  concepts: ['cap/quorum', 'databases/consistency-per-setting', 'cap/sloppy-quorum'],
  sources: ['dynamo-2007#4.5', 'cassandra-dynamo#picking-consistency-levels'],
  rule: 'A read needs `R` live replicas, a write `W`; the two are sure to share a replica only if `R + W > N`.',
  parameters: {
    n: whole('replicas of each key (N)', { from: 1, to: 15, drawn: [3, 4, 5, 6, 7] }),
    w: whole('acknowledgements that a write waits for (W)', { from: 1, to: 15 }),
    r: whole('answers that a read waits for (R)', { from: 1, to: 15 }),
    down: whole('replicas that are down', { from: 0, to: 15 }),
  },
  example: { n: 5, w: 3, r: 2, down: 2 },
  check({ n, w, r, down }) {
    const over = Object.entries({ w, r, down }).find(([, it]) => it > n)
    return over && `${over[0]} is ${num(over[1])}, but there are only ${count(n, 'replica')}`
  },
  // About where R + W = N, and as many down as decide something.
  draw(random, { n }) {
    const w = pick(random, [...Array(n).keys()]) + 1
    const r = Math.min(n, Math.max(1, n - w + pick(random, [0, 0, 1, 1, 2])))
    const down = n - pick(random, [Math.max(r, w), Math.min(r, w), Math.min(r, w)])
    return { w, r, down: Math.min(n - 1, Math.max(1, down + pick(random, [0, 0, 1]))) }
  },
  run: it => quorum(it),
  misconceptions: {
    'equal-overlaps': {
      belief: 'take R + W = N for an overlap already',
      because: 'The two sets cover all replicas, which sounds like enough.',
      fact: 'With R + W = N a read can ask exactly the replicas that the write did not reach.',
      run: it => quorum(it, { fresh: it.r + it.w >= it.n }),
    },
    'acknowledged-everywhere': {
      belief: 'take an acknowledged write for one that all replicas hold',
      because: 'The client was told that it is done.',
      fact: 'The client is answered after W acknowledgements; the other replicas may get it later, or not before a repair.',
      run: it => quorum(it, { overlap: it.r, fresh: true }),
    },
    'majority-rules': {
      belief: 'let a majority decide, whatever R and W are',
      because: 'In consensus (Raft, ZooKeeper) it is a majority that counts.',
      fact: 'Here R and W are settings: R = 1 needs one live replica, W = N needs them all.',
      run: it => {
        const most = majority(it.n)
        return quorum(it, { reads: most, writes: most, overlap: 2 * most - it.n, fresh: true })
      },
    },
    'smaller-decides': {
      belief: 'let the smaller of R and W decide how many must be up',
      because: 'One of the two operations still works, so the store looks available.',
      fact: 'The operation with the larger number fails first: both work with N - max(R, W) down.',
      run: it => {
        const least = Math.min(it.r, it.w)
        return quorum(it, { reads: least, writes: least, overlap: least })
      },
    },
    'writes-need-all': {
      belief: 'let a write need every replica',
      because: 'Each replica is meant to hold each key, and the write is sent to all of them.',
      fact: 'It is sent to all, and succeeds with W acknowledgements.',
      run: it => quorum(it, { writes: it.n, overlap: it.r, fresh: true }),
    },
  },
  questions: {
    survives: {
      kind: 'number',
      title: 'With how many replicas down do reads and writes both still succeed?',
      unit: 'replicas',
      bare: true,
      prompt: it =>
        `${store(it)}\n\nHow many of the ${num(it.n)} replicas may be down at most, so that reads **and** writes of the key still succeed?`,
      answer: it => it.survives,
      how: ({ survives }, { n, w, r }) =>
        `The stricter of the two needs max(${num(r)}, ${num(w)}) = ${num(Math.max(r, w))} live replicas, so ${num(n)} - ${num(Math.max(r, w))} = ${num(survives)} may be down.`,
    },
    overlap: {
      kind: 'number',
      title: 'How many answers of a read are sure to hold the newest write?',
      unit: 'answers',
      bare: true,
      prompt: it =>
        `${store(it)}\n\nA write was acknowledged by exactly ${count(it.w, 'replica')} and has got no further. Then a read gets ${count(it.r, 'answer')}, from any replicas. ` +
        'How many of these answers hold the new value at the least?',
      answer: it => it.overlap,
      how: ({ overlap }, { n, w, r }) =>
        `${count(n - w, 'replica')} did not get the write. In the worst case the read asks ${n - w === 1 ? 'it' : 'those'} first, so at least max(0, ${num(r)} - ${num(n - w)}) = ${num(overlap)} of ${num(r)} hold the new value` +
        `${overlap === 0 ? ': the read may be old.' : '.'}`,
    },
    verdict: {
      kind: 'choice',
      title: 'What do reads and writes get while replicas are down?',
      prompt: it =>
        `${store(it)}\n\nA write to \`cart:7\` was acknowledged by exactly ${count(it.w, 'replica')}; nothing has been repaired since. Now ${num(it.down)} of the ${count(it.n, 'replica')} ${it.down === 1 ? 'is' : 'are'} down, and nobody knows which. ` +
        'What happens to reads and writes of `cart:7`?',
      answer: verdict,
      how: (_, { n, w, r, down }) =>
        `Of ${num(n)} replicas ${num(n - down)} ${n - down === 1 ? 'is' : 'are'} up: reads need ${num(r)}, writes ${num(w)}. R + W = ${num(r + w)} is ${r + w > n ? 'more' : 'not more'} than N = ${num(n)}, so a read that is answered ${r + w > n ? 'includes a replica with the write' : 'may miss the write'}.`,
    },
  },
  result: it =>
    `${verdict(it)}; both survive ${count(it.survives, 'failure')}, a read meets the write ${count(it.overlap, 'time')} at least`,
  trace: ({ readable, writable, overlap, survives }, { n, w, r, down }) => ({
    columns: ['question', 'sum', 'answer'],
    rows: [
      ['live replicas', `${num(n)} - ${num(down)}`, num(n - down)],
      ['enough to read?', `${num(n - down)} >= R = ${num(r)}`, readable ? 'yes' : 'no'],
      ['enough to write?', `${num(n - down)} >= W = ${num(w)}`, writable ? 'yes' : 'no'],
      ['shared replicas', `max(0, ${num(w)} + ${num(r)} - ${num(n)})`, num(overlap)],
      ['both survive', `${num(n)} - max(${num(r)}, ${num(w)})`, num(survives)],
    ],
  }),
  picture(_, { n, w, r }) {
    const cells = (asked: (i: number) => boolean) =>
      [...Array(n).keys()].map(i => (asked(i) ? '[#]' : ' . ')).join(' ')
    return [
      `replica       ${[...Array(n).keys()].map(i => String(i + 1).padStart(2)).join('  ')}`,
      `write, acked  ${cells(i => i < w)}`,
      `read, worst   ${cells(i => i >= n - r)}`,
    ].join('\n')
  },
})
