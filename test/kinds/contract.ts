import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Kind, Reply } from '../../src/kinds/kind.ts'
import { anything, dice, hostile, seeds } from './asked.ts'

/**
 * What every kind promises, whatever the question: the key earns 1, every other reply less, marking does not depend on
 * the shuffle, and no answer whatsoever breaks it.
 */
export function keepsItsPromises<Q, R extends Reply>(
  kind: Kind<Q, R>,
  question: Q,
  replies: readonly R[],
): void {
  test('the key earns 1 and every other reply less', () => {
    const key = JSON.stringify(kind.key(question))
    expect(replies.map(it => JSON.stringify(it))).toContain(key)
    for (const reply of replies) {
      const { score, right } = kind.mark(question, reply)
      expect(score, String(reply)).toBeGreaterThanOrEqual(0)
      if (JSON.stringify(reply) === key) expect([score, right]).toEqual([1, true])
      else expect(score, String(reply)).toBeLessThan(1)
    }
  })

  test('a reply is the same after it was written and read again, however it was shuffled', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...replies), (seed, reply) => {
        const ask = kind.ask(question, dice(seed))
        const wire = kind.wire(ask, reply)
        expect(kind.read(question, ask, wire)).toEqual({ reply })
        expect(kind.read(question, ask, JSON.parse(JSON.stringify(wire)))).toEqual({ reply })
      }),
    )
  })

  const isMarkedOrMalformed = (answer: unknown, seed: number) => {
    const read = kind.read(question, kind.ask(question, dice(seed)), answer)
    if ('malformed' in read) {
      expect(read.malformed).toMatch(/\S/)
      return
    }
    const { score, notes } = kind.mark(question, read.reply)
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
    expect(notes.length).toBeGreaterThan(0)
  }

  test('any hostile answer is marked or malformed', () => {
    for (const answer of hostile) isMarkedOrMalformed(answer, 1)
  })

  test('any answer is marked or malformed', () => {
    fc.assert(fc.property(anything, seeds, isMarkedOrMalformed))
  })
}

/** What a person is told about an answer that cannot be read. */
export function malformed<Q, R extends Reply>(
  kind: Kind<Q, R>,
  question: Q,
  answer: unknown,
  seed = 1,
): string {
  const read = kind.read(question, kind.ask(question, dice(seed)), answer)
  return 'malformed' in read ? read.malformed : `read as ${JSON.stringify(read.reply)}`
}
