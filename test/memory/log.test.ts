import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesIn, logFiles, readLog, reviewsIn } from '../../src/memory/log.ts'
import { type Line, lineText, union } from '../../src/memory/review.ts'
import { temporary } from '../world.ts'
import { complaint } from './complaint.ts'
import { anyLine, review } from './lines.ts'

const first = review({ id: 'a-1', at: '2026-11-21T16:30:00+01:00' })
const second = review({ id: 'a-2', at: '2026-11-21T16:31:00+01:00' })

describe('reading', () => {
  const write = (files: Record<string, string>): string => {
    const data = temporary()
    mkdirSync(reviewsIn(data))
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(reviewsIn(data), name), text)
    }
    return data
  }

  test('no log is an empty one', () => {
    expect(readLog(join(temporary(), 'nowhere'))).toEqual({ lines: [], unread: [] })
  })

  test('lines that are not understood are counted and left where they are', () => {
    const newer = '{"v":2,"type":"review","id":"n-1","answer":{"parts":[1]}}\n'
    const text = `\n${lineText(first)}${newer}  \n<<<<<<< HEAD\n${lineText(second)}{"v":1,"type":"rev`
    const data = write({ 'desk-aaaaaa.jsonl': text, 'phone-aaaaaa.jsonl': newer })
    const file = (name: string) => join(reviewsIn(data), name)
    expect(readLog(data)).toEqual({
      lines: [first, second],
      unread: [
        { file: file('desk-aaaaaa.jsonl'), why: 'newer', count: 1 },
        { file: file('desk-aaaaaa.jsonl'), why: 'broken', count: 2 },
        { file: file('phone-aaaaaa.jsonl'), why: 'newer', count: 1 },
      ],
    })
    expect(readFileSync(file('desk-aaaaaa.jsonl'), 'utf8')).toBe(text)
  })

  test('files side by side are one log, in any order and in any parts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyLine, fc.nat(3), fc.nat(3)), { maxLength: 20 }), parts => {
        const split = (by: (part: readonly [Line, number, number]) => number) =>
          write(
            Object.fromEntries(
              [0, 1, 2, 3].map(n => [
                `d-${n}.jsonl`,
                parts
                  .filter(it => by(it) === n)
                  .map(it => lineText(it[0]))
                  .join(''),
              ]),
            ),
          )
        const one = split(it => it[1])
        const other = split(it => it[2])
        expect(readLog(other)).toEqual(readLog(one))
        expect(readLog(one).lines).toEqual(union(parts.map(it => it[0])))
        for (const it of [one, other]) rmSync(it, { recursive: true })
      }),
      { numRuns: 30 },
    )
  })

  test('whatever is in a file, it can be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const data = write({ 'desk-aaaaaa.jsonl': '' })
        const [file = ''] = logFiles(data)
        writeFileSync(file, bytes)
        expect(readLog(data).lines).toEqual([])
        appendFileSync(file, `\n${lineText(first)}`)
        expect(readLog(data).lines).toEqual([first])
        rmSync(data, { recursive: true })
      }),
      { numRuns: 30 },
    )
  })

  test('only files are read, and only those of a log', () => {
    const data = write({ '.hidden.jsonl': lineText(first), 'notes.txt': lineText(first) })
    mkdirSync(join(reviewsIn(data), 'folder.jsonl'))
    symlinkSync(join(data, 'gone'), join(reviewsIn(data), 'gone.jsonl'))
    if (existsSync('/dev/zero')) symlinkSync('/dev/zero', join(reviewsIn(data), 'zero.jsonl'))
    if (process.platform !== 'win32') {
      spawnSync('sh', ['-c', 'mkfifo "$0"', join(reviewsIn(data), 'pipe.jsonl')])
    }
    expect(readLog(data)).toEqual({ lines: [], unread: [] })
  })

  test('a log that may not be read is told', context => {
    if (process.getuid?.() === 0 || process.platform === 'win32') return context.skip()
    const data = write({ 'desk-aaaaaa.jsonl': lineText(first) })
    chmodSync(logFiles(data)[0]!, 0)
    expect(complaint(() => readLog(data))).toMatch(/^the log .*desk-aaaaaa.jsonl cannot be read: /)
  })

  test('a file where the folder should be is told', () => {
    const data = temporary()
    writeFileSync(reviewsIn(data), '')
    expect(complaint(() => readLog(data))).toMatch(/^the log .*reviews cannot be read: /)
  })

  test('reading goes on where it ended, and a torn line is read when it is whole', () => {
    const [a, b] = [lineText(review({ reply: 'grün…' })), lineText(second)]
    const data = write({ 'desk-aaaaaa.jsonl': a + b.slice(0, 40) })
    const [file = ''] = logFiles(data)
    const [, torn] = [...linesIn(file)]
    expect(torn).toEqual({ text: b.slice(0, 40), end: Buffer.byteLength(a) })
    appendFileSync(file, b.slice(40))
    expect([...linesIn(file, torn!.end)]).toEqual([
      { text: b.trimEnd(), end: Buffer.byteLength(a + b) },
    ])
    expect([...linesIn(file, Buffer.byteLength(a + b))]).toEqual([])
  })

  test('lines of any length are whole, and one that goes on and on is passed over', () => {
    const long = review({ id: 'long', reply: '…'.repeat(200_000) })
    const data = write({
      'desk-aaaaaa.jsonl': `${lineText(long)}${'x'.repeat(3_000_000)}\n${lineText(first)}`,
    })
    const { lines, unread } = readLog(data)
    expect(lines).toEqual(union([long, first]))
    expect(unread.map(it => it.why)).toEqual(['broken'])
    const [file = ''] = logFiles(data)
    expect([...linesIn(file)].at(-1)?.end).toBe(readFileSync(file).length)
  })
})
