import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { makeFolder, syncFolder } from '../folders.ts'
import { appendWhole, isFile, namesIn, slice, tryFolder } from './files.ts'
import { type Line, lineText, readLine, type Unread, union } from './review.ts'

/**
 * The log on disk: `<data>/reviews/<device>.jsonl`, one file a device, only ever appended to. Files of other machines may
 * be put beside it; all of them together are the log.
 */
export interface Log {
  /** What the file of this machine is called, and the machine in its lines. */
  readonly device: string
  /** Appends lines and returns when they are on disk. Throws `UserError` when that cannot be. */
  append(...lines: readonly Line[]): void
}

/**
 * Opens the log for writing, and makes sure that it can be written before anybody is asked anything. The device is named
 * after the machine, with a token that keeps two machines of one name apart. `kept` is what it is opened for: what the person
 * is told of, and what helps, when that cannot be.
 */
export function openLog(
  data: string,
  host: string,
  token: () => string,
  kept: keyof typeof WITHOUT = 'answers',
): Log {
  const folder = reviewsIn(data)
  return told(kept, folder, () => {
    makeFolder(folder)
    const device = deviceOf(data, host, token)
    const path = join(folder, `${device}.jsonl`)
    if (!isFile(path) && existsSync(path)) throw new UserError(`${device}.jsonl is no file`)
    // Made here if need be, so that one that may not be written is found out too.
    closeSync(openSync(path, 'a+'))
    tryFolder(folder, token())
    return {
      device,
      append(...lines) {
        for (const it of lines) {
          const read = readLine(lineText(it))
          if (typeof read === 'string') throw new Error(`this line would be lost: ${lineText(it)}`)
        }
        told(kept, folder, () => {
          // The folder may have been moved aside meanwhile.
          makeFolder(folder)
          if (!appendWhole(path, lines.map(lineText).join(''))) {
            throw new UserError('what is written does not stay')
          }
        })
      },
    }
  })
}

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

/**
 * Moves the logs of all machines aside, into a folder beside with this name or one like it. Gives the folder, or nothing
 * when there is no log. What is written from now on is another file, so that both can be put side by side again.
 */
export function moveAside(data: string, host: string, name: string): string | undefined {
  if (logFiles(data).length === 0) return undefined
  try {
    for (let again = 1; ; again++) {
      const to = join(data, again === 1 ? name : `${name}-${again}`)
      if (existsSync(to)) continue
      renameSync(reviewsIn(data), to)
      // Whoever wants the files back needs a place to move them to.
      makeFolder(reviewsIn(data))
      writeFileSync(deviceFile(data, host), '')
      syncFolder(data)
      return to
    }
  } catch (error) {
    throw new UserError(`the log ${reviewsIn(data)} cannot be moved: ${reasonOf(error)}`, {
      hint: ELSEWHERE,
      exit: Exit.problem,
    })
  }
}

/** Where the files of a log are. */
export const reviewsIn = (data: string) => join(data, 'reviews')

/**
 * What this machine's file is called. It is remembered beside the files and not found among them, for the files of another
 * machine of the same name may be there; and by the machine's name, for all of it may be in a folder that machines share.
 */
function deviceOf(data: string, host: string, token: () => string): string {
  const path = deviceFile(data, host)
  const known = isFile(path) && existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  if (new RegExp(`^${named(host)}-[a-z0-9]{6}$`).test(known)) return known
  const device = `${named(host)}-${token().slice(-6)}`
  // Two first sittings at once make two files, and one is as good as the other.
  writeFileSync(path, `${device}\n`)
  return device
}

const deviceFile = (data: string, host: string) => join(data, `device-${named(host)}`)

/** A machine's name as part of a file's. */
function named(host: string): string {
  const plain = host
    .split('.')[0]!
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 40) || 'device'
}

const ELSEWHERE = 'see who may read and write it; QUIZ_HOME names another place'

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

/** What helps when something cannot be kept. */
const WITHOUT = {
  answers: 'QUIZ_HOME names another place for them; a drill does without: quiz drill --dry',
  flags: ELSEWHERE,
} as const

/** What goes wrong when something is kept, as something that the person can act on. */
function told<T>(kept: keyof typeof WITHOUT, place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const own = error instanceof UserError
    if (!own && (error as NodeJS.ErrnoException).code === undefined) throw error
    const why = own ? error.message : reasonOf(error)
    throw new UserError(`${kept} cannot be kept in ${place}: ${why}`, {
      hint: WITHOUT[kept],
      exit: Exit.problem,
    })
  }
}
