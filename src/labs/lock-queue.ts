import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, list, num } from './said.ts'

interface Traffic {
  /** When the long query ends; it began before everything else. */
  readonly long: number
  readonly alter: number
  /** How long ALTER TABLE works once it has its lock. */
  readonly work: number
  /** `lock_timeout`; 0 is none. */
  readonly timeout: number
  readonly reads: readonly number[]
}

interface Outcome {
  /** When ALTER TABLE has its lock; nothing when it gives up. */
  readonly locked: number | null
  /** When it is done or has given up. */
  readonly over: number
  /** For each short query, how long it waits. */
  readonly waits: readonly number[]
}

/**
 * PostgreSQL's queue for a table lock. ALTER TABLE wants ACCESS EXCLUSIVE, so it waits for the long query, and every later query
 * waits behind it, although the table is still only being read. After `lock_timeout` of waiting it gives up and the queue dissolves
 * (PostgreSQL 18 §13.3.1, §19.11.1). Short queries take no time. The arguments say what a wrong rule changes.
 */
function queue(
  { long, alter, work, timeout, reads }: Traffic,
  {
    from = Math.max(alter, long),
    gives = timeout > 0 && from - alter > timeout,
    blocksFrom = alter,
  }: { readonly from?: number; readonly gives?: boolean; readonly blocksFrom?: number } = {},
): Outcome {
  const over = gives ? alter + timeout : from + work
  const start = gives && blocksFrom > over ? over : blocksFrom
  return {
    locked: gives ? null : from,
    over,
    waits: reads.map(at => (at >= start && at < over ? over - at : 0)),
  }
}

const longest = (it: Outcome) => Math.max(0, ...it.waits)
const waiting = (it: Outcome) => it.waits.filter(wait => wait > 0).length

const scene = ({ long, alter, work, timeout, reads }: Traffic) =>
  'Table `orders` in PostgreSQL, seconds since 12:00:\n\n' +
  `\`\`\`\n${`0-${num(long)} s`.padEnd(9)}a report: one long SELECT on orders\n${`${num(alter)} s`.padEnd(9)}${timeout > 0 ? `SET lock_timeout = '${num(timeout)}s'; ` : ''}ALTER TABLE orders ADD COLUMN note text;\n         it needs ${num(work)} s once it has its lock (ACCESS EXCLUSIVE)\nAPI      short SELECTs on orders at ${reads.map(num).join(', ')} s\n\`\`\`\n\n` +
  `A short SELECT takes no time by itself.${timeout > 0 ? '' : ' No `lock_timeout` is set.'} `

export const lockQueue = lab({
  id: 'lock-queue',
  title: 'A migration in the lock queue',
  summary:
    'An ALTER TABLE waits behind a long query: what waits behind it, and what lock_timeout changes.',
  concepts: ['databases/schema-migration', 'transactions/long-transactions'],
  sources: [
    'postgres-locking#LOCKING-TABLES',
    'postgres-client-settings#GUC-LOCK-TIMEOUT',
    'gocardless-migrations',
  ],
  rule: 'Queries that come after a **waiting** `ALTER TABLE` queue behind it, until it is done or gives up.',
  parameters: {
    long: whole('when the long query ends', {
      unit: 's',
      from: 1,
      to: 100_000,
      drawn: [20, 30, 40],
    }),
    alter: whole('when ALTER TABLE comes', { unit: 's', from: 0, to: 100_000, drawn: [5, 10, 15] }),
    work: whole('how long ALTER TABLE works', { unit: 's', from: 1, to: 1000, drawn: [2, 3, 4] }),
    timeout: whole('lock_timeout, 0 for none', {
      unit: 's',
      from: 0,
      to: 1000,
      drawn: [0, 0, 4, 6, 50],
    }),
    reads: numbers('when short queries come', {
      unit: 's',
      from: 0,
      to: 100_000,
      whole: true,
      rising: true,
      most: 12,
    }),
  },
  example: { long: 30, alter: 10, work: 2, timeout: 0, reads: [5, 12, 18, 25, 31, 35] },
  // Before it, soon after it, in between, and when the long query has ended.
  draw(random, { long, alter, work, timeout }) {
    const between = alter + Math.floor((long - alter) / 2)
    const reads = [
      alter - pick(random, [2, 3]),
      alter + pick(random, [1, 2, 3]),
      alter + pick(random, [5, 7]),
      between + pick(random, [2, 3, 4]),
      long + 1,
      long + work + pick(random, [1, 3]),
    ]
    // None at the very instant at which something ends.
    const ends = [alter + timeout, long, long + work, alter + work]
    return {
      reads: [...new Set(reads)].filter(it => !ends.includes(it)).toSorted((a, b) => a - b),
    }
  },
  run: it => queue(it),
  misconceptions: {
    'readers-pass': {
      belief: 'let queries pass an ALTER TABLE that is only waiting',
      because: 'The report reads and they read, so nothing conflicts, it seems.',
      fact: 'They conflict with the lock that is asked for before them; without a queue a busy table could never be altered.',
      run: it => queue(it, { blocksFrom: Math.max(it.alter, it.long) }),
    },
    'at-once': {
      belief: 'let the ALTER TABLE run at once beside the long query',
      because: 'Adding a column takes milliseconds and does not touch the rows.',
      fact: 'It changes the table and excludes even readers, so it has to wait for them first.',
      run: it => queue(it, { from: it.alter }),
    },
    'timeout-ignored': {
      belief: 'leave lock_timeout out, as if it counted only once the lock is held',
      because: 'It sounds like a limit for holding a lock.',
      fact: 'It limits the wait for the lock; then the statement fails and the queries behind it go on.',
      run: it => queue(it, { gives: false }),
    },
    'timeout-breaks-in': {
      belief: 'let the ALTER TABLE take its lock by force when lock_timeout is over',
      because: 'A timeout is expected to end what blocks.',
      fact: 'It ends the statement that waits, never the query that holds the lock.',
      run: it =>
        it.timeout > 0 && it.long - it.alter > it.timeout
          ? queue(it, { from: it.alter + it.timeout, gives: false })
          : queue(it),
    },
    'all-until-the-end': {
      belief: 'let the queries wait only for the long query, not for the ALTER TABLE itself',
      because: 'The long query is what everybody waits for at first.',
      fact: 'The ALTER TABLE is before them in the queue: its work comes on top.',
      run: it => queue({ ...it, work: 0 }),
    },
  },
  questions: {
    longest: {
      kind: 'number',
      title: 'How long does the unluckiest query wait behind a migration?',
      unit: 's',
      prompt: it => `${scene(it)}How long does the SELECT wait that waits longest?`,
      answer: longest,
      how: (outcome, it) => `${told(outcome, it)} The longest wait is ${num(longest(outcome))} s.`,
    },
    waiting: {
      kind: 'number',
      title: 'How many queries wait behind a migration?',
      unit: 'queries',
      prompt: it =>
        `${scene(it)}How many of the ${num(it.reads.length)} short SELECTs have to wait?`,
      answer: waiting,
      how: (outcome, it) => `${told(outcome, it)} That makes ${num(waiting(outcome))}.`,
    },
    verdict: {
      kind: 'choice',
      title: 'What becomes of the migration, and who waits?',
      prompt: it =>
        `${scene(it)}What becomes of the ALTER TABLE, and how many short SELECTs have to wait?`,
      answer: it =>
        `it ${it.locked === null ? 'fails' : 'is done'} at ${num(it.over)} s, ${num(waiting(it))} of ${num(it.waits.length)} wait`,
      how: told,
    },
  },
  result: it =>
    `ALTER TABLE ${it.locked === null ? 'gives up' : 'is done'} at ${num(it.over)} s; ${count(waiting(it), 'query waits', 'queries wait')}, at most ${num(longest(it))} s`,
  trace: ({ waits }, { reads }) => ({
    columns: ['SELECT at (s)', 'waits (s)', 'answered at (s)'],
    rows: reads.map((at, i) => [num(at), num(waits[i]!), num(at + waits[i]!)]),
  }),
  picture: ({ locked, over, waits }, { long, alter, reads }) =>
    timeline(
      [
        {
          label: 'report',
          marks: [
            { at: 0, sign: '[' },
            { at: long, sign: ']' },
          ],
        },
        {
          label: 'ALTER',
          marks: [
            { at: alter, sign: 'w' },
            ...(locked === null
              ? [{ at: over, sign: 'X' }]
              : [
                  { at: locked, sign: '[' },
                  { at: over, sign: ']' },
                ]),
          ],
        },
        {
          label: 'SELECTs',
          marks: reads.map((at, i) => ({ at, sign: waits[i]! > 0 ? 'w' : '.' })),
        },
      ],
      0,
      Math.max(over, long, reads.at(-1) ?? 0),
    ),
})

function told({ locked, over }: Outcome, { long, alter, work, timeout, reads }: Traffic): string {
  const late = reads.filter(at => at >= alter && at < over)
  const fate =
    locked === null
      ? `The ALTER TABLE waits from ${num(alter)} s, gives up after ${num(timeout)} s at ${num(over)} s`
      : `The ALTER TABLE waits from ${num(alter)} s until the report ends, has its lock at ${num(Math.max(alter, long))} s and is done ${num(work)} s later, at ${num(over)} s`
  return `${fate}; these come in between and wait: ${list(
    late.map(it => `${num(it)} s`),
    'nobody',
  )}.`
}
