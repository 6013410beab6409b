import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { labNames } from '../../src/labs/index.ts'

const contributing = readFileSync('CONTRIBUTING.md', 'utf8')

/** The rows of the table whose head begins so, cell by cell. */
function rows(head: string): string[][] {
  const [, table = ''] = new RegExp(`^\\| ${head} \\|.*\\n\\| ---.*\\n((?:\\|.*\\n)+)`, 'm').exec(
    contributing,
  )!
  return table
    .trim()
    .split('\n')
    .map(row =>
      row
        .slice(1, -1)
        .split('|')
        .map(it => it.trim()),
    )
}

const named = (cell: string) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(it => it[1]!)

test('every artefact of the syllabus names its lab', () => {
  const artefacts = rows('no\\.')
  const numbers = Array.from({ length: 55 }, (_, nth) => `K${String(nth + 1).padStart(2, '0')}`)
  expect(artefacts.map(it => it[0])).toEqual(numbers)
  for (const [number, , labs = ''] of artefacts) {
    expect(named(labs).length, number).toBeGreaterThan(0)
    for (const it of named(labs)) expect(labNames, `${number} ${it}`).toContain(it)
  }
})

test('every formula names its lab', () => {
  for (const [formula, labs = ''] of rows('formula')) {
    expect(named(labs).length, formula).toBeGreaterThan(0)
    for (const it of named(labs)) expect(labNames, `${formula} ${it}`).toContain(it)
  }
})
