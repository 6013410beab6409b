import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import type { Wire } from '../kinds/kind.ts'
import { dayFrom } from './day.ts'
import { LINE_VERSION, type Line, MODES, type Mode, type Review } from './review.ts'

/** Why a line is left alone: it is of a later version of quiz, or it is torn or of something else. */
export type Unread = 'newer' | 'broken'

/**
 * Reads a line and trusts nothing: only fields that are known are taken, each of the form that is written here. So a name
 * from a log holds no control character and no key of a prototype; only a note and typed words may hold anything.
 */
export function readLine(text: string): Line | Unread {
  let value: unknown
  try {
    // Some editors begin a file with a byte order mark.
    value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch {
    return 'broken'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'broken'
  const it = value as Record<string, unknown>
  const { v, type, id, at, device } = it
  if (typeof v !== 'number' || !(v >= 1)) return 'broken'
  if (v !== LINE_VERSION) return 'newer'
  if (typeof type !== 'string' || !isName(id) || !isInstant(at) || !isName(device)) return 'broken'
  switch (type) {
    case 'review':
      return readReview(it, id, at, device)
    case 'undo': {
      const { of } = it
      return isName(of) ? { v, id, at, device, type, of } : 'broken'
    }
    case 'flag': {
      const { question, note } = it
      return isQuestion(question) && typeof note === 'string'
        ? { v, id, at, device, type, question, note }
        : 'broken'
    }
    default:
      return 'newer'
  }
}

/** A log may have a million lines, so this makes one object and spreads none. */
function readReview(
  it: Record<string, unknown>,
  id: string,
  at: string,
  device: string,
): Review | Unread {
  const { question, seed, offered, believed, score, confidence, ms, sitting, mode, again } = it
  const reply = readReply(it['reply'])
  if (!isQuestion(question) || !isAmount(score) || score > 1 || reply === undefined) return 'broken'
  if (!isAmount(ms) || !isName(sitting)) return 'broken'
  if (seed !== undefined && !isAmount(seed)) return 'broken'
  if (offered !== undefined && !isOffer(offered)) return 'broken'
  if (believed !== undefined && !isQuestion(believed)) return 'broken'
  if (again !== undefined && again !== true) return 'broken'
  // Words that a later version may have added.
  if (!isMode(mode)) return 'newer'
  if (confidence !== undefined && !isConfidence(confidence)) return 'newer'
  const review: { -readonly [K in keyof Review]: Review[K] } = {
    v: LINE_VERSION,
    id,
    at,
    device,
    type: 'review',
    question,
    score,
    reply,
    ms,
    sitting,
    mode,
  }
  if (seed !== undefined) review.seed = seed
  if (offered !== undefined) review.offered = offered
  if (believed !== undefined) review.believed = believed
  if (confidence !== undefined) review.confidence = confidence
  if (again) review.again = again
  return review
}

/** Words, a number, keys, or pairs of keys. */
function readReply(it: unknown): Wire | undefined {
  if (typeof it === 'string' || typeof it === 'number') return it
  if (typeof it !== 'object' || it === null) return undefined
  if (Array.isArray(it)) return it.every(isKey) ? it : undefined
  const pairs = Object.entries(it)
  return pairs.every(([left, right]) => isKey(left) && isKey(right))
    ? Object.fromEntries(pairs)
    : undefined
}

/** `a`, `12`, `p3`: too short and too plain to be a key of a prototype. */
const isKey = (it: unknown): it is string => typeof it === 'string' && /^[a-z0-9]{1,3}$/.test(it)

const isName = (it: unknown): it is string =>
  typeof it === 'string' && /^[a-z0-9][a-z0-9-]{0,99}$/.test(it)

const isQuestion = (it: unknown): it is string =>
  typeof it === 'string' && /^[a-z0-9-]+\/[a-z0-9-]+$/.test(it)

/** Misconceptions have names like questions: `lab/misconception`. */
const isOffer = (it: unknown): it is string[] =>
  Array.isArray(it) && it.length <= 20 && it.every(isQuestion)

const isMode = (it: unknown): it is Mode => MODES.some(mode => mode === it)

const isConfidence = (it: unknown): it is Confidence => CONFIDENCES.some(word => word === it)

const isAmount = (it: unknown): it is number =>
  typeof it === 'number' && Number.isFinite(it) && it >= 0

const isInstant = (it: unknown): it is string =>
  typeof it === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(it) &&
  !Number.isNaN(Date.parse(it)) &&
  // Date.parse takes 30 February for 2 March. Every month has 28 days.
  (it.slice(8, 10) <= '28' || dayFrom(it.slice(0, 10)) !== undefined)
