import { lab, pick } from './lab.ts'
import { one, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

interface Change {
  readonly before: number
  readonly after: number
  readonly keys: number
  readonly placement: 'modulo' | 'ring'
}

interface Outcome {
  /** Keys that get another shard. */
  readonly modulo: number
  readonly ring: number
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/**
 * How many keys move when the number of shards changes, expected over keys whose hash is spread evenly.
 *
 *     modulo  a key stays iff hash mod before = hash mod after: min of lcm remainders, so gcd / max of the keys
 *     ring    only what the new shards take over, or the old ones leave: |after - before| / max of the keys
 *
 * With one more shard that is N / (N + 1) against 1 / (N + 1) (Karger et al. 1997; Lamping & Veach 2014 on the least possible).
 * The arguments say what a wrong rule changes: shares of the keys that move.
 */
function resharded(
  { before, after, keys }: Change,
  {
    modulo = 1 - gcd(before, after) / Math.max(before, after),
    ring = Math.abs(after - before) / Math.max(before, after),
  }: { readonly modulo?: number; readonly ring?: number } = {},
): Outcome {
  return { modulo: rounded(keys * modulo), ring: rounded(keys * ring) }
}

const least = ({ before, after }: Change) => Math.abs(after - before) / Math.max(before, after)

const scene = ({ before, after, keys, placement }: Change) =>
  `${num(keys)} sessions are kept on ${num(before)} cache servers, evenly spread. ` +
  (placement === 'modulo'
    ? 'The client takes `servers[hash(key) % n]`.'
    : 'The client uses a hash ring with very many virtual nodes per server.') +
  ` The number of servers goes from ${num(before)} to ${num(after)}.`

export const resharding = lab({
  id: 'resharding',
  title: 'Keys that move with the number of shards',
  summary: 'Shards are added or removed: how many keys move by modulo, and how many on a ring.',
  concepts: ['scalability/resharding', 'cap/modulo-hashing', 'cap/consistent-hashing'],
  sources: ['karger-1997#4', 'jump-2014#Introduction'],
  rule: 'A ring moves only the share of the servers that come or go; modulo leaves in place only `gcd / max` of the keys.',
  parameters: {
    before: whole('shards before', { from: 1, to: 1000 }),
    after: whole('shards after', { from: 1, to: 1000 }),
    keys: whole('keys', {
      from: 1,
      to: 1_000_000_000,
      drawn: [12_000, 24_000, 36_000, 60_000, 120_000],
    }),
    placement: one('how keys are placed', ['modulo', 'ring']),
  },
  example: { before: 4, after: 6, keys: 12_000, placement: 'modulo' },
  check: ({ before, after }) => (before === after ? 'before and after are the same' : undefined),
  draw(random) {
    const [before, after] = pick(random, [
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 6],
      [9, 10],
      [4, 6],
      [6, 8],
      [8, 10],
      [10, 12],
      [4, 8],
      [5, 10],
      [3, 6],
      [6, 9],
      [8, 12],
    ] as const)
    return pick(random, [true, true, false]) ? { before, after } : { before: after, after: before }
  },
  run: it => resharded(it),
  misconceptions: {
    'new-share-only': {
      belief: 'let modulo move only the share of the servers that come or go',
      because: 'That is what a fair redistribution needs, and what a ring does.',
      fact: 'The remainder of most hashes changes with the divisor, also for keys whose server stays.',
      run: it => resharded(it, { modulo: least(it) }),
    },
    'ring-reshuffles': {
      belief: 'expect a ring to move as many keys as modulo does',
      because: 'Hashing is hashing, so it seems.',
      fact: 'On a ring no key moves between two servers that are there before and after.',
      run: it => resharded(it, { ring: resharded({ ...it, keys: 1e9 }).modulo / 1e9 }),
    },
    'everything-moves': {
      belief: 'expect every key to move',
      because: 'Almost all do with modulo and one more server, and almost is soon forgotten.',
      fact: 'Some remainders agree by chance: `gcd / max` of all, half of them when the number is doubled.',
      run: it => resharded(it, { modulo: 1, ring: 1 }),
    },
    'one-in-max-stays': {
      belief: 'let 1 of the larger number stay, without looking for a common divisor',
      because: 'The well-known N / (N + 1) is for one more server.',
      fact: 'With a common divisor the remainders agree more often: from 4 to 8 half of the keys stay.',
      run: it => resharded(it, { modulo: 1 - 1 / Math.max(it.before, it.after) }),
    },
    'share-of-the-smaller': {
      belief: 'divide the servers that come or go by the smaller number of servers',
      because: 'One more to four sounds like a quarter.',
      fact: 'In the end all servers share alike: a fifth one next to four gets one key in five, not one in four.',
      run: it => {
        const share = Math.min(1, Math.abs(it.after - it.before) / Math.min(it.before, it.after))
        return resharded(it, { modulo: share, ring: share })
      },
    },
  },
  questions: {
    moved: {
      kind: 'number',
      title: 'How many keys move when the number of shards changes?',
      unit: 'sessions',
      bare: true,
      prompt: it =>
        `${scene(it)}\n\nHow many sessions are looked for on another server than before, on average?`,
      answer: (it, { placement }) => it[placement],
      how: (outcome, it) => told(outcome, it),
    },
    both: {
      kind: 'choice',
      title: 'How many keys move by modulo, and how many on a ring?',
      prompt: ({ before, after, keys }) =>
        `${num(keys)} keys are spread evenly over ${num(before)} shards; soon it will be ${num(after)}. Team A places keys by \`hash(key) % n\`, team B on a ring with very many virtual nodes. How many keys move, on average?`,
      answer: ({ modulo, ring }) => `${num(modulo)} by modulo, ${num(ring)} on the ring`,
      how: (outcome, it) =>
        `${told(outcome, { ...it, placement: 'modulo' })} ${told(outcome, { ...it, placement: 'ring' })}`,
      bare: true,
    },
  },
  result: ({ modulo, ring }, { keys }) =>
    `of ${num(keys)} keys ${num(modulo)} move by modulo, ${num(ring)} on a ring`,
  trace: ({ modulo, ring }, { keys }) => ({
    columns: ['placement', 'stays', 'moves', 'share'],
    rows: [
      ['modulo', num(keys - modulo), num(modulo), `${num(rounded((100 * modulo) / keys, 1))} %`],
      ['ring', num(keys - ring), num(ring), `${num(rounded((100 * ring) / keys, 1))} %`],
    ],
  }),
  picture: ({ modulo, ring }, { keys }) =>
    bars([
      { label: 'all keys', value: keys, note: num(keys) },
      { label: 'modulo', value: modulo, note: `${num(modulo)} move` },
      { label: 'ring', value: ring, note: `${num(ring)} move` },
    ]),
})

function told({ modulo, ring }: Outcome, { before, after, keys, placement }: Change): string {
  const most = Math.max(before, after)
  const shared = gcd(before, after)
  return placement === 'modulo'
    ? `By modulo a key stays if both remainders are the same: ${num(shared)} in ${num(most)} (greatest common divisor ${num(shared)}), so ${num(modulo)} of ${num(keys)} move.`
    : `On a ring only the share of the servers that ${after > before ? 'come' : 'go'} moves: ${num(Math.abs(after - before))} in ${num(most)}, which is ${num(ring)} of ${num(keys)}.`
}
