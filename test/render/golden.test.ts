import { expect, test } from 'vitest'
import { type Format, render } from '../../src/render/index.ts'
import type { Screen } from '../../src/screen.ts'
import { sample } from './sample.ts'
import { screen } from './screens.ts'

/** Every face of one document, kept as files to look at. */
test.for<[name: string, format: Format, screen: Partial<Screen>]>([
  ['60.txt', 'text', { columns: 60 }],
  ['80.txt', 'text', { columns: 80 }],
  ['140.txt', 'text', { columns: 140, links: true }],
  ['40.txt', 'text', { columns: 40 }],
  ['80-colours.txt', 'text', { columns: 80, colors: 1, links: true }],
  ['80-ascii.txt', 'text', { columns: 80, unicode: false }],
  ['pipe.txt', 'text', { columns: 80, terminal: false }],
  ['aloud.txt', 'text', { columns: 80, plain: true }],
  ['markdown.md', 'markdown', {}],
  ['page.html', 'html', {}],
])('%s', async ([name, format, given]) => {
  const text = await render(sample, format, screen(given))
  expect(text).toMatch(/[^\n]\n$/)
  await expect(text).toMatchFileSnapshot(`../golden/render-${name}`)
})
