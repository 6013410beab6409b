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

/** Reads a bank's files; a file that cannot be read becomes a problem. */
export function readFiles(files: readonly Found[]): {
  files: { file: string; bytes: Uint8Array }[]
  problems: Problem[]
} {
  const problems: Problem[] = []
  const out = files.flatMap(({ file, path }) => {
    try {
      // A file beyond the limit is refused unread; one byte more than the limit is enough to be told so.
      const bytes =
        statSync(path).size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : readFileSync(path)
      return [{ file, bytes }]
    } catch (error) {
      problems.push({
        file,
        line: 1,
        column: 1,
        rule: 'yaml/unreadable',
        message: `this cannot be read: ${(error as Error).message.split(',')[0]}`,
        remedy: 'check that it is a file that you may read',
      })
      return []
    }
  })
  return { files: out, problems }
}
