import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Problem } from './problem.ts'

/** Larger files are not read: a bank of ten thousand questions takes about a third of this. */
export const MAX_BYTES = 32 * 1024 * 1024

/** A file of a bank as found: how to name it to the person, and where it is. */
export interface Found {
  readonly file: string
  readonly path: string
}

/**
 * The YAML files of a bank folder (its own, not those of folders inside), or the file itself. Undefined when there is
 * nothing at `path`. Names are as short as they can be from `cwd`.
 */
export function bankFiles(path: string, cwd: string): Found[] | undefined {
  const full = resolve(cwd, path)
  const named = (it: string) => {
    const short = relative(cwd, it)
    return short.startsWith('..') || short === '' ? it : short
  }
  try {
    if (!statSync(full).isDirectory()) return [{ file: named(full), path: full }]
    return readdirSync(full)
      .filter(it => /\.ya?ml$/i.test(it) && !it.startsWith('.'))
      .sort()
      .map(it => ({ file: named(join(full, it)), path: join(full, it) }))
  } catch {
    return undefined
  }
}

/** Reads a bank's files; a file that cannot be read, or is too large to be, becomes a problem. */
export function readFiles(files: readonly Found[]): {
  files: { file: string; bytes: Uint8Array }[]
  problems: Problem[]
} {
  const problems: Problem[] = []
  const out = files.flatMap(({ file, path }) => {
    const refuse = (rule: string, message: string, remedy: string) => {
      problems.push({ file, line: 1, column: 1, rule, message, remedy })
      return []
    }
    try {
      // Devices and pipes never end; nothing but a file is read.
      const { size, isFile } = fileAt(path)
      if (!isFile) return refuse('yaml/unreadable', 'this is no file', 'name a YAML file')
      if (size > MAX_BYTES) return refuse('yaml/too-large', tooLarge(size), SPLIT)
      return [{ file, bytes: readFileSync(path) }]
    } catch (error) {
      return refuse(
        'yaml/unreadable',
        `this cannot be read: ${(error as Error).message.split(',')[0]}`,
        'check that it is a file that you may read',
      )
    }
  })
  return { files: out, problems }
}

/** What is said of a file of too many bytes, and what to do about it. */
export function tooLarge(bytes: number): string {
  return `this file has ${Math.ceil(bytes / 2 ** 20)} MiB; the most that is read is ${MAX_BYTES / 2 ** 20} MiB`
}

export const SPLIT = 'split it into several topic files'

function fileAt(path: string): { size: number; isFile: boolean } {
  const found = statSync(path)
  return { size: found.size, isFile: found.isFile() }
}
