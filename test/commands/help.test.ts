import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { PIPE, quiz, TERMINAL, temporary } from '../world.ts'

/** The commands that help lists. */
async function commands(): Promise<string[]> {
  const { out } = await quiz('--help')
  const [, list = ''] = /^Commands:\n((?: {2}.*\n)+)/m.exec(out) ?? []
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(it => it[1]!)
}

test.for(['2026-11-21T10:00:00Z', '2027-12-31T23:30:00Z', '2032-02-20T04:00:00Z'])(
  'what help shows can be typed on %s',
  async now => {
    const cwd = temporary()
    cpSync('test/fixtures/small/caching.yaml', join(cwd, 'team-bank.yaml'))
    const person = { bank: 'real', clock: [now], data: join(cwd, 'data'), cwd } as const
    const examples: string[] = []
    for (const command of await commands()) {
      const { out } = await quiz(`${command} --help`, { ...person, screen: TERMINAL })
      examples.push(...[...out.matchAll(/^ {2}\$ quiz ?(.*)$/gm)].map(it => it[1]!))
    }
    expect(examples.length).toBeGreaterThan(20)
    for (const it of examples) {
      const screen = it.startsWith('drill') || it.includes('--ask') ? TERMINAL : PIPE
      const line = it.replace(/ >>? .*/, '')
      const { exit, err } = await quiz(line, { ...person, screen, acts: [{ wish: 'quit' }] })
      // Who leaves an exam at its first question is below any mark.
      expect([line, exit, err]).toEqual([line, line.includes('--pass') ? 1 : Exit.ok, ''])
    }
  },
)
