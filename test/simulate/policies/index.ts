import type { Make } from '../course.ts'
import { fsrsAt, fsrsWithLastPass, leitner, type Options, sm2 } from './due.ts'
import { oracle } from './oracle.ts'
import { ours } from './ours.ts'
import { breadth, fixed, heaviest, random } from './simple.ts'

/** New questions a day, among which the best is found for each cell. */
const LIMITS = [5, 10, 20, 40, 80, Number.POSITIVE_INFINITY]

const tuned = (options: readonly Options[]): Make[] =>
  LIMITS.flatMap(limit => options.map(it => fsrsAt(0.9, { ...it, limit })))

const AFTER: Options = { place: 'after' }
const AMONG: Options = { place: 'among' }
const BEFORE: Options = { place: 'before' }

/** Every policy by its name, and of those with something to tune all variants: the best one counts, for each cell on its own. */
export const POLICIES = {
  random: [random],
  'fixed order': [fixed],
  'new first': [breadth],
  Leitner: [leitner],
  'SM-2': [sm2],
  'FSRS 0.90 tuned': tuned([AFTER, AMONG]),
  'FSRS 0.90 tuned, new before due': tuned([BEFORE]),
  'FSRS 0.80 + last pass': [fsrsWithLastPass(0.8)],
  'new first, heaviest': [heaviest],
  'FSRS 0.90 tuned, helped': tuned(
    [AFTER, AMONG, BEFORE].map(it => ({ ...it, heaviest: true, early: true })),
  ),
  ours: [ours],
  oracle: [oracle],
} satisfies Readonly<Record<string, readonly Make[]>>

export type PolicyName = keyof typeof POLICIES

/** What each of them is, for those who read the table. */
export const MEANING: Readonly<Record<PolicyName, string>> = {
  random: 'anything, in a new order each day',
  'fixed order': 'the bank from front to back, again and again',
  'new first': 'everything new in a shuffled order, then what was seen least recently',
  Leitner: 'boxes of 1, 2, 4, 8 and 16 days; what is due, then new ones',
  'SM-2': 'SuperMemo 2; what is due, then new ones',
  'FSRS 0.90 tuned':
    'FSRS-6 at 0.90 with the number of new questions a day, after or among what is due, that is best in the cell; it stops when nothing is due',
  'FSRS 0.90 tuned, new before due':
    'the same with new questions before what is due, which makes it a "new first" that stops when nothing is due',
  'FSRS 0.80 + last pass':
    'FSRS-6 at 0.80, and in the last fifth of the time everything once more, weakest first',
  'new first, heaviest': '"new first" that knows which topics weigh most, and begins with them',
  'FSRS 0.90 tuned, helped':
    '"FSRS 0.90 tuned" in the best of the three places, that meets new questions in that order too and reviews early when nothing is due and minutes are left',
  ours: '`quiz plan`: what raises recall on the day most for each second',
  oracle:
    'ours with the learner’s true parameters, pace and knowledge of every single question, asked or not',
}
