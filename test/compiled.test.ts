import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/*
 * The code that the build keeps for versions of Node that cannot keep it themselves (bin/compiled.js): whatever becomes of the
 * file, quiz says the same.
 */

const folder = mkdtempSync(join(tmpdir(), 'quiz-compiled-'))
const file = join(folder, 'dist/compiled.bin')
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  if (!existsSync('dist/compiled.bin')) throw new Error('npm run build makes dist/compiled.bin')
  for (const it of ['bin', 'dist']) cpSync(it, join(folder, it), { recursive: true })
})

/** Runs a command by the loader, whatever this Node would take. */
function said(line: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '-e',
      "require('./bin/compiled.js').load(require('node:path').resolve('dist/quiz.cjs')).run(process.argv.slice(1))",
      ...line.split(' '),
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, QUIZ_HOME: join(folder, 'home') } },
  )
  expect(stderr).toBe('')
  return stdout
}

const kept = () => readFileSync('dist/compiled.bin')

test.for<[how: string, change: (bytes: Buffer) => Buffer | undefined]>([
  ['as it was built', bytes => bytes],
  ['missing', () => undefined],
  ['empty', () => Buffer.alloc(0)],
  ['cut short in its head', bytes => bytes.subarray(0, 40)],
  ['cut short in its code', bytes => bytes.subarray(0, bytes.length / 2)],
  [
    'of another version',
    bytes => Buffer.from(bytes.toString('latin1').replace('"v', '"w'), 'latin1'),
  ],
  ['something else', () => Buffer.from('a text that somebody put there')],
])('%s', ([, change]) => {
  const bytes = change(kept())
  rmSync(file, { force: true })
  if (bytes !== undefined) writeFileSync(file, bytes)
  expect(said('explain 409')).toContain('409 Conflict')
  expect(said('lab token-bucket --capacity 2')).toContain('requests admitted')
})

test('it keeps the code of what most runs need', () => {
  const head = kept().toString('utf8', 4, 4 + kept().readUInt32LE(0))
  const { version, files } = JSON.parse(head) as { version: string; files: Record<string, unknown> }
  expect(version).toMatch(/^v\d+\./)
  expect(Object.keys(files).join(' ')).toMatch(/quiz\.cjs.*core-.*drill-/s)
})
