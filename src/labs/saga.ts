import { lab, pick } from './lab.ts'
import { texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

const KINDS = ['check', 'compensatable', 'pivot', 'retriable'] as const
type Kind = (typeof KINDS)[number]

interface Saga {
  readonly steps: readonly Kind[]
  /** The step that fails, counted from 1. */
  readonly fails: number
  /** How many tries of a retriable step fail before one succeeds. */
  readonly tries: number
}

interface Outcome {
  /** Steps whose own transaction has committed, by number. */
  readonly done: readonly number[]
  /** Steps that are compensated, in the order in which that happens. */
  readonly compensated: readonly number[]
  /** Tries of the failing step that fail. */
  readonly failures: number
  /** Local transactions that have committed in the end, compensations included. */
  readonly commits: number
  readonly ends: 'completed' | 'compensated'
}

/**
 * A saga whose steps commit one after another; one of them fails. Up to and with the pivot, failing means going back: every
 * compensatable step before it is compensated, the last one first; the failing step itself has changed nothing, since its local
 * transaction was rolled back. Steps after the pivot are retriable: they are repeated until they succeed, and nothing is compensated
 * (Garcia-Molina & Salem 1987; Azure Architecture Center, Saga). The arguments say what a wrong rule changes.
 */
function saga(
  { steps, fails, tries }: Saga,
  {
    compensates = done => done.filter(it => steps[it - 1] === 'compensatable').toReversed(),
    back = steps[fails - 1] !== 'retriable',
  }: {
    readonly compensates?: (done: readonly number[]) => readonly number[]
    readonly back?: boolean
  } = {},
): Outcome {
  const all = steps.map((_, i) => i + 1)
  if (!back)
    return { done: all, compensated: [], failures: tries, commits: all.length, ends: 'completed' }
  const done = all.slice(0, fails - 1)
  const compensated = compensates(done)
  return {
    done,
    compensated,
    failures: 1,
    commits: done.length + compensated.length,
    ends: 'compensated',
  }
}

/** What the steps of each kind are called, in the order in which they come up, with their compensations. */
const CALLED: Readonly<Record<Kind, readonly (readonly [step: string, compensation: string])[]>> = {
  check: [
    ['check the address', ''],
    ['check the limits', ''],
    ['screen for fraud', ''],
  ],
  compensatable: [
    ['create the order', 'cancel the order'],
    ['reserve stock', 'release stock'],
    ['book a courier', 'cancel the courier'],
    ['take a voucher', 'give the voucher back'],
    ['block loyalty points', 'free loyalty points'],
    ['hold a delivery slot', 'free the slot'],
    ['open a support case', 'close the case'],
    ['notify the warehouse', 'call the warehouse off'],
  ],
  pivot: [['charge the card', 'refund the card']],
  retriable: [
    ['confirm the order', 'withdraw the confirmation'],
    ['send the receipt', 'send a correction'],
    ['add the invoice', 'add a credit note'],
    ['update the statistics', 'correct the statistics'],
  ],
}

/** The name of a step, or of its compensation. */
function called(steps: readonly Kind[], number: number, way: 0 | 1 = 0): string {
  const kind = steps[number - 1]!
  const names = CALLED[kind]
  const place = steps.slice(0, number - 1).filter(it => it === kind).length
  const name = names[place % names.length]![way] || 'undo the check'
  return place < names.length ? name : `${name} ${num(Math.floor(place / names.length) + 1)}`
}

const back = ({ compensated }: Outcome, { steps }: Saga) =>
  compensated.length === 0
    ? 'nothing is compensated'
    : compensated.map(it => called(steps, it, 1)).join(', ')

const table = ({ steps, fails }: Saga) =>
  steps
    .map((kind, i) => {
      const undo = kind === 'compensatable' ? `  C${num(i + 1)}: ${called(steps, i + 1, 1)}` : ''
      return `${num(i + 1)} ${called(steps, i + 1).padEnd(24)}${kind.padEnd(14)}${i + 1 === fails ? '  ** fails' : undo}`.trimEnd()
    })
    .join('\n')

const scene = (it: Saga) =>
  `An order runs as a saga; each step is a local transaction of another service (with its kind and, if it has one, its compensation C):\n\n` +
  `\`\`\`\n${table({ ...it, fails: 0 })}\n\`\`\`\n\n` +
  `Step ${num(it.fails)}, ${called(it.steps, it.fails)}, fails: its service answers with an error${
    it.steps[it.fails - 1] === 'retriable'
      ? `, ${it.tries === 1 ? 'once' : `${num(it.tries)} times`}, and would then work`
      : ', and says that it has rolled its transaction back'
  }. `

export const sagaLab = lab({
  id: 'saga',
  title: 'Saga and compensation',
  summary:
    'A step of a saga fails: what is compensated, in which order, and where it goes on instead.',
  concepts: ['transactions/saga', 'transactions/compensation', 'transactions/saga-coordination'],
  sources: ['sagas-1987', 'azure-saga', 'azure-compensating'],
  rule: 'Up to the **pivot** go back: compensate what has committed, last first. After it go forward: retry until it works.',
  parameters: {
    steps: texts(
      'the kinds of the steps: check (changes nothing), compensatable, pivot (at most one), retriable',
      {
        of: KINDS,
        least: 2,
        most: 9,
      },
    ),
    fails: whole('the step that fails', { from: 1, to: 9 }),
    tries: whole('how many tries of a retriable step fail', {
      from: 1,
      to: 20,
      drawn: [1, 2, 3, 4],
    }),
  },
  example: {
    steps: ['compensatable', 'check', 'compensatable', 'compensatable', 'pivot', 'retriable'],
    fails: 5,
    tries: 2,
  },
  check({ steps, fails }) {
    if (fails > steps.length)
      return `fails is ${num(fails)}, and there are ${count(steps.length, 'step')}`
    const pivot = steps.indexOf('pivot')
    if (pivot !== steps.lastIndexOf('pivot')) return 'there is one pivot at most'
    const early = steps.findIndex((it, i) => it === 'retriable' && (pivot < 0 || i < pivot))
    if (early >= 0) return `step ${num(early + 1)} is retriable and comes before a pivot`
    const late = steps.findIndex((it, i) => it === 'compensatable' && pivot >= 0 && i > pivot)
    return late < 0 ? undefined : `step ${num(late + 1)} is compensatable and comes after the pivot`
  },
  draw(random) {
    const before = Array.from({ length: pick(random, [3, 4, 4, 5]) }, (_, i) =>
      i > 0 && pick(random, [true, false, false]) ? ('check' as const) : ('compensatable' as const),
    )
    const after = Array<Kind>(pick(random, [1, 2, 3])).fill('retriable')
    const steps: Kind[] = [...before, 'pivot', ...after]
    const pivot = before.length + 1
    return {
      steps,
      fails: pick(random, [pivot, pivot, pivot - 1, pivot - 1, pivot + 1, pivot + after.length]),
    }
  },
  run: it => saga(it),
  misconceptions: {
    'first-to-last': {
      belief: 'compensate the steps in the order in which they ran',
      because: 'Lists are read from the top.',
      fact: 'Later steps may rest on earlier ones, so the last is compensated first, like nested undo.',
      run: it =>
        saga(it, {
          compensates: done => done.filter(step => it.steps[step - 1] === 'compensatable'),
        }),
    },
    'failed-step-too': {
      belief: 'compensate the failing step as well',
      because: 'It is the one that went wrong, so it seems to need repair most.',
      fact: 'Its local transaction was rolled back; there is nothing of it to make up for.',
      run: it =>
        saga(it, {
          compensates: done => [
            it.fails,
            ...done.filter(step => it.steps[step - 1] === 'compensatable').toReversed(),
          ],
        }),
    },
    'checks-too': {
      belief: 'compensate steps that changed nothing',
      because: 'Every step seems to need its counterpart.',
      fact: 'A step that only reads has left nothing behind.',
      run: it => saga(it, { compensates: done => done.toReversed() }),
    },
    'last-step-only': {
      belief: 'compensate only the last step that has changed something',
      because: 'It is the last one that was done.',
      fact: 'Each step has committed by itself; without their compensations the earlier ones remain.',
      run: it =>
        saga(it, {
          compensates: done =>
            done
              .filter(step => it.steps[step - 1] === 'compensatable')
              .toReversed()
              .slice(0, 1),
        }),
    },
    'back-after-pivot': {
      belief: 'go back after the pivot as well',
      because: 'A failure sounds like a reason to undo.',
      fact: 'The pivot is the point of no return; what follows can be repeated, and is, until it works.',
      run: it =>
        saga(it, {
          back: true,
          compensates: done => done.filter(step => it.steps[step - 1] !== 'check').toReversed(),
        }),
    },
    'rolled-back': {
      belief: 'expect one rollback of everything',
      because: 'In one database a failing statement ends the transaction, and all is as before.',
      fact: 'The steps have committed in different databases; only further transactions can make up for them.',
      run: it => ({
        ...saga(it, { back: true, compensates: () => [] }),
        done: [],
        commits: 0,
      }),
    },
  },
  questions: {
    compensations: {
      kind: 'choice',
      title: 'Which steps of a saga are compensated, in which order?',
      prompt: it =>
        `${scene(it)}What does the saga run now, in the usual order? (C1 is what makes up for step 1.)`,
      answer: ({ compensated, ends }, { fails }) =>
        ends === 'completed'
          ? `step ${num(fails)} again, then on`
          : compensated.length === 0
            ? 'nothing: all is rolled back'
            : compensated.map(it => `C${num(it)}`).join(', '),
      how: (outcome, it) => told(outcome, it),
    },
    commits: {
      kind: 'number',
      title: 'How many local transactions have committed when a saga has ended?',
      unit: 'transactions',
      prompt: it =>
        `${scene(it)}How many local transactions have committed when the saga has ended, ${it.steps.includes('check') ? 'checks and compensations' : 'compensations'} counted as well?`,
      answer: it => it.commits,
      how: (outcome, it) =>
        `${told(outcome, it)} That makes ${num(outcome.done.length)}${outcome.ends === 'completed' ? '' : ` + ${num(outcome.compensated.length)} = ${num(outcome.commits)}`} commits.`,
    },
  },
  result: (outcome, it) =>
    `${outcome.ends === 'completed' ? `completed after ${count(outcome.failures, 'failure')}` : back(outcome, it)}; ${count(outcome.commits, 'local commit')}`,
  trace: ({ done, compensated, failures, ends }, { steps, fails }) => {
    const line = (step: number) => [num(step), called(steps, step), 'commits']
    const failing = [
      num(fails),
      called(steps, fails),
      failures === 1 ? 'fails' : `fails ${num(failures)} times`,
    ]
    const rows =
      ends === 'completed'
        ? [...done.slice(0, fails - 1).map(line), failing, ...done.slice(fails - 1).map(line)]
        : [
            ...done.map(line),
            failing,
            ...compensated.map(it => [`C${num(it)}`, called(steps, it, 1), 'commits']),
          ]
    return { columns: ['step', 'what', 'outcome'], rows }
  },
  picture: (outcome, it) =>
    `${table(it)}\n${outcome.ends === 'completed' ? 'forward: retried, nothing compensated' : `back: ${outcome.compensated.map(it => `C${num(it)}`).join(', ') || 'nothing'}`}`,
})

function told({ done, compensated, ends }: Outcome, { steps, fails }: Saga): string {
  if (ends === 'completed')
    return `Step ${num(fails)} comes after the pivot and is retriable: it is repeated until it works, and the saga goes on to its end.`
  const checks = done.filter(it => steps[it - 1] === 'check').map(num)
  return (
    `Step ${num(fails)} left nothing behind. Before it ${done.length === 1 ? 'step' : 'steps'} ${list(done.map(num), 'none')} had committed${
      checks.length > 0 ? `, of which ${list(checks)} changed nothing` : ''
    }. ` +
    (compensated.length === 0
      ? 'There is nothing to compensate.'
      : `So ${list(compensated.map(num))} ${compensated.length === 1 ? 'is compensated' : 'are compensated, the last one first'}.`)
  )
}
