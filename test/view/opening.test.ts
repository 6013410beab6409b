import { expect, test } from 'vitest'
import { words } from '../../src/bank/prose.ts'
import { type Opening, openingDoc } from '../../src/view/opening.ts'

/** What is said before the first question; nothing of an ordinary drill. */
test.for<[opening: Partial<Opening>, says: string]>([
  [{}, ''],
  [{ planned: 12 }, '12 minutes by your plan.'],
  [{ planned: 12, kept: false }, '12 minutes by your plan, no answer is kept.'],
  [{ kept: false }, 'No answer is kept.'],
  [{ mode: 'cram' }, 'Cramming, answers do not count for what is due.'],
  [{ mode: 'exam' }, 'An exam: nothing is told before the end, answers count for what is due.'],
  [{ mode: 'exam', kept: false }, 'An exam: nothing is told before the end, no answer is kept.'],
])('%o: %s', ([opening, says]) => {
  const doc = openingDoc({ mode: 'drill', kept: true, why: {}, ...opening })
  expect(doc.map(it => (it.type === 'paragraph' ? words(it.text) : '')).join('')).toBe(says)
})
