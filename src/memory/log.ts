import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { isFile, namesIn, slice } from './files.ts'
import { readLine, type Unread } from './read-line.ts'
import { type Line, union } from './review.ts'

/** Lines of a file that were not understood. */
export interface Left {
  readonly file: string
  readonly why: Unread
  readonly count: number
}

/** What is in a log, and what was left alone. */
export interface Contents {
  /** Every line that is understood, as `union` has them. */
  readonly lines: readonly Line[]
  readonly unread: readonly Left[]
}

/** Reads the logs of all machines at once. A million lines take more than a gigabyte so; `eachLine` takes next to nothing. */
export function readLog(data: string): Contents {
  const unread: Left[] = []
  return { lines: union(eachLine(data, unread)), unread }
}

/**
 * The lines of the logs of all machines, one after the other, file by file and as often as they are there. What is left
 * alone is added to `unread`. Whatever is in the files, they can be read.
 */
export function* eachLine(data: string, unread: Left[] = []): Generator<Line, void> {
  for (const file of logFiles(data)) {
    const left = { newer: 0, broken: 0 }
    for (const { text } of linesIn(file)) {
      const line = readLine(text)
      if (typeof line === 'string') left[line]++
      else yield line
    }
    for (const why of ['newer', 'broken'] as const) {
      if (left[why] > 0) unread.push({ file, why, count: left[why] })
    }
  }
}

/** The files of a log, in the order of their names. */
export function logFiles(data: string): string[] {
  const folder = reviewsIn(data)
  return readable(folder, () => namesIn(folder))
    .filter(it => it.endsWith('.jsonl') && !it.startsWith('.'))
    .sort()
    .map(it => join(folder, it))
    .filter(isFile)
}

/**
 * The lines of a file from a place on, without the empty ones; `end` is the place from which reading can go on another time.
 * A last line without an end is torn, or somebody is writing it just now, so reading goes on before it.
 */
export function* linesIn(path: string, from = 0): Generator<{ text: string; end: number }> {
  const file = readable(path, () => openSync(path, 'r'))
  try {
    const { size } = fstatSync(file)
    let rest: Buffer = Buffer.alloc(0)
    let at = from
    for (let place = from; place < size; ) {
      const more = readable(path, () => slice(file, place, Math.min(size, place + CHUNK)))
      if (more.length === 0) break
      place += more.length
      const bytes = rest.length === 0 ? more : Buffer.concat([rest, more])
      let start = 0
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        const text = bytes.toString('utf8', start, end)
        at += end + 1 - start
        start = end + 1
        if (text.trim() !== '') yield { text, end: at }
      }
      rest = bytes.subarray(start)
      if (rest.length > LONGEST_LINE) {
        // Nothing of ours: it is passed over, as a broken line.
        at += rest.length
        rest = Buffer.alloc(0)
        yield { text: '…', end: at }
      }
    }
    const text = rest.toString()
    if (text.trim() !== '') yield { text, end: at }
  } finally {
    closeSync(file)
  }
}

const CHUNK = 1 << 18

const LONGEST_LINE = 1 << 20

/** Where the files of a log are, one of each machine. */
export const reviewsIn = (data: string) => join(data, 'reviews')

/** What helps when a log cannot be read or written. */
export const ELSEWHERE = 'see who may read and write it; QUIZ_HOME names another place'

function readable<T>(place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new UserError(`the log ${place} cannot be read: ${reasonOf(error)}`, {
      hint: ELSEWHERE,
      exit: Exit.problem,
    })
  }
}
