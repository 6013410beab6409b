import type { Confidence } from '../kinds/ask.ts'
import type { Wire } from '../kinds/kind.ts'

/** The version of the lines that are written here, and the newest one that is understood. */
export const LINE_VERSION = 1 as const

/** One answer, as it stands in the log. */
export interface Review extends Stamp {
  readonly type: 'review'
  readonly question: string
  /** Of a computed question: what computes it again; none where a person made up the scenario. */
  readonly seed?: number
  /** Of a computed question: the misconceptions that would have answered something wrong, as `lab/misconception`. */
  readonly offered?: readonly string[]
  /** The one of them that answers what was answered. */
  readonly believed?: string
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
