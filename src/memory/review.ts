import { CONFIDENCES, type Confidence } from '../kinds/ask.ts'
import type { Wire } from '../kinds/kind.ts'
import { dayFrom } from './day.ts'

/** The version of the lines that are written here, and the newest one that is understood. */
export const LINE_VERSION = 1 as const

/** One answer, as it stands in the log. */
export interface Review extends Stamp {
  readonly type: 'review'
  readonly question: string
  /** Of a computed question. */
  readonly seed?: number
  /** 0 to 1. */
  readonly score: number
  /** What was answered. Keys of options are those of the order as written: `a` is the first one, however they were shuffled. */
  readonly reply: Wire
  readonly confidence?: Confidence
  /** Milliseconds from the question to the answer, by a clock that may have been set meanwhile. */
  readonly ms: number
  /** Which sitting it belongs to. */
  readonly sitting: string
  readonly mode: Mode
  /** The question had been asked before in that sitting. */
  readonly again?: true
}

/** An answer was taken back. */
export interface Undo extends Stamp {
  readonly type: 'undo'
  /** Id of the review. */
  readonly of: string
}

/** The person thinks that something is wrong with a question. */
export interface Flag extends Stamp {
  readonly type: 'flag'
  readonly question: string
  readonly note: string
}

/** One line of a log. */
export type Line = Review | Undo | Flag

/** In this order: rows of memory keep a mode as its place here, so a new one comes at the end. */
export const MODES = ['drill', 'exam', 'cram', 'lab'] as const

/** The kind of sitting. */
export type Mode = (typeof MODES)[number]

/** What every line has. */
interface Stamp {
  readonly v: typeof LINE_VERSION
  /** No other line of any machine has it. */
  readonly id: string
  /** ISO 8601 with the offset of the place, which tells the day of the person. */
  readonly at: string
  /** The log that it was written to first. */
  readonly device: string
}

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
  const { question, seed, score, confidence, ms, sitting, mode, again } = it
  const reply = readReply(it['reply'])
  if (!isQuestion(question) || !isAmount(score) || score > 1 || reply === undefined) return 'broken'
  if (!isAmount(ms) || !isName(sitting)) return 'broken'
  if (seed !== undefined && !isAmount(seed)) return 'broken'
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

/** A line as it is written, its newline included. */
export function lineText(line: Line): string {
  return `${JSON.stringify(line)}\n`
}

/**
 * An instant as a line has it: the time on the person's wall, and how far that is from UTC (minutes, east is positive). A
 * clock that has left the years 1 to 9998 is taken to stand at their end.
 */
export function stampOf(at: Date, offset: number): string {
  const instant = Math.min(LATEST, Math.max(EARLIEST, at.getTime() || 0))
  const wall = new Date(instant + offset * 60_000).toISOString().slice(0, -1)
  const two = (it: number) => String(Math.floor(it)).padStart(2, '0')
  const minutes = Math.abs(offset)
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')

const LATEST = Date.parse('9998-12-31T00:00:00Z')

/** The instant of a line, in milliseconds since 1970. */
export function instantOf({ at }: Line): number {
  return Date.parse(at)
}

/**
 * Lines of any number of logs as one: each id once, by instant and then by id. The same whatever the order of the logs, and
 * however often a line is among them. Should two lines claim one id, the one whose text sorts first has it.
 */
export function union<L extends Line>(lines: Iterable<L>): L[] {
  const byId = new Map<string, L>()
  for (const it of lines) {
    const other = byId.get(it.id)
    if (other === undefined || lineText(it) < lineText(other)) byId.set(it.id, it)
  }
  return [...byId.values()]
    .map(line => ({ line, at: instantOf(line) }))
    .sort((a, b) => a.at - b.at || (a.line.id < b.line.id ? -1 : 1))
    .map(it => it.line)
}

/** The answers that count: those that were not taken back, whenever a clock says that was. */
export function standing(lines: readonly Line[]): Review[] {
  const undone = new Set(lines.flatMap(it => (it.type === 'undo' ? [it.of] : [])))
  return lines.filter((it): it is Review => it.type === 'review' && !undone.has(it.id))
}
