import fc from 'fast-check'
import { CONFIDENCES } from '../../src/kinds/ask.ts'
import {
  type Flag,
  LINE_VERSION,
  type Line,
  type Review,
  stampOf,
  type Undo,
} from '../../src/memory/review.ts'

/** Instants of a few weeks, with offsets from everywhere; often the same one twice. */
const at = fc
  .tuple(fc.oneof(fc.nat(50), fc.nat(40 * 86_400)), fc.constantFrom(60, 0, -210, 840))
  .map(([second, offset]) => stampOf(new Date(Date.UTC(2026, 10, 21) + second * 1000), offset))

const stamp = { v: fc.constant(LINE_VERSION), at, device: fc.constantFrom('desk-a1b2c3', 'sofa') }

export const key = fc.constantFrom('a', 'b', 'c', 'p1', '12')

const reply = fc.oneof(
  fc.array(key, { maxLength: 3 }),
  fc.dictionary(key, key, { maxKeys: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('no-cache', 'a "quoted" word', 'Größe', '\u{1f600}', '\\', ''),
)

export const question = fc.constantFrom('caching/reuse', 'caching/stale', 'http/status', 'http/405')

/** Answers without an id, in a few sittings. */
const review: fc.Arbitrary<Omit<Review, 'id'>> = fc.record(
  {
    ...stamp,
    type: fc.constant('review' as const),
    question,
    seed: fc.nat(),
    score: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    reply,
    confidence: fc.constantFrom(...CONFIDENCES),
    ms: fc.oneof(fc.nat(90_000), fc.nat(1e9)),
    sitting: fc.constantFrom('one', 'two', 'three'),
    mode: fc.constantFrom('drill' as const, 'exam' as const, 'cram' as const, 'lab' as const),
    again: fc.constant(true as const),
  },
  {
    requiredKeys: [
      'v',
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
  },
)

/** What a log of some answers may hold: each of them once, some taken back, some questions flagged. In any order. */
export const log: fc.Arbitrary<Line[]> = fc
  .array(fc.tuple(review, fc.integer({ min: -1, max: 60 }), fc.nat(9)), { maxLength: 60 })
  .map(them =>
    them.flatMap(([it, of, chance], place): Line[] => {
      const own: Review = { ...it, id: `line-${place}` }
      const rest = { v: it.v, at: it.at, device: it.device }
      const undo: Undo = { ...rest, id: `undo-${place}`, type: 'undo', of: `line-${of}` }
      const flag: Flag = {
        ...rest,
        id: `flag-${place}`,
        type: 'flag',
        question: it.question,
        note: `Nº ${place}`,
      }
      if (chance === 0 && of >= 0) return [own, undo]
      return chance === 1 ? [own, flag] : [own]
    }),
  )
