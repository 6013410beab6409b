import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, num } from './said.ts'

interface Scenario {
  readonly mark: 'before' | 'with-effect'
  readonly ttl: number
  readonly deliveries: readonly number[]
  readonly crashes: readonly number[]
}

/** A delivery: when it came, and whether it was processed, skipped as a repeat, or its handler crashed. */
interface Step {
  readonly at: number
  readonly fate: 'processed' | 'skipped' | 'crashed'
  readonly until: number | null
}

/**
 * Plays deliveries of one event (in hours, ascending) against a key that remembers its id for `ttl` hours: `SET key 1 NX EX ttl`.
 * `before` sets it before the handler runs, `with-effect` in the handler's own transaction. `crashes` are the deliveries (from
 * 1 on) in which the handler, if it runs, crashes before its effect. The arguments say what a wrong rule changes.
 */
function play(
  { mark, ttl, deliveries, crashes }: Scenario,
  {
    keeps = ttl,
    renews = false,
    marks = mark,
  }: { readonly keeps?: number; readonly renews?: boolean; readonly marks?: Scenario['mark'] } = {},
): Step[] {
  let until: number | null = null
  return deliveries.map((at, i): Step => {
    if (until !== null && at < until) {
      if (renews) until = at + keeps
      return { at, fate: 'skipped', until }
    }
    const crashed = crashes.includes(i + 1)
    until = crashed && marks === 'with-effect' ? null : at + keeps
    return { at, fate: crashed ? 'crashed' : 'processed', until }
  })
}

const processed = (steps: readonly Step[]) => steps.filter(it => it.fate === 'processed').length
const LETTER = { processed: 'P', skipped: 's', crashed: 'X' } as const
const FOREVER = 1e9

function situation({ mark, ttl, deliveries, crashes }: Scenario): string {
  const runs =
    mark === 'before'
      ? `runs \`SET webhook:evt_1 1 NX EX ${ttl * 3600}\` (${num(ttl)} hours) **before** the handler runs, and skips the event if the key was there`
      : `writes the id of the event in the **same transaction** as the effect and skips ids that it finds there; entries are deleted after ${num(ttl)} hours`
  const which =
    crashes.length === 0
      ? 'The handler never crashes.'
      : `If the handler runs for delivery ${crashes.map(num).join(' or ')}, it crashes before its effect.`
  return `A receiver ${runs}. Of \`evt_1\` there are ${count(deliveries.length, 'delivery', 'deliveries')}: at ${deliveries.map(num).join(', ')} h after the event (no answer reaches the sender, and somebody resends by hand). ${which}`
}

export const webhookDedupe = lab({
  id: 'webhook-dedupe',
  title: 'Remembering event ids',
  summary: 'A key with a time to live against repeats over days: how often is an event processed.',
  concepts: ['webhooks/dedupe-events'],
  sources: [
    'signatureapi-idempotent',
    'stripe-undelivered',
    'standard-webhooks#deliverability-and-reliability',
  ],
  rule: 'A repeat is skipped while the id is remembered; set before the handler, the key survives its crash, and after the time to live the next repeat is processed again.',
  parameters: {
    mark: one('when the id is written down', ['before', 'with-effect']),
    ttl: whole('how long it is remembered', {
      unit: 'h',
      from: 1,
      to: 10_000,
      drawn: [12, 24, 48, 72],
    }),
    deliveries: numbers('when the event is delivered', {
      unit: 'h',
      from: 0,
      to: 10_000,
      rising: true,
      most: 12,
    }),
    crashes: numbers('deliveries in which the handler crashes, counted from 1', {
      from: 1,
      to: 12,
      least: 0,
      most: 12,
      whole: true,
    }),
  },
  example: { mark: 'before', ttl: 24, deliveries: [0, 1, 20, 30, 70], crashes: [1] },
  // Retries that grow apart over three days, and one long after.
  draw(random) {
    // No two of these are 12, 24, 48 or 72 hours apart.
    const all = [
      0,
      pick(random, [1, 2]),
      pick(random, [5, 7]),
      pick(random, [15, 20]),
      pick(random, [28, 33]),
      pick(random, [46, 51]),
      pick(random, [71, 82]),
    ]
    const deliveries = all.filter((_, i) => i === 0 || random() < 0.75)
    return { deliveries, crashes: pick(random, [[], [1], [1], [1, 2], [2]]) }
  },
  run: it => play(it),
  misconceptions: {
    'remembered-for-good': {
      belief: 'take an id that was seen for remembered for good',
      because:
        'Deduplication is named like a promise, and the time to live is a detail of the store.',
      fact: 'When the key is gone, the next repeat looks new; retries go on for days, so keep ids longer than that.',
      run: it => play(it, { keeps: FOREVER }),
    },
    'repeats-renew': {
      belief: 'let each repeat start the time to live anew',
      because: 'Sessions and caches often work so.',
      fact: 'A repeat that is skipped writes nothing, so the expiry stays; `SET … NX` leaves a key that exists as it is as well.',
      run: it => play(it, { renews: true }),
    },
    'crash-frees-the-key': {
      belief: 'expect a crash of the handler to take the key back',
      because: 'What failed ought to be as if it had not been tried.',
      fact: 'A key that was set before stays, so the repeat is skipped and the event is lost until it expires.',
      run: it => play(it, { marks: 'with-effect' }),
    },
    'crash-keeps-the-id': {
      belief: 'take the id for written although its transaction failed',
      because: 'The event did arrive, so its id has been seen.',
      fact: 'In the same transaction the id is rolled back with the effect, and the repeat is processed.',
      run: it => play(it, { marks: 'before' }),
    },
  },
  questions: {
    processed: {
      kind: 'number',
      title: 'How often is a repeated webhook processed?',
      unit: 'times',
      prompt: it => `${situation(it)}\n\nHow often does the effect take place?`,
      answer: processed,
      how: steps =>
        `Follow the key from delivery to delivery. The effect takes place ${count(processed(steps), 'time')}.`,
    },
    fates: {
      kind: 'choice',
      title: 'Which repeats of a webhook are processed?',
      prompt: it =>
        `${situation(it)}\n\nWhat happens, delivery by delivery: processed (\`P\`), skipped (\`s\`) or crashed (\`X\`)?`,
      answer: steps => `\`${steps.map(it => LETTER[it.fate]).join('')}\``,
      how: steps =>
        `A delivery is skipped while the id is remembered. The effect takes place ${count(processed(steps), 'time')}.`,
    },
  },
  result: steps =>
    `processed ${count(processed(steps), 'time')}: ${steps.map(it => LETTER[it.fate]).join('')}`,
  trace: steps => ({
    columns: ['t (h)', 'delivery', 'remembered until'],
    rows: steps.map(({ at, fate, until }) => [
      num(at),
      fate,
      until === null ? 'not at all' : until >= FOREVER ? 'for good' : `${num(until)} h`,
    ]),
  }),
  picture: steps =>
    timeline(
      (['processed', 'skipped', 'crashed'] as const).map(label => ({
        label,
        marks: steps.filter(it => it.fate === label).map(({ at }) => ({ at, sign: LETTER[label] })),
      })),
      0,
      steps.at(-1)?.at ?? 0,
      'h',
    ),
})
