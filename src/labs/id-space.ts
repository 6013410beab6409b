import { lab } from './lab.ts'
import { whole } from './parameters.ts'
import { count, num, rounded } from './said.ts'

interface Scheme {
  readonly time: number
  readonly tick: number
  readonly worker: number
  readonly sequence: number
  readonly workers: number
  readonly burst: number
  readonly bits: number
  readonly fixed: number
  readonly made: number
}

interface Outcome {
  /** Ids that a worker can make in a tick, and workers that can be told apart. */
  readonly perTick: number
  readonly fleet: number
  /** Milliseconds from the first tick of a burst to the tick of its last id. */
  readonly last: number
  /** Years until the time runs over. */
  readonly years: number
  /** The chance of any two equal random ids is 1 in 2 to this power; expected pairs when it is negative. */
  readonly power: number
}

/** Milliseconds of a year of 365.25 days. */
const YEAR = 31_557_600_000

/**
 * A Snowflake layout, `0 | time | worker | sequence` (Twitter's has 41, 10 and 12 bits and milliseconds): each worker counts its
 * own ids within a tick and waits for the next one when all are used. And random ids by the birthday estimate: `n` ids of `r`
 * random bits have `n² ÷ (2 × 2^r)` equal pairs, for n = 2^made a power of two. The arguments say what a wrong rule changes.
 */
function measure(
  { time, tick, worker, sequence, workers, burst, bits, fixed, made }: Scheme,
  {
    counters = workers,
    wait = tick,
    span = tick,
    timed = time,
    random = bits - fixed,
    pairs = 2 * made - 1,
  }: {
    readonly counters?: number
    readonly wait?: number
    readonly span?: number
    readonly timed?: number
    readonly random?: number
    readonly pairs?: number
  } = {},
): Outcome {
  const perTick = 2 ** sequence
  const each = Math.ceil(burst / counters)
  return {
    perTick,
    fleet: 2 ** worker,
    last: (Math.ceil(each / perTick) - 1) * wait,
    years: rounded((2 ** timed * span) / YEAR),
    power: random - pairs,
  }
}

const chance = (power: number) =>
  power > 0
    ? `about 1 in 2^${num(power)}`
    : `about 2^${num(-power)} equal pairs`.replace('2^0 equal pairs', '1 equal pair')

export const idSpace = lab({
  id: 'id-space',
  title: 'Room in an id',
  summary:
    'Snowflake and random ids: how many a millisecond, for how many years, and how likely two are equal.',
  concepts: ['system-design/snowflake-id', 'system-design/id-scheme'],
  sources: ['snowflake', 'rfc9562#5.4', 'rfc9562#6.7'],
  rule: 'A part of `b` bits tells `2^b` things apart; of `n` random ids with `r` random bits about `n² ÷ 2^(r+1)` pairs are equal.',
  parameters: {
    time: whole('bits of the time', {
      unit: 'bits',
      from: 1,
      to: 60,
      drawn: [38, 39, 40, 42, 43, 44],
    }),
    tick: whole('length of a tick', { unit: 'ms', from: 1, to: 1000, drawn: [1, 1, 2, 5, 10] }),
    worker: whole('bits of the worker number', { unit: 'bits', from: 0, to: 20, drawn: [8, 10] }),
    sequence: whole('bits of the sequence within a tick', {
      unit: 'bits',
      from: 0,
      to: 20,
      drawn: [8, 10, 12],
    }),
    workers: whole('workers that share a burst evenly', { from: 1, to: 1000, drawn: [2, 4, 5] }),
    burst: whole('ids asked for at once, in the first tick', {
      unit: 'ids',
      from: 1,
      to: 10_000_000,
      drawn: [6000, 9000, 12_000, 20_000, 25_000, 30_000, 50_000],
    }),
    bits: whole('bits of a random id', {
      unit: 'bits',
      from: 16,
      to: 256,
      drawn: [64, 80, 96, 128],
    }),
    fixed: whole('bits of it that are fixed, such as version and variant', {
      unit: 'bits',
      from: 0,
      to: 16,
      drawn: [4, 6, 8],
    }),
    made: whole('random ids made, as a power of 2', {
      from: 0,
      to: 100,
      drawn: [10, 12, 14, 15, 16, 18, 20, 22, 24],
    }),
  },
  example: {
    time: 39,
    tick: 1,
    worker: 10,
    sequence: 12,
    workers: 2,
    burst: 20_000,
    bits: 128,
    fixed: 6,
    made: 40,
  },
  check({ time, worker, sequence, workers }) {
    if (time + worker + sequence > 63) return 'time, worker and sequence have more than 63 bits'
    return workers > 2 ** worker ? `${worker} bits do not tell ${workers} workers apart` : undefined
  },
  run: it => measure(it),
  misconceptions: {
    'one-counter': {
      belief: 'let all workers share one sequence',
      because: 'Ids have to be unique in the whole system.',
      fact: 'The worker number makes them unique, so each worker counts for itself.',
      run: it => measure(it, { counters: 1 }),
    },
    'never-full': {
      belief: 'let the sequence go on when a tick is used up',
      because: 'A counter counts.',
      fact: 'Its bits are all there is: one more would repeat an id or change the worker number, so the worker waits for the next tick.',
      run: it => measure(it, { wait: 0 }),
    },
    'per-second': {
      belief: 'take a tick for a second',
      because: 'Rates are told per second.',
      fact: 'A tick is as long as the layout says, a few milliseconds; with each one the sequence starts anew.',
      run: it => measure(it, { wait: 1000, span: 1000 }),
    },
    'sign-from-time': {
      belief: 'take the bit of the sign off the time',
      because: 'A signed 64-bit number has 63 bits for its value.',
      fact: 'The layout leaves that bit free beside the others: 1 + 41 + 10 + 12 = 64.',
      run: it => measure(it, { timed: it.time - 1 }),
    },
    linear: {
      belief: 'divide the number of ids by the number of possible ones',
      because: 'That is the chance that one new id meets the others.',
      fact: 'Each id can meet each other one, so the number of pairs counts, and it grows with the square.',
      run: it => measure(it, { pairs: it.made }),
    },
    'all-bits-random': {
      belief: 'count all bits of the id as random',
      because: 'A UUID is known for its 128 bits.',
      fact: 'Bits that are the same in all ids tell none apart: of the 128 bits of a UUIDv4, version and variant leave 122.',
      run: it => measure(it, { random: it.bits }),
    },
  },
  questions: {
    wait: {
      kind: 'number',
      title: 'How long does a burst of Snowflake ids take?',
      unit: 'ms',
      prompt: ({ worker, sequence, workers, burst, tick }) =>
        `Ids are laid out like Snowflake's, with a time in ticks of ${num(tick)} ms, ${count(worker, 'bit')} for the worker and ${count(sequence, 'bit')} for the sequence (2^${num(sequence)} = ${num(2 ** sequence)}). ` +
        `At the start of a tick ${count(burst, 'id')} are asked for, spread evenly over ${count(workers, 'worker')} that are idle otherwise and as fast as the scheme allows.\n\nHow many milliseconds after this tick's time is the time in the last of these ids?`,
      answer: it => it.last,
      how: ({ perTick, last }, { burst, workers, tick }) => {
        const each = Math.ceil(burst / workers)
        return `Each worker makes ${num(each)} ids, ${num(perTick)} a tick: ${count(Math.ceil(each / perTick), 'tick')}, the last of which is ${num(last)} ms after the first (ticks of ${num(tick)} ms).`
      },
    },
    years: {
      kind: 'number',
      title: 'For how many years does the time in an id last?',
      unit: 'years',
      tolerance: 1,
      bare: true,
      prompt: ({ time, tick, worker, sequence }) =>
        `Twitter's Snowflake has 41 bits of milliseconds, which last 69.7 years. A team lays its 64-bit ids out anew:\n\n\`\`\`text\n${layout(time, worker, sequence)}\n\`\`\`\n\nThe time counts ticks of ${num(tick)} ms from the team's own epoch. For how many years does it last? Round to a whole number.`,
      answer: it => it.years,
      how: ({ years }, { time, tick }) =>
        `${time < 41 ? `${count(41 - time, 'bit')} fewer: 69.7 ÷ ${num(2 ** (41 - time))}` : `${count(time - 41, 'bit')} more: 69.7 × ${num(2 ** (time - 41))}`}${tick === 1 ? '' : ` × ${num(tick)}`}, about ${num(years)} years.`,
    },
    chance: {
      kind: 'choice',
      title: 'How likely are two equal ones among random ids?',
      bare: true,
      prompt: ({ bits, fixed, made }) =>
        `Services make ids of ${num(bits)} bits with a sound random generator; ${num(fixed)} of the bits are the same in all of them${bits === 128 && fixed === 6 ? ', as in UUIDv4' : ''}. ` +
        `They have made 2^${num(made)} ids.\n\nHow likely is it that two of them are equal?`,
      answer: it => chance(it.power),
      how: ({ power }, { bits, fixed, made }) =>
        `${num(bits - fixed)} random bits. There are about 2^${num(made)} × 2^${num(made)} ÷ 2 = 2^${num(2 * made - 1)} pairs, each equal with a chance of 1 in 2^${num(bits - fixed)}: ${chance(power)}.`,
    },
  },
  result: ({ last, years, power }) =>
    `the last id of the burst is ${num(last)} ms later; ${count(years, 'year')}; equal random ids: ${chance(power)}`,
  trace: ({ perTick, fleet, years }, { time, worker, sequence }) => ({
    columns: ['part', 'bits', 'holds'],
    rows: [
      ['time', num(time), `${num(years)} years`],
      ['worker', num(worker), count(fleet, 'worker')],
      ['sequence', num(sequence), `${count(perTick, 'id')} a tick and worker`],
    ],
  }),
  picture: (_, { time, worker, sequence }) => layout(time, worker, sequence),
})

/** The 64 bits as boxes. */
function layout(time: number, worker: number, sequence: number): string {
  const rest = 63 - time - worker - sequence
  const parts: [string, number][] = [
    ['0', 1],
    ['time', time],
    ['worker', worker],
    ['sequence', sequence],
    ...(rest > 0 ? ([['unused', rest]] as [string, number][]) : []),
  ]
  return `| ${parts.map(([name, bits]) => (name === '0' ? '0' : `${name} ${num(bits)}`)).join(' | ')} |`
}
