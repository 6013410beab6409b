import { lab } from './lab.ts'
import { whole } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

interface Client {
  readonly rate: number
  readonly failing: number
  readonly attempts: number
  readonly ratio: number
  readonly floor: number
}

/**
 * A client's load in calls a second, in a steady state where each call fails with the same probability. Without a budget the
 * k-th retry is sent by what failed k times, so `attempts` tries want
 *
 *     retries = rate × (f + f² + … + f^(attempts − 1))
 *
 * of them. The budget lets through `ratio` % of the new requests plus `floor` a second (Finagle, RetryBudget: percentCanRetry
 * and minRetriesPerSec); what is above it fails without a retry. `wanted` and `budget` are what a wrong rule changes.
 */
function load(
  { rate, failing, attempts, ratio, floor }: Client,
  {
    wanted = round => rate * (failing / 100) ** round,
    budget = () => (rate * ratio) / 100 + floor,
    perRound = false,
  }: {
    readonly wanted?: (round: number) => number
    readonly budget?: (wanted: number) => number
    readonly perRound?: boolean
  } = {},
) {
  const rounds = Array.from({ length: attempts - 1 }, (_, i) => wanted(i + 1))
  const total = rounds.reduce((sum, it) => sum + it, 0)
  const allowed = budget(total)
  const sent = perRound
    ? rounds.reduce((sum, it) => sum + Math.min(it, allowed), 0)
    : Math.min(total, allowed)
  return {
    rounds: rounds.map(it => rounded(it, 2)),
    wanted: rounded(total, 2),
    allowed: rounded(allowed, 2),
    sent: rounded(sent, 2),
    without: rounded(rate + total, 2),
    with: rounded(rate + sent, 2),
  }
}

const story = ({ rate, failing, attempts, ratio, floor }: Client) =>
  `A client process starts ${num(rate)} new requests a second. ${
    failing === 100
      ? 'The server is down: every call fails.'
      : `The server is in trouble: of all calls, retries included, ${num(failing)} % fail.`
  } The client’s settings:\n\n\`\`\`yaml\nmax_attempts: ${num(attempts)}        # per request, the first included\nretry_budget:\n  ratio: ${num(ratio)} %${' '.repeat(Math.max(1, 12 - num(ratio).length))}# retries, of all new requests\n  min_per_second: ${num(floor)}${' '.repeat(Math.max(1, 5 - num(floor).length))}# on top of the ratio\n\`\`\`\n\nAll is steady, and saved-up budget is spent.`

export const retryBudget = lab({
  id: 'retry-budget',
  title: 'Retry budget',
  summary: 'A client retries within a budget: the load on a failing server with and without it.',
  concepts: ['resilience/retry-budget', 'resilience/retry-cap', 'resilience/retry-storm'],
  sources: ['finagle-retry-budget#apply', 'sre-22#Retries', 'sre-21#Deciding-to-Retry'],
  rule: 'A budget lets through at most a share of the **new** requests, plus a small fixed number, as retries; a limit on attempts only bounds each request.',
  parameters: {
    rate: whole('new requests a second', {
      unit: 'requests/s',
      from: 1,
      to: 100_000,
      drawn: [100, 200, 400, 1000],
    }),
    failing: whole('calls that fail', {
      unit: '%',
      from: 0,
      to: 100,
      drawn: [10, 20, 50, 80, 100],
    }),
    attempts: whole('tries per request, the first included', { from: 1, to: 6, drawn: [2, 3, 4] }),
    ratio: whole('retries per hundred new requests', {
      unit: '%',
      from: 0,
      to: 1000,
      drawn: [10, 20, 30],
    }),
    floor: whole('retries a second on top of the ratio', {
      unit: 'calls/s',
      from: 0,
      to: 10_000,
      drawn: [0, 5, 10, 20],
    }),
  },
  example: { rate: 1000, failing: 50, attempts: 3, ratio: 20, floor: 10 },
  run: it => load(it),
  misconceptions: {
    'attempts-are-the-limit': {
      belief: 'let the limit on attempts alone bound the retries',
      because: 'Three attempts sound like few.',
      fact: 'When everything fails, each request uses all of its attempts; the budget stops the sum of them.',
      run: it => load(it, { budget: wanted => wanted }),
    },
    'share-of-failures': {
      belief: 'take the ratio of the failed requests',
      because: 'Only a failed request can be retried.',
      fact: 'The ratio is of all new requests; that is why the load stays bounded whatever the failure rate.',
      run: it => load(it, { budget: () => (it.rate * it.failing * it.ratio) / 10_000 + it.floor }),
    },
    'budget-per-retry': {
      belief: 'grant the whole budget to each round of retries',
      because: 'It is read as if it bounded how many requests may be retried.',
      fact: 'First, second and third retries are paid from one and the same budget.',
      run: it => load(it, { perRound: true }),
    },
    'all-attempts-used': {
      belief: 'let every failed request use up its attempts',
      because: 'In a full outage it is so.',
      fact: 'A retry succeeds as often as any call, so each round is only the failing share of the one before.',
      run: it => load(it, { wanted: () => (it.rate * it.failing) / 100 }),
    },
    'floor-instead': {
      belief: 'use the larger of ratio and fixed part',
      because: 'A minimum is usually something that only counts when it is larger.',
      fact: 'Here the fixed part comes on top of the ratio.',
      run: it => load(it, { budget: () => Math.max((it.rate * it.ratio) / 100, it.floor) }),
    },
  },
  questions: {
    load: {
      kind: 'number',
      title: 'How many calls a second does a failing server get with a retry budget?',
      unit: 'calls/s',
      prompt: it => `${story(it)}\n\nHow many calls a second does the process send?`,
      answer: outcome => outcome.with,
      how: (outcome, { rate, ratio, floor }) =>
        `${num(outcome.wanted)} retries a second are wanted (${outcome.rounds.map(num).join(' + ') || '0'}), and the budget is ${num(ratio)} % of ${num(rate)} plus ${num(floor)} = ${num(outcome.allowed)}. So ${num(rate)} + ${num(outcome.sent)} = ${num(outcome.with)}.`,
    },
    'with-and-without': {
      kind: 'choice',
      title: 'What does a retry budget save a failing server?',
      prompt: it =>
        `${story(it)}\n\nHow many calls a second does the server get, and how many would it get without the budget?`,
      answer: outcome => `${num(outcome.with)} with it, ${num(outcome.without)} without`,
      how: (outcome, { rate }) =>
        `Without: ${[rate, ...outcome.rounds].map(num).join(' + ')} = ${num(outcome.without)}. The budget is ${num(outcome.allowed)} retries a second, so with it ${num(outcome.with)}.`,
    },
  },
  result: outcome =>
    `${num(outcome.with)} calls/s with the budget, ${num(outcome.without)} without; ${num(outcome.sent)} of ${num(outcome.wanted)} retries let through`,
  trace: (outcome, { rate }) => ({
    columns: ['what', 'calls/s'],
    rows: [
      ['first tries', num(rate)],
      ...outcome.rounds.map((it, i) => [`retry ${num(i + 1)}, wanted`, num(it)]),
      ['retries wanted', num(outcome.wanted)],
      ['retries the budget allows', num(outcome.allowed)],
      ['sent with the budget', num(outcome.with)],
      ['sent without it', num(outcome.without)],
    ],
  }),
  picture: (outcome, { rate }) =>
    bars([
      { label: 'new requests', value: rate, note: `${num(rate)}/s` },
      { label: 'with the budget', value: outcome.with, note: `${num(outcome.with)}/s` },
      { label: 'without it', value: outcome.without, note: `${num(outcome.without)}/s` },
    ]),
})
