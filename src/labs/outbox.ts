import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, list, num } from './said.ts'

type Design = 'commit-then-publish' | 'publish-then-commit' | 'outbox'

const FATES = ['fine', 'conflict', 'crash', 'broker-away', 'relay-dies'] as const

type Fate = (typeof FATES)[number]

interface Scenario {
  readonly design: Design
  readonly orders: readonly Fate[]
}

interface Step {
  /** The order's number, from 1. */
  readonly order: number
  readonly fate: Fate
  /** Whether its row is in the database in the end. */
  readonly row: boolean
  /** How often its event was published. */
  readonly events: number
}

/** What becomes of an order, by what goes wrong with it. */
type Rule = (fate: Fate) => { readonly row: boolean; readonly events: number }

/** Row and events of an order in each design; in no design is there a transaction over database and broker. */
const RULES: Record<Design, Rule> = {
  // The row is committed before anything can go wrong with the event.
  'commit-then-publish': fate => ({
    row: fate !== 'conflict',
    events: fate === 'fine' || fate === 'relay-dies' ? 1 : 0,
  }),
  // The event is out before anything can go wrong with the row; who cannot publish does not commit.
  'publish-then-commit': fate => ({
    row: fate === 'fine' || fate === 'relay-dies',
    events: fate === 'broker-away' ? 0 : 1,
  }),
  // Order and event row share a commit; a relay goes on until the event is published and marked.
  outbox: fate => {
    const row = fate !== 'conflict' && fate !== 'crash'
    return { row, events: row ? (fate === 'relay-dies' ? 2 : 1) : 0 }
  },
}

/** Follows each order by a rule: that of its design, or a wrong one. */
function follow({ design, orders }: Scenario, rule: Rule = RULES[design]): Step[] {
  return orders.map((fate, index) => ({ order: index + 1, fate, ...rule(fate) }))
}

/** A rule that departs from that of the design for some fates. */
const but =
  (design: Design, changed: (fate: Fate) => Partial<ReturnType<Rule>> | undefined): Rule =>
  fate => ({ ...RULES[design](fate), ...changed(fate) })

const published = (steps: readonly Step[]) => steps.reduce((sum, it) => sum + it.events, 0)
const wrong = (steps: readonly Step[]) => steps.filter(it => it.events !== (it.row ? 1 : 0)).length
const numbers = (steps: readonly Step[]) =>
  steps.length === 0 ? 'none' : steps.map(it => num(it.order)).join(' ')
const state = (steps: readonly Step[]) =>
  `rows ${numbers(steps.filter(it => it.row))}; events ${numbers(
    steps.flatMap(it => new Array<Step>(it.events).fill(it)),
  )}`

const CODE: Record<Design, string> = {
  'commit-then-publish': 'BEGIN\n  INSERT order\nCOMMIT          <- (a) just after\npublish event',
  'publish-then-commit':
    'BEGIN\n  INSERT order\n  publish event\nCOMMIT          <- (a) just before',
  outbox:
    'BEGIN\n  INSERT order  <- (a) just after\n  INSERT event into outbox\nCOMMIT\n\nrelay, a process of its own, which is restarted when it dies:\n  SELECT an event that is not marked\n  publish it    <- (b) just after\n  mark it',
}

const says = (design: Design): Record<Fate, string> => ({
  fine: 'nothing goes wrong',
  conflict:
    design === 'publish-then-commit'
      ? 'COMMIT fails on a deferred constraint'
      : 'its transaction is rolled back',
  crash: 'the process dies at (a)',
  'broker-away': 'the broker is away for a minute, so publishing throws',
  'relay-dies': design === 'outbox' ? 'the relay dies once at (b)' : 'nothing goes wrong',
})

/** The same in two words, for the table. */
const BRIEF: Record<Fate, string> = {
  fine: 'nothing',
  conflict: 'rolled back',
  crash: 'process dies',
  'broker-away': 'broker away',
  'relay-dies': 'relay dies',
}

const setting = ({ design, orders }: Scenario) =>
  `A service handles each order like this; nobody catches exceptions or calls again:\n\n\`\`\`text\n${CODE[design]}\n\`\`\`\n\n` +
  `What happens to ${count(orders.length, 'order')}:\n\n\`\`\`text\n${orders
    .map((fate, index) => `order ${index + 1}   ${says(design)[fate]}`)
    .join('\n')}\n\`\`\``

export const outbox = lab({
  id: 'outbox',
  title: 'Outbox against dual write',
  summary:
    'Crashes between a commit and a publish: rows without events, events without rows, events twice.',
  concepts: ['messaging/transactional-outbox', 'idempotency/delivery-guarantees'],
  sources: ['microservices-io-outbox', 'debezium-outbox#basic-outbox-table'],
  rule: 'Only what shares a commit shares its fate: a dual write loses or invents events at a crash, an outbox does neither and publishes at least once.',
  parameters: {
    design: one('how row and event are written', [
      'commit-then-publish',
      'publish-then-commit',
      'outbox',
    ]),
    orders: texts('what happens to each order', { most: 8, of: FATES }),
  },
  example: { design: 'outbox', orders: ['fine', 'crash', 'broker-away', 'relay-dies', 'conflict'] },
  // Four or five orders, one of them fine, the others with what can go wrong in the design.
  draw(random, { design }) {
    const fates: readonly Fate[] =
      design === 'outbox'
        ? ['conflict', 'crash', 'broker-away', 'relay-dies', 'relay-dies', 'fine']
        : ['conflict', 'crash', 'broker-away', 'fine']
    const orders = Array.from({ length: pick(random, [4, 5]) }, () => pick(random, fates))
    return { orders: orders.toSpliced(Math.floor(random() * orders.length), 1, 'fine') }
  },
  run: it => follow(it),
  misconceptions: {
    'all-or-nothing': {
      belief: 'let database and broker succeed or fail together',
      because: 'The publish stands beside the commit, or between BEGIN and COMMIT.',
      fact: 'A broker takes no part in the transaction of a database; a rollback does not take a published event back.',
      run: it =>
        it.design === 'outbox'
          ? follow(it)
          : follow(it, fate => {
              const { events } = RULES[it.design](fate)
              return fate === 'fine' || fate === 'relay-dies'
                ? { row: true, events }
                : { row: false, events: 0 }
            }),
    },
    'sent-in-the-end': {
      belief: 'let the event of each stored order be published in the end',
      because: 'A call that failed is repeated, so it seems.',
      fact: 'Somebody has to remember what is still to be sent; after a crash that is a row or nobody.',
      run: it =>
        follow(
          it,
          but(it.design, fate =>
            it.design !== 'outbox' && RULES[it.design](fate).row ? { events: 1 } : undefined,
          ),
        ),
    },
    'relay-sends-once': {
      belief: 'let the relay publish each event once',
      because: 'It marks what it has sent.',
      fact: 'It can die between publishing and marking; after its restart it publishes that event again.',
      run: it =>
        follow(
          it,
          but(it.design, fate => (fate === 'relay-dies' ? { events: 1 } : undefined)),
        ),
    },
    'broker-away-loses': {
      belief: 'store the order and lose its event while the broker is away',
      because: 'That is what happens when the event is published after the commit.',
      fact: 'It depends on what comes first: an outbox row waits for the broker, and an exception before COMMIT keeps the order out too.',
      run: it =>
        follow(
          it,
          but(it.design, fate => (fate === 'broker-away' ? { row: true, events: 0 } : undefined)),
        ),
    },
    'insert-is-stored': {
      belief: 'let a crash at (a) leave the row of the order behind, and no event',
      because: 'The INSERT has been executed.',
      fact: 'An INSERT counts when its transaction commits; what was published before stays published.',
      run: it =>
        follow(
          it,
          but(it.design, fate => (fate === 'crash' ? { row: true, events: 0 } : undefined)),
        ),
    },
  },
  questions: {
    state: {
      kind: 'choice',
      title: 'Which rows and which events are there after some crashes?',
      prompt: it =>
        `${setting(it)}\n\nWhich orders are in the database in the end, and whose events have been published (one that was published twice is named twice)?`,
      answer: state,
      how: steps =>
        `${num(wrong(steps))} of ${num(steps.length)} orders and their events do not agree.`,
    },
    wrong: {
      kind: 'number',
      title: 'For how many orders do rows and events disagree?',
      unit: 'orders',
      prompt: it =>
        `${setting(it)}\n\nFor how many of them do database and broker disagree in the end: a row without an event, an event without a row, or an event twice?`,
      answer: wrong,
      how: steps =>
        `They disagree for ${list(
          steps.filter(it => it.events !== (it.row ? 1 : 0)).map(it => `order ${it.order}`),
          'no order',
        )}.`,
    },
    mails: {
      kind: 'number',
      title: 'How many mails does a consumer of these events send?',
      unit: 'mails',
      prompt: it =>
        `${setting(it)}\n\nA consumer sends a mail for each event that it gets, without looking for duplicates; the broker delivers each published event once. How many mails are sent?`,
      answer: published,
      how: steps =>
        `${count(published(steps), 'event')} for ${count(steps.filter(it => it.row).length, 'stored order')}.`,
    },
  },
  result: steps => state(steps),
  trace: (steps, { design }) => ({
    columns: ['order', 'what happens', 'row', 'events'],
    rows: steps.map(it => [
      num(it.order),
      BRIEF[it.fate === 'relay-dies' && design !== 'outbox' ? 'fine' : it.fate],
      it.row ? 'stored' : 'none',
      num(it.events),
    ]),
  }),
  picture: steps =>
    steps
      .map(
        it =>
          `order ${it.order}  database [${it.row ? '#' : ' '}]  broker [${'#'.repeat(it.events).padEnd(2)}]${
            it.events > 1
              ? '  twice'
              : it.row && it.events === 0
                ? '  lost'
                : !it.row && it.events > 0
                  ? '  invented'
                  : ''
          }`,
      )
      .join('\n'),
})
