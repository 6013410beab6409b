import { describe, expect, inject, test } from 'vitest'
import { openBank } from '../../src/bank/bank.ts'
import { folderStore } from '../../src/bank/store.ts'
import { type Make, study } from './course.ts'
import { examOf } from './exam.ts'
import { margin, mean, type Row, recallIn, row } from './grid.ts'
import { KNOWN, learner } from './learner.ts'
import { POLICIES, type PolicyName } from './policies/index.ts'
import { minutesFor, report, verdicts } from './table.ts'

const exam = examOf(openBank([folderStore(inject('banks').real)]), 'core')
const setting = { seed: 1, known: KNOWN }

/** Two cells and five learners: enough for differences that are far greater than chance. */
const cells = [
  { days: 7, minutes: 20 },
  { days: 30, minutes: 10 },
]
const policies: PolicyName[] = ['random', 'FSRS 0.90 tuned', 'ours', 'oracle']
const rows: Row[] = Array.from({ length: 5 }, (_, id) => row(exam, id, setting, cells, policies))
const recall = (policy: PolicyName) => mean(cells.map((_, at) => mean(recallIn(rows, at, policy))))

describe('in a small simulation', () => {
  test('the plan is ahead of FSRS, and both of chance', () => {
    expect(recall('ours')).toBeGreaterThan(recall('FSRS 0.90 tuned') + 0.05)
    expect(recall('FSRS 0.90 tuned')).toBeGreaterThan(recall('random'))
  })

  test('nobody is ahead of who knows everything', () => {
    expect(recall('oracle')).toBeGreaterThan(recall('ours'))
    expect(recall('oracle') - recall('ours')).toBeLessThan(0.05)
  })

  test('the same again comes to the same', () => {
    expect(row(exam, 3, setting, cells, policies)).toEqual(rows[3])
  })

  test('what is expected half-way is near to what comes', () => {
    const errors = cells.flatMap((_, at) =>
      rows.map(it => Math.abs(it[at]!['ours']!.expected[1]! - it[at]!['ours']!.recall[0]!)),
    )
    expect(mean(errors)).toBeLessThan(0.1)
  })

  test('the report says whether promises hold', () => {
    const [best, far] = verdicts(rows, cells, policies)
    expect([best!.holds, far!.holds]).toEqual([true, true])
    expect(report(rows, cells, policies)).toContain('| 7 days, 20 min |')
  })
})

test('the exam is the bank, and weights sum up to one', () => {
  expect(exam.questions.length).toBeGreaterThan(900)
  expect(exam.topics.length).toBeGreaterThan(20)
  expect(exam.weight.reduce((sum, it) => sum + it, 0)).toBeCloseTo(1, 9)
  expect(Math.max(...exam.blind)).toBeLessThanOrEqual(0.5)
})

test('learners know something before, and not the same', () => {
  const shares = Array.from({ length: 40 }, (_, id) => {
    const { stability } = learner(exam, id, 1)
    return stability.filter(it => it > 0).length / stability.length
  })
  expect(mean(shares)).toBeGreaterThan(0.3)
  expect(mean(shares)).toBeLessThan(0.5)
  expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.3)
})

/** No policy is better off by asking twice a day, by sitting longer, or by being there when the learner is not. */
test.for(Object.entries(POLICIES) as [PolicyName, readonly Make[]][])(
  '%s keeps to the rules',
  ([, makes]) => {
    const who = learner(exam, 2, 1)
    for (const make of makes) {
      const { seconds, answers, recall } = study(exam, who, 7, 10, make)
      expect(answers).toBeGreaterThan(0)
      // The last question of each day may go over.
      expect(seconds).toBeLessThan(7 * (600 + 180))
      expect(recall).toBeGreaterThan(0)
      expect(recall).toBeLessThan(1)
    }
  },
)

const reached = [
  { minutes: 10, recall: 0.4 },
  { minutes: 20, recall: 0.5 },
  { minutes: 40, recall: 0.7 },
]

test.for<[goal: number, minutes: string]>([
  [0.3, '< 10'],
  [0.4, '10'],
  [0.45, '14'],
  [0.5, '20'],
  [0.6, '28'],
  [0.7, '40'],
  [0.71, '> 40'],
])('to reach %s it takes %s minutes', ([goal, minutes]) => {
  expect(minutesFor(goal, reached)).toBe(minutes)
})

test('an interval is narrow when all agree', () => {
  expect(margin([0.5, 0.5, 0.5])).toBe(0)
  expect(margin([0, 1])).toBeCloseTo(1.96 * 0.5, 9)
})
