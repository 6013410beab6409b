import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sagaLab } from '../../src/labs/saga.ts'

interface Outcome {
  done: number[]
  compensated: number[]
  commits: number
  ends: string
}

const kinds = { c: 'compensatable', r: 'retriable', p: 'pivot', k: 'check' } as const
const steps = (letters: string) => [...letters].map(it => kinds[it as keyof typeof kinds])
const run = (letters: string, fails: number, tries = 2) =>
  sagaLab.run({ steps: steps(letters), fails, tries })

/** Garcia-Molina and Salem: T1 … Tn, or T1 … Tj Cj … C1. Worked out by hand, the failing step is j + 1. */
test.for<[letters: string, fails: number, compensated: number[], commits: number]>([
  ['ccc', 1, [], 0],
  ['ccc', 3, [2, 1], 4],
  ['ckccpr', 5, [4, 3, 1], 7],
  ['ckccpr', 4, [3, 1], 5],
  ['ckccpr', 6, [], 6],
  ['ccprr', 5, [], 5],
])('%s with step %i failing compensates %o', ([letters, fails, compensated, commits]) => {
  expect(run(letters, fails).outcome).toMatchObject({ compensated, commits })
})

/** What a saga is for: in the end every step has been done, or every effect has been made up for. */
test('all or nothing, in the end', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[ck]{1,5}$/),
      fc.stringMatching(/^r{0,3}$/),
      fc.nat(8),
      (before, after, some) => {
        const letters = `${before}p${after}`
        const fails = 1 + (some % letters.length)
        const { done, compensated, ends } = run(letters, fails).outcome as Outcome
        const effects = new Set(done.filter(it => letters[it - 1] !== 'k'))
        for (const it of compensated) effects.delete(it)
        expect(effects.size).toBe(
          ends === 'completed' ? [...letters].filter(it => it !== 'k').length : 0,
        )
        expect(compensated).toEqual(compensated.toSorted((a, b) => b - a))
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = (letters: string, fails: number) =>
    Object.fromEntries(run(letters, fails).supposed.map(it => [it.misconception, it.result]))
  expect(told('ckcp', 4)).toMatchObject({
    'first-to-last': 'cancel the order, release stock; 5 local commits',
    'failed-step-too': 'refund the card, release stock, cancel the order; 6 local commits',
    'last-step-only': 'release stock; 4 local commits',
    'rolled-back': 'nothing is compensated; 0 local commits',
  })
  expect(told('cpr', 3)['back-after-pivot']).toBe(
    'refund the card, cancel the order; 4 local commits',
  )
})
