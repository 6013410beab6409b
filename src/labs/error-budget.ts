import { lab, pick } from './lab.ts'
import { number, numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { list, num, rounded } from './said.ts'

interface Scenario {
  readonly slo: number
  readonly requests: number
  readonly errors: number
  readonly others: readonly number[]
}

interface Outcome {
  /** Failed requests of the last hour, in per cent. */
  readonly ratio: number
  /** How many times faster than the objective allows the last hour spent the budget. */
  readonly burn: number
  /** Per cent of a 30-day budget that it spent. */
  readonly used: number
  /** Burn rates of the last 5 min, 30 min, 1 h, 6 h and 3 d. */
  readonly burns: readonly number[]
  readonly fires: readonly string[]
}

const WINDOWS = ['5 min', '30 min', '1 h', '6 h', '3 d'] as const
/** Table 5-8 of the SRE workbook: places of the long and the short window, and the burn rate that both have to exceed. */
const ALERTS = [
  { name: 'page-fast', long: 2, short: 0, rate: 14.4 },
  { name: 'page-slow', long: 3, short: 1, rate: 6 },
  { name: 'ticket', long: 4, short: 3, rate: 1 },
] as const
const HOURS_IN_30_DAYS = 720

/**
 * Burn rate = error ratio ÷ (1 − SLO); at 1 the budget lasts exactly its window. An hour at burn rate b spends b ÷ 720 of a
 * 30-day budget, for steady traffic. An alert fires when both of its windows exceed its burn rate (SRE workbook, chapter 5).
 * The arguments say what a wrong rule changes.
 */
function evaluate(
  { slo, requests, errors, others }: Scenario,
  {
    burnOf = ratio => ratio / (100 - slo),
    part = burn => (burn / HOURS_IN_30_DAYS) * 100,
    both = (long, short) => long && short,
  }: {
    readonly burnOf?: (ratio: number) => number
    readonly part?: (burn: number, ratio: number) => number
    readonly both?: (long: boolean, short: boolean) => boolean
  } = {},
): Outcome {
  const ratio = rounded((errors / requests) * 100, 4)
  const [five = 0, thirty = 0, six = 0, days = 0] = others
  const burns = [five, thirty, ratio, six, days].map(it => rounded(burnOf(it), 4))
  const burn = burns[2] ?? 0
  return {
    ratio,
    burn,
    used: rounded(part(burnOf(ratio), ratio), 4),
    burns,
    fires: ALERTS.filter(({ long, short, rate }) =>
      both((burns[long] ?? 0) > rate, (burns[short] ?? 0) > rate),
    ).map(it => it.name),
  }
}

const fires = (it: Outcome) =>
  list(
    it.fires.map(name => `\`${name}\``),
    'none',
  )

const TABLE = [
  '```',
  'alert      long window  short window  burn rate',
  ...ALERTS.map(
    ({ name, long, short, rate }) =>
      `${name.padEnd(11)}${WINDOWS[long].padEnd(13)}${WINDOWS[short].padEnd(14)}${rate}`,
  ),
  '```',
].join('\n')

export const errorBudget = lab({
  id: 'error-budget',
  title: 'Error budget and burn rate',
  summary: 'Traffic, errors and an objective: how fast the budget burns, and which alert fires.',
  concepts: ['observability/burn-rate-alerts', 'observability/slo'],
  sources: [
    'sre-workbook-5#Alert-on-Burn-Rate',
    'sre-workbook-5#Multiwindow-Multi-Burn-Rate-Alerts',
  ],
  rule: 'Burn rate = error ratio ÷ (1 − SLO); an alert fires when its long **and** its short window burn faster than its rate.',
  parameters: {
    slo: number('objective: requests that have to succeed within 30 days', {
      unit: '%',
      from: 90,
      to: 99.99,
      drawn: [99.5, 99.8, 99.9, 99.95],
    }),
    requests: whole('requests in the last hour', {
      unit: 'requests',
      from: 1,
      to: 1_000_000_000,
      drawn: [20_000, 50_000, 100_000, 200_000],
    }),
    errors: whole('failed requests in the last hour', {
      unit: 'requests',
      from: 0,
      to: 1_000_000_000,
    }),
    others: numbers('failed requests of the last 5 min, 30 min, 6 h and 3 d', {
      unit: '%',
      from: 0,
      to: 100,
      least: 4,
      most: 4,
    }),
  },
  example: { slo: 99.9, requests: 100_000, errors: 1800, others: [0.2, 2, 0.7, 0.2] },
  check: ({ requests, errors }) =>
    errors <= requests ? undefined : 'errors are at most as many as requests',
  // Burn rates off the thresholds, so that no alert stands on the edge; longer windows hold at least what shorter ones do.
  draw(random, { slo, requests }) {
    const budget = 100 - slo
    const hour = pick(random, [3.6, 7.2, 10.8, 18, 21.6, 28.8, 36])
    const at = (burns: readonly number[], least: number, most: number) => {
      const fit = burns.filter(it => it >= least && it <= most)
      return pick(random, fit.length > 0 ? fit : [least])
    }
    const half = at([0.5, 8, 12, 24], 0, 2 * hour)
    const five = at([0.5, 2, 8, 20, 30, 40], 0, 6 * half)
    const six = at([0.8, 2, 4, 7, 9], hour / 6, 36)
    const days = at([0.4, 0.6, 0.8, 1.2, 1.5, 2], six / 12, 9)
    return {
      errors: Math.round((requests * hour * budget) / 100),
      others: [five, half, six, days].map(it => rounded(it * budget, 3)),
    }
  },
  run: it => evaluate(it),
  misconceptions: {
    'ratio-as-burn-rate': {
      belief: 'take the error percentage itself for the burn rate',
      because: 'Alerts used to be written as a fixed share of errors.',
      fact: 'The burn rate is relative to the objective: 1 % of errors is 10 with an SLO of 99.9 %, and 1 with 99 %.',
      run: it => evaluate(it, { burnOf: ratio => ratio, part: (_, ratio) => ratio }),
    },
    'burn-rate-as-share': {
      belief: 'take the burn rate for the share of the budget that is gone',
      because: 'Both are said to burn the budget, and both are easily read as a percentage.',
      fact: 'The burn rate is a speed; what it spends is speed × time: an hour at 14.4 spends 14.4 ÷ 720 = 2 % of 30 days.',
      run: it => {
        const right = evaluate(it)
        return { ...right, burn: right.used, used: right.burn }
      },
    },
    'most-urgent-only': {
      belief: 'let only the most urgent of the alerts fire',
      because: 'One page is enough, and tools can mute the others.',
      fact: 'Each alert is a rule of its own and fires when its two windows burn; muting comes afterwards.',
      run: it => {
        const right = evaluate(it)
        return { ...right, fires: right.fires.slice(0, 1) }
      },
    },
    'long-window-only': {
      belief: 'let the long window alone decide',
      because: 'It is the one that shows whether much of the budget is gone.',
      fact: 'The short window has to burn as well, or the alert goes on after the errors have stopped.',
      run: it => evaluate(it, { both: long => long }),
    },
    'either-window': {
      belief: 'fire when either window is above the rate',
      because: 'Two windows look like two chances to notice.',
      fact: 'Both have to be above it: the long one says that it matters, the short one that it still goes on.',
      run: it => evaluate(it, { both: (long, short) => long || short }),
    },
  },
  questions: {
    burn: {
      kind: 'number',
      title: 'How large is the burn rate?',
      tolerance: 0.001,
      prompt: ({ slo, requests, errors }) =>
        `A service promises that ${num(slo)} % of requests succeed over 30 days. In the last hour ${num(errors)} of ${num(requests)} requests failed.\n\nHow large is the burn rate of that hour?`,
      answer: it => it.burn,
      how: ({ ratio, burn }, { slo, errors, requests }) =>
        `\`${num(errors)} ÷ ${num(requests)}\` is ${num(ratio)} % of errors, and ${num(rounded(100 - slo, 4))} % are allowed: ${num(ratio)} ÷ ${num(rounded(100 - slo, 4))} = ${num(burn)}.`,
      bare: true,
    },
    used: {
      kind: 'number',
      title: 'How much of the error budget did an hour spend?',
      unit: '%',
      tolerance: 0.001,
      prompt: ({ slo, requests, errors }) =>
        `The objective is that ${num(slo)} % of requests succeed over 30 days (720 hours), and traffic is steady. In the last hour ${num(errors)} of ${num(requests)} requests failed.\n\nHow many per cent of the 30-day error budget did that hour spend?`,
      answer: it => it.used,
      how: ({ ratio, burn, used }, { slo }) =>
        `${num(ratio)} % of errors ÷ ${num(rounded(100 - slo, 4))} % allowed = burn rate ${num(burn)}; ${num(burn)} ÷ 720 = ${num(used)} %.`,
      bare: true,
    },
    alerts: {
      kind: 'choice',
      title: 'Which burn-rate alerts fire?',
      prompt: it => {
        const [five = 0, thirty = 0, six = 0, days = 0] = it.others
        const ratios = [five, thirty, rounded((it.errors / it.requests) * 100, 4), six, days]
        return `The objective is ${num(it.slo)} % over 30 days. Three alerts watch it, each with two windows:\n\n${TABLE}\n\nThis is the share of failed requests just now:\n\n${WINDOWS.map((window, i) => `- last ${window}: ${num(ratios[i] ?? 0)} %`).join('\n')}\n\nWhich alerts fire?`
      },
      answer: fires,
      how: (it, { slo }) =>
        `Divide each share by the ${num(rounded(100 - slo, 4))} % that may fail, and look at both windows of each alert. Firing: ${fires(it)}.`,
    },
  },
  result: it =>
    `burn rate ${num(it.burn)}, ${num(it.used)} % of the 30-day budget in the last hour; firing: ${fires(it)}`,
  trace: ({ burns, fires }) => ({
    columns: ['alert', 'long window', 'short window', 'rate', 'fires'],
    rows: ALERTS.map(({ name, long, short, rate }) => [
      name,
      `${WINDOWS[long]}: ${num(burns[long] ?? 0)}`,
      `${WINDOWS[short]}: ${num(burns[short] ?? 0)}`,
      num(rate),
      fires.includes(name) ? 'yes' : 'no',
    ]),
  }),
  picture: ({ burns }) =>
    bars(
      WINDOWS.map((window, i) => ({
        label: `last ${window}`,
        value: burns[i] ?? 0,
        note: num(burns[i] ?? 0),
      })),
    ),
})
