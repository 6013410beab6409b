import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allLabs, labNames } from '../../src/labs/index.ts'
import { keepsItsPromises } from './promises.ts'

const labs = await allLabs()

test('a lab stands in a file of its own name, and every one is in the list', () => {
  for (const [name, lab] of labs) expect(lab.id).toBe(name)
  const files = readdirSync('src/labs').filter(it =>
    /^export const \w+ = lab\(/m.test(readFileSync(`src/labs/${it}`, 'utf8')),
  )
  expect(files.map(it => it.replace(/\.ts$/, '')).toSorted()).toEqual([...labNames].toSorted())
})

// The other half is in a file of its own, so that both can run at once.
describe.for([...labs.values()].filter((_, nth) => nth % 2 === 0))('$id', keepsItsPromises)
