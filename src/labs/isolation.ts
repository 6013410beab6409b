import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { one, text, whole } from './parameters.ts'
import { list, num } from './said.ts'

const LEVELS = ['read-committed', 'repeatable-read', 'serializable'] as const

interface Work {
  readonly script: 'read-twice' | 'application-computes' | 'database-computes' | 'two-accounts'
  readonly level: (typeof LEVELS)[number]
  readonly start: number
  readonly first: number
  readonly second: number
  /** Whose statement is next. */
  readonly turns: string
}

interface Step {
  readonly who: string
  readonly says: string
  readonly gives: string
}

interface Outcome {
  readonly steps: readonly Step[]
  readonly reads: readonly number[]
  readonly x: number
  readonly y: number
  /** Who got an error 40001. */
  readonly failed: readonly string[]
}

type Row = 'x' | 'y'
type Statement = { readonly read: Row } | { readonly write: Row; readonly by: number } | 'commit'

/** What the transactions send; a write is committed at once, so nobody ever waits for a lock. */
function statements({
  script,
  first,
  second,
}: Work): Readonly<Record<string, readonly Statement[]>> {
  const x: Statement = { read: 'x' }
  if (script === 'read-twice') return { T1: [x, x, 'commit'], T2: [{ write: 'x', by: second }] }
  if (script === 'two-accounts')
    return {
      T1: [x, { read: 'y' }, { write: 'x', by: first }],
      T2: [x, { read: 'y' }, { write: 'y', by: second }],
    }
  return { T1: [x, { write: 'x', by: first }], T2: [x, { write: 'x', by: second }] }
}

/** Who sends which statement: the turns as they are told, then what is left of T1 and of T2. */
function sent(work: Work): { who: string; statement: Statement }[] {
  const left = { T1: [...statements(work)['T1']!], T2: [...statements(work)['T2']!] }
  const turns = [...work.turns].map(it => (it === '1' ? 'T1' : 'T2'))
  return [...turns, 'T1', 'T1', 'T1', 'T2', 'T2', 'T2'].flatMap(who => {
    const statement = left[who as 'T1' | 'T2'].shift()
    return statement === undefined ? [] : [{ who, statement }]
  })
}

/**
 * Two interleaved transactions as PostgreSQL 18 runs them (§13.2). Read committed takes a snapshot per statement; repeatable read and
 * serializable take one, by the first statement. There a write fails (40001) if the other one has changed the row since that
 * snapshot; at serializable also if each has read a row that the other changes, and then it is the second to commit. What failed
 * leaves nothing behind, and nobody tries again. The arguments say what a wrong rule changes.
 */
function replay(
  work: Work,
  {
    level = work.level,
    lastWins = false,
    recomputes = false,
  }: {
    readonly level?: Work['level']
    readonly lastWins?: boolean
    readonly recomputes?: boolean
  } = {},
): Outcome {
  const balance: Record<Row, number> = { x: work.start, y: work.start }
  const begin = () => ({
    snapshot: undefined as Record<Row, number> | undefined,
    seen: {} as Partial<Record<Row, number>>,
    wrote: undefined as Row | undefined,
    /** Has the other one committed a change since the snapshot? */
    overtaken: false,
    failed: false,
  })
  const state: Record<string, ReturnType<typeof begin>> = { T1: begin(), T2: begin() }
  const reads: number[] = []
  const steps = sent(work).map(({ who, statement }): Step => {
    const [me, other] = [state[who]!, state[who === 'T1' ? 'T2' : 'T1']!]
    if (me.snapshot === undefined || level === 'read-committed') me.snapshot = { ...balance }
    if (statement === 'commit') return { who, says: 'COMMIT', gives: 'ok' }
    if ('read' in statement) {
      const value = me.snapshot[statement.read]
      me.seen[statement.read] = value
      reads.push(value)
      return { who, says: `read ${statement.read}`, gives: num(value) }
    }
    const { write: row, by } = statement
    const says = writing(work, statement)
    if (work.script === 'two-accounts' && me.seen.x! + me.seen.y! < by)
      return { who, says, gives: 'not enough' }
    const sameRow = other.wrote === row
    const crossed = other.wrote !== undefined && other.wrote in me.seen && row in other.seen
    if (
      !lastWins &&
      me.overtaken &&
      ((level !== 'read-committed' && sameRow) || (level === 'serializable' && crossed))
    ) {
      me.failed = true
      return { who, says, gives: 'ERROR 40001' }
    }
    const base =
      work.script === 'application-computes' && !recomputes ? me.seen[row]! : balance[row]
    balance[row] = base - by
    me.wrote = row
    if (other.snapshot !== undefined) other.overtaken = true
    return { who, says, gives: `${row} = ${num(balance[row])}` }
  })
  return { steps, reads, ...balance, failed: Object.keys(state).filter(it => state[it]!.failed) }
}

function writing({ script }: Work, { write: row, by }: { write: Row; by: number }): string {
  return script === 'application-computes'
    ? `UPDATE ${row} = (${row} as read) - ${num(by)}; COMMIT`
    : `UPDATE ${row} = ${row} - ${num(by)}; COMMIT`
}

/** The two transactions side by side, one line a statement. */
function timeline(work: Work, gives?: readonly Step[]): string {
  return [
    `     ${'T1'.padEnd(35)}T2`,
    ...sent(work).map(({ who, statement }, i) => {
      const says =
        statement === 'commit'
          ? 'COMMIT'
          : 'read' in statement
            ? `SELECT ${statement.read}`
            : writing(work, statement)
      const told = gives === undefined ? says : `${says.split(' =')[0]} -> ${gives[i]!.gives}`
      return `${num(i + 1).padStart(2)}   ${who === 'T1' ? '' : ' '.repeat(35)}${told}`
    }),
  ].join('\n')
}

const scene = (it: Work) =>
  `PostgreSQL; both transactions run at **${it.level.replace('-', ' ').toUpperCase()}**. ${
    it.script === 'two-accounts'
      ? `Accounts x and y hold ${num(it.start)} each. Each transaction takes its amount only if the x and y that it has read cover it **together**; otherwise it writes nothing.`
      : `Account x holds ${num(it.start)}.${it.script === 'application-computes' ? ' The application works out the new balance and sends it as a number.' : ''}`
  }\n\n\`\`\`\n${timeline(it)}\n\`\`\`\n\nWhoever gets an error does not try again. `

const total = ({ x, y }: Outcome, { script }: Work) => (script === 'two-accounts' ? x + y : x)

const verdict = (it: Outcome, work: Work) =>
  `x = ${num(it.x)}${work.script === 'two-accounts' ? `, y = ${num(it.y)}` : ''}; ${it.failed.length === 0 ? 'both commit' : `${list(it.failed)} fails`}`

export const isolation = lab({
  id: 'isolation',
  title: 'Isolation anomalies',
  summary:
    'Two interleaved transactions at an isolation level: what they read, what remains, who fails.',
  concepts: [
    'transactions/isolation-levels',
    'transactions/db-lost-update',
    'transactions/write-skew',
    'transactions/snapshot-isolation',
    'transactions/read-anomalies',
  ],
  sources: [
    'postgres-read-committed#XACT-READ-COMMITTED',
    'postgres-read-committed#XACT-REPEATABLE-READ',
    'postgres-read-committed#XACT-SERIALIZABLE',
  ],
  rule: 'Read committed sees the newest commit **per statement**; above it there is one snapshot, and who comes second on a changed row fails; serializable also refuses what no order of the two explains.',
  parameters: {
    script: one('what the transactions do', [
      'read-twice',
      'application-computes',
      'database-computes',
      'two-accounts',
    ]),
    level: one('isolation level of both', LEVELS),
    start: whole('what each account holds at first', { from: 0, to: 1_000_000, drawn: [100, 200] }),
    first: whole('what T1 takes', { from: 1, to: 1_000_000 }),
    second: whole('what T2 takes', { from: 1, to: 1_000_000 }),
    turns: text('whose statement is next, as 1 and 2', {
      most: 8,
      form: { like: /^[12]{1,8}$/, says: 'ones and twos, like 1221' },
    }),
  },
  example: {
    script: 'application-computes',
    level: 'read-committed',
    start: 100,
    first: 30,
    second: 20,
    turns: '1212',
  },
  draw(random, { script, start }) {
    const tenths = pick(
      random,
      script === 'two-accounts'
        ? [
            [12, 13],
            [15, 11],
            [16, 14],
          ]
        : [
            [3, 2],
            [1, 4],
            [5, 2],
            [2, 6],
          ],
    )
    const turns =
      script === 'read-twice'
        ? pick(random, ['1211', '1121'])
        : `12${shuffled(random, ['1', '1', '2', '2']).join('')}`
    return {
      first: (tenths[0]! * start) / 10,
      second: (tenths[1]! * start) / 10,
      turns: pick(random, [
        turns,
        [...turns].map(it => (script === 'read-twice' ? it : 3 - Number(it))).join(''),
      ]),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'one-snapshot-at-rc': {
      belief: 'give read committed one snapshot for the whole transaction',
      because: 'Being in a transaction feels like seeing one state.',
      fact: 'At read committed each statement sees what is committed when it begins, and writes are not refused.',
      run: it =>
        replay(it, { level: it.level === 'read-committed' ? 'repeatable-read' : it.level }),
    },
    'later-write-wins': {
      belief: 'let the later write go through at every level',
      because: 'A database is expected to wait, not to refuse.',
      fact: 'From repeatable read on PostgreSQL refuses it with 40001 if the row has changed since the snapshot, and at serializable also if no order of the two explains what they read.',
      run: it => replay(it, { lastWins: true }),
    },
    'new-snapshot-at-rr': {
      belief: 'let repeatable read and serializable see each commit at once',
      because: 'That is how the default level works.',
      fact: 'They take one snapshot with the first statement and keep it; changes committed later are not seen, and not overwritten.',
      run: it => replay(it, { level: 'read-committed' }),
    },
    'rr-is-serializable': {
      belief: 'take repeatable read for serializable',
      because: 'In PostgreSQL it shows no phantoms either, so nothing seems to be missing.',
      fact: 'Write skew gets through: both read the same snapshot and write different rows, so no write meets another.',
      run: it => replay(it, { level: it.level === 'repeatable-read' ? 'serializable' : it.level }),
    },
    'value-recomputed': {
      belief: 'expect the database to work out anew what the application has computed',
      because: 'An UPDATE that names the column does work on the newest version.',
      fact: 'A number that was sent is only a number: what it was computed from is not known to the database.',
      run: it => replay(it, { recomputes: true }),
    },
    'one-after-another': {
      belief: 'let the second transaction wait until the first has ended',
      because: 'Isolation sounds like taking turns.',
      fact: 'Transactions run side by side: readers wait for nobody, and a write waits only for a change of its row that is not yet committed.',
      run: it => replay({ ...it, turns: it.turns.startsWith('1') ? '111222' : '222111' }),
    },
  },
  questions: {
    balance: {
      kind: 'number',
      title: 'What remains after two interleaved transactions?',
      prompt: it =>
        `${scene(it)}What ${it.script === 'two-accounts' ? 'do x and y hold **together**' : 'does x hold'} in the end?`,
      answer: total,
      how: (outcome, it) => told(outcome, it),
    },
    verdict: {
      kind: 'choice',
      title: 'Who commits, and what remains?',
      prompt: it => `${scene(it)}What remains, and who fails?`,
      answer: verdict,
      how: (outcome, it) => told(outcome, it),
    },
    reads: {
      kind: 'choice',
      title: 'What do the reads of two interleaved transactions return?',
      prompt: it => `${scene(it)}What do the SELECTs return, from top to bottom, and who fails?`,
      answer: it =>
        `${it.reads.map(num).join(', ')}; ${it.failed.length === 0 ? 'nobody fails' : `${list(it.failed)} fails`}`,
      how: (outcome, it) => told(outcome, it),
    },
  },
  result: (outcome, it) => `reads ${outcome.reads.map(num).join(', ')}; ${verdict(outcome, it)}`,
  trace: ({ steps }) => ({
    columns: ['step', 'who', 'statement', 'result'],
    rows: steps.map(({ who, says, gives }, i) => [num(i + 1), who, says, gives]),
  }),
  picture: ({ steps }, it) => timeline(it, steps),
})

function told({ failed, steps }: Outcome, { level, script }: Work): string {
  const snapshot =
    level === 'read-committed'
      ? 'At read committed each statement sees what is committed by then, and no write is refused.'
      : 'Each transaction reads from the snapshot of its first statement.'
  if (failed.length > 0)
    return `${snapshot} ${list(failed)} comes second: ${script === 'two-accounts' ? 'each has read what the other changes, so the two cannot have run in any order' : 'the row has changed since that snapshot'}, and PostgreSQL refuses with 40001.`
  if (script === 'application-computes' && level === 'read-committed')
    return `${snapshot} What is written is the number that the application computed from its own read.`
  if (
    script === 'two-accounts' &&
    level === 'repeatable-read' &&
    steps.every(it => it.gives !== 'not enough')
  )
    return `${snapshot} They write different rows, so neither write meets the other: write skew.`
  return snapshot
}
