import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logFiles, readLog, reviewsIn } from '../../src/memory/log.ts'
import { moveAside, openLog } from '../../src/memory/own-log.ts'
import { lineText, union } from '../../src/memory/review.ts'
import { temporary } from '../world.ts'
import { complaint } from './complaint.ts'
import { anyLine, review, undo } from './lines.ts'

let tokens = 0
const token = () => `token${String(++tokens).padStart(11, '0')}`

const open = (data: string, host = 'Desk.local') => openLog(data, host, token)

const first = review({ id: 'a-1', at: '2026-11-21T16:30:00+01:00' })
const second = review({ id: 'a-2', at: '2026-11-21T16:31:00+01:00' })

describe('writing', () => {
  test('what was appended is read back', () => {
    const data = temporary()
    open(data).append(first)
    open(data).append(second, undo('a-2'))
    expect(readLog(data)).toEqual({ lines: union([first, second, undo('a-2')]), unread: [] })
  })

  test('a machine has one file, named after it', () => {
    const data = temporary()
    const { device } = open(data)
    expect(device).toMatch(/^desk-[a-z0-9]{6}$/)
    expect(open(data).device).toBe(device)
    expect(readdirSync(reviewsIn(data))).toEqual([`${device}.jsonl`])
    expect(open(data, 'Phone').device).toMatch(/^phone-/)
    expect(open(data).device).toBe(device)
  })

  test.for([
    ['MacBook-Pro.fritz.box', /^macbook-pro-/],
    ['Ünïcödé', /^n-c-d-/],
    ['', /^device-/],
    ['../../etc', /^device-/],
    ['/../etc', /^device-/],
    ['x'.repeat(300), /^x{40}-/],
  ] as const)('a machine called %j gets a name that a file can have', ([host, name]) => {
    const data = temporary()
    const log = open(data, host)
    expect(log.device).toMatch(name)
    log.append({ ...first, device: log.device })
    expect(readLog(data).lines.length).toBe(1)
  })

  test("another machine's file is not written to, even if it has the same name", () => {
    const data = temporary()
    const theirs = join(reviewsIn(data), 'desk-000000.jsonl')
    mkdirSync(reviewsIn(data))
    writeFileSync(theirs, lineText(first))
    open(data).append(second)
    open(data).append(undo('a-2'))
    expect(readFileSync(theirs, 'utf8')).toBe(lineText(first))
    expect(logFiles(data).length).toBe(2)
    expect(readLog(data).lines.length).toBe(3)
  })

  test('a name that was torn when it was first written is given anew', () => {
    const data = temporary()
    open(data)
    truncateSync(join(data, 'device-desk'), 3)
    const { device } = open(data)
    expect(open(data).device).toBe(device)
    expect(logFiles(data).length).toBe(2)
  })

  test('a line that was torn anywhere is ended first, and takes nothing with it', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(), (line, cut) => {
        const data = temporary()
        const log = open(data)
        log.append(first)
        const torn = lineText(line).slice(0, cut % lineText(line).length)
        const [file = ''] = logFiles(data)
        appendFileSync(file, torn)
        log.append(second)
        log.append(undo('a-2'))
        const whole = torn.endsWith('}') ? [line] : []
        const { lines } = readLog(data)
        for (const it of [first, second, undo('a-2')]) expect(lines).toContainEqual(it)
        expect(lines.length).toBeLessThanOrEqual(3 + whole.length + 1)
        rmSync(data, { recursive: true })
      }),
      { numRuns: 30 },
    )
  })

  test('several sittings write one log', () => {
    const data = temporary()
    const logs = [open(data), open(data), open(data)]
    const lines = Array.from({ length: 30 }, (_, n) => review({ id: `s-${n}` }))
    for (const [n, it] of lines.entries()) logs[n % 3]!.append(it)
    expect(readLog(data)).toEqual({ lines: union(lines), unread: [] })
  })

  test('what is moved away under a sitting is not followed: it goes on in a new file', () => {
    const data = temporary()
    const log = open(data)
    log.append(first)
    renameSync(reviewsIn(data), join(data, 'aside'))
    log.append(second)
    expect(readLog(data).lines).toEqual([second])
    expect(readdirSync(join(data, 'aside')).length).toBe(1)
  })

  test('a line that could not be read back is not written', () => {
    const data = temporary()
    const log = open(data)
    expect(() => log.append(review({ question: 'no topic' }))).toThrow('would be lost')
    expect(readLog(data)).toEqual({ lines: [], unread: [] })
  })
})

/** A place where nothing can be kept, each made in a way of its own; `undefined` where the machine cannot make it. */
const closed: Record<string, (folder: string) => string | undefined> = {
  'a file where the folder should be': folder => {
    writeFileSync(join(folder, 'data'), '')
    return join(folder, 'data')
  },
  'a file where the reviews should be': folder => {
    writeFileSync(join(folder, 'reviews'), '')
    return folder
  },
  'a folder where the file should be': folder => {
    const { device } = open(folder)
    rmSync(join(reviewsIn(folder), `${device}.jsonl`))
    mkdirSync(join(reviewsIn(folder), `${device}.jsonl`))
    return folder
  },
  'a device where the file should be': folder => {
    if (!existsSync('/dev/full')) return undefined
    const { device } = open(folder)
    rmSync(join(reviewsIn(folder), `${device}.jsonl`))
    symlinkSync('/dev/full', join(reviewsIn(folder), `${device}.jsonl`))
    return folder
  },
  'a folder that nobody may write': folder => {
    // The administrator may.
    if (process.getuid?.() === 0 || process.platform === 'win32') return undefined
    chmodSync(folder, 0o500)
    return folder
  },
  'a file that nobody may write': folder => {
    if (process.getuid?.() === 0 || process.platform === 'win32') return undefined
    open(folder)
    chmodSync(logFiles(folder)[0]!, 0o400)
    return folder
  },
  'a place of the system': () => (existsSync('/proc/self') ? '/proc/quiz/data' : undefined),
}

test.for(Object.entries(closed))('%s is found out when the log is opened', ([, make], context) => {
  const data = make(temporary())
  if (data === undefined) return context.skip()
  const said = complaint(() => open(data))
  expect(said).toContain(`answers cannot be kept in ${reviewsIn(data)}: `)
  expect(said).toContain('--dry')
})

describe('moving aside', () => {
  test('takes the whole log and loses nothing of it', () => {
    const data = temporary()
    open(data).append(first)
    open(data, 'Phone').append(second)
    const to = moveAside(data, 'Desk.local', 'reviews-2026-11-21')
    expect(to).toBe(join(data, 'reviews-2026-11-21'))
    expect(readLog(data).lines).toEqual([])
    for (const it of readdirSync(to!)) {
      renameSync(join(to!, it), join(reviewsIn(data), it))
    }
    expect(readLog(data).lines).toEqual([first, second])
  })

  test('what is written afterwards can be put beside it', () => {
    const data = temporary()
    open(data).append(first)
    const to = moveAside(data, 'Desk.local', 'old')!
    open(data).append(second)
    expect(readdirSync(to)).not.toEqual(readdirSync(reviewsIn(data)))
  })

  test('twice on one day makes two folders; of nothing there is nothing to move', () => {
    const data = temporary()
    expect(moveAside(data, 'Desk', 'old')).toBeUndefined()
    for (const name of ['old', 'old-2', 'old-3']) {
      open(data).append(first)
      expect(moveAside(data, 'Desk', 'old')).toBe(join(data, name))
    }
    expect(moveAside(data, 'Desk', 'old')).toBeUndefined()
  })
})
