import {
  closeSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../folders.ts'
import { pack, type Snapshot, unpack } from './packed.ts'

/** Reads a snapshot, if there is one in this file that can be used. */
export function readSnapshot(path: string): ReturnType<typeof unpack> {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      // A place of its own in memory, at its beginning.
      const bytes = Buffer.allocUnsafeSlow(size)
      return readSync(file, bytes, 0, size, 0) === size ? unpack(bytes) : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    // It is only a copy of what the log says.
    return undefined
  }
}

/** Writes a snapshot in the place of the one that is there, all at once. When that is not possible nothing happens. */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  const draft = `${path}.${process.pid}`
  try {
    makeFolder(dirname(path))
    writeFileSync(draft, pack(snapshot))
    renameSync(draft, path)
  } catch {
    try {
      unlinkSync(draft)
    } catch {
      // It was not even begun.
    }
  }
}
