import { lab, pick } from './lab.ts'
import { whole } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

/** Requests a second that come to each place, and what a request takes on average. */
interface Outcome {
  readonly edge: number
  readonly shield: number
  readonly origin: number
  /** Milliseconds. */
  readonly mean: number
}

interface Scenario {
  readonly rps: number
  readonly edgeHits: number
  readonly shieldHits: number
  readonly edgeMs: number
  readonly shieldMs: number
  readonly originMs: number
}

/**
 * Every request pays the edge; what misses there pays the shield as well, and what misses there too pays the origin:
 *
 *     origin = rps × (1 − edge hits) × (1 − shield hits)
 *     mean   = edge ms + (1 − edge hits) × (shield ms + (1 − shield hits) × origin ms)
 *
 * Hit ratios in percent of what comes to that tier. No coalescing, no queues.
 */
function reckon(
  it: Scenario,
  {
    edgeHits = it.edgeHits / 100,
    shieldHits = it.shieldHits / 100,
    missPaysEdge = true,
  }: {
    readonly edgeHits?: number
    readonly shieldHits?: number
    readonly missPaysEdge?: boolean
  } = {},
): Outcome {
  const past = 1 - edgeHits
  const { rps, edgeMs, shieldMs, originMs } = it
  const mean = missPaysEdge
    ? edgeMs + past * (shieldMs + (1 - shieldHits) * originMs)
    : edgeHits * edgeMs + past * (shieldHits * shieldMs + (1 - shieldHits) * originMs)
  return {
    edge: rps,
    shield: rounded(rps * past, 4),
    origin: rounded(rps * past * (1 - shieldHits), 4),
    mean: rounded(mean, 4),
  }
}

const told = ({ rps, edgeHits, shieldHits, edgeMs, shieldMs, originMs }: Scenario) =>
  `Browsers ask a CDN, whose edge nodes ask its shield (one cache in front of the origin), which asks the origin:\n\n` +
  `\`\`\`text\n${num(rps)} requests/s -> edge -> shield -> origin\n\n` +
  `edge     hits ${`${num(edgeHits)} %`.padEnd(5)} of what comes to it, adds ${num(edgeMs)} ms to each request\n` +
  `shield   hits ${`${num(shieldHits)} %`.padEnd(5)} of what comes to it, adds ${num(shieldMs)} ms to what comes to it\n` +
  `origin                                adds ${num(originMs)} ms to what comes to it\n\`\`\``

export const cdnHitRatio = lab({
  id: 'cdn-hit-ratio',
  title: 'CDN hit ratio',
  summary:
    'Two tiers of caches with their hit ratios: what reaches the origin, and the mean latency.',
  concepts: ['caching/cache-hit-ratio', 'caching/cdn'],
  sources: ['aws-builders-caching', 'rfc9211#2.1'],
  rule: 'A tier sees the misses of the one before it: the origin gets rps × (1 - edge hits) × (1 - shield hits), and a miss pays each tier that it passes.',
  parameters: {
    rps: whole('requests at the edge', {
      unit: 'requests/s',
      from: 1,
      to: 10_000_000,
      drawn: [1000, 2000, 4000, 5000, 10_000],
    }),
    edgeHits: whole('share of the requests that the edge answers', {
      unit: '%',
      from: 0,
      to: 100,
      drawn: [40, 50, 60, 70, 75, 80],
    }),
    shieldHits: whole('share of the misses of the edge that the shield answers; 0 for no shield', {
      unit: '%',
      from: 0,
      to: 100,
      drawn: [10, 20, 25, 40, 50],
    }),
    edgeMs: whole('what the edge adds', { unit: 'ms', from: 0, to: 10_000, drawn: [10, 20] }),
    shieldMs: whole('what the shield adds', { unit: 'ms', from: 0, to: 10_000 }),
    originMs: whole('what the origin adds', { unit: 'ms', from: 0, to: 60_000 }),
  },
  example: { rps: 1000, edgeHits: 80, shieldHits: 75, edgeMs: 10, shieldMs: 20, originMs: 200 },
  draw: random => ({
    shieldMs: pick(random, [30, 40, 50]),
    originMs: pick(random, [100, 200, 400]),
  }),
  run: it => reckon(it),
  misconceptions: {
    'ratios-added': {
      belief: 'add the two hit ratios',
      because: 'Both are shares of requests.',
      fact: 'The ratio of the shield is a share of what comes to it, and that is only what the edge missed.',
      run: it =>
        reckon(it, {
          shieldHits:
            it.edgeHits === 100 ? 1 : Math.min(1, it.shieldHits / 100 / (1 - it.edgeHits / 100)),
        }),
    },
    'hits-go-on': {
      belief: 'send the hits on to the next tier instead of the misses',
      because: 'Hit and miss ratio are easily swapped.',
      fact: 'A hit is answered where it hits; what goes on are the misses.',
      run: it =>
        reckon(it, { edgeHits: 1 - it.edgeHits / 100, shieldHits: 1 - it.shieldHits / 100 }),
    },
    'shield-overlooked': {
      belief: 'let all misses of the edge reach the origin',
      because: 'A CDN is thought of as one cache.',
      fact: 'The shield collects the misses of all edge nodes and answers its share of them.',
      run: it => reckon(it, { shieldHits: 0 }),
    },
    'miss-pays-last': {
      belief: 'charge a miss only for the tier that answers it',
      because: 'The lookups before look like nothing.',
      fact: 'A miss has passed the edge and the shield before the origin begins, and each adds its time.',
      run: it => reckon(it, { missPaysEdge: false }),
    },
  },
  questions: {
    origin: {
      kind: 'number',
      title: 'How many requests a second reach the origin behind a CDN?',
      unit: 'requests/s',
      tolerance: 0.001,
      prompt: it => `${told(it)}\n\nHow many requests a second reach the origin?`,
      answer: it => it.origin,
      how: (it, { rps, edgeHits, shieldHits }) =>
        `${num(rps)} × ${num(100 - edgeHits)} % = ${num(it.shield)} miss at the edge, × ${num(100 - shieldHits)} % = ${num(it.origin)} at the shield as well.`,
    },
    mean: {
      kind: 'number',
      title: 'What is the mean latency behind a CDN?',
      unit: 'ms',
      tolerance: 0.001,
      prompt: it => `${told(it)}\n\nWhat is the mean latency of a request?`,
      answer: it => it.mean,
      how: (it, { rps, edgeMs, shieldMs, originMs }) =>
        `All pay ${num(edgeMs)} ms, ${num(rounded((100 * it.shield) / rps, 4))} % of them ${num(shieldMs)} ms more, ${num(rounded((100 * it.origin) / rps, 4))} % another ${num(originMs)} ms: ${num(it.mean)} ms.`,
    },
    kept: {
      kind: 'choice',
      title: 'How much traffic does a CDN keep away from the origin?',
      prompt: it =>
        `${told(it)}\n\nHow much of the traffic does the CDN keep away from the origin, and how many requests a second are left?`,
      answer: (it, { rps }) =>
        `${num(rounded(100 - (100 * it.origin) / rps, 2))} % kept away, ${num(rounded(it.origin, 2))} requests/s left`,
      how: (it, { rps, edgeHits, shieldHits }) =>
        `${num(100 - edgeHits)} % × ${num(100 - shieldHits)} % = ${num(rounded((100 * it.origin) / rps, 4))} % reach the origin, ${num(it.origin)} of ${num(rps)} a second.`,
    },
  },
  result: it => `${num(it.origin)} requests/s at the origin, ${num(it.mean)} ms on average`,
  trace: (it, { edgeMs, shieldMs, originMs, rps }) => ({
    columns: ['tier', 'requests/s', 'share', 'adds (ms)'],
    rows: [
      ['edge', it.edge, edgeMs] as const,
      ['shield', it.shield, shieldMs] as const,
      ['origin', it.origin, originMs] as const,
    ].map(([tier, requests, ms]) => [
      tier,
      num(requests),
      `${num(rounded((100 * requests) / rps, 4))} %`,
      num(ms),
    ]),
  }),
  picture: it =>
    bars(
      (['edge', 'shield', 'origin'] as const).map(label => ({
        label,
        value: it[label],
        note: `${num(it[label])} requests/s`,
      })),
    ),
})
