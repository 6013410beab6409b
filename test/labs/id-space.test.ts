import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idSpace } from '../../src/labs/id-space.ts'

interface Outcome {
  readonly perTick: number
  readonly fleet: number
  readonly last: number
  readonly years: number
  readonly power: number
}

const run = (values: object) => idSpace.run({ ...idSpace.example, ...values }).outcome as Outcome

/** Reference figures: Snowflake's 4096 ids a millisecond, 1024 machines and 69 years; 122 random bits of a UUIDv4. */
test('reference figures', () => {
  expect(run({ time: 41, tick: 1 })).toMatchObject({ perTick: 4096, fleet: 1024, years: 70 })
  expect(run({ bits: 128, fixed: 6, made: 40 }).power).toBe(122 + 1 - 80)
  // 2^61 ids have 2^122 ÷ (2 × 2^122), half a pair: the region of an even chance.
  expect(run({ bits: 128, fixed: 6, made: 61 }).power).toBe(1)
})

/** Workers that really count, tick by tick. */
test('the last id of a burst is when workers that count are done', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom(1, 10),
      (sequence, workers, burst, tick) => {
        const asked = Array.from({ length: workers }, (_, at) => Math.floor((burst + at) / workers))
        const done = asked.map(ids => {
          let [ticks, counter] = [0, 0]
          for (let id = 0; id < ids; id++) {
            if (counter === 2 ** sequence) [ticks, counter] = [ticks + 1, 0]
            counter++
          }
          return ticks * tick
        })
        expect(run({ worker: 3, sequence, workers, burst, tick }).last).toBe(Math.max(...done))
      },
    ),
  )
})

/** The exact product of the birthday problem, for small spaces and few ids. */
test.for([
  [20, 4],
  [24, 6],
  [24, 8],
])(
  'of 2^%i ids, 2^%i picked: the estimate is close to the exact chance',
  ([bits = 0, made = 0]) => {
    let apart = 1
    for (let id = 0; id < 2 ** made; id++) apart *= 1 - id / 2 ** bits
    const { power } = run({ bits, fixed: 0, made })
    expect((1 - apart) * 2 ** power).toBeGreaterThan(0.9)
    expect((1 - apart) * 2 ** power).toBeLessThan(1.1)
  },
)

/** 20,000 ids on two workers: 10,000 each, three ticks of 4096. */
test('the example and its misconceptions', () => {
  const { result, supposed } = idSpace.run(idSpace.example)
  expect(result).toBe(
    'the last id of the burst is 2 ms later; 17 years; equal random ids: about 1 in 2^43',
  )
  const said = Object.fromEntries(supposed.map(it => [it.misconception, it.result]))
  expect(said['one-counter']).toContain('4 ms later')
  expect(said['sign-from-time']).toContain('9 years')
  expect(said['linear']).toContain('1 in 2^82')
  expect(said['all-bits-random']).toContain('1 in 2^49')
})
