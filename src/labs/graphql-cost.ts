import { lab, pick } from './lab.ts'
import { number, numbers } from './parameters.ts'
import { count, list, num, rounded } from './said.ts'

interface Screen {
  readonly rtt: number
  readonly server: number
  readonly query: number
  readonly waves: readonly number[]
  readonly pages: readonly number[]
}

interface Outcome {
  /** Milliseconds until the screen has everything. */
  readonly rest: number
  readonly graphql: number
  /** Nodes that each level of the query may return. */
  readonly levels: readonly number[]
  readonly nodes: number
  /** Lookups behind the query: one per connection and parent. */
  readonly lookups: number
  readonly points: number
}

const sum = (of: readonly number[]) => of.reduce((total, it) => total + it, 0)

/** How many nodes each level has: the product of the page sizes down to it. */
function nested(pages: readonly number[]): number[] {
  const levels: number[] = []
  for (const page of pages) levels.push((levels.at(-1) ?? 1) * page)
  return levels
}

/**
 * The same screen by REST calls and by one GraphQL query, and what the query costs.
 *
 * Calls that need nothing of each other go out together; a call that needs an earlier answer waits for it. So REST takes
 * `waves × (round trip + server)`, and the query one round trip and the server's time for all of it; connections are warm.
 *
 * The cost is GitHub's (rate limits and query limits for the GraphQL API): nodes are multiplied down the levels, and points
 * are the lookups, 1 for the first connection and 1 for each parent of a further one, divided by 100, rounded, at least 1.
 * The arguments say what a wrong rule changes.
 */
function measure(
  { rtt, server, query, waves, pages }: Screen,
  {
    trips = waves.length,
    work = query,
    levels = nested(pages),
    nodes = sum(levels),
    lookups = 1 + sum(levels.slice(0, -1)),
  }: {
    readonly trips?: number
    readonly work?: number
    readonly levels?: readonly number[]
    readonly nodes?: number
    readonly lookups?: number
  } = {},
): Outcome {
  return {
    rest: trips * (rtt + server),
    graphql: rtt + work,
    levels,
    nodes,
    lookups,
    points: Math.max(1, rounded(lookups / 100)),
  }
}

const NAMES = ['repositories', 'issues', 'comments', 'reactions', 'users']

/** The query whose lists have these page sizes. */
function document(pages: readonly number[]): string {
  const lines = pages.map((page, level) => {
    const close =
      level === pages.length - 1 ? ` { nodes { id } }${' }'.repeat(2 * level + 1)}` : ' { nodes {'
    return `${'  '.repeat(level + 1)}${NAMES[level]}(first: ${page})${close}`
  })
  return ['query { viewer {', ...lines, '}'].join('\n').replace(/ \}\n\}$/, ' } }')
}

export const graphqlCost = lab({
  id: 'graphql-cost',
  title: 'REST calls against one GraphQL query',
  summary:
    'One screen by several REST calls or by one query: how long it takes, and what the query costs.',
  concepts: ['api-styles/over-fetching', 'api-styles/resolver-cost'],
  sources: ['github-graphql-limits', 'graphql-performance#demand-control', 'github-graphql-2016'],
  rule: 'Time follows the round trips that wait for each other; the cost of a query follows its page sizes, multiplied from level to level.',
  parameters: {
    rtt: number('round trip between client and server', {
      unit: 'ms',
      from: 0,
      to: 10_000,
      drawn: [50, 100, 150, 200],
    }),
    server: number('time of the server for a REST call', {
      unit: 'ms',
      from: 0,
      to: 10_000,
      drawn: [20, 30, 50],
    }),
    query: number('time of the server for the query', {
      unit: 'ms',
      from: 0,
      to: 10_000,
      drawn: [60, 80, 120],
    }),
    waves: numbers('how many REST calls go out together, wave after wave', {
      whole: true,
      from: 1,
      to: 50,
      most: 8,
    }),
    pages: numbers('page sizes of the nested lists of the query, outermost first', {
      whole: true,
      from: 1,
      to: 100,
      most: 5,
    }),
  },
  example: { rtt: 100, server: 30, query: 80, waves: [1, 3], pages: [100, 50, 60] },
  draw(random) {
    return {
      waves: pick(random, [
        [1, 2],
        [1, 3],
        [2, 2],
        [1, 1, 2],
        [1, 2, 1],
        [3, 1],
        [1, 4],
        [2, 1, 2],
      ]),
      pages: [
        pick(random, [10, 20, 25, 30, 40, 50, 60, 100]),
        pick(random, [5, 10, 20, 30, 40, 50]),
        pick(random, [2, 5, 10, 20]),
      ],
    }
  },
  run: it => measure(it),
  misconceptions: {
    'calls-in-a-row': {
      belief: 'let each REST call wait for the one before',
      because: 'A list of calls reads like a sequence.',
      fact: 'Calls that need nothing of each other go out together; only those that need an earlier answer wait.',
      run: it => measure(it, { trips: sum(it.waves) }),
    },
    'all-at-once': {
      belief: 'send all REST calls at the same time',
      because: 'HTTP/2 carries many requests on one connection.',
      fact: 'A call whose URL holds an id from another answer cannot go out before that answer.',
      run: it => measure(it, { trips: 1 }),
    },
    'query-is-free': {
      belief: 'count only the round trip for the query and no work behind it',
      because: 'It is one request instead of several.',
      fact: 'The server still looks up all the data; the query saves round trips of the client.',
      run: it => measure(it, { work: 0 }),
    },
    'one-request': {
      belief: 'charge one point for one request',
      because: 'REST limits count requests.',
      fact: 'One query can stand for thousands of lookups, so its cost is computed from the page sizes before it runs.',
      run: it => measure(it, { lookups: 1 }),
    },
    'adds-levels': {
      belief: 'add up the page sizes of nested lists',
      because: 'Each `first` looks like a number of its own.',
      fact: 'An inner page is fetched once for each node around it, so the sizes multiply.',
      run: it => measure(it, { levels: it.pages }),
    },
    'leaves-only': {
      belief: 'count only the innermost list',
      because: 'That is where most of the data is.',
      fact: 'The nodes of all levels are returned, while lookups are counted per parent: the innermost page size adds none.',
      run: it => {
        const leaves = nested(it.pages).at(-1) ?? 0
        return measure(it, { nodes: leaves, lookups: leaves })
      },
    },
  },
  questions: {
    times: {
      kind: 'choice',
      title: 'How long does a screen take by REST and by one GraphQL query?',
      bare: true,
      prompt: ({ rtt, server, query, waves }) =>
        `A screen needs ${count(sum(waves), 'REST call')}. ${waved(waves)} Connections are warm, the round trip takes ${num(rtt)} ms, ` +
        `the server ${num(server)} ms a call, and sending the bytes takes no time worth counting. One GraphQL query for the same data takes the server ${num(query)} ms.\n\n` +
        'After which time has the client everything, with as many calls in parallel as possible?',
      answer: ({ rest, graphql }) => `REST ${num(rest)} ms, GraphQL ${num(graphql)} ms`,
      how: ({ rest, graphql }, { waves, rtt, server, query }) =>
        `REST: ${num(waves.length)} × (${num(rtt)} + ${num(server)}) = ${num(rest)} ms. One query: ${num(rtt)} + ${num(query)} = ${num(graphql)} ms.`,
    },
    nodes: {
      kind: 'number',
      title: 'How many nodes may a nested GraphQL query return?',
      unit: 'nodes',
      prompt: ({ pages }) =>
        `A client sends this query. GitHub's API counts before running it how many nodes the lists may return, all levels together.\n\n\`\`\`graphql\n${document(pages)}\n\`\`\`\n\nHow many are that?`,
      answer: it => it.nodes,
      how: ({ levels, nodes }) =>
        `${levels.map(num).join(' + ')} = ${num(nodes)} nodes; each page is multiplied by the nodes around it.`,
    },
    points: {
      kind: 'number',
      title: 'How many points does a nested GraphQL query cost?',
      unit: 'points',
      prompt: ({ pages }) =>
        `GitHub's GraphQL API charges points. It counts the lookups that the lists take with all pages full, a list inside a node taking one for each such node, ` +
        `divides by 100 and rounds to the nearest whole number, at least 1.\n\n\`\`\`graphql\n${document(pages)}\n\`\`\`\n\nHow many points does this query cost?`,
      answer: it => it.points,
      how: ({ levels, lookups, points }) =>
        `Lookups: ${[1, ...levels.slice(0, -1)].map(num).join(' + ')} = ${num(lookups)}; divided by 100 and rounded: ${count(points, 'point')}.`,
    },
  },
  result: ({ rest, graphql, nodes, points }) =>
    `REST ${num(rest)} ms, GraphQL ${num(graphql)} ms; ${count(nodes, 'node')}, ${count(points, 'point')}`,
  trace: ({ levels }, { pages }) => ({
    columns: ['list', 'page', 'lookups', 'nodes'],
    rows: levels.map((nodes, level) => [
      NAMES[level]!,
      num(pages[level]!),
      num(levels[level - 1] ?? 1),
      num(nodes),
    ]),
  }),
  picture: ({ rest, graphql }, { waves }) => {
    const most = Math.max(rest, graphql, 1)
    const width = (time: number) => Math.round((time / most) * 44)
    const step = width(rest) / waves.length
    const rows = waves.map((calls, wave) => {
      const from = Math.round(wave * step)
      const bar = '='.repeat(Math.max(0, Math.round((wave + 1) * step) - from - 1))
      return `wave ${wave + 1}   ${' '.repeat(from)}${bar}> ${calls === 1 ? '' : `x${num(calls)}`}`.trimEnd()
    })
    return [
      ...rows,
      `GraphQL  ${'='.repeat(Math.max(0, width(graphql) - 1))}>`,
      `REST after ${num(rest)} ms, GraphQL after ${num(graphql)} ms`,
    ].join('\n')
  },
})

/** Which calls wait for which. */
function waved(waves: readonly number[]): string {
  if (waves.length === 1) return 'None needs anything of another.'
  const [first, ...rest] = waves.map(num)
  const further = rest.map(
    it => `then ${it} that ${it === '1' ? 'needs' : 'need'} an answer of the step before`,
  )
  return `${first} can start at once, ${list(further)}.`
}
