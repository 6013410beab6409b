import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lockQueue } from '../../src/labs/lock-queue.ts'

const run = (long: number, alter: number, work: number, timeout: number, reads: number[]) =>
  lockQueue.run({ long, alter, work, timeout, reads })

/** Worked out by hand. */
test.for<[timeout: number, result: string]>([
  [0, 'ALTER TABLE is done at 32 s; 4 queries wait, at most 20 s'],
  [5, 'ALTER TABLE gives up at 15 s; 1 query waits, at most 3 s'],
  [50, 'ALTER TABLE is done at 32 s; 4 queries wait, at most 20 s'],
])('a report until 30 s, ALTER TABLE at 10 s for 2 s, lock_timeout %i s', ([timeout, result]) => {
  expect(run(30, 10, 2, timeout, [5, 12, 18, 25, 31, 35]).result).toBe(result)
})

/** A twin that goes second by second through a queue of locks: a request is granted if it conflicts with nobody before it. */
function ticked(long: number, alter: number, work: number, timeout: number, reads: number[]) {
  const queue: { kind: 'shared' | 'exclusive'; asked: number; until?: number; read?: number }[] = [
    { kind: 'shared', asked: 0, until: long },
  ]
  const waits = reads.map(() => 0)
  for (let now = 0; now < 200; now++) {
    for (const it of [...queue])
      if (it.until !== undefined && it.until <= now) queue.splice(queue.indexOf(it), 1)
    for (const it of [...queue])
      if (
        it.kind === 'exclusive' &&
        it.until === undefined &&
        timeout > 0 &&
        now - it.asked >= timeout &&
        queue[0] !== it
      )
        queue.splice(queue.indexOf(it), 1)
    if (now === alter) queue.push({ kind: 'exclusive', asked: now })
    for (const [read, at] of reads.entries())
      if (at === now) queue.push({ kind: 'shared', asked: now, read })
    for (const it of [...queue]) {
      const before = queue.slice(0, queue.indexOf(it))
      const free = before.every(other => it.kind === 'shared' && other.kind === 'shared')
      if (!free || it.until !== undefined) continue
      if (it.kind === 'exclusive') it.until = now + work
      else {
        waits[it.read!] = now - it.asked
        queue.splice(queue.indexOf(it), 1)
      }
    }
  }
  return waits
}

test('agrees with a queue of locks, second by second', () => {
  const second = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(
      second,
      second,
      second,
      fc.nat(30),
      fc.array(second, { minLength: 1, maxLength: 6 }),
      (long, alter, work, timeout, unsorted) => {
        const reads = unsorted.filter(it => it !== alter).toSorted((a, b) => a - b)
        if (reads.length === 0) return
        expect(run(long, alter, work, timeout, reads).outcome).toMatchObject({
          waits: ticked(long, alter, work, timeout, reads),
        })
      },
    ),
  )
})

test('wrong rules, worked out by hand', () => {
  const told = Object.fromEntries(
    run(30, 10, 2, 5, [5, 12, 18, 25, 31, 35]).supposed.map(it => [it.misconception, it.result]),
  )
  expect(told).toMatchObject({
    'at-once': 'ALTER TABLE is done at 12 s; 0 queries wait, at most 0 s',
    'timeout-ignored': 'ALTER TABLE is done at 32 s; 4 queries wait, at most 20 s',
    'timeout-breaks-in': 'ALTER TABLE is done at 17 s; 1 query waits, at most 5 s',
  })
})
