import { lab, pick } from './lab.ts'
import { flag, numbers, one, whole } from './parameters.ts'
import { timeline } from './picture.ts'
import { count, num } from './said.ts'

interface Scenario {
  readonly handler: 'read-then-write' | 'conditional-update'
  readonly key: boolean
  readonly starts: readonly number[]
  readonly takes: number
}

/** A delivery: when its handler looks at the row, whether it calls for a refund, and whether that one pays anything out. */
interface Step {
  readonly at: number
  readonly saw: 'cancelled' | 'refund_due'
  readonly calls: boolean
  readonly pays: boolean
}

interface Outcome {
  readonly steps: readonly Step[]
  readonly calls: number
  readonly refunds: number
}

/**
 * Several deliveries report one payment for a cancelled appointment, each to a handler of its own.
 *
 *     read-then-write      SELECT status at its start; if it is cancelled: create a refund, and `takes` ms after its start
 *                          UPDATE … SET status = 'refund_due'
 *     conditional-update   at its start UPDATE … SET status = 'refund_due' WHERE status = 'cancelled'; with one row: create a refund
 *
 * The database runs updates of one row one after the other and looks at the WHERE again (PostgreSQL, Read Committed). With one
 * idempotency key for all of them, the provider pays out once however often it is asked. The arguments say what a wrong rule changes.
 */
function race(
  { handler, key, starts, takes }: Scenario,
  {
    lasts = handler === 'conditional-update' ? 0 : takes,
    pays = key ? 'once' : 'always',
  }: { readonly lasts?: number; readonly pays?: 'once' | 'always' | 'never' } = {},
): Outcome {
  let written = Number.POSITIVE_INFINITY
  let calls = 0
  let refunds = 0
  const steps = starts.map((at, i): Step => {
    // Of two at the same instant the first update wins.
    const late = lasts === 0 ? i > 0 : at >= written
    if (late) return { at, saw: 'refund_due', calls: false, pays: false }
    written = Math.min(written, at + lasts)
    calls += 1
    const paid = pays === 'always' || (pays === 'once' && refunds === 0)
    if (paid) refunds += 1
    return { at, saw: 'cancelled', calls: true, pays: paid }
  })
  return { steps, calls, refunds }
}

const SQL = {
  'read-then-write': (takes: number) =>
    [
      '```',
      'SELECT status FROM appointment WHERE id = 7   -- at its start',
      "if status = 'cancelled':",
      '    create refund',
      "    UPDATE appointment SET status = 'refund_due' WHERE id = 7",
      `                                              -- ${takes} ms after its start`,
      '```',
    ].join('\n'),
  'conditional-update': (takes: number) =>
    [
      '```',
      "UPDATE appointment SET status = 'refund_due'",
      " WHERE id = 7 AND status = 'cancelled'    -- at its start",
      'if 1 row was updated:',
      `    create refund                         -- done ${takes} ms after its start`,
      '```',
    ].join('\n'),
}

const situation = ({ handler, key, starts, takes }: Scenario) =>
  `Appointment 7 is cancelled, and then its payment arrives. The provider reports it with several events and retries, so ${count(starts.length, 'handler')} run for it, starting at t = ${starts.map(num).join(', ')} ms:\n\n${SQL[handler](takes)}\n\n` +
  (key
    ? 'Each refund is created with the idempotency key `refund-appt-7`.'
    : 'Refunds are created without an idempotency key.')

export const refundRace = lab({
  id: 'refund-race',
  title: 'Deliveries that run at once',
  summary: 'Several handlers report one payment at once: how many refunds are paid out.',
  concepts: ['webhooks/safe-transition'],
  sources: ['postgres-read-committed#XACT-READ-COMMITTED', 'stripe-idempotency'],
  rule: 'Who reads before the first write is done sees the old status and acts; one `UPDATE … WHERE status = …` lets one win, and an idempotency key pays out once.',
  parameters: {
    handler: one(
      'how a handler works',
      ['read-then-write', 'conditional-update'],
      ['read-then-write', 'read-then-write', 'conditional-update'],
    ),
    key: flag('create refunds with an idempotency key', [false, false, true]),
    starts: numbers('when handlers start', {
      unit: 'ms',
      from: 0,
      to: 100_000,
      rising: true,
      most: 10,
    }),
    takes: whole('time from the start of a handler to its end', {
      unit: 'ms',
      from: 1,
      to: 100_000,
      drawn: [80, 100, 150, 200],
    }),
  },
  example: { handler: 'read-then-write', key: false, starts: [0, 30, 90, 140, 400], takes: 100 },
  draw(random, { takes }) {
    const near = pick(random, [1, 2, 3])
    const starts = [0]
    for (let i = 0; i < near; i++) starts.push(pick(random, [0.2, 0.4, 0.5, 0.7, 0.9]) * takes)
    for (let i = pick(random, [1, 2]); i > 0; i--)
      starts.push(pick(random, [1.2, 1.5, 2.5, 4]) * takes)
    return { starts: starts.map(Math.round).toSorted((a, b) => a - b) }
  },
  run: it => race(it),
  misconceptions: {
    'one-after-the-other': {
      belief: 'let each handler see what the one before it wrote',
      because: 'Deliveries are pictured as a queue.',
      fact: 'Handlers run at once: whoever reads before the first write is done reads the old status.',
      run: it => race(it, { lasts: 0 }),
    },
    'each-one-acts': {
      belief: 'let each handler create a refund, as each is an event of its own',
      because: 'Different event ids pass any deduplication by id.',
      fact: 'The status decides: who finds the new one does nothing.',
      run: it => race(it, { lasts: Number.MAX_SAFE_INTEGER }),
    },
    'condition-comes-too-early': {
      belief: 'let a conditional update see the status of its start until the work is done',
      because: 'It looks like the same check in one line.',
      fact: 'Updates of one row run one after the other, and each looks at its `WHERE` again: one gets a row, the others none.',
      run: it => race(it, { lasts: it.takes }),
    },
    'key-changes-nothing': {
      belief: 'expect a payout for each call, with or without an idempotency key',
      because: 'The calls are made all the same.',
      fact: 'Calls with one key are one operation for the provider: the later ones get the first one’s result.',
      run: it => race(it, { pays: 'always' }),
    },
    'key-helps-anyway': {
      belief: 'expect the provider to notice the same refund by itself',
      because: 'Amount and payment are the same.',
      fact: 'Without an idempotency key each call is a new refund, as two partial refunds may well be alike.',
      run: it => race(it, { pays: 'once' }),
    },
  },
  questions: {
    refunds: {
      kind: 'number',
      title: 'How many refunds are paid out?',
      unit: 'refunds',
      prompt: it =>
        `${situation(it)}\n\nEach refund gives back a tenth of the payment, so the provider has no reason to refuse any. How many refunds are paid out?`,
      answer: it => it.refunds,
      how: ({ calls, refunds }) =>
        `${count(calls, 'handler')} find${calls === 1 ? 's' : ''} the appointment cancelled and call${calls === 1 ? 's' : ''} for a refund; ${num(refunds)} ${refunds === 1 ? 'is' : 'are'} paid out.`,
    },
    outcome: {
      kind: 'choice',
      title: 'How many refunds are called for and paid out?',
      prompt: it =>
        `${situation(it)}\n\nEach refund gives back a tenth of the payment, so the provider has no reason to refuse any. How many calls for a refund are made, and how many refunds are paid out?`,
      answer: ({ calls, refunds }) => `${count(calls, 'call')}, ${num(refunds)} paid out`,
      how: ({ calls, refunds }) =>
        `Who looks before the first write is there finds \`cancelled\`: ${count(calls, 'handler')}. Paid out: ${num(refunds)}.`,
    },
  },
  result: ({ calls, refunds }) => `${count(calls, 'call')}, ${num(refunds)} paid out`,
  trace: ({ steps }) => ({
    columns: ['starts (ms)', 'finds', 'calls', 'paid out'],
    rows: steps.map(({ at, saw, calls, pays }) => [
      num(at),
      saw,
      calls ? 'yes' : 'no',
      pays ? 'yes' : 'no',
    ]),
  }),
  picture: ({ steps }, { takes }) =>
    timeline(
      steps.map(({ at, calls }, i) => ({
        label: `handler ${i + 1}`,
        marks: calls
          ? [
              { at, sign: 'R' },
              { at: at + takes, sign: 'W' },
            ]
          : [{ at, sign: '.' }],
      })),
      0,
      (steps.at(-1)?.at ?? 0) + takes,
      'ms',
    ),
})
