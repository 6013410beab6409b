import type { Confidence } from '../kinds/ask.ts'
import { AGAIN, EASY, GOOD, type Grade, HARD } from './fsrs.ts'
import type { Mode } from './review.ts'

/** From this score on an answer was right: two thirds, as for an open question. */
export const RIGHT = 2 / 3

/** Milliseconds; who takes longer for one question was away, and no more than this is counted. */
export const AWAY = 5 * 60_000

/** This many times the usual time is slow, and this share of it is quick. */
const SLOW = 2
const QUICK = 0.5

/** Milliseconds. What is within it of the usual time is neither slow nor quick: a sip of coffee, a word read twice. */
const NOTHING = 3000

/** What an answer says of memory. */
export interface Answered {
  /** 0 to 1. */
  readonly score: number
  readonly confidence?: Confidence | undefined
  /** Milliseconds that it took. */
  readonly ms: number
  /** Milliseconds that earlier answers to this question took on average; undefined for the first one. */
  readonly usual: number | undefined
}

/**
 * How well the answer was known. The first rule that fits holds:
 *
 *     score under 2/3                                   again   partial credit up to there is a miss
 *     said to be a guess                                again   it could as well have been wrong
 *     score under 1                                     hard    most of it
 *     said to be unsure                                 hard
 *     slow: twice the usual time or more                hard
 *     said to be sure, and the first meeting            easy    known before
 *     said to be sure, and quick: half the usual time   easy
 *     everything else                                   good
 *
 * The usual time is that of the person's earlier answers to the same question; no time says anything at the first meeting,
 * and none that is within three seconds of the usual one. So who never tells how sure they are gets no easy, and differs from
 * right and wrong only by partial credit and by being slow.
 */
export function gradeOf({ score, confidence, ms, usual }: Answered): Grade {
  if (score < RIGHT || confidence === 'guess') return AGAIN
  if (score < 1 || confidence === 'unsure') return HARD
  if (usual !== undefined && ms >= SLOW * usual && ms > usual + NOTHING) return HARD
  if (confidence !== 'sure') return GOOD
  const quick = usual === undefined || (ms <= QUICK * usual && ms < usual - NOTHING)
  return quick ? EASY : GOOD
}

/**
 * Whether an answer counts for memory. In a drill and an exam it does; crammed answers tell of the last minutes and a lab is for
 * play. A question that comes back in a sitting is learnt there, so only its first answer counts.
 */
export function counts(mode: Mode, again: boolean): boolean {
  return !again && (mode === 'drill' || mode === 'exam')
}
