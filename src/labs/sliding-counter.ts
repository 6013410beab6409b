import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num, rounded } from './said.ts'

interface Limit {
  readonly limit: number
  readonly window: number
  readonly previous: number
  readonly arrivals: readonly number[]
}

/** A request: when it came in the current window, what that had counted, what the window before weighs, and whether it gets in. */
interface Step {
  readonly at: number
  readonly current: number
  readonly carried: number
  readonly estimate: number
  readonly admitted: boolean
}

/**
 * Replays arrivals (in seconds since the current window began, ascending) through a sliding-window counter (Cloudflare, 2017):
 *
 *     estimate = current + previous × (1 − elapsed ÷ window)
 *
 * where `current` and `previous` count the requests let in. A request gets in if the estimate with itself stays within the limit.
 * The arguments say what a wrong rule changes: the weights of the two windows.
 */
function replay(
  { limit, window, previous, arrivals }: Limit,
  {
    before = share => 1 - share,
    now = () => 1,
  }: {
    readonly before?: (share: number) => number
    readonly now?: (share: number) => number
  } = {},
): Step[] {
  let current = 0
  return arrivals.map(at => {
    const share = at / window
    const counted = current
    const carried = rounded(previous * before(share), 4)
    const estimate = rounded(counted * now(share) + carried, 4)
    const admitted = estimate + 1 <= limit
    if (admitted) current += 1
    return { at, current: counted, carried, estimate, admitted }
  })
}

const admitted = (steps: readonly Step[]) => steps.filter(it => it.admitted).length
const final = (steps: readonly Step[]) => rounded(steps.at(-1)?.estimate ?? 0, 2)

export const slidingCounter = lab({
  id: 'sliding-counter',
  title: 'Sliding-window counter',
  summary: 'Two counters estimate a sliding window: which requests get in.',
  concepts: ['rate-limiting/sliding-window-counter'],
  sources: ['cloudflare-counting'],
  rule: 'The estimate is `current + previous × (1 − elapsed ÷ window)`: the window before counts less and less as the current one goes on.',
  parameters: {
    limit: whole('requests allowed per window', {
      unit: 'requests',
      from: 1,
      to: 10_000,
      drawn: [5, 8, 10],
    }),
    window: whole('length of a window', { unit: 's', from: 1, to: 86_400, drawn: [10, 20, 60] }),
    previous: whole('requests let in during the window before', {
      unit: 'requests',
      from: 0,
      to: 10_000,
    }),
    arrivals: numbers('when requests arrive, since the current window began', {
      unit: 's',
      from: 0,
      to: 86_400,
      rising: true,
      most: 40,
    }),
  },
  example: { limit: 10, window: 60, previous: 10, arrivals: [6, 6, 18, 18, 30, 30, 30, 48] },
  check: ({ limit, window, previous, arrivals }) => {
    if (previous > limit) return `previous is at most the limit, ${limit}: no more were let in`
    return (arrivals.at(-1) ?? 0) < window
      ? undefined
      : `all arrivals lie in the current window, before ${window} s`
  },
  // Pairs and triples at tenths of the window, so that the weights are easy to work out.
  draw(random, { limit, window }) {
    const previous = limit - pick(random, [0, 0, 1, 2])
    const arrivals: number[] = []
    let tenth = pick(random, [1, 2])
    while (tenth < 9 && arrivals.length < 9) {
      arrivals.push(...new Array<number>(pick(random, [1, 2, 3])).fill((tenth * window) / 10))
      tenth += pick(random, [1, 2, 3])
    }
    return { previous, arrivals }
  },
  run: it => replay(it),
  misconceptions: {
    'forgets-the-window-before': {
      belief: 'count the current window only',
      because: 'That is what a fixed window does.',
      fact: 'The window before still counts, with the share of it that lies within the last `window` seconds.',
      run: it => replay(it, { before: () => 0 }),
    },
    'counts-it-in-full': {
      belief: 'count the window before in full until the current one ends',
      because: 'It is the careful answer, as nobody knows when its requests came.',
      fact: 'At `elapsed` seconds only `1 − elapsed ÷ window` of it lies in the sliding window, and so much of it counts.',
      run: it => replay(it, { before: () => 1 }),
    },
    'weighs-the-wrong-way': {
      belief: 'weigh the window before with `elapsed ÷ window`',
      because: 'The elapsed share is the number at hand.',
      fact: 'The more of the current window has passed, the less of the one before is left: `1 − elapsed ÷ window`.',
      run: it => replay(it, { before: share => share }),
    },
    'weighs-both': {
      belief: 'weigh the current count with its elapsed share as well',
      because: 'A weighted mean has weights that add up to 1.',
      fact: 'All that was counted in the current window lies in the last `window` seconds, so it counts in full.',
      run: it => replay(it, { now: share => share }),
    },
  },
  questions: {
    admitted: {
      kind: 'number',
      title: 'How many requests does a sliding counter let in?',
      unit: 'requests',
      prompt: ({ limit, window, previous, arrivals }) =>
        `A sliding-window counter allows ${count(limit, 'request')} per ${num(window)} s. The window before let in ${num(previous)}; the current one began at t = 0 with a count of 0. ` +
        `A request gets in if the estimate, with this request added, is at most ${num(limit)}; refused requests are not counted. They arrive at t = ${arrivals.map(num).join(', ')} s.\n\nHow many of them get in?`,
      answer: admitted,
      how: (steps, { previous, window }) =>
        `At t the window before weighs \`${num(previous)} × (1 − t ÷ ${num(window)})\`; add what the current one has let in. ${num(admitted(steps))} of ${num(steps.length)} get in.`,
    },
    estimate: {
      kind: 'number',
      title: 'What does a sliding counter estimate?',
      tolerance: 0.01,
      prompt: ({ limit, window, previous, arrivals }) =>
        `A gateway estimates a sliding window of ${num(window)} s from two counters. The last window let in ${num(previous)} requests, the current one began at t = 0. ` +
        `A request passes if the estimate plus 1 is at most ${num(limit)}, and only those that pass are counted. Requests come at t = ${arrivals.map(num).join(', ')} s.\n\nWhat is the estimate when the last one arrives, before it is counted itself?`,
      answer: final,
      how: (steps, { window, previous }) => {
        const end = steps.at(-1)
        if (end === undefined) return 'Nothing arrives.'
        return `The current window has let in ${num(end.current)} by then: \`${num(end.current)} + ${num(previous)} × (1 − ${num(end.at)} ÷ ${num(window)}) = ${num(final(steps))}\`.`
      },
    },
    verdicts: {
      kind: 'choice',
      title: 'Which requests does a sliding counter let in?',
      prompt: ({ limit, window, previous, arrivals }) =>
        `Limit ${num(limit)} per ${num(window)} s, kept as a sliding-window counter: ${num(previous)} were let in in the window before, none yet in the current one, which began at t = 0. ` +
        `A request that would lift the estimate above ${num(limit)} gets a 429 and is not counted. Requests arrive at t = ${arrivals.map(num).join(', ')} s.\n\nWhich get in (\`#\`), and which do not (\`.\`)?`,
      answer: steps => `\`${steps.map(it => (it.admitted ? '#' : '.')).join('')}\``,
      how: (steps, { previous, window }) =>
        `The window before fades: \`${num(previous)} × (1 − t ÷ ${num(window)})\`. Each request that gets in adds 1. ${num(admitted(steps))} get in.`,
    },
  },
  result: steps =>
    `${num(admitted(steps))} of ${num(steps.length)} requests admitted; the last finds an estimate of ${num(final(steps))}`,
  trace: steps => ({
    columns: ['t (s)', 'current', 'from before', 'estimate', 'request'],
    rows: steps.map(({ at, current, carried, estimate, admitted }) => [
      num(at),
      num(current),
      num(rounded(carried, 2)),
      num(rounded(estimate, 2)),
      admitted ? 'admitted' : '429',
    ]),
  }),
  picture: (steps, { limit }) =>
    bars([
      { label: 'limit', value: limit, note: num(limit) },
      ...steps.map(({ at, estimate, admitted }) => ({
        label: `t = ${num(at)} s`,
        value: estimate,
        note: `${num(rounded(estimate, 2))} ${admitted ? 'admitted' : '429'}`,
      })),
    ]),
})
