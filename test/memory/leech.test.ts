import { expect, test } from 'vitest'
import { isLeech, type Leech, leechAfterMiss } from '../../src/memory/leech.ts'

test.for<[reviews: number, misses: number, inARow: number, is: boolean]>([
  [3, 3, 3, true],
  [9, 3, 3, true],
  [2, 2, 2, false],
  [7, 4, 1, true],
  [8, 4, 1, false],
  [5, 3, 2, false],
  [9, 5, 0, true],
])('%i answers with %i misses, the last %i in a row: %s', ([reviews, misses, missesInARow, is]) => {
  expect(isLeech({ reviews, misses, missesInARow })).toBe(is)
})

const twice = { reviews: 2, misses: 2, missesInARow: 2 }

/** Of three choices the first one is right. Each row: choices taken before, those taken now, and the mistake that is named. */
test.for<[before: Record<string, number>, now: number[], mistake: Leech['mistake']]>([
  [{}, [1], { option: 1, times: 1 }],
  [{ b: 2 }, [1], { option: 1, times: 3 }],
  [{ b: 2 }, [2], { option: 1, times: 2 }],
  [{ b: 1 }, [2], { option: 2, times: 1 }],
  [{ b: 2, c: 1 }, [2], { option: 2, times: 2 }],
  [{ a: 5, b: 2 }, [2], { option: 1, times: 2 }],
  [{ '1:b': 4 }, [], undefined],
])('after %o, taking %o', ([before, now, mistake]) => {
  const leech = leechAfterMiss(twice, [1, 2], now, () => new Map(Object.entries(before)))
  expect(leech).toEqual({ misses: 3, ...(mistake && { mistake }) })
})

test('the second miss is none yet, and what was taken is not even looked up', () => {
  const never = () => expect.fail('looked up')
  expect(
    leechAfterMiss({ reviews: 1, misses: 1, missesInARow: 1 }, [0], [0], never),
  ).toBeUndefined()
})
