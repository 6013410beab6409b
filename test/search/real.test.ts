import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { openBank } from '../../src/bank/bank.ts'
import { folderStore } from '../../src/bank/store.ts'
import { openIndex, resolve } from '../../src/search.ts'
import { placed, type Row } from './judge.ts'

/** How people ask, against the banks that come with quiz: most find it first, nearly all among the first three. */
test('what people type leads to what they meant', { timeout: 60_000 }, async () => {
  const rows = parse(readFileSync('test/search/queries.yaml', 'utf8')) as Row[]
  const bank = openBank([folderStore(inject('banks').real)])
  const names = bank.names()
  const searchers = await Promise.all(bank.stores.map(it => openIndex(it.searchIndex())))
  const places = await Promise.all(
    rows.map(async row => placed(row, await resolve(row.query, names, async () => searchers))),
  )
  const share = (fits: (place: number) => boolean) => places.filter(fits).length / rows.length
  const missed = rows.filter((_, index) => places[index] === 0 || places[index]! > 3)
  const told = missed.map(({ query, want }) => `${query} → ${want}`).join('\n')

  expect(rows.length).toBeGreaterThanOrEqual(200)
  expect(
    share(place => place === 1),
    told,
  ).toBeGreaterThanOrEqual(0.85)
  expect(
    share(place => place > 0 && place <= 3),
    told,
  ).toBeGreaterThanOrEqual(0.95)
})
