import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { Exit, reasonOf, UserError } from '../errors.ts'
import type { Columns } from './columns.ts'
import { slice } from './files.ts'
import type { Covered } from './packed.ts'

/** A file of the log as it is now. */
export type LogFile = Pick<Covered, 'path' | 'file' | 'size' | 'changed'>

/** What is to be told of a file without reading it; undefined when it is gone. */
export function logFile(path: string): LogFile | undefined {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true })
    return { path, file: `${dev}:${ino}`, size: Number(size), changed: String(mtimeNs) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}

/** How many bytes are kept of the beginning of a file, and of the end of what was read, to see that they are still there. */
const KEPT = 128

/**
 * Whether what was read of a file is still what it begins with, as far as that can be seen without reading it. A log is only ever
 * appended to; who edits it changes its size, or its time, or makes another file of it.
 */
export function stillBegins(now: LogFile, then: Covered): boolean {
  if (now.file !== then.file) return false
  if (now.size === then.size) return now.changed === then.changed
  if (now.size < then.size) return false
  return opened(now.path, file => {
    const [first, last] = ends(file, then.covered)
    // What was a whole line without an end may have been made longer.
    const ended = slice(file, then.covered - 1, then.covered + 1).includes('\n')
    return first === then.first && last === then.last && (ended || then.covered === 0)
  })
}

/** Whether a file was last changed when a line was written to it that has this instant, and not by somebody later. */
export function isFrom(at: number, { changed }: LogFile): boolean {
  return Math.abs(Number(changed) / 1e6 - at) < WRITING
}

/** Milliseconds from the instant in a line to when it is on disk, by clocks that count in steps of two seconds. */
const WRITING = 10_000

/**
 * Reads the lines of a file from a byte on, up to the size that it had when it was looked at. A last line without an end is
 * covered only if it is whole: else it is torn, or somebody is writing it just now.
 */
export function readLines(columns: Columns, now: LogFile, from: number): Covered {
  return opened(now.path, file => {
    const bytes = Buffer.allocUnsafe(CHUNK)
    let length = 0
    let covered = from
    let passing = false
    for (let place = from; place < now.size; ) {
      const read = readSync(file, bytes, length, Math.min(CHUNK - length, now.size - place), place)
      if (read === 0) break
      place += read
      length += read
      let start = 0
      for (let end = newline(bytes, start, length); end >= 0; end = newline(bytes, start, length)) {
        if (!passing) columns.add(bytes, start, end)
        passing = false
        start = end + 1
      }
      covered += start
      bytes.copy(bytes, 0, start, length)
      length -= start
      if (length < CHUNK) continue
      // Nothing of ours is so long: it is passed over up to its end.
      covered += length
      length = 0
      passing = true
    }
    if (length > 0 && !passing && columns.add(bytes, 0, length)) covered += length
    const [first, last] = ends(file, covered)
    return { ...now, covered, first, last }
  })
}

/** Bytes that are read at once, and more than a line of ours has. */
const CHUNK = 1 << 20

function newline(bytes: Buffer, from: number, to: number): number {
  const place = bytes.indexOf(0x0a, from)
  return place < to ? place : -1
}

function ends(file: number, covered: number): [first: string, last: string] {
  const first = slice(file, 0, Math.min(KEPT, covered))
  const last = slice(file, Math.max(0, covered - KEPT), covered)
  return [first.toString('base64'), last.toString('base64')]
}

function opened<T>(path: string, act: (file: number) => T): T {
  try {
    const file = openSync(path, 'r')
    try {
      return act(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unreadable(path, error)
    throw error
  }
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError(`the log ${path} cannot be read: ${reasonOf(error)}`, {
    hint: 'see who may read and write it; QUIZ_HOME names another place',
    exit: Exit.problem,
  })
}
