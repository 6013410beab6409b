import fc from 'fast-check'
import { type Flag, type Line, type Review, stampOf, type Undo } from '../../src/memory/review.ts'

/** An answer, as a log has it. */
export function review(fields: Partial<Review> = {}): Review {
  return {
    v: 1,
    id: 'evening-0001',
    at: '2026-11-21T16:30:00.123+01:00',
    device: 'desk-aaaaaa',
    type: 'review',
    question: 'caching/no-cache-reuse',
    score: 1,
    reply: ['b'],
    ms: 5300,
    sitting: 'evening',
    mode: 'drill',
    ...fields,
  }
}

export function undo(of: string, fields: Partial<Undo> = {}): Undo {
  const { v, at, device } = review()
  return { v, id: `${of}-undone`, at, device, type: 'undo', of, ...fields }
}

export function flag(question: string, note = '', fields: Partial<Flag> = {}): Flag {
  const { v, at, device } = review()
  return { v, id: 'flag-0001', at, device, type: 'flag', question, note, ...fields }
}

const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/)

const questions = fc.stringMatching(/^[a-z0-9-]{1,6}\/[a-z0-9-]{1,6}$/)

const instants = fc
  .record({
    at: fc.date({
      min: new Date('2026-11-01T00:00:00Z'),
      max: new Date('2026-11-02T00:00:00Z'),
      noInvalidDate: true,
    }),
    offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
  })
  .map(({ at, offset }) => stampOf(at, offset))

const stamps = { v: fc.constant(1 as const), id: names, at: instants, device: names }

const keys = fc.stringMatching(/^[a-z0-9]{1,3}$/)

/** Any line, with ids that meet now and then. */
export const anyLine: fc.Arbitrary<Line> = fc.oneof(
  fc.record(
    {
      ...stamps,
      type: fc.constant('review' as const),
      question: questions,
      seed: fc.nat(),
      offered: fc.uniqueArray(questions, { maxLength: 4 }),
      believed: questions,
      score: fc.double({ min: 0, max: 1, noNaN: true }).map(it => it + 0),
      reply: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.array(keys, { maxLength: 5 }),
        fc.dictionary(keys, keys, { noNullPrototype: true }),
      ),
      confidence: fc.constantFrom('guess' as const, 'unsure' as const, 'sure' as const),
      ms: fc.nat(),
      sitting: names,
      mode: fc.constantFrom('drill' as const, 'exam' as const, 'cram' as const, 'lab' as const),
      again: fc.constant(true as const),
    },
    {
      requiredKeys: [
        'v',
        'id',
        'at',
        'device',
        'type',
        'question',
        'score',
        'reply',
        'ms',
        'sitting',
        'mode',
      ],
      noNullPrototype: true,
    },
  ),
  fc.record({ ...stamps, type: fc.constant('undo' as const), of: names }),
  fc.record({
    ...stamps,
    type: fc.constant('flag' as const),
    question: questions,
    note: fc.string(),
  }),
)
