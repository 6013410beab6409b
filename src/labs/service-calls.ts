import { lab, pick } from './lab.ts'
import { number, texts } from './parameters.ts'
import { count, list, num, rounded } from './said.ts'

/** A call from one module to another in the course of a request. */
interface Call {
  readonly from: string
  readonly to: string
  /** Whether it leaves its deployable, and so goes over the network. */
  readonly remote: boolean
}

interface Outcome {
  readonly calls: readonly Call[]
  /** Calls over the network. */
  readonly hops: number
  /** What they add to the request, in ms. */
  readonly added: number
  /** The deployables that have to be up for the request. */
  readonly needed: readonly string[]
}

interface Scenario {
  readonly units: readonly string[]
  readonly calls: readonly string[]
  readonly hop: number
}

/**
 * A request runs through modules, one call after the other. `units` are what is deployed, each a list of modules joined by `+`; a
 * module that none of them names is one of its own. A call within a unit is a function call and takes no time worth counting; between
 * two units it is a network call of `hop` ms. All units that it touches have to be up (Fowler, Microservice Trade-Offs). The options say
 * what a wrong rule changes.
 */
function replay(
  { units, calls: typed, hop }: Scenario,
  {
    unit = module => units.find(it => it.split('+').includes(module)) ?? module,
    counted = calls => calls.filter(it => it.remote).length,
  }: {
    readonly unit?: (module: string) => string
    readonly counted?: (calls: readonly Call[]) => number
  } = {},
): Outcome {
  const calls = typed.map((it): Call => {
    const [from = '', to = ''] = it.split('>')
    return { from, to, remote: unit(from) !== unit(to) }
  })
  const hops = counted(calls)
  const needed = [...new Set(calls.flatMap(it => [unit(it.from), unit(it.to)]))].toSorted()
  return { calls, hops, added: rounded(hops * hop, 6), needed }
}

const told = ({ units, calls, hop }: Scenario) =>
  `A shop consists of these deployables (what stands in one line runs in one process):\n\n` +
  `\`\`\`text\n${units.map(it => it.replaceAll('+', ', ')).join('\n')}\n\`\`\`\n\n` +
  `To place an order, modules call each other one after the other, each waiting for its answer:\n\n` +
  `\`\`\`text\n${calls.map((it, i) => `${i + 1}  ${it.replace('>', ' -> ')}`).join('\n')}\n\`\`\`\n\n` +
  `A call over the network adds ${num(hop)} ms, there and back; a function call adds nothing worth counting.`

const MODULE = '[a-z]{1,10}'

export const serviceCalls = lab({
  id: 'service-calls',
  title: 'Modules, services and network calls',
  summary:
    'The same modules in one deployable or in several: which calls cross the network, and what they add.',
  concepts: ['architecture/monolith-or-services', 'architecture/modular-monolith'],
  sources: ['fowler-microservice-tradeoffs', 'fowler-monolith-first'],
  rule: 'A call between two deployables crosses the network, a call between two modules of one deployable does not; each network call is paid each time.',
  parameters: {
    units: texts('what is deployed; modules of one deployable are joined by +', {
      most: 6,
      form: { like: new RegExp(`^${MODULE}(\\+${MODULE}){0,4}$`), says: 'modules like web+orders' },
    }),
    calls: texts('who calls whom, one after the other', {
      most: 12,
      form: { like: new RegExp(`^${MODULE}>${MODULE}$`), says: 'a call like web>orders' },
    }),
    hop: number('what a network call adds', {
      unit: 'ms',
      from: 0,
      to: 1000,
      drawn: [2, 4, 5, 10],
    }),
  },
  example: {
    units: ['web+orders', 'stock', 'payment+mail'],
    calls: ['web>orders', 'orders>stock', 'orders>stock', 'orders>payment', 'payment>mail'],
    hop: 5,
  },
  // Two modules that talk much, together or apart, and calls that are made twice.
  draw(random) {
    const [units, spare] = pick(random, [
      [['web+orders', 'stock', 'payment+mail'], 'stock'],
      [['web', 'orders+stock', 'payment', 'mail'], 'mail'],
      [['web+orders+stock', 'payment', 'mail'], 'mail'],
      [['web', 'orders', 'stock+payment', 'mail'], 'payment'],
      [['web+mail', 'orders+payment', 'stock'], 'mail'],
    ])
    const loop = pick(random, [2, 3, 3])
    const calls = [
      'web>orders',
      ...new Array<string>(loop).fill('orders>stock'),
      ...pick(random, [['orders>payment'], ['orders>payment', 'payment>stock']]),
      ...pick(random, [['payment>mail'], ['orders>mail'], ['payment>mail', 'orders>mail'], []]),
      ...pick(random, [[], [`web>${spare}`]]),
    ]
    return { units, calls }
  },
  run: it => replay(it),
  misconceptions: {
    'each-module-a-service': {
      belief: 'take each module for a service of its own',
      because: 'A module with a clear border looks like a service.',
      fact: 'Modules of one deployable run in one process: a call between them is a function call.',
      run: it => replay(it, { unit: module => module }),
    },
    'each-pair-once': {
      belief: 'count two deployables that talk to each other once, however often they call',
      because: 'A drawing of the system has one arrow between them.',
      fact: 'Each call is a round trip; a call in a loop pays each time.',
      run: it =>
        replay(it, {
          counted: calls =>
            new Set(calls.filter(it => it.remote).map(call => pairOf(it, call))).size,
        }),
    },
    'one-hop-per-service': {
      belief: 'count one call for each other deployable that takes part',
      because: 'More services seem to mean as many more calls.',
      fact: 'What counts are the calls that cross a border, not the boxes.',
      run: it => {
        const right = replay(it)
        return replay(it, { counted: () => right.needed.length - 1 })
      },
    },
    'there-and-back-twice': {
      belief: 'count request and answer as two network calls',
      because: 'Two messages cross the network.',
      fact: 'A call is both of them: the time that is given is there and back.',
      run: it => replay(it, { counted: calls => 2 * calls.filter(it => it.remote).length }),
    },
  },
  questions: {
    hops: {
      kind: 'number',
      title: 'How many calls of a request cross the network?',
      unit: 'calls',
      prompt: it => `${told(it)}\n\nHow many of these calls cross the network?`,
      answer: it => it.hops,
      how: it =>
        `Between two deployables go ${list(it.calls.flatMap(({ from, to, remote }, i) => (remote ? [`${i + 1} (${from} -> ${to})`] : [])))}: ${num(it.hops)}.`,
    },
    added: {
      kind: 'number',
      title: 'How much time does the network add to a request?',
      unit: 'ms',
      prompt: it => `${told(it)}\n\nHow many ms do all network calls add to the order together?`,
      answer: it => it.added,
      how: (it, { hop }) =>
        `${count(it.hops, 'call')} of ${num(it.calls.length)} ${it.hops === 1 ? 'crosses' : 'cross'} the network: ${num(it.hops)} × ${num(hop)} = ${num(it.added)} ms.`,
    },
  },
  result: it =>
    `${count(it.hops, 'network call')}, ${num(it.added)} ms; ${count(it.needed.length, 'deployable')} needed`,
  trace: it => ({
    columns: ['#', 'call', 'over'],
    rows: it.calls.map(({ from, to, remote }, i) => [
      String(i + 1),
      `${from} -> ${to}`,
      remote ? 'the network' : 'a function call',
    ]),
  }),
  picture: it =>
    `${it.calls
      .map(({ from, to, remote }) => `${from.padEnd(11)}${remote ? '=====>' : '- - ->'} ${to}`)
      .join('\n')}\n\n=====> network   - - -> function call`,
})

/** The two deployables of a call, in the order of the alphabet. */
function pairOf({ units }: Scenario, { from, to }: Call): string {
  const unit = (module: string) => units.find(it => it.split('+').includes(module)) ?? module
  return [unit(from), unit(to)].toSorted().join('|')
}
