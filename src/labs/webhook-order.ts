import { shuffled } from '../random.ts'
import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

type Policy = 'as-they-come' | 'seen-ids' | 'newer-only'

interface Scenario {
  readonly policy: Policy
  readonly deliveries: readonly string[]
}

interface Step {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly applied: boolean
}

interface Outcome {
  readonly steps: readonly Step[]
  readonly status: string
  readonly applied: number
}

/** `evt_a@2:paid` is event evt_a, which made version 2 of the object, with the status paid. */
const FORM = /^(evt_[a-z])@(\d):([a-z]{2,12})$/
const START = 'created'

function read(delivery: string) {
  const [, id = '', version = '', status = ''] = FORM.exec(delivery) ?? []
  return { id, version: Number(version), status }
}

/**
 * Applies deliveries of one object's events in the order of their arrival. The object starts at version 0, status `created`.
 * `as-they-come` applies each; `seen-ids` skips ids that were applied before; `newer-only` is one conditional update,
 * `UPDATE … SET status, version WHERE version < :new`, which skips repeats and late events alike.
 */
function apply({ deliveries }: Scenario, policy: Policy, sorted = false): Outcome {
  let version = 0
  let status = START
  const seen = new Set<string>()
  const order = deliveries.map(read)
  if (sorted) order.sort((a, b) => a.version - b.version)
  const steps = order.map((event): Step => {
    const applied =
      policy === 'as-they-come' ||
      (policy === 'seen-ids' ? !seen.has(event.id) : event.version > version)
    if (applied) {
      seen.add(event.id)
      version = event.version
      status = event.status
    }
    return { ...event, applied }
  })
  return { steps, status, applied: steps.filter(it => it.applied).length }
}

const POLICIES: Readonly<Record<Policy, string>> = {
  'as-they-come': 'writes the status and the version of each delivery into its row',
  'seen-ids':
    'skips deliveries whose event id it has applied before, and writes status and version of the others into its row',
  'newer-only':
    'runs `UPDATE … SET status = :status, version = :version WHERE version < :version` for each delivery',
}

const situation = ({ policy, deliveries }: Scenario) =>
  `A subscription changes on the provider’s side; each event carries the new status and its version. The receiver’s row is at version 0, \`${START}\`. It ${POLICIES[policy]}. Deliveries arrive in this order:\n\n` +
  deliveries
    .map(read)
    .map(({ id, version, status }) => `- \`${id}\`: version ${num(version)}, \`${status}\``)
    .join('\n')

export const webhookOrder = lab({
  id: 'webhook-order',
  title: 'Repeated and late webhooks',
  summary:
    'Events arrive twice and out of order: which of them change the row, and what it says in the end.',
  concepts: ['webhooks/event-order', 'webhooks/dedupe-events'],
  sources: [
    'stripe-webhooks#event-ordering',
    'wise-event-order',
    'postgres-read-committed#XACT-READ-COMMITTED',
  ],
  rule: 'Arrival order is not event order: ids that were seen stop repeats only, `WHERE version < :version` stops late events as well.',
  parameters: {
    policy: one('what the receiver does with a delivery', [
      'as-they-come',
      'seen-ids',
      'newer-only',
    ]),
    deliveries: texts('deliveries as they arrive', {
      least: 1,
      most: 9,
      form: { like: FORM, says: 'an event like evt_a@1:active' },
    }),
  },
  example: {
    policy: 'seen-ids',
    deliveries: ['evt_a@1:active', 'evt_c@3:cancelled', 'evt_a@1:active', 'evt_b@2:paused'],
  },
  check: ({ deliveries }) => {
    const events = new Map<string, string>()
    for (const it of deliveries) {
      const { id } = read(it)
      if ((events.get(id) ?? it) !== it) return `deliveries of ${id} are alike: ${it}`
      events.set(id, it)
    }
    return undefined
  },
  // Three or four events, one of them late, one or two of them twice.
  draw(random) {
    const statuses = shuffled(random, ['active', 'paused', 'expired', 'cancelled', 'unpaid']).slice(
      0,
      pick(random, [3, 4]),
    )
    const events = statuses.map((status, i) => `evt_${'abcd'[i]}@${i + 1}:${status}`)
    const late = pick(random, [0, 1, events.length - 2])
    const order = [...events.slice(0, late), ...events.slice(late + 1)]
    order.splice(late + 1 + Math.floor(random() * (order.length - late)), 0, events[late]!)
    for (let i = pick(random, [1, 2]); i > 0; i--) {
      const again = pick(random, order)
      const from = order.lastIndexOf(again) + 1
      order.splice(from + Math.floor(random() * (order.length - from + 1)), 0, again)
    }
    return { deliveries: order }
  },
  run: it => apply(it, it.policy),
  misconceptions: {
    'ids-keep-order': {
      belief: 'take remembered ids for a protection against late events as well',
      because: 'Deduplication is what one adds against trouble with deliveries.',
      fact: 'A late event has an id of its own that was not seen yet; only its version shows that it is old.',
      run: it => apply(it, it.policy === 'seen-ids' ? 'newer-only' : it.policy),
    },
    'versions-stop-repeats-only': {
      belief: 'let the version stop repeats only',
      because: 'A repeat carries the same version, which is easy to see.',
      fact: 'With `WHERE version < :version` an older version finds no row either, so late events are skipped too.',
      run: it => apply(it, it.policy === 'newer-only' ? 'seen-ids' : it.policy),
    },
    'repeats-are-dropped': {
      belief: 'expect repeats to be dropped without anybody doing so',
      because: 'The event has an id, so something seems to look at it.',
      fact: 'Nothing does unless the receiver keeps the ids that it has seen.',
      run: it => apply(it, it.policy === 'as-they-come' ? 'seen-ids' : it.policy),
    },
    'repeats-are-written': {
      belief: 'write a repeat like any other delivery',
      because: 'Setting the same status twice looks harmless.',
      fact: 'A repeat may come after a newer event and would set the row back; here it is recognised and skipped.',
      run: it => apply(it, 'as-they-come'),
    },
    'sorted-on-arrival': {
      belief: 'expect the events in the order in which they happened',
      because: 'They were sent in that order.',
      fact: 'Retries and parallel senders reorder them, and providers do not promise any order.',
      run: it => apply(it, it.policy, true),
    },
  },
  questions: {
    status: {
      kind: 'choice',
      title: 'What does the row say after repeated and late webhooks?',
      prompt: it =>
        `${situation(it)}\n\nWhat does the row say in the end, and how many of the deliveries were written into it?`,
      answer: ({ status, applied }) => `\`${status}\` after ${count(applied, 'write')}`,
      how: ({ steps, status }) =>
        `Written are ${list(
          steps.filter(it => it.applied).map(it => `\`${it.id}\``),
        )}, in this order, so the row ends as \`${status}\`.`,
    },
    writes: {
      kind: 'number',
      title: 'How many repeated and late webhooks are written?',
      unit: 'deliveries',
      prompt: it => `${situation(it)}\n\nHow many of the deliveries are written into the row?`,
      answer: it => it.applied,
      how: ({ steps, applied }) => `${num(applied)} of ${num(steps.length)} are written.`,
    },
  },
  result: ({ status, applied, steps }) =>
    `${status} after ${count(applied, 'write')} of ${num(steps.length)} deliveries`,
  trace: ({ steps }) => ({
    columns: ['delivery', 'version', 'status', 'row'],
    rows: steps.map(({ id, version, status, applied }) => [
      id,
      num(version),
      status,
      applied ? 'written' : 'skipped',
    ]),
  }),
  picture: ({ steps }) =>
    messages(
      steps.map(({ id, version, status, applied }) => ({
        from: 'sender',
        to: 'row',
        says: `${id} v${version} ${status}${applied ? '' : ' (skipped)'}`,
      })),
    ),
})
