import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder, syncFolder } from '../folders.ts'

/**
 * Appends a text to a file in one write and syncs it. What comes back is on disk, whole and on lines of its own; false says
 * that it would not stay there.
 *
 * A last line that was torn (`kill -9`, a full disk) is ended first, and what was written is looked at: another sitting may
 * have torn its line in between, or the system may have taken only a part. Then it is written again; a line that stands there
 * twice is one line, as its id tells.
 */
export function appendWhole(path: string, text: string): boolean {
  const file = openSync(path, 'a+')
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = fstatSync(file).size
      const torn = before > 0 && slice(file, before - 1, before).toString('latin1') !== '\n'
      writeSync(file, torn ? `\n${text}` : text)
      const written = slice(file, Math.max(0, before - 1), fstatSync(file).size).toString()
      if (`${before === 0 ? '\n' : ''}${written}`.includes(`\n${text}`)) {
        fdatasyncSync(file)
        // The name of a new file is on disk once its folder is.
        if (before === 0) syncFolder(dirname(path))
        return true
      }
    }
    return false
  } finally {
    closeSync(file)
  }
}

/** How often it is written until it is whole: more than once only if somebody else's was cut short at that moment. */
const TRIES = 10

/** Throws what the system says unless this folder takes a file of its own and there is room for a few lines in it. */
export function tryFolder(folder: string, name: string): void {
  const path = join(folder, `.${name}`)
  const file = openSync(path, 'w')
  try {
    // Before it is written, so that it is gone however this ends.
    unlinkSync(path)
    writeSync(file, ' '.repeat(ROOM))
  } finally {
    closeSync(file)
  }
}

/** Bytes; a sitting of ten answers is about half of it. */
const ROOM = 8192

/** The bytes of a file from one place to another, or as many of them as there are. */
export function slice(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let length = 0
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, from + length)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

/** What is in a folder; nothing if there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Devices and pipes never end, so nothing but a file is read. What cannot be looked at is told when it is read. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/**
 * Writes a file beside its place and renames it, so that a reader never sees half of it, not even after a power cut. Throws
 * what the system throws, and then what was there before is still there.
 */
export function writeWhole(path: string, bytes: string | Uint8Array): void {
  makeFolder(dirname(path))
  const aside = `${path}.${process.pid}.new`
  try {
    const file = openSync(aside, 'w')
    try {
      writeFileSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(aside, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}
