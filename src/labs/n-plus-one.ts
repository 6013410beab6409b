import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, list, num } from './said.ts'

interface Page {
  readonly parents: number
  /** For each to-many relation, how many children each parent has. */
  readonly children: readonly number[]
  readonly perQuery: number
  readonly batch: number
}

interface Outcome {
  /** Queries when each relation is fetched parent by parent. */
  readonly lazy: number
  /** Queries when each relation is fetched for all parents by IN. */
  readonly eager: number
  /** Rows that one query with a join for each relation returns. */
  readonly joined: number
  readonly lazyMs: number
  readonly eagerMs: number
}

/**
 * What it takes to show `parents` things with their `k` to-many relations:
 *
 *     lazy   1 + N × k               a query per parent and relation, one after another
 *     eager  1 + k × ceil(N / batch) a query per relation with IN, at most `batch` keys in each
 *     join   1 query, N × c1 × c2 …  rows: each child of one relation stands beside each of the others
 *
 * (Django's `prefetch_related`; DataLoader's `maxBatchSize`.) Each query costs its round trip, `perQuery` ms, and they run in
 * sequence. The arguments say what a wrong rule changes.
 */
function queries(
  { parents, children, perQuery, batch }: Page,
  {
    lazy = 1 + parents * children.length,
    eager = 1 + children.length * Math.ceil(parents / batch),
    joined = parents * children.reduce((all, it) => all * it, 1),
  }: { readonly lazy?: number; readonly eager?: number; readonly joined?: number } = {},
): Outcome {
  return { lazy, eager, joined, lazyMs: lazy * perQuery, eagerMs: eager * perQuery }
}

const NAMES = ['lines', 'payments', 'shipments', 'notes']
const relations = (it: Page) => NAMES.slice(0, it.children.length)
const sum = (children: readonly number[]) => children.reduce((all, it) => all + it, 0)

export const nPlusOne = lab({
  id: 'n-plus-one',
  title: 'N+1 queries',
  summary:
    'A list and its relations: queries, time and rows when loaded lazily, eagerly or by a join.',
  concepts: ['indexing/n-plus-one', 'indexing/eager-loading', 'indexing/dataloader'],
  sources: [
    'django-querysets#prefetch-related',
    'graphql-performance',
    'dataloader#batch-function',
  ],
  rule: 'Lazily it takes `1 + N × k` queries, with IN `1 + k` per batch of keys; a join multiplies its rows.',
  parameters: {
    parents: whole('rows of the list (N)', {
      from: 1,
      to: 10_000,
      drawn: [20, 30, 40, 50, 100, 200],
    }),
    children: numbers('children of each parent, for each to-many relation', {
      from: 1,
      to: 100,
      whole: true,
      most: 4,
    }),
    perQuery: whole('time of a query, most of it the round trip', {
      unit: 'ms',
      from: 1,
      to: 1000,
      drawn: [2, 3, 5, 10],
    }),
    batch: whole('most keys in one IN list', {
      from: 1,
      to: 10_000,
      drawn: [10, 20, 25, 100, 500],
    }),
  },
  example: { parents: 50, children: [20, 10], perQuery: 2, batch: 100 },
  draw: random => ({
    children: pick(random, [
      [3, 2],
      [4, 3],
      [5, 2],
      [10, 3],
      [4, 5],
      [3, 2, 4],
      [5, 2, 2],
    ]),
  }),
  run: it => queries(it),
  misconceptions: {
    'list-forgotten': {
      belief: 'leave out the query for the list itself',
      because: 'The loop is where the queries are seen.',
      fact: 'The list has to be read as well: that is the 1 in N+1.',
      run: it => {
        const { lazy, eager } = queries(it)
        return queries(it, { lazy: lazy - 1, eager: eager - 1 })
      },
    },
    'one-per-relation': {
      belief:
        'count one query for each relation, as if lazy loading fetched it for all rows at once',
      because: 'In the code each relation is named once.',
      fact: 'That line stands in a loop, and each pass asks for one parent.',
      run: it => queries(it, { lazy: 1 + it.children.length }),
    },
    'one-for-all-relations': {
      belief: 'let one query bring the children of all relations',
      because: 'The name says N+1, whatever k is.',
      fact: 'Each relation is a table of its own, so k relations take k times as many queries.',
      run: it => queries(it, { lazy: 1 + it.parents, eager: 1 + Math.ceil(it.parents / it.batch) }),
    },
    'one-per-child': {
      belief: 'count a query for each child row',
      because: 'Each child is an object that has to be loaded.',
      fact: 'A query for one parent brings all its children of that relation.',
      run: it => queries(it, { lazy: 1 + it.parents * sum(it.children) }),
    },
    'batch-has-no-limit': {
      belief: 'put the ids of all parents into one query, whatever the limit is',
      because: 'An IN list looks as if it took any number of values.',
      fact: 'A query takes only so many ids; the rest of them go into further ones.',
      run: it => queries(it, { eager: 1 + it.children.length }),
    },
    'still-lazy': {
      belief: 'count a query for each parent and relation, as without batches',
      because: 'The code asks for the children of one parent at a time.',
      fact: 'The ids are collected first, and one query answers for a whole batch of them.',
      run: it => queries(it, { eager: 1 + it.parents * it.children.length }),
    },
    'join-keeps-rows': {
      belief: 'expect one row for each row of the first table',
      because: 'The query is about orders, so it seems to return orders.',
      fact: 'A join returns a row for each match, and an order matches all its children.',
      run: it => queries(it, { joined: it.parents }),
    },
    'join-adds-up': {
      belief: 'add up the children of joined relations instead of multiplying them',
      because: 'Every row is one child, so it seems.',
      fact: 'Two to-many joins have nothing to do with each other, so each child of one is paired with each of the other.',
      run: it => queries(it, { joined: it.parents * sum(it.children) }),
    },
  },
  questions: {
    lazy: {
      kind: 'number',
      title: 'How many queries does lazy loading make?',
      unit: 'queries',
      bare: true,
      prompt: it =>
        `\`\`\`python\nfor order in Order.objects.all()[:${it.parents}]:\n${relations(it)
          .map(name => `    show(order.${name}.all())`)
          .join(
            '\n',
          )}\n\`\`\`\n\nThere are ${num(it.parents)} such orders, each with ${told(it)}. Nothing is prefetched or cached. How many queries does this send?`,
      answer: it => it.lazy,
      how: ({ lazy }, { parents, children }) =>
        `1 for the list and ${num(parents)} × ${num(children.length)} in the loop: ${num(lazy)}.`,
    },
    eager: {
      kind: 'number',
      title: 'How long do the queries take with batched loading?',
      unit: 'ms',
      bare: true,
      prompt: it =>
        `A GraphQL query shows ${num(it.parents)} orders, each with ${told(it)}. A DataLoader for each relation collects the ids of all orders and fetches them with \`WHERE order_id IN (…)\`, at most ${num(it.batch)} ids in a query. ` +
        `Each query takes ${num(it.perQuery)} ms, and they run one after another.\n\nHow long do all queries take, the one for the list included?`,
      answer: it => it.eagerMs,
      how: ({ eager, eagerMs }, { parents, children, batch, perQuery }) =>
        `${count(parents, 'id')} at ${num(batch)} a query make ${num(Math.ceil(parents / batch))} for each of ${num(children.length)} relations, and 1 for the list: ${num(eager)} × ${num(perQuery)} ms = ${num(eagerMs)} ms.`,
    },
    joined: {
      kind: 'number',
      title: 'How many rows does a join of several to-many relations return?',
      unit: 'rows',
      bare: true,
      prompt: it =>
        `To get rid of N+1 queries, somebody writes\n\n\`\`\`sql\nSELECT * FROM orders o\n${relations(
          it,
        )
          .map(name => `  JOIN ${name} ON ${name}.order_id = o.id`)
          .join(
            '\n',
          )};\n\`\`\`\n\nThere are ${num(it.parents)} orders, each with ${told(it)}. How many rows come back?`,
      answer: it => it.joined,
      how: ({ joined }, { parents, children }) =>
        `For each order every child of one relation is paired with every child of the others: ${[parents, ...children].map(num).join(' × ')} = ${num(joined)} rows for ${num(parents + parents * sum(children))} objects.`,
    },
  },
  result: ({ lazy, eager, joined, lazyMs, eagerMs }) =>
    `lazy ${count(lazy, 'query', 'queries')} in ${num(lazyMs)} ms, eager ${num(eager)} in ${num(eagerMs)} ms, one join ${count(joined, 'row')}`,
  trace: ({ lazy, eager, joined, lazyMs, eagerMs }, { parents, children, batch }) => ({
    columns: ['way', 'queries', 'sum', 'time'],
    rows: [
      ['lazy', num(lazy), `1 + ${num(parents)} × ${num(children.length)}`, `${num(lazyMs)} ms`],
      [
        'eager (IN)',
        num(eager),
        `1 + ${num(children.length)} × ${num(Math.ceil(parents / batch))}`,
        `${num(eagerMs)} ms`,
      ],
      ['one join', '1', `${num(joined)} rows`, 'one long query'],
    ],
  }),
  picture: ({ lazy, eager }) =>
    bars([
      { label: 'lazy', value: lazy, note: count(lazy, 'query', 'queries') },
      { label: 'eager', value: eager, note: count(eager, 'query', 'queries') },
      { label: 'join', value: 1, note: '1 query' },
    ]),
})

function told(it: Page): string {
  return list(it.children.map((children, i) => `${num(children)} ${relations(it)[i]!}`))
}
