import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, NOTHING_KNOWN } from '../src/bank/compile.ts'
import { pack } from '../src/bank/pack.ts'
import { allLabs } from '../src/labs/index.ts'

/** The YAML files of a folder, as a bank has them. */
export function bankFolder(folder: string) {
  return readdirSync(folder)
    .filter(it => it.endsWith('.yaml'))
    .sort()
    .map(it => ({ file: `${folder}/${it}`, bytes: readFileSync(join(folder, it)) }))
}

/** Compiles a folder of YAML files to `to`, as the build does with questions/. */
export async function compileTo(folder: string, to: string): Promise<void> {
  const { topics, sources } = compile(bankFolder(folder), {
    ...NOTHING_KNOWN,
    labs: await allLabs(),
  })
  mkdirSync(to, { recursive: true })
  for (const [name, text] of Object.entries(await pack(topics, sources, folder))) {
    writeFileSync(join(to, name), text)
  }
}

/** Once for all tests: the real questions, and the small bank that screens are tested with. */
export default async function setup({
  provide,
}: {
  provide: (key: 'banks', value: Banks) => void
}) {
  const folder = mkdtempSync(join(tmpdir(), 'quiz-banks-'))
  const banks = {
    real: join(folder, 'real'),
    small: join(folder, 'small'),
    labs: join(folder, 'labs'),
  }
  await compileTo('questions', banks.real)
  await compileTo('test/fixtures/small', banks.small)
  await compileTo('test/fixtures/labs', banks.labs)
  provide('banks', banks)
  return () => rmSync(folder, { recursive: true })
}

/** Where the compiled banks are. */
export interface Banks {
  readonly real: string
  readonly small: string
  /** Questions that are computed. */
  readonly labs: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    banks: Banks
  }
}
