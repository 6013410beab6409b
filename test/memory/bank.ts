import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { type Bank, knownOf, openBank } from '../../src/bank/bank.ts'
import { compile } from '../../src/bank/compile.ts'
import { pack } from '../../src/bank/pack.ts'
import { folderStore, memoryStore } from '../../src/bank/store.ts'

const path = 'test/fixtures/stats/codes.yaml'

/** The small bank, and a topic about codes that are mixed up. */
export async function codes(): Promise<Bank> {
  const small = folderStore(inject('banks').small)
  const { topics, sources } = compile([{ file: path, bytes: readFileSync(path) }], knownOf([small]))
  return openBank([small, memoryStore(await pack(topics, sources, 'codes'))])
}
