import { lab, pick } from './lab.ts'
import { flag, one, texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

/** A call of the service in the test, and where its answer came from. */
interface Step {
  readonly at: number
  readonly id: number
  readonly asked: 'cache' | 'database'
  readonly value: number | 'None'
}

interface Scenario {
  readonly test: 'is-not-none' | 'truthy'
  readonly negative: boolean
  readonly ttl: number
  readonly steps: readonly string[]
}

/** What the fake database holds: product 1 has 12 pieces, 2 has none, 3 has 5; there are no others. */
const ROWS = new Map([
  [1, 12],
  [2, 0],
  [3, 5],
])

/** What stands in the cache for a row that does not exist. */
const MISSING = 'MISSING'

/**
 * A test of a service that is given its database, its cache and its clock. Steps: an id is a call, `+60` moves the fake clock by
 * 60 s, `new` makes another service with the same fakes. `is-not-none` takes what the cache has, `truthy` tests `if cached:`, to which
 * a cached 0 looks like nothing. A missing row is stored only if `negative` says so. The options say what a wrong rule changes.
 * (Fowler, Injection; Azure, Cache-Aside.)
 */
function replay(
  { test, negative, ttl, steps }: Scenario,
  {
    zeroHits = test === 'is-not-none',
    storesMissing = negative,
    moves = true,
    own = false,
  }: {
    readonly zeroHits?: boolean
    readonly storesMissing?: boolean
    readonly moves?: boolean
    readonly own?: boolean
  } = {},
): Step[] {
  let now = 0
  let entries = new Map<number, { value: number | typeof MISSING; until: number }>()
  return steps.flatMap((step): Step[] => {
    if (step === 'new') {
      if (own) entries = new Map()
      return []
    }
    if (step.startsWith('+')) {
      if (moves) now += Number(step.slice(1))
      return []
    }
    const id = Number(step)
    const entry = entries.get(id)
    if (entry !== undefined && now < entry.until && (entry.value !== 0 || zeroHits)) {
      const value = entry.value === MISSING ? 'None' : entry.value
      return [{ at: now, id, asked: 'cache', value }]
    }
    const row = ROWS.get(id)
    if (row !== undefined || storesMissing)
      entries.set(id, { value: row ?? MISSING, until: now + ttl })
    return [{ at: now, id, asked: 'database', value: row ?? 'None' }]
  })
}

const asked = (steps: readonly Step[]) => steps.filter(it => it.asked === 'database')

function told({ test, negative, ttl, steps }: Scenario): string {
  const code = [
    'class Stock:',
    '    def __init__(self, db, cache):          # both are passed in',
    '        self.db, self.cache = db, cache',
    '    def pieces(self, id):',
    '        cached = self.cache.get(id)         # None if there is no entry',
    `        if cached${test === 'truthy' ? '' : ' is not None'}:`,
    negative
      ? '            return None if cached == "MISSING" else cached'
      : '            return cached',
    '        row = self.db.find(id)              # None if there is no row',
    negative
      ? `        self.cache.set(id, "MISSING" if row is None else row, ttl=${ttl})`
      : `        if row is not None: self.cache.set(id, row, ttl=${ttl})`,
    '        return row',
  ]
  const lines = steps.map(step =>
    step === 'new'
      ? 'stock = Stock(db, cache)'
      : step.startsWith('+')
        ? `clock.advance(${Number(step.slice(1))})`
        : `stock.pieces(${Number(step)})`,
  )
  return (
    `\`\`\`python\n${code.join('\n')}\n\`\`\`\n\nA test passes in fakes. The fake cache keeps numbers as they are and takes the time from the fake clock (in seconds):\n\n` +
    `\`\`\`python\ndb = FakeDb({1: 12, 2: 0, 3: 5})\ncache = FakeCache(clock)\nstock = Stock(db, cache)\n${lines.join('\n')}\n\`\`\``
  )
}

export const injectedCache = lab({
  id: 'injected-cache',
  title: 'A service with injected fakes',
  summary:
    'A test passes a fake database, cache and clock to a service: which calls reach the database.',
  concepts: [
    'architecture/dependency-injection',
    'caching/cache-aside',
    'caching/negative-caching',
    'caching/ttl',
  ],
  sources: ['fowler-injection', 'azure-cache-aside'],
  rule: 'The service uses exactly what it was given: an entry of the cache answers until the injected clock has passed its TTL, if the code takes it for one.',
  parameters: {
    test: one('how the code tests what it got from the cache', ['is-not-none', 'truthy']),
    negative: flag('whether a missing row is cached as well', [true, false, false]),
    ttl: whole('time to live of an entry', { unit: 's', from: 1, to: 86_400, drawn: [60, 300] }),
    steps: texts('a call with an id, +60 to move the clock, new for another service', {
      most: 14,
      form: { like: /^([1-9]|\+\d{1,5}|new)$/, says: 'an id from 1 to 9, +60 or new' },
    }),
  },
  example: {
    test: 'truthy',
    negative: false,
    ttl: 300,
    steps: ['1', '2', '2', '9', '9', '+200', '1', '+200', '1', 'new', '3', '3'],
  },
  // Always the product with 0 pieces and one that does not exist, twice each, and the clock before and after the TTL.
  draw(random, { ttl }) {
    const some = () => pick(random, ['1', '2', '2', '3', '9'])
    const part = pick(random, [0.6, 0.75, 0.8]) * ttl
    return {
      steps: [
        '1',
        ...pick(random, [
          ['2', '2'],
          ['2', '9', '2'],
          ['9', '2', '9'],
        ]),
        `+${part}`,
        some(),
        '1',
        ...pick(random, [['new'], ['new'], []]),
        some(),
        `+${part}`,
        some(),
        '1',
      ],
    }
  },
  run: it => replay(it),
  misconceptions: {
    'zero-is-a-hit': {
      belief: 'take a cached 0 for a hit although the code says `if cached:`',
      because: 'The entry is there, after all.',
      fact: 'In Python 0 is false, like an empty text or list: the code goes on to the database.',
      run: it => replay(it, { zeroHits: true }),
    },
    'zero-is-a-miss': {
      belief: 'take a cached 0 for a miss',
      because: 'In a condition 0 often means “nothing”.',
      fact: '`is not None` asks whether there is an entry, whatever its value is.',
      run: it => replay(it, { zeroHits: false }),
    },
    'missing-is-cached': {
      belief: 'have a row that does not exist cached as well',
      because: 'The question was asked, so its answer seems to be known.',
      fact: 'This code stores rows only: each call for a missing one reaches the database.',
      run: it => replay(it, { storesMissing: true }),
    },
    'missing-is-not-cached': {
      belief: 'send each call for a missing row to the database',
      because: 'There is nothing that one could store.',
      fact: 'This code stores a marker for a missing row, which answers until its TTL ends.',
      run: it => replay(it, { storesMissing: false }),
    },
    'real-clock': {
      belief: 'let nothing expire, as the test takes only milliseconds',
      because: 'TTLs are thought to run on the time of the machine.',
      fact: 'The cache asks the clock that it was given, and the test moves that one.',
      run: it => replay(it, { moves: false }),
    },
    'cache-per-service': {
      belief: 'give each new service a cache of its own',
      because: 'A new object seems to start empty.',
      fact: 'The service does not build its cache: both were given the same one, entries included.',
      run: it => replay(it, { own: true }),
    },
  },
  questions: {
    calls: {
      kind: 'number',
      title: 'How many calls of a service reach its injected database?',
      unit: 'calls',
      prompt: it => `${told(it)}\n\nHow many times is \`db.find\` called?`,
      answer: steps => asked(steps).length,
      how: steps =>
        `The database is asked for ${list(asked(steps).map(it => num(it.id)))}: ${count(asked(steps).length, 'time')} in ${count(steps.length, 'call')}.`,
    },
    ids: {
      kind: 'choice',
      title: 'Which ids does a service ask its injected database for?',
      prompt: it =>
        `${told(it)}\n\nThe fake database notes the ids it is asked for. Which does the note hold at the end?`,
      answer: steps =>
        `\`[${asked(steps)
          .map(it => it.id)
          .join(', ')}]\``,
      how: steps =>
        `All other calls find an entry that the code takes for a hit. ${count(asked(steps).length, 'call')} of ${num(steps.length)} ${asked(steps).length === 1 ? 'reaches' : 'reach'} the database.`,
    },
  },
  result: steps =>
    `${count(asked(steps).length, 'database call')}: ${list(asked(steps).map(it => num(it.id)))}`,
  trace: steps => ({
    columns: ['t (s)', 'id', 'answered by', 'value'],
    rows: steps.map(({ at, id, asked, value }) => [
      num(at),
      num(id),
      asked,
      value === 'None' ? value : num(value),
    ]),
  }),
  picture: steps => {
    const row = (label: string, cells: readonly string[]) =>
      (label.padEnd(10) + cells.map(it => it.padEnd(4)).join('')).trimEnd()
    return [
      row(
        'call',
        steps.map(it => num(it.id)),
      ),
      row(
        'cache',
        steps.map(it => (it.asked === 'cache' ? '*' : '')),
      ),
      row(
        'database',
        steps.map(it => (it.asked === 'database' ? '*' : '')),
      ),
    ].join('\n')
  },
})
