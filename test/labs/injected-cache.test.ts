import { expect, test } from 'vitest'
import { injectedCache } from '../../src/labs/injected-cache.ts'

const ids = (test: string, negative: boolean, typed: string, misconception?: string) => {
  const { result, supposed } = injectedCache.run({
    test,
    negative,
    ttl: 300,
    steps: typed.split(' '),
  })
  return (supposed.find(it => it.misconception === misconception)?.result ?? result).split(': ')[1]
}

/** Product 2 has 0 pieces, 9 does not exist, an entry lives 300 s. Worked out by hand; which ids reach the database. */
test.for<
  [
    test: string,
    negative: boolean,
    steps: string,
    misconception: string | undefined,
    expected: string,
  ]
>([
  ['is-not-none', false, '1 1 2 2 3', undefined, '1, 2 and 3'],
  ['truthy', false, '1 1 2 2 3', undefined, '1, 2, 2 and 3'],
  ['is-not-none', false, '9 9', undefined, '9 and 9'],
  ['is-not-none', true, '9 9', undefined, '9'],
  ['is-not-none', false, '1 +299 1 +1 1', undefined, '1 and 1'],
  ['is-not-none', false, '1 new 1', undefined, '1'],
  ['truthy', false, '2 2', 'zero-is-a-hit', '2'],
  ['is-not-none', false, '2 2', 'zero-is-a-miss', '2 and 2'],
  ['is-not-none', false, '9 9', 'missing-is-cached', '9'],
  ['is-not-none', true, '9 9', 'missing-is-not-cached', '9 and 9'],
  ['is-not-none', false, '1 +300 1', 'real-clock', '1'],
  ['is-not-none', false, '1 new 1', 'cache-per-service', '1 and 1'],
])('%s, negative %s, %s (%s): %s', ([test, negative, steps, misconception, expected]) => {
  expect(ids(test, negative, steps, misconception)).toBe(expected)
})

/** The code of the prompt, in another language with the same rules, on a real Map and a fake clock. */
test('is what the code itself does', () => {
  for (const truthy of [true, false]) {
    for (const steps of [
      '1 2 9 2 9 +150 1 2 +150 1 2 9',
      '3 3 +300 3 2 new 2 9 +1 9',
      '2 +100 2 +250 2',
    ]) {
      let now = 0
      const found: number[] = []
      const rows: Record<number, number> = { 1: 12, 2: 0, 3: 5 }
      const entries = new Map<number, [number, number]>()
      for (const step of steps.split(' ')) {
        if (step.startsWith('+')) now += Number(step)
        else if (step !== 'new') {
          const [value, until] = entries.get(Number(step)) ?? [undefined, 0]
          const cached = now < until ? value : undefined
          if (truthy ? cached : cached !== undefined) continue
          found.push(Number(step))
          const row = rows[Number(step)]
          if (row !== undefined) entries.set(Number(step), [row, now + 300])
        }
      }
      expect(
        ids(truthy ? 'truthy' : 'is-not-none', false, steps)
          ?.match(/\d/g)
          ?.map(Number),
      ).toEqual(found)
    }
  }
})
