import { execFileSync } from 'node:child_process'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'

const FOLDS = 3

/** Tells in a process of its own how long memory takes, and how much space the process has used in the end. */
const TELLS = `const { remembered } = require('./memory.cjs')
const [data, cache] = process.argv.slice(2)
const start = performance.now()
const { answers } = remembered({ data, cache }, new Date())
const ms = performance.now() - start
console.log(JSON.stringify({ answers, ms, mib: process.resourceUsage().maxRSS / 1024 }))
`

/**
 * What memory costs with the log in `data`, apart from everything else: the first fold over it, and then, with the snapshot that
 * it left, each time that somebody asks. Times in milliseconds, as lists; sizes in MiB. Takes its files from `folder`.
 */
export async function memoryCosts(folder, data, rounds) {
  await build({
    input: resolve(import.meta.dirname, '../../src/memory/remembered.ts'),
    platform: 'node',
    output: { file: join(folder, 'memory.cjs'), format: 'cjs', minify: true },
    logLevel: 'silent',
  })
  writeFileSync(join(folder, 'tells.cjs'), TELLS)
  const cache = join(folder, 'memory')
  const once = () =>
    JSON.parse(String(execFileSync(process.execPath, [join(folder, 'tells.cjs'), data, cache])))
  const first = Array.from({ length: FOLDS }, () => {
    rmSync(cache, { recursive: true, force: true })
    return once()
  })
  const later = Array.from({ length: rounds }, once)
  return {
    answers: first[0].answers,
    first: first.map(it => it.ms),
    mib: Math.max(...first.map(it => it.mib)),
    later: later.map(it => it.ms),
    snapshot: statSync(join(cache, 'memory.snapshot')).size / 2 ** 20,
  }
}
