import { lab, pick } from './lab.ts'
import { number, numbers, one } from './parameters.ts'
import { num, rounded } from './said.ts'

type Jitter = 'none' | 'plus-minus-20' | 'equal' | 'full' | 'decorrelated'

interface Policy {
  readonly base: number
  readonly cap: number
  readonly jitter: Jitter
  readonly draws: readonly number[]
}

/** A wait: its number from 0 on, what it is drawn from, its mean, and what the pinned generator made of it; the last has none. */
interface Wait {
  readonly n: number
  readonly low: number
  readonly high: number
  readonly mean: number
  readonly slept: number | null
}

/** What a wrong rule changes. */
interface Twist {
  /** Doublings before the first wait. */
  readonly early?: number
  /** The base is added each time. */
  readonly linear?: boolean
  /** No maximum holds. */
  readonly uncapped?: boolean
  /** The maximum is applied before the factor of ±20 %. */
  readonly capFirst?: boolean
  /** The kind of jitter that somebody takes for the one in force. */
  readonly taken?: (jitter: Jitter) => Jitter
  /** The random part is added to the whole wait. */
  readonly onTop?: boolean
}

/**
 * The waits of a client, in seconds, n counted from 0 (AWS backoff simulator: Expo, ExpoBackoffEqualJitter, -FullJitter,
 * -Decorr). With v = min(cap, base × 2^n):
 *
 *     none          v
 *     plus-minus-20 min(cap, base × 2^n × U(0.8, 1.2)), clamped last
 *     equal         v/2 + U(0, v/2)
 *     full          U(0, v)
 *     decorrelated  min(cap, U(base, 3 × previous wait)), previous = base at first
 *
 * `draws` are what the generator returns, 0 for the low end of U and 1 for the high one; one more wait follows them.
 */
function waits({ base, cap, jitter, draws }: Policy, twist: Twist = {}) {
  const { early = 0, linear, uncapped, capFirst, taken = it => it, onTop } = twist
  const growth = (n: number) => (linear ? n + 1 : 2 ** (n + early))
  const most = uncapped ? Number.MAX_SAFE_INTEGER : cap
  const kind = taken(jitter)
  const all: Wait[] = []
  let previous = base * growth(0)
  for (let n = 0; n <= draws.length; n++) {
    const plain = base * growth(n)
    const v = Math.min(most, plain)
    const [from, to, limit]: readonly [number, number, number] =
      kind === 'none'
        ? [v, v, most]
        : kind === 'plus-minus-20'
          ? capFirst
            ? [v * 0.8, v * 1.2, v * 2]
            : [plain * 0.8, plain * 1.2, most]
          : kind === 'decorrelated'
            ? [base, 3 * previous, most]
            : onTop
              ? [v, kind === 'equal' ? v * 1.5 : v * 2, v * 2]
              : [kind === 'equal' ? v / 2 : 0, v, most]
    const draw = draws[n]
    const slept = draw === undefined ? null : rounded(Math.min(limit, from + draw * (to - from)), 4)
    all.push({
      n,
      low: rounded(Math.min(limit, from), 4),
      high: rounded(Math.min(limit, to), 4),
      mean: rounded(clippedMean(from, to, limit), 4),
      slept,
    })
    previous = slept ?? previous
  }
  let first = linear ? Math.floor(rounded(cap / base, 6)) : 0
  while (rounded(base * growth(first), 6) <= cap) first++
  return {
    waits: all,
    total: rounded(
      all.reduce((sum, it) => sum + (it.slept ?? 0), 0),
      4,
    ),
    first,
  }
}

type Waits = ReturnType<typeof waits>

/** The mean of min(limit, U(from, to)). */
function clippedMean(from: number, to: number, limit: number): number {
  if (limit >= to) return (from + to) / 2
  if (limit <= from) return limit
  return ((limit ** 2 - from ** 2) / 2 + limit * (to - limit)) / (to - from)
}

const mixed: Readonly<Record<Jitter, Jitter>> = {
  none: 'none',
  'plus-minus-20': 'plus-minus-20',
  equal: 'full',
  full: 'equal',
  decorrelated: 'full',
}

const next = ({ waits }: Waits) => waits.at(-1)!
const span = ({ low, high }: Wait) => `at least ${num(low)} s, at most ${num(high)} s`
const told: Readonly<Record<Jitter, string>> = {
  none: 'none',
  'plus-minus-20': 'plus or minus 20 %   # max_wait holds for every wait',
  equal: 'equal',
  full: 'full',
  decorrelated: 'decorrelated',
}

const config = ({ base, cap, jitter }: Policy) =>
  `\`\`\`yaml\nretry:\n  base: ${num(base)} s\n  factor: 2${jitter === 'decorrelated' ? '            # not used by decorrelated jitter' : ''}\n  max_wait: ${num(cap)} s\n  jitter: ${told[jitter]}\n\`\`\``
const pinned = ({ draws, jitter }: Policy) =>
  jitter === 'none'
    ? `Its first ${draws.length === 1 ? 'try fails' : `${num(draws.length)} tries fail`}.`
    : `A test pins the random source: for the first ${draws.length === 1 ? 'wait it returns' : `${num(draws.length)} waits it returns`} ${draws.map(num).join(', ')}, where 0 is the low end of a range and 1 the high end.`

export const backoff = lab({
  id: 'backoff',
  title: 'Backoff and jitter',
  summary: 'How long a client waits after each failure, with four kinds of jitter and a cap.',
  concepts: [
    'resilience/exponential-backoff',
    'resilience/jitter',
    'resilience/full-jitter',
    'resilience/equal-jitter',
    'resilience/decorrelated-jitter',
  ],
  sources: [
    'aws-backoff-simulator#Backoff',
    'aws-retries#Jitter',
    'grpc-retry#retry-configuration',
  ],
  rule: 'The ceiling is `min(cap, base × 2^n)` with n from 0; full jitter draws from 0 to it, equal from half of it, decorrelated from `base` to three times the last wait.',
  parameters: {
    base: number('first wait without jitter', {
      unit: 's',
      from: 0.01,
      to: 60,
      drawn: [0.25, 0.5, 1, 2],
    }),
    cap: number('longest wait', {
      unit: 's',
      from: 0.01,
      to: 3600,
      drawn: [5, 10, 20, 25, 40, 50, 100],
    }),
    jitter: one('how the wait is made random', [
      'none',
      'plus-minus-20',
      'equal',
      'full',
      'decorrelated',
    ]),
    draws: numbers('what the random source returns for the first waits', {
      from: 0,
      to: 1,
      most: 12,
    }),
  },
  example: { base: 1, cap: 20, jitter: 'full', draws: [0.5, 0.5, 0.25, 0.75, 0.5] },
  check: ({ base, cap }) => (base > cap ? 'base is at most cap' : undefined),
  // Near the wait where the cap begins to bind. Decorrelated waits stay below it, where their mean is a plain one.
  draw(random, { base, cap, jitter }) {
    const fractions = [0, 0.25, 0.5, 0.5, 0.75, 1]
    if (jitter === 'decorrelated') {
      const draws: number[] = []
      let previous = base
      for (let n = pick(random, [2, 3]); n > 0; n--) {
        const fitting = fractions.filter(it => 3 * (base + it * (3 * previous - base)) <= cap)
        const draw = fitting.length === 0 ? 0 : pick(random, fitting)
        draws.push(draw)
        previous = base + draw * (3 * previous - base)
      }
      return { draws }
    }
    const binds = Math.ceil(rounded(Math.log2(cap / base), 6))
    const length = Math.min(6, Math.max(2, binds + pick(random, [-2, -1, 0, 0, 1])))
    return { draws: Array.from({ length }, () => pick(random, [0, 0.5, 0.5, 1])) }
  },
  run: it => waits(it),
  misconceptions: {
    'doubles-before-the-first': {
      belief: 'double the wait already before the first one',
      because: 'People count the attempts from 1 and put that number into the formula.',
      fact: 'Waits are numbered from 0, so the first wait has `base` as its ceiling.',
      run: it => waits(it, { early: 1 }),
    },
    'grows-by-base': {
      belief: 'add the base each time instead of doubling',
      because: 'A wait that gets longer each time is first thought of as 1, 2, 3.',
      fact: 'Exponential backoff doubles: 1, 2, 4, 8 times the base.',
      run: it => waits(it, { linear: true }),
    },
    'no-cap': {
      belief: 'go on doubling past the longest wait',
      because: 'The formula that people remember is the one without `min`.',
      fact: '`min(cap, …)` cuts each wait; without it ten doublings of a second make 17 minutes.',
      run: it => ({ ...waits(it, { uncapped: true }), first: waits(it).first }),
    },
    'jitter-after-cap': {
      belief: 'apply the jitter of 20 % after the cap',
      because: 'Much code computes the capped wait and multiplies it last.',
      fact: 'Then half of the waits at the cap exceed it, by up to 20 %; a maximum that holds is applied last.',
      run: it => waits(it, { capFirst: true }),
    },
    'mixes-kinds': {
      belief: 'mix up full, equal and decorrelated jitter',
      because: 'The names do not tell what is drawn from where.',
      fact: 'Full draws from 0 to the ceiling, equal from half the ceiling to all of it, decorrelated from `base` to three times the last wait.',
      run: it => waits(it, { taken: jitter => mixed[jitter] }),
    },
    'jitter-on-top': {
      belief: 'add the random part on top of the whole wait',
      because: 'Jitter sounds like some noise that is added.',
      fact: 'With full and equal jitter the ceiling is the longest wait; the random part lies below it.',
      run: it => waits(it, { onTop: true }),
    },
  },
  questions: {
    total: {
      kind: 'number',
      title: 'How long does a client with backoff and jitter sleep in total?',
      unit: 's',
      // Who rounds to two decimals is right.
      tolerance: 0.01,
      prompt: it =>
        `A client backs off like this, with the waits numbered from 0:\n\n${config(it)}\n\n${pinned(it)}\n\nHow many seconds does the client sleep in these ${num(it.draws.length)} waits together?`,
      answer: ({ total }) => total,
      how: ({ waits, total }) =>
        `The waits are ${waits.flatMap(({ slept }) => (slept === null ? [] : [num(slept)])).join(' + ')} = ${num(total)} s.`,
    },
    range: {
      kind: 'choice',
      title: 'From which range is the next wait drawn?',
      prompt: it =>
        `A client backs off like this, with the waits numbered from 0:\n\n${config(it)}\n\n${pinned(it)} The call fails again.\n\nHow long can the next wait, number ${num(it.draws.length)}, be?`,
      answer: it => span(next(it)),
      how: (outcome, { jitter, base, cap }) =>
        jitter === 'decorrelated'
          ? `The last wait was ${num(outcome.waits.at(-2)?.slept ?? base)} s, so the draw is from ${num(base)} s to three times that, at most ${num(cap)} s: ${span(next(outcome))}.`
          : `Number ${num(next(outcome).n)} without jitter and cap is ${num(base)} × 2^${num(next(outcome).n)} = ${num(rounded(base * 2 ** next(outcome).n, 4))} s, and nothing exceeds ${num(cap)} s: ${span(next(outcome))}.`,
    },
    mean: {
      kind: 'number',
      title: 'How long is the mean wait with jitter?',
      unit: 's',
      // Who rounds to two decimals is right.
      tolerance: 0.01,
      prompt: it =>
        `A client backs off like this, with the waits numbered from 0:\n\n${config(it)}\n\n${
          it.jitter === 'decorrelated'
            ? `${pinned(it)} After that the source is random again. How`
            : 'Over many clients, how'
        } many seconds is wait number ${num(it.draws.length)} long on average?`,
      answer: it => next(it).mean,
      how: outcome =>
        `Wait number ${num(next(outcome).n)} is ${span(next(outcome))}; its mean is ${num(next(outcome).mean)} s${
          next(outcome).mean === rounded((next(outcome).low + next(outcome).high) / 2, 4)
            ? ''
            : ', as all draws beyond the cap become the cap'
        }.`,
    },
    'cap-binds': {
      kind: 'number',
      title: 'At which retry does the cap of a backoff bind first?',
      prompt: it =>
        `An SDK doubles its waits: the first is ${num(it.base)} s, and none may be longer than \`max_wait\`, ${num(it.cap)} s. The waits are numbered from 0, and jitter comes later.\n\nWhich is the number of the first wait that \`max_wait\` cuts?`,
      answer: ({ first }) => first,
      how: ({ first }, { base, cap }) =>
        `${num(base)} × 2^${num(first)} = ${num(rounded(base * 2 ** first, 4))} is the first above ${num(cap)}.`,
      bare: true,
    },
  },
  result: outcome =>
    `${num(outcome.total)} s slept, next wait ${span(next(outcome))}; the cap binds from n = ${num(outcome.first)}`,
  trace: ({ waits }, { base }) => ({
    columns: ['wait', 'base × 2^n (s)', 'range (s)', 'mean (s)', 'slept (s)'],
    rows: waits.map(({ n, low, high, mean, slept }) => [
      num(n),
      num(rounded(base * 2 ** n, 4)),
      low === high ? num(low) : `${num(low)} to ${num(high)}`,
      num(mean),
      slept === null ? 'next' : num(slept),
    ]),
  }),
  // Each range as a bar on one scale, with what was slept as `o`.
  picture({ waits }) {
    const most = Math.max(...waits.map(it => it.high))
    const place = (at: number) => Math.round((at / most) * 44)
    return waits
      .map(({ n, low, high, slept }) => {
        const cells: string[] = Array.from({ length: place(high) + 1 }, (_, at) =>
          at < place(low) ? ' ' : '=',
        )
        if (slept !== null) cells[place(slept)] = 'o'
        return `wait ${String(n).padEnd(3)}|${cells.join('').padEnd(46)}${low === high ? num(low) : `${num(low)} to ${num(high)}`} s`
      })
      .join('\n')
  },
})
