import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { knownOf } from './bank.ts'
import { PARTS_VERSION, type Parts } from './pack.ts'
import { isFatal, type Problem } from './problem.ts'
import { MAX_BYTES } from './read.ts'
import { folderStore, memoryStore, type Store } from './store.ts'

/** A bank of the user: where it is, compiled, and how many of its items could not be used. */
export interface Overlay {
  readonly path: string
  readonly store: Store
  /** Problems that made an item unusable. */
  readonly broken: number
}

/** What the cache remembers of a bank: enough to see, without reading it, that it did not change. */
interface Manifest {
  readonly version: number
  /** What the earlier banks held when this one was compiled. */
  readonly base: string
  readonly files: readonly { name: string; size: number; modified: number }[]
  /** Hash of the contents; also the name of the folder with the parts. */
  readonly hash: string
  readonly broken: number
}

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
      const bytes = statSync(path).size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : readFileSync(path)
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

/**
 * Opens a user's bank: from the cache if none of its files changed, else compiled anew and kept there. A file counts as
 * unchanged when its size and time of change are, or else its content. Without a usable cache it is compiled in memory.
 */
export async function openOverlay(
  path: string,
  cwd: string,
  cache: string,
  earlier: readonly Store[],
): Promise<Overlay | undefined> {
  const found = bankFiles(path, cwd)
  if (found === undefined) return undefined
  const base = earlier.map(it => it.index().stamp).join('+')
  const home = join(cache, 'banks', `${basename(path)}-${hash(resolve(cwd, path)).slice(0, 12)}`)
  const files = found.flatMap(it => {
    try {
      const { size, mtimeMs } = statSync(it.path)
      return [{ name: it.path, size, modified: mtimeMs }]
    } catch {
      return []
    }
  })

  const manifest = remembered(home)
  const fits = manifest?.version === PARTS_VERSION && manifest.base === base
  if (fits && JSON.stringify(manifest.files) === JSON.stringify(files)) {
    const store = kept(home, manifest.hash)
    if (store !== undefined) return { path, store, broken: manifest.broken }
  }

  const { files: contents, problems } = readFiles(found)
  const digest = hash(base, ...contents.flatMap(it => [it.file, it.bytes]))
  if (fits && manifest.hash === digest) {
    const store = kept(home, digest)
    if (store !== undefined) {
      keep(home, { ...manifest, files })
      return { path, store, broken: manifest.broken }
    }
  }

  const [{ compile }, { pack }] = await Promise.all([import('./compile.ts'), import('./pack.ts')])
  const compiled = compile(contents, knownOf(earlier))
  const parts = await pack(compiled.topics, compiled.sources, digest)
  const broken = [...problems, ...compiled.problems].filter(isFatal).length
  keep(home, { version: PARTS_VERSION, base, files, hash: digest, broken }, parts)
  return { path, store: memoryStore(parts), broken }
}

function remembered(home: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'manifest.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function kept(home: string, digest: string): Store | undefined {
  try {
    const store = folderStore(join(home, digest))
    return store.index().version === PARTS_VERSION ? store : undefined
  } catch {
    return undefined
  }
}

/** Writes beside and renames, so that a reader never sees half a bank. A cache that cannot be written is done without. */
function keep(home: string, manifest: Manifest, parts?: Parts): void {
  const aside = join(home, `${manifest.hash}.${process.pid}.new`)
  try {
    mkdirSync(home, { recursive: true })
    if (parts !== undefined) {
      rmSync(aside, { recursive: true, force: true })
      mkdirSync(aside)
      for (const [name, text] of Object.entries(parts)) writeFileSync(join(aside, name), text)
      rmSync(join(home, manifest.hash), { recursive: true, force: true })
      renameSync(aside, join(home, manifest.hash))
    }
    writeFileSync(`${aside}.json`, JSON.stringify(manifest))
    renameSync(`${aside}.json`, join(home, 'manifest.json'))
    for (const name of readdirSync(home)) {
      if (name !== 'manifest.json' && name !== manifest.hash) {
        rmSync(join(home, name), { recursive: true, force: true })
      }
    }
  } catch {
    // Another sitting may be doing the same, or the disk is full or read-only: the bank is in memory already.
  }
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash('sha256')
  for (const it of parts) digest.update(typeof it === 'string' ? `${it}\0` : it)
  return digest.digest('hex').slice(0, 32)
}
