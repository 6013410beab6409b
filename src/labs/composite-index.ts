import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { list, num } from './said.ts'

type Column = 'tenant_id' | 'status' | 'country' | 'created_at' | 'total'
type Condition =
  | 'tenant_id='
  | 'status='
  | 'country='
  | 'created_at>'
  | 'created_at<'
  | 'total>'
  | 'total<'

interface Query {
  readonly rows: number
  readonly index: readonly Column[]
  /** The conditions, joined by AND, in the order in which the query writes them. */
  readonly where: readonly Condition[]
  readonly order: readonly Column[]
}

interface Outcome {
  /** Columns whose conditions bound the part of the index that is read. */
  readonly narrowed: readonly Column[]
  readonly entries: number
  readonly sort: boolean
}

const COLUMNS: readonly Column[] = ['tenant_id', 'status', 'country', 'created_at', 'total']

/** Each condition as SQL, and of how many rows it keeps one. */
const CONDITIONS: Readonly<Record<Condition, { readonly sql: string; readonly oneIn: number }>> = {
  'tenant_id=': { sql: 'tenant_id = 7', oneIn: 100 },
  'status=': { sql: "status = 'paid'", oneIn: 5 },
  'country=': { sql: "country = 'NL'", oneIn: 10 },
  'created_at>': { sql: "created_at > '2026-01-01'", oneIn: 4 },
  'created_at<': { sql: "created_at < '2024-01-01'", oneIn: 4 },
  'total>': { sql: 'total > 500', oneIn: 2 },
  'total<': { sql: 'total < 20', oneIn: 2 },
}

const columnOf = (it: Condition) => it.slice(0, -1) as Column
const isEqual = (it: Condition) => it.endsWith('=')

/**
 * Which part of a B-tree index on several columns a query reads, and whether it still has to sort. Conditions joined by AND have no
 * order. Bounds are: equality on the leading columns, and the range on the first column after them; conditions on later
 * columns are only checked, entry by entry (PostgreSQL 18 §11.3, skip scan left out). Rows come in the order of the index; a column
 * that is fixed by equality counts for no order, neither in the index nor in ORDER BY (§11.4).
 */
function narrowed({ index, where }: Query): Column[] {
  const out: Column[] = []
  for (const column of index) {
    const condition = where.find(it => columnOf(it) === column)
    if (condition === undefined) break
    out.push(column)
    if (!isEqual(condition)) break
  }
  return out
}

/** The arguments say what a wrong rule changes. */
function plan(
  query: Query,
  {
    bounds = narrowed(query),
    sorted,
  }: { readonly bounds?: readonly Column[]; readonly sorted?: boolean } = {},
): Outcome {
  const { rows, index, where, order } = query
  const bounding = where.filter(it => bounds.includes(columnOf(it)))
  const open = (it: Column) => !where.some(other => isEqual(other) && columnOf(other) === it)
  const [given, asked] = [index.filter(open), order.filter(open)]
  return {
    narrowed: index.filter(it => bounds.includes(it)),
    entries: bounding.reduce((left, it) => left / CONDITIONS[it].oneIn, rows),
    sort: order.length > 0 && !(sorted ?? asked.every((it, i) => it === given[i])),
  }
}

const sql = ({ index, where, order }: Query) =>
  `CREATE INDEX ON orders (${index.join(', ')});\n\nSELECT * FROM orders\n WHERE ${where.map(it => CONDITIONS[it].sql).join('\n   AND ')}` +
  `${order.length > 0 ? `\n ORDER BY ${order.join(', ')}` : ''};`

export const compositeIndex = lab({
  id: 'composite-index',
  title: 'Composite index',
  summary:
    'A query meets an index on several columns: what it reads of it, and whether it must sort.',
  concepts: ['indexing/composite-index', 'indexing/b-tree', 'indexing/selectivity'],
  sources: ['postgres-multicolumn', 'postgres-index-ordering'],
  rule: 'Equality on the leading columns and **one** range after them narrow the scan; later conditions are only checked.',
  parameters: {
    rows: whole('rows of the table', {
      from: 1000,
      to: 1_000_000_000,
      drawn: [1_000_000, 2_000_000, 4_000_000],
    }),
    index: texts('columns of the index', { of: COLUMNS, most: 5 }),
    where: texts('conditions, joined by AND', {
      of: Object.keys(CONDITIONS) as Condition[],
      most: 5,
    }),
    order: texts('columns of ORDER BY', { of: COLUMNS, least: 0, most: 2 }),
  },
  example: {
    rows: 1_000_000,
    index: ['tenant_id', 'created_at', 'status'],
    where: ['status=', 'tenant_id=', 'created_at>'],
    order: ['created_at'],
  },
  check({ index, where, order }) {
    for (const columns of [index, where.map(columnOf), order]) {
      const twice = columns.find((it, i) => columns.indexOf(it) !== i)
      if (twice !== undefined) return `${twice} is there twice`
    }
    return undefined
  },
  draw(random) {
    const index = shuffled(random, COLUMNS).slice(0, 3)
    const asked = shuffled(
      random,
      pick(random, [index, index, index.slice(1), [...index.slice(0, 2)], [index[0]!, index[2]!]]),
    )
    const where = asked.map(
      (it): Condition =>
        it === 'created_at' || it === 'total'
          ? `${it}${pick(random, ['>', '<'] as const)}`
          : `${it}=`,
    )
    return { index, where, order: pick(random, [[], [pick(random, index)], [pick(random, index)]]) }
  },
  run: it => plan(it),
  misconceptions: {
    'textual-order': {
      belief: 'match the conditions in the order in which the query writes them',
      because: 'Query and index look as if they were read side by side.',
      fact: 'AND has no order; the planner takes the condition that fits the next column of the index.',
      run: it => {
        const end = it.index.findIndex((column, i) => {
          const [here, before] = [it.where[i], it.where[i - 1]]
          return (
            here === undefined ||
            columnOf(here) !== column ||
            (before !== undefined && !isEqual(before))
          )
        })
        return plan(it, { bounds: end < 0 ? it.index : it.index.slice(0, end) })
      },
    },
    'past-range': {
      belief: 'let columns after a range narrow the scan as well',
      because: 'Those columns are part of the index too.',
      fact: 'Behind a range the entries of the next column lie scattered; its condition is checked on each entry that is read.',
      run: it => {
        const end = it.index.findIndex(column =>
          it.where.every(other => columnOf(other) !== column),
        )
        return plan(it, { bounds: end < 0 ? it.index : it.index.slice(0, end) })
      },
    },
    'any-column': {
      belief: 'let any column of the index narrow the scan, with or without those before it',
      because: 'The column is indexed, so its condition seems to be served.',
      fact: 'The index is sorted by its first column, within that by the second: without a condition on one column, entries for the next are everywhere.',
      run: it =>
        plan(it, { bounds: it.where.map(columnOf).filter(column => it.index.includes(column)) }),
    },
    'sorted-by-any': {
      belief: 'expect rows in the order of any column that the index contains',
      because: 'The index is sorted, so its columns are taken for sorted.',
      fact: 'It is sorted by the first column, within that by the second; a later column is in order only where those before it are fixed.',
      run: it => plan(it, { sorted: it.order.every(column => it.index.includes(column)) }),
    },
    'sorted-by-first': {
      belief: 'expect rows in order only if ORDER BY names the first column of the index',
      because: 'The first column is what an index is sorted by.',
      fact: 'Columns fixed by equality have one value: they need no sort, and within them the rows come in the order of the next column.',
      run: it => plan(it, { sorted: it.order.every((column, i) => it.index[i] === column) }),
    },
  },
  questions: {
    plan: {
      kind: 'choice',
      title: 'What of a composite index narrows the scan, and is a sort needed?',
      prompt: it =>
        `\`\`\`sql\n${sql(it)}\n\`\`\`\n\nThe planner uses this B-tree index; it knows no skip scan. On which columns do conditions bound the part of the index that is read${it.order.length > 0 ? ', and do the rows still have to be sorted' : ''}?`,
      answer: ({ narrowed, sort }, { order }) =>
        `${list(
          narrowed.map(it => `\`${it}\``),
          'on no column',
        )}${order.length === 0 ? '' : sort ? '; sorted afterwards' : '; no sort needed'}`,
      how: (outcome, it) => told(outcome, it),
    },
    entries: {
      kind: 'number',
      title: 'How many index entries does a query read?',
      unit: 'entries',
      prompt: it =>
        `\`\`\`sql\n${sql(it)}\n\`\`\`\n\nThe table has ${num(it.rows)} rows. ${it.where.map(it => `\`${CONDITIONS[it].sql}\` holds for 1 row in ${num(CONDITIONS[it].oneIn)}`).join(', ')}; the conditions are independent. ` +
        'The planner uses this B-tree index; it knows no skip scan. How many index entries does it read?',
      answer: it => it.entries,
      how: (outcome, it) => told(outcome, it),
    },
  },
  result: ({ narrowed, entries, sort }) =>
    `narrowed by ${list(narrowed, 'no column')}: ${num(entries)} entries read, ${sort ? 'then sorted' : 'no sort'}`,
  trace: (outcome, { index, where }) => {
    let left = outcome.entries
    const bounds = [...outcome.narrowed]
    for (const it of where) if (bounds.includes(columnOf(it))) left *= CONDITIONS[it].oneIn
    return {
      columns: ['index column', 'condition', 'use', 'entries left'],
      rows: index.map(column => {
        const it = where.find(it => columnOf(it) === column)
        const bounding = it !== undefined && bounds.includes(column)
        if (bounding) left /= CONDITIONS[it].oneIn
        return [
          column,
          it === undefined ? 'none' : CONDITIONS[it].sql,
          bounding ? 'narrows' : it === undefined ? 'nothing' : 'checked only',
          num(left),
        ]
      }),
    }
  },
  picture: ({ narrowed, sort }, { index, order }) =>
    [
      `index  ${index.map(it => (narrowed.includes(it) ? `[${it}]` : ` ${it} `)).join(' > ')}`,
      `       [..] narrows the scan; what follows is only checked`,
      `order  ${order.length === 0 ? 'not asked for' : `${order.join(', ')}: ${sort ? 'needs a sort' : 'comes from the index'}`}`,
    ].join('\n'),
})

/** Why the scan is bounded where it is. */
function told({ narrowed, entries, sort }: Outcome, { rows, index, where, order }: Query): string {
  const next = index[narrowed.length]
  const last = where.find(it => columnOf(it) === narrowed.at(-1))
  const stop =
    next === undefined
      ? 'Every column of the index is used.'
      : last !== undefined && !isEqual(last)
        ? `\`${columnOf(last)}\` is a range, so the bounds end there.`
        : `There is no condition on \`${next}\`, so the bounds end before it.`
  const sorting =
    order.length === 0
      ? ''
      : sort
        ? ` Within what is read, the index is not sorted by ${list(order.map(it => `\`${it}\``))}, so a sort follows.`
        : order.every(it => where.some(other => isEqual(other) && columnOf(other) === it))
          ? ` ${list(order.map(it => `\`${it}\``))} has one value in what is found, so there is nothing to sort.`
          : ` What is read comes in the order of ${list(order.map(it => `\`${it}\``))}.`
  return `${stop} Of ${num(rows)} entries ${num(entries)} are read.${sorting}`
}
