import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arranged } from '../../src/memory/arrange.ts'
import { anyChoosable, candidate, confused } from './candidates.ts'

const CODES = confused(
  ['http/401', 'http/403'],
  ['http/403', 'http/404'],
  ['http/404', 'http/410'],
  ['http/502', 'http/504'],
)

/** Each row: what is to be asked, the most urgent first, and the order in which it is. */
test.for<[story: string, ids: string, order: string]>([
  ['keeps the order of different topics', 'http/1 cap/1 auth/1', 'http/1 cap/1 auth/1'],
  ['keeps the order of one topic', 'http/3 http/1 http/2', 'http/3 http/1 http/2'],
  ['lets topics take turns', 'http/1 http/2 cap/1 cap/2', 'http/1 cap/1 http/2 cap/2'],
  [
    'begins with the topic that has most, where that is the only way',
    'cap/1 http/1 http/2 http/3',
    'http/1 cap/1 http/2 http/3',
  ],
  ['looks ahead', 'cap/1 auth/1 http/1 http/2 http/3', 'http/1 cap/1 http/2 auth/1 http/3'],
  ['puts confusable ones together', 'http/401 cap/1 http/403', 'http/401 http/403 cap/1'],
  [
    'and no more than three of them',
    'http/401 http/403 http/404 http/410 cap/1',
    'http/401 http/403 http/404 cap/1 http/410',
  ],
  [
    'questions of one concept are not confusable',
    'http/502a http/502b cap/1',
    'http/502a cap/1 http/502b',
  ],
  ['has nothing to arrange', '', ''],
])('%s', ([, ids, order]) => {
  const list = ids.split(' ').filter(Boolean)
  const out = arranged(
    list.map(it => candidate(it)),
    CODES,
  )
  expect(out.map(it => it.id).join(' ')).toBe(order)
})

test('begins with another topic than what was asked before', () => {
  const list = ['http/1', 'cap/1'].map(it => candidate(it))
  expect(arranged(list, CODES, candidate('http/9')).map(it => it.id)).toEqual(['cap/1', 'http/1'])
})

test('all that goes in comes out, once', () => {
  fc.assert(
    fc.property(anyChoosable, ({ candidates, confusions }) => {
      const out = arranged(candidates, confusions)
      expect(new Set(out)).toEqual(new Set(candidates))
      expect(out.length).toBe(candidates.length)
    }),
  )
})

test('with nothing confusable, two of a topic follow each other only where there is no way around it', () => {
  fc.assert(
    fc.property(anyChoosable, ({ candidates }) => {
      const topics = arranged(candidates, new Map()).map(it => it.topic)
      const most = Math.max(0, ...topics.map(it => topics.filter(other => other === it).length))
      const together = topics.filter((it, index) => it === topics[index - 1]).length
      // With more of one topic than of all others and one more, each further one has to stand beside its like.
      expect(together).toBe(Math.max(0, most - (topics.length - most) - 1))
    }),
  )
})
