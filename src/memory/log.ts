import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
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
 * after the machine, with a token that keeps two machines of one name apart; a file of that name that is there is used.
 */
export function openLog(data: string, host: string, token: () => string): Log {
  const folder = reviewsIn(data)
  return explained(folder, () => {
    makeFolder(folder)
    const device = deviceIn(folder, host) ?? `${named(host)}-${token().slice(-6)}`
    const path = join(folder, `${device}.jsonl`)
    // By its path each time, so that what is moved aside meanwhile stays aside.
    const append = (text: string) => {
      makeFolder(folder)
      const file = openSync(path, 'a+')
      try {
        if (text !== '') appendWhole(file, text, folder)
      } finally {
        closeSync(file)
      }
    }
    append('')
    return {
      device,
      append(...lines) {
        const text = lines.map(lineText).join('')
        for (const it of lines) {
          const read = readLine(lineText(it))
          if (typeof read === 'string') throw new Error(`this line would be lost: ${lineText(it)}`)
        }
        explained(folder, () => append(text))
      },
    }
  })
}

/** How often a line is written until it is whole: more than once only if somebody else's was cut short at that moment. */
const TRIES = 10

/**
 * Appends text in one write and syncs it. A last line that was torn (`kill -9`, a full disk) is ended first, and what was
 * written is looked at: another sitting may have torn its line in between, or the system may have taken only a part. Then it
 * is written again; a line that stands there twice is one line, as its id tells.
 */
function appendWhole(file: number, text: string, folder: string): void {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = fstatSync(file).size
    const torn = before > 0 && slice(file, before - 1, before).toString('latin1') !== '\n'
    writeSync(file, torn ? `\n${text}` : text)
    const written = slice(file, Math.max(0, before - 1), fstatSync(file).size).toString()
    if (`${before === 0 ? '\n' : ''}${written}`.includes(`\n${text}`)) {
      fdatasyncSync(file)
      // The name of a new file is on disk once its folder is.
      if (before === 0) syncFolder(folder)
      return
    }
  }
  throw new UserError('what is written does not stay', { exit: Exit.problem })
}

function slice(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let length = 0
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, from + length)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

/** What is in a log, and what was left alone. */
export interface Contents {
  /** Every line that is understood, as `union` has them. */
  readonly lines: readonly Line[]
  readonly unread: readonly { readonly file: string; readonly why: Unread; readonly count: number }[]
}

/** Reads the logs of all machines. Whatever is in the files, they can be read. */
export function readLog(data: string): Contents {
  const lines: Line[] = []
  const unread: Contents['unread'][number][] = []
  for (const file of logFiles(data)) {
    const left = { newer: 0, broken: 0 }
    for (const { text } of linesIn(file)) {
      const line = readLine(text)
      if (typeof line === 'string') left[line]++
      else lines.push(line)
    }
    for (const why of ['newer', 'broken'] as const) {
      if (left[why] > 0) unread.push({ file, why, count: left[why] })
    }
  }
  return { lines: union(lines), unread }
}

/** The files of a log, in the order of their names. */
export function logFiles(data: string): string[] {
  const folder = reviewsIn(data)
  return namesIn(folder)
    .filter(it => it.endsWith('.jsonl') && !it.startsWith('.'))
    .sort()
    .map(it => join(folder, it))
    .filter(isFile)
}

/** Devices and pipes never end, so nothing but a file is read. What cannot be looked at is told when it is read. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/**
 * The lines of a file from a place on, without the empty ones; `end` is the place from which reading can go on another time.
 * A last line without an end is torn, or somebody is writing it just now, so reading goes on before it.
 */
export function* linesIn(path: string, from = 0): Generator<{ text: string; end: number }> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new UserError(`the log ${path} cannot be read: ${reasonOf(error)}`, {
      exit: Exit.problem,
    })
  }
  try {
    const { size } = fstatSync(file)
    let rest: Buffer = Buffer.alloc(0)
    let at = from
    for (let place = from; place < size; ) {
      const more = slice(file, place, Math.min(size, place + CHUNK))
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
 * when there is no log.
 */
export function moveAside(data: string, name: string): string | undefined {
  if (logFiles(data).length === 0) return undefined
  return explained(data, () => {
    for (let again = 1; ; again++) {
      const to = join(data, again === 1 ? name : `${name}-${again}`)
      if (existsSync(to)) continue
      renameSync(reviewsIn(data), to)
      syncFolder(data)
      return to
    }
  })
}

const reviewsIn = (data: string) => join(data, 'reviews')

/** The device whose file is there already; if there are several, two sittings began at once, and one of them is as good. */
function deviceIn(folder: string, host: string): string | undefined {
  const own = new RegExp(`^${named(host)}-[a-z0-9]{6}\\.jsonl$`)
  return namesIn(folder)
    .filter(it => own.test(it))
    .sort()[0]
    ?.slice(0, -'.jsonl'.length)
}

/** A machine's name as part of a file's. */
function named(host: string): string {
  const plain = host.split('.')[0]!.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 40) || 'device'
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new UserError(`the log in ${folder} cannot be read: ${reasonOf(error)}`, {
      exit: Exit.problem,
    })
  }
}

/** Makes a folder and those around it, one by one: Node 20 never returns from a recursive `mkdirSync` in a place like /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
    syncFolder(dirname(folder))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Puts the names in a folder on disk, where a system can do that. */
function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, 'r')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    // Windows cannot; there the names are the business of the file system.
  }
}

/** What goes wrong with the log's files, as something that the person can act on. */
function explained<T>(place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined && !(error instanceof UserError)) {
      throw error
    }
    const why = error instanceof UserError ? error.message : reasonOf(error)
    throw new UserError(`answers cannot be kept in ${place}: ${why}`, {
      hint: 'QUIZ_HOME names another place; quiz drill --dry asks without keeping answers',
      exit: Exit.problem,
    })
  }
}
