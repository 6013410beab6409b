import { expect, test, vi } from 'vitest'
import { render } from '../../src/render/index.ts'
import type { Doc } from '../../src/view/doc.ts'
import { screen } from './screens.ts'

const loaded = vi.hoisted(() => new Set<string>())

vi.mock('chalk', async original => {
  loaded.add('chalk')
  return original()
})
vi.mock('cli-table3', async original => {
  loaded.add('cli-table3')
  return original()
})

const words: Doc = [{ type: 'paragraph', text: 'Store it, but ask first.' }]
const table: Doc = [
  { type: 'section', title: 'Sheet', blocks: [{ type: 'table', columns: ['a'], rows: [['b']] }] },
]

test('chalk is loaded for colours only, cli-table3 for tables on a terminal only', async () => {
  await render(words, 'text', screen())
  await render(table, 'text', screen({ terminal: false, colors: 3 }))
  await render(table, 'text', screen({ plain: true, colors: 3 }))
  await render(table, 'markdown', screen({ colors: 3 }))
  await render(table, 'html', screen({ colors: 3 }))
  expect([...loaded]).toEqual([])
  await render(words, 'text', screen({ colors: 1 }))
  expect([...loaded]).toEqual(['chalk'])
  await render(table, 'text', screen())
  expect([...loaded]).toEqual(['chalk', 'cli-table3'])
})
