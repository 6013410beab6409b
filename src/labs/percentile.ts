import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num, rounded } from './said.ts'

interface Scenario {
  readonly percent: number
  readonly one: readonly number[]
  readonly two: readonly number[]
}

interface Outcome {
  readonly ofOne: number
  readonly ofTwo: number
  readonly ofAll: number
}

/** The smallest value such that at least `percent` of all values are at most as large (nearest rank). */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] ?? 0
}

function each({ one, two }: Scenario, of: (values: readonly number[]) => number): Outcome {
  return { ofOne: of(one), ofTwo: of(two), ofAll: of([...one, ...two]) }
}

const right = (it: Scenario) => each(it, values => percentile(values, it.percent))
const ms = (values: readonly number[]) => `${values.map(num).join(', ')} ms`

export const percentiles = lab({
  id: 'percentile',
  title: 'Percentiles of two servers',
  summary: 'Latencies of two servers: their percentiles, and the one of all requests together.',
  concepts: ['observability/percentiles'],
  sources: ['prometheus-histograms#quantiles', 'sre-6#Worrying-About-Your-Tail'],
  rule: 'A percentile is read off the sorted values; those of parts cannot be combined, so put all values (or all buckets) together first.',
  parameters: {
    percent: whole('which percentile', { unit: '%', from: 1, to: 100, drawn: [50, 75, 80, 90] }),
    one: numbers('latencies at the first server, as they came', {
      unit: 'ms',
      from: 0,
      to: 1_000_000,
      most: 40,
    }),
    two: numbers('latencies at the second server, as they came', {
      unit: 'ms',
      from: 0,
      to: 1_000_000,
      most: 40,
    }),
  },
  example: { percent: 75, one: [40, 10, 20, 30, 50, 20, 10, 30], two: [400, 60, 300, 200] },
  // A busy server that is fast and a quiet one that is slow.
  draw(random) {
    const some = (most: number, of: readonly number[]) =>
      Array.from({ length: most }, () => pick(random, of))
    return {
      one: some(pick(random, [6, 8]), [10, 20, 30, 40, 50, 60, 80]),
      two: some(pick(random, [2, 4]), [60, 100, 200, 300, 400, 500]),
    }
  },
  run: right,
  misconceptions: {
    'average-of-percentiles': {
      belief: 'average the percentiles of the two servers',
      because: 'Dashboards do it with one click.',
      fact: 'A percentile forgets how many requests there were and how the others lay, so the mean of two is no percentile of anything.',
      run: it => {
        const { ofOne, ofTwo, ofAll } = right(it)
        return {
          ofOne,
          ofTwo,
          ofAll: it.two.length === 0 ? ofAll : rounded((ofOne + ofTwo) / 2, 2),
        }
      },
    },
    'worst-of-percentiles': {
      belief: 'take the larger of the two percentiles',
      because: 'It is on the safe side.',
      fact: 'It is an upper bound, but a slow server with few requests hardly moves the percentile of all.',
      run: it => {
        const { ofOne, ofTwo } = right(it)
        return { ofOne, ofTwo, ofAll: Math.max(ofOne, ofTwo) }
      },
    },
    'not-sorted': {
      belief: 'count along the values as they came, without sorting them',
      because: 'The place in the list is easy to find.',
      fact: 'The place counts in sorted order: that many per cent have to be at most as large.',
      run: it =>
        each(
          it,
          values => values[Math.max(0, Math.ceil((it.percent * values.length) / 100) - 1)] ?? 0,
        ),
    },
    'share-of-the-largest': {
      belief: 'take that many per cent of the largest value',
      because: 'A percentile sounds like a percentage.',
      fact: 'It is one of the values: as many per cent of the requests took at most so long.',
      run: it => each(it, values => rounded((Math.max(0, ...values) * it.percent) / 100, 2)),
    },
    'mean-instead': {
      belief: 'take the mean',
      because: 'It is the usual summary of many numbers.',
      fact: 'The mean is not a share of requests: one slow request moves it, and half of them may be far from it.',
      run: it =>
        each(it, values =>
          rounded(values.reduce((sum, value) => sum + value, 0) / values.length, 2),
        ),
    },
  },
  questions: {
    all: {
      kind: 'number',
      title: 'Which percentile have two servers together?',
      unit: 'ms',
      prompt: ({ percent, one, two }) =>
        `Two servers answered these requests in a minute.\n\n- server A: ${ms(one)}\n- server B: ${ms(two)}\n\nThe p${percent} is the smallest of the values that at least ${percent} % of the requests did not exceed. How large is it for all ${num(one.length + two.length)} requests together?`,
      answer: it => it.ofAll,
      how: ({ ofAll }, { percent, one, two }) => {
        const all = one.length + two.length
        return `Sorted together: ${ms([...one, ...two].toSorted((a, b) => a - b))}. The place is \`ceil(${percent} % × ${all}) = ${Math.ceil((percent * all) / 100)}\`, so ${num(ofAll)} ms.`
      },
    },
    one: {
      kind: 'number',
      title: 'Which percentile has one server?',
      unit: 'ms',
      prompt: ({ percent, one }) =>
        `A server answered ${count(one.length, 'request')} in ${ms(one)}.\n\nThe p${percent} is the smallest of the values that at least ${percent} % of the requests did not exceed. How large is it?`,
      answer: it => it.ofOne,
      how: ({ ofOne }, { percent, one }) =>
        `Sorted: ${ms(one.toSorted((a, b) => a - b))}. The place is \`ceil(${percent} % × ${one.length}) = ${Math.ceil((percent * one.length) / 100)}\`, so ${num(ofOne)} ms.`,
      bare: true,
    },
  },
  result: ({ ofOne, ofTwo, ofAll }, { percent }) =>
    `p${percent} of all is ${num(ofAll)} ms; of the servers ${num(ofOne)} and ${num(ofTwo)} ms`,
  trace: ({ ofOne, ofTwo, ofAll }, { percent, one, two }) => ({
    columns: ['of', 'requests', `p${percent} (ms)`],
    rows: [
      ['server A', num(one.length), num(ofOne)],
      ['server B', num(two.length), num(ofTwo)],
      ['all together', num(one.length + two.length), num(ofAll)],
    ],
  }),
  picture: (_, { one, two }) =>
    bars(
      [
        ...one.map(value => ({ label: 'A', value, note: num(value) })),
        ...two.map(value => ({ label: 'B', value, note: num(value) })),
      ].toSorted((a, b) => a.value - b.value),
    ),
})
