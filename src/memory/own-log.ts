import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { makeFolder, syncFolder } from '../folders.ts'
import { appendWhole, isFile, tryFolder } from './files.ts'
import { ELSEWHERE, logFiles, reviewsIn } from './log.ts'
import { readLine } from './read-line.ts'
import { type Line, lineText } from './review.ts'

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
  kept: keyof typeof HELPS = 'answers',
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

/** What helps when something cannot be kept. */
const HELPS = {
  answers: 'QUIZ_HOME names another place for them; --dry asks without keeping them',
  flags: ELSEWHERE,
} as const

/** What goes wrong when something is kept, as something that the person can act on. */
function told<T>(kept: keyof typeof HELPS, place: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const own = error instanceof UserError
    if (!own && (error as NodeJS.ErrnoException).code === undefined) throw error
    const why = own ? error.message : reasonOf(error)
    throw new UserError(`${kept} cannot be kept in ${place}: ${why}`, {
      hint: HELPS[kept],
      exit: Exit.problem,
    })
  }
}
