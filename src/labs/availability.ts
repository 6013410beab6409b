import { lab, pick } from './lab.ts'
import { flag, number, numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

const NAMES = ['payment', 'stock', 'prices', 'shipping', 'fraud', 'tax'] as const

interface System {
  readonly needed: readonly number[]
  readonly times: readonly number[]
  readonly replica: number
  readonly replicas: number
  readonly optional: number
  readonly together: boolean
}

/** What a wrong rule makes of the parts: availabilities as shares from 0 to 1. */
interface Rule {
  readonly all?: (parts: readonly number[]) => number
  readonly spare?: (one: number, replicas: number) => number
  readonly optional?: boolean
  readonly time?: (times: readonly number[]) => number
}

const product = (parts: readonly number[]) => parts.reduce((all, it) => all * it, 1)
const sum = (parts: readonly number[]) => parts.reduce((all, it) => all + it, 0)
const share = (percent: number) => percent / 100

/**
 * An order needs every part of `needed` and a store, which is there while any of its `replicas` is; a call that is optional
 * does not count, as the order goes on without its answer. Failures are independent, and availabilities in per cent:
 *
 *     A = a1 × a2 × … × (1 − (1 − r)^replicas)
 *
 * (syllabus: serial and parallel availability). The calls to `needed` take `times` ms, one after another or all together.
 */
function combined(
  { needed, times, replica, replicas, optional, together }: System,
  {
    all = product,
    spare = (one, n) => 1 - (1 - one) ** n,
    optional: counted = false,
    time = together ? it => Math.max(...it) : sum,
  }: Rule = {},
) {
  const store = spare(share(replica), replicas)
  const available = rounded(
    100 * all([...needed.map(share), store, ...(counted ? [share(optional)] : [])]),
    2,
  )
  return { store: rounded(store * 100, 4), available, time: rounded(time(times), 2) }
}

const story = ({ needed, times, replica, replicas, optional, together }: System) => {
  const rows = [
    ...needed.map((it, i) => [NAMES[i]!, `${num(it)} %`, `${num(times[i] ?? 0)} ms`, 'needed']),
    [
      'store',
      `${num(replica)} %`,
      '',
      replicas === 1
        ? 'needed, 1 copy'
        : `needed, any 1 of ${num(replicas)} copies does (per copy)`,
    ],
    ['ratings', `${num(optional)} %`, '', 'optional: the order goes on without it'],
  ]
  return `What an order depends on; all of these fail independently:\n\n\`\`\`\n${rows
    .map(
      ([name, up, time, note]) =>
        `${name!.padEnd(10)}${up!.padStart(8)}${time!.padStart(8)}   ${note}`,
    )
    .join(
      '\n',
    )}\n\`\`\`\n\nThe calls to ${needed.length === 1 ? NAMES[0] : `the first ${num(needed.length)}`} are made ${together ? 'all at the same time' : 'one after another'}; the rest takes no time worth counting.`
}

export const availability = lab({
  id: 'availability',
  title: 'Availability in series and in parallel',
  summary:
    'Needed parts, replicas and optional calls: the availability and the latency of the whole.',
  concepts: ['resilience/availability-math', 'resilience/graceful-degradation'],
  sources: ['sre-3#Measuring-Service-Risk', 'sre-a#Availability-Table'],
  rule: 'What is needed multiplies; of replicas the failures multiply, `1 − (1 − a)^n`; what is optional stays out. All of it holds only for independent failures.',
  parameters: {
    needed: numbers('availability of each needed part', {
      unit: '%',
      from: 0,
      to: 100,
      most: NAMES.length,
    }),
    times: numbers('how long the calls to them take', {
      unit: 'ms',
      whole: true,
      from: 0,
      to: 60_000,
      most: NAMES.length,
    }),
    replica: number('availability of one copy of the store', {
      unit: '%',
      from: 0,
      to: 100,
      drawn: [90, 95, 98, 99],
    }),
    replicas: whole('copies of the store, any of which does', {
      from: 1,
      to: 5,
      drawn: [1, 2, 2, 2, 3],
    }),
    optional: number('availability of an optional part', {
      unit: '%',
      from: 0,
      to: 100,
      drawn: [90, 95, 97],
    }),
    together: flag('the calls are made at the same time'),
  },
  example: {
    needed: [99.9, 99.5],
    times: [120, 80],
    replica: 99,
    replicas: 2,
    optional: 95,
    together: false,
  },
  check: ({ needed, times }) =>
    needed.length === times.length ? undefined : 'needed and times have the same length',
  draw(random) {
    const length = pick(random, [2, 2, 3])
    return {
      needed: Array.from({ length }, () => pick(random, [99.9, 99.8, 99.5, 99, 98])),
      times: Array.from({ length }, () => pick(random, [20, 40, 50, 80, 100, 150, 200])),
    }
  },
  run: it => combined(it),
  misconceptions: {
    'weakest-link': {
      belief: 'take the availability of the weakest part',
      because: 'A chain is as strong as its weakest link.',
      fact: 'The other parts fail at other times, and each of those times is lost as well: they multiply.',
      run: it => combined(it, { all: parts => Math.min(...parts) }),
    },
    'optional-counts': {
      belief: 'count the optional part as well',
      because: 'It is called like all the others.',
      fact: 'The order succeeds without it, so its failures do not make the order fail.',
      run: it => combined(it, { optional: true }),
    },
    'copies-in-series': {
      belief: 'multiply the copies of the store like needed parts',
      because: 'More machines break more often.',
      fact: 'Any one copy is enough, so all of them have to fail: multiply the unavailabilities.',
      run: it => combined(it, { spare: (one, n) => one ** n }),
    },
    'copies-change-nothing': {
      belief: 'let the copies of the store be no better than one',
      because: 'Every copy has the same figure.',
      fact: 'That figure is of one copy; independent copies are rarely down together.',
      run: it => combined(it, { spare: one => one }),
    },
    'calls-together-are-spares': {
      belief: 'let calls at the same time replace each other',
      because: 'Both are called parallel.',
      fact: 'Sent together or in turn, each answer is needed. Sending together saves time, not failures.',
      run: it =>
        combined(it, {
          ...(it.together && {
            all: (parts: readonly number[]) =>
              (1 - product(parts.slice(0, it.needed.length).map(a => 1 - a))) *
              product(parts.slice(it.needed.length)),
          }),
        }),
    },
    'times-add-up': {
      belief: 'add up the times of calls that are made together',
      because: 'Usually a request waits for one call after another.',
      fact: 'Calls that are made together are done when the slowest of them is.',
      run: it => combined(it, { time: sum }),
    },
  },
  questions: {
    available: {
      kind: 'number',
      title: 'How available is a service with needed, replicated and optional parts?',
      unit: '%',
      prompt: it =>
        `${story(it)}\n\nHow available are orders, in per cent, rounded to two decimals?`,
      answer: ({ available }) => available,
      how: ({ available, store }, { needed, replica, replicas }) =>
        `${replicas === 1 ? `The store has ${num(store)} %.` : `The store has 1 − (1 − ${num(rounded(replica / 100, 6))})^${num(replicas)} = ${num(store)} %.`} ${[...needed.map(it => `${num(it)} %`), `${num(store)} %`].join(' × ')} = ${num(available)} %.`,
      bare: true,
    },
    both: {
      kind: 'choice',
      title: 'How available and how fast is a service that calls others?',
      prompt: it =>
        `${story(it)}\n\nHow available are orders, to two decimals, and how long do the calls take when all is well?`,
      answer: ({ available, time }) => `${available.toFixed(2)} % and ${num(time)} ms`,
      how: ({ available, store, time }, { needed, times, together }) =>
        `${[...needed, store].map(it => `${num(it)} %`).join(' × ')} = ${num(available)} %; ${times.map(num).join(' and ')} ms ${together ? 'at the same time are' : 'in turn are'} ${num(time)} ms.`,
      bare: true,
    },
  },
  result: ({ available, time }) => `${num(available)} % available, ${num(time)} ms of calls`,
  trace: ({ available, store, time }, { needed, times, replica, replicas, optional }) => ({
    columns: ['part', 'alone', 'counts as', 'ms'],
    rows: [
      ...needed.map((it, i) => [NAMES[i]!, `${num(it)} %`, `${num(it)} %`, num(times[i] ?? 0)]),
      ['store', `${num(replicas)} × ${num(replica)} %`, `${num(store)} %`, ''],
      ['ratings', `${num(optional)} %`, 'not at all', ''],
      ['order', '', `${num(available)} %`, num(time)],
    ],
  }),
  // How much of the time each is down.
  picture: ({ available, store }, { needed }) =>
    bars(
      [
        ...needed.map((it, i) => ({ label: NAMES[i]! as string, value: it })),
        { label: 'store', value: store },
        { label: 'order', value: available },
      ].map(({ label, value }) => ({
        label,
        value: 100 - value,
        note: `${num(rounded(100 - value, 4))} % down`,
      })),
    ),
})
