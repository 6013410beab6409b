import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkPartition } from '../../src/labs/network-partition.ts'

interface Outcome {
  steps: { side: string; kind: string; value: number | null; refused: boolean; stale: boolean }[]
  final: number
}

const run = (nodes: number, left: number, policy: string, requests: string[]) =>
  networkPartition.run({ nodes, left, policy, requests: requests.map(full) })
const full = (it: string) =>
  `${it.startsWith('L') ? 'left' : 'right'}-${it.endsWith('w') ? 'write' : 'read'}`

/** Worked out by hand. */
test.for<[nodes: number, left: number, policy: string, requests: string, result: string]>([
  [
    5,
    3,
    'majority',
    'Lw Rr Rw Lr',
    'ok 503 503 1; availability lost, linearizability kept; x = 1 in the end',
  ],
  [
    5,
    3,
    'any-node',
    'Lw Rr Rw Lr',
    'ok 0 ok 1; availability kept, linearizability lost; x = 2 in the end',
  ],
  [
    5,
    3,
    'local-reads',
    'Lw Rr Rw Lr',
    'ok 0 503 1; availability lost, linearizability lost; x = 1 in the end',
  ],
  [4, 2, 'majority', 'Lw Rr', '503 503; availability lost, linearizability kept; x = 0 in the end'],
  [3, 2, 'any-node', 'Lw Lr', 'ok 1; availability kept, linearizability kept; x = 1 in the end'],
])('%i nodes, %i left, %s: %s', ([nodes, left, policy, requests, result]) => {
  expect(run(nodes, left, policy, requests.split(' ')).result).toBe(result)
})

/** The theorem itself: no setting answers all requests and is linearizable, once a write is followed by a read on the other side. */
test('with a write on one side and a read on the other, something is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.nat(),
      fc.constantFrom('majority', 'any-node', 'local-reads'),
      fc.constantFrom(['Lw', 'Rr'], ['Rw', 'Lr']),
      fc.array(fc.constantFrom('Lw', 'Lr', 'Rw', 'Rr'), { maxLength: 5 }),
      (nodes, some, policy, core, before) => {
        const { steps } = run(nodes, 1 + (some % (nodes - 1)), policy, [...before, ...core])
          .outcome as Outcome
        expect(steps.some(it => it.refused || it.stale)).toBe(true)
        // Where a majority is needed for both, nobody ever reads an old value.
        if (policy === 'majority') expect(steps.some(it => it.stale)).toBe(false)
        if (policy === 'any-node') expect(steps.some(it => it.refused)).toBe(false)
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(4, 2, 'majority', ['Lw', 'Rr', 'Rw', 'Lr']).supposed.map(it => [
      it.misconception,
      it.result.split(';')[0],
    ]),
  )
  expect(told).toEqual({
    'no-partition': 'ok 1 ok 2',
    'half-is-enough': 'ok 0 ok 1',
    'all-stops': '503 503 503 503',
    'minority-reads': '503 0 503 0',
    'majority-anyway': '503 503 503 503',
  })
})
