import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { flag, one, texts } from './parameters.ts'
import { messages } from './picture.ts'
import { count, num } from './said.ts'

const ACTORS = ['A', 'B', 'R'] as const
type Actor = (typeof ACTORS)[number]

const WRITERS = ['sets', 'deletes', 'deletes-with-lease'] as const
type Writer = (typeof WRITERS)[number]

interface Step {
  readonly actor: Actor
  readonly does: string
  readonly cache: number | 'none'
  readonly database: number
}

interface Scenario {
  readonly writer: Writer
  readonly cached: boolean
  readonly turns: readonly Actor[]
}

/** What the writers bring; the row holds 1 at first. */
const VALUES = { A: 2, B: 3 } as const

/**
 * Three that share a row and its key, one step a turn, in the order of `turns`: writer A commits 2 and then sets or deletes the
 * key, writer B does the same with 3, and reader R looks into the cache, on a miss loads the row, and stores what it loaded. With a
 * lease the reader's miss gets a token that a delete voids, and a set with a void token is refused. The options say what a wrong rule changes. Turns that are left when
 * somebody has finished do nothing. (Nishtala 2013 §3.2.1, stale sets and leases.)
 */
function replay(
  { writer, cached, turns }: Scenario,
  {
    lease = writer === 'deletes-with-lease',
    deletes = writer !== 'sets',
    storesCurrent = false,
    follows = false,
    commitsLate = false,
  }: {
    readonly lease?: boolean
    readonly deletes?: boolean
    readonly storesCurrent?: boolean
    readonly follows?: boolean
    readonly commitsLate?: boolean
  } = {},
): Step[] {
  let database = 1
  let cache: number | 'none' = cached ? 1 : 'none'
  let token = false
  let loaded = 0
  let hit = false
  const taken = { A: 0, B: 0, R: 0 }
  const steps: Step[] = []
  for (const actor of turns) {
    const turn = taken[actor]++
    let does: string | undefined
    if (actor === 'R') {
      if (turn === 0) {
        does = cache === 'none' ? 'get: miss' : `get: ${num(cache)}`
        hit = cache !== 'none'
        token ||= !hit
      } else if (hit && turn < 3) {
        // A hit needs no load: the line is there, and nothing happens.
        does = 'nothing'
      } else if (turn === 1) {
        loaded = database
        does = `load: ${num(loaded)}`
      } else if (turn === 2) {
        const stored = storesCurrent ? database : loaded
        if (lease && !token) does = `set ${num(stored)}: refused`
        else {
          does = `set ${num(stored)}`
          cache = stored
        }
      }
    } else if (turn === 0) {
      if (!commitsLate) database = VALUES[actor]
      does = `commit ${num(VALUES[actor])}`
    } else if (turn === 1) {
      if (commitsLate) database = VALUES[actor]
      cache = deletes ? 'none' : VALUES[actor]
      token = false
      does = deletes ? 'delete' : `set ${num(VALUES[actor])}`
    }
    if (follows && cache !== 'none') cache = database
    if (does !== undefined) steps.push({ actor, does, cache, database })
  }
  return steps
}

/** The same with nobody in between: each does all its steps at its first turn. */
function undisturbed(it: Scenario): Step[] {
  return replay({
    ...it,
    turns: [...new Set(it.turns)].flatMap(actor => it.turns.filter(turn => turn === actor)),
  })
}

const ending = (steps: readonly Step[], { cached }: Pick<Scenario, 'cached'>) => {
  const { cache, database } = steps.at(-1) ?? { cache: cached ? 1 : 'none', database: 1 }
  return `database ${num(database)}, cache ${cache === 'none' ? 'empty' : num(cache)}`
}
const inCache = ({ cache }: Step) => (cache === 'none' ? '-' : num(cache))
const apart = (steps: readonly Step[]) =>
  steps.filter(it => it.cache !== 'none' && it.cache !== it.database)

const WRITER = {
  sets: 'A writer commits and then stores its value in the cache.',
  deletes: 'A writer commits and then deletes the key.',
  'deletes-with-lease':
    'A writer commits and then deletes the key. The cache hands out a lease token with each miss; a delete voids the token.',
}

function told({ writer, cached, turns }: Scenario): string {
  const taken = { A: 0, B: 0, R: 0 }
  const lines = turns.flatMap(actor => {
    const turn = taken[actor]++
    const steps =
      actor === 'R'
        ? ['cache.get(key)', 'SELECT value', 'cache.set(key, the value it selected)']
        : [
            `UPDATE value = ${num(VALUES[actor])}; COMMIT`,
            writer === 'sets' ? `cache.set(key, ${num(VALUES[actor])})` : 'cache.delete(key)',
          ]
    return steps[turn] === undefined ? [] : [`${actor}  ${steps[turn]}`]
  })
  return (
    `The row holds 1, and the cache ${cached ? 'holds 1 as well' : 'holds nothing for its key'}. ${WRITER[writer]} ` +
    `This is the order in which the calls take effect:\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\``
  )
}

export const cacheRace = lab({
  id: 'cache-race',
  title: 'Races around a cached row',
  summary:
    'Writers and a reader interleave around one row and its key: what is left in cache and database.',
  concepts: ['caching/stale-set-race', 'caching/write-through', 'caching/cache-invalidation'],
  sources: ['nishtala-2013#3.2.1', 'azure-cache-aside'],
  rule: 'The database holds what was committed last, the cache what was stored last; nothing ties the two orders together unless a lease or a version does.',
  parameters: {
    writer: one('what a writer does to the key after its commit', WRITERS),
    cached: flag('whether the cache holds the row at first', []),
    turns: texts('whose next step it is: A and B write, R reads', { of: ACTORS, most: 12 }),
  },
  example: { writer: 'deletes', cached: false, turns: ['R', 'R', 'A', 'A', 'R'] },
  // Two writers, or a reader that misses before any of them has touched the cache.
  draw(random, { writer }) {
    const read = writer !== 'sets' || random() < 0.5
    const writers: Actor[] = read && random() < 0.4 ? ['A', 'A'] : ['A', 'A', 'B', 'B']
    const turns = shuffled<Actor>(random, [...writers, ...(read ? (['R', 'R'] as const) : [])])
    const touched = turns.findIndex((it, i) => it !== 'R' && turns.indexOf(it) < i)
    const missed = pick(random, [0, 0, 1])
    return {
      cached: !read && random() < 0.5,
      turns: read ? turns.toSpliced(Math.min(missed, touched), 0, 'R') : turns,
    }
  },
  run: it => replay(it),
  misconceptions: {
    undisturbed: {
      belief: 'let each of them finish before the next one begins',
      because: 'One reads the code of one request at a time.',
      fact: 'Requests run at once: between two calls of one of them anything may happen.',
      run: undisturbed,
    },
    'cache-follows': {
      belief: 'have whatever the cache holds follow the database',
      because: 'Both are thought of as one store with two speeds.',
      fact: 'The cache holds what somebody stored last, however old it was.',
      run: it => replay(it, { follows: true }),
    },
    'last-to-finish': {
      belief: 'let the writer that finishes last win in the database too',
      because: 'A request is thought of as one event that happens when it ends.',
      fact: 'The row holds what was committed last; the later cache calls have no say in that.',
      run: it => replay(it, { commitsLate: true }),
    },
    'delete-protects': {
      belief: 'expect a write to keep out a value that was loaded before it',
      because: 'Commit first and delete then is the recommended order.',
      fact: 'A plain cache takes any later set: only a lease or a version tells it that the value is old.',
      run: it => replay(it, { lease: true }),
    },
    'void-lease-stores': {
      belief: 'let the reader store its value although its lease was voided',
      because: 'A lease is taken for a lock that only keeps other readers away.',
      fact: 'A delete voids the token, and a set with a void token is refused.',
      run: it => replay(it, { lease: false }),
    },
    'stores-current': {
      belief: 'have the reader store what the database holds by then',
      because: 'The set comes late, so its value seems to be recent.',
      fact: 'It stores what it has loaded, as old as that load.',
      run: it => replay(it, { storesCurrent: true, lease: false }),
    },
  },
  questions: {
    ending: {
      kind: 'choice',
      title: 'What do database and cache hold after a race?',
      prompt: it => `${told(it)}\n\nWhat do database and cache hold at the end?`,
      answer: ending,
      how: (steps, it) =>
        `Last commit and last change of the key decide, each on its own side: ${ending(steps, it)}.`,
    },
    cache: {
      kind: 'choice',
      title: 'What does the cache hold at each step of a race?',
      prompt: it =>
        `${told(it)}\n\nWhat does the cache hold after each of these lines (\`-\`: nothing)?`,
      answer: steps => `\`${steps.map(inCache).join(' ')}\``,
      how: (steps, it) =>
        `Only lines that store or delete the key change what the cache holds. At the end: ${ending(steps, it)}.`,
    },
    apart: {
      kind: 'number',
      title: 'How long does the cache hold another value than the database?',
      unit: 'lines',
      prompt: it =>
        `${told(it)}\n\nAfter how many of these lines does the cache hold a value that is not the database's? (An empty cache holds none.)`,
      answer: steps => apart(steps).length,
      how: steps =>
        `Cache/database after each line: ${steps.map(it => `${inCache(it)}/${num(it.database)}`).join(', ')}. They differ ${count(apart(steps).length, 'time')}.`,
    },
  },
  result: (steps, it) =>
    `${ending(steps, it)}; ${count(apart(steps).length, 'step')} with two different values`,
  trace: steps => ({
    columns: ['who', 'does', 'cache', 'database'],
    rows: steps.map(({ actor, does, cache, database }) => [
      actor,
      does,
      cache === 'none' ? 'empty' : num(cache),
      num(database),
    ]),
  }),
  picture: steps =>
    messages(
      steps
        .filter(it => it.does !== 'nothing')
        .map(({ actor, does }) => ({
          from: actor,
          to: does.startsWith('commit') || does.startsWith('load') ? 'database' : 'cache',
          says: does,
        })),
    ),
})
