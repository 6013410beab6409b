import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { makeFolder } from '../folders.ts'
import { hash } from '../random.ts'
import { knownOf } from './bank.ts'
import { bankFiles, readFiles } from './files.ts'
import { PARTS_VERSION, type Parts } from './parts.ts'
import { isFatal } from './problem.ts'
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
  /** Parts by name, and how many bytes each has: a part that was cut short is compiled anew. */
  readonly parts: Readonly<Record<string, number>>
  readonly broken: number
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
  // Two paths may share a place, as the files have their whole names in its manifest.
  const place = hash(resolve(cwd, path)).toString(16).padStart(8, '0')
  const home = join(cache, 'banks', `${basename(path)}-${place}`)
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
    const store = kept(home, manifest)
    if (store !== undefined) return { path, store, broken: manifest.broken }
  }

  const { files: contents, problems } = readFiles(found)
  const digest = await digestOf(
    `${PARTS_VERSION}+${base}`,
    ...contents.flatMap(it => [it.file, it.bytes]),
  )
  if (fits && manifest.hash === digest) {
    const store = kept(home, manifest)
    if (store !== undefined) {
      remember(home, { ...manifest, files })
      return { path, store, broken: manifest.broken }
    }
  }

  const [{ compile }, { pack }, { allLabs }] = await Promise.all([
    import('./compile.ts'),
    import('./pack.ts'),
    import('../labs/index.ts'),
  ])
  const compiled = compile(contents, knownOf(earlier, await allLabs()))
  const parts = await pack(compiled.topics, compiled.sources, digest)
  const broken = [...problems, ...compiled.problems].filter(isFatal).length
  // A file that could not be read may be readable the next time without having changed.
  if (problems.length === 0) {
    const sizes = Object.entries(parts).map(([name, text]) => [name, Buffer.byteLength(text)])
    const kept = {
      version: PARTS_VERSION,
      base,
      files,
      hash: digest,
      parts: Object.fromEntries(sizes),
      broken,
    }
    keep(home, kept, parts, manifest?.hash)
  }
  return { path, store: memoryStore(parts), broken }
}

function remembered(home: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'manifest.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function kept(home: string, { hash, parts }: Manifest): Store | undefined {
  try {
    return isWhole(join(home, hash), parts) ? folderStore(join(home, hash)) : undefined
  } catch {
    return undefined
  }
}

function isWhole(folder: string, parts: Manifest['parts']): boolean {
  return Object.entries(parts).every(
    ([name, size]) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === size,
  )
}

/**
 * Writes beside and renames, so that a reader never sees half a bank. A cache that cannot be written is done without.
 * The parts that were there `before` stay until the next time: another sitting may be reading them.
 */
function keep(home: string, manifest: Manifest, parts: Parts, before: string | undefined): void {
  const folder = join(home, manifest.hash)
  const aside = `${folder}.${process.pid}.new`
  try {
    if (!isWhole(folder, manifest.parts)) {
      rmSync(aside, { recursive: true, force: true })
      makeFolder(aside)
      for (const [name, text] of Object.entries(parts)) writeFileSync(join(aside, name), text)
      rmSync(folder, { recursive: true, force: true })
      renameSync(aside, folder)
    }
    remember(home, manifest)
    for (const name of readdirSync(home)) {
      if (name !== 'manifest.json' && name !== manifest.hash && name !== before) {
        rmSync(join(home, name), { recursive: true, force: true })
      }
    }
  } catch {
    // Another sitting may be doing the same, or the disk is full or read-only: the bank is in memory already.
  }
}

function remember(home: string, manifest: Manifest): void {
  const aside = join(home, `manifest.${process.pid}.new`)
  try {
    writeFileSync(aside, JSON.stringify(manifest))
    renameSync(aside, join(home, 'manifest.json'))
  } catch {
    // It is compared by content again the next time.
  }
}

/** Loads what it takes only now, as most of the time nothing has changed. */
async function digestOf(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const { createHash } = await import('node:crypto')
  const digest = createHash('sha256')
  for (const it of parts) digest.update(typeof it === 'string' ? `${it}\0` : it)
  return digest.digest('hex').slice(0, 32)
}
