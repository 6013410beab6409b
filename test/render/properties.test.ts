import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Format, render } from '../../src/render/index.ts'
import { widthOf } from '../../src/render/layout.ts'
import type { Screen } from '../../src/screen.ts'
import { visible } from '../../src/visible.ts'
import { anyDoc, hostileDoc } from './arbitrary.ts'
import { screen } from './screens.ts'

const SCREENS: Record<string, Partial<Screen>> = {
  terminal: {},
  ascii: { unicode: false },
  pipe: { terminal: false },
  aloud: { plain: true },
}

describe.for(Object.entries(SCREENS))('text on %s', ([, given]) => {
  test('no line is wider than the screen but for an address or code', async () => {
    await fc.assert(
      fc.asyncProperty(anyDoc, fc.integer({ min: 20, max: 100 }), async (doc, columns) => {
        const text = await render(doc, 'text', screen({ ...given, columns }))
        for (const line of text.split('\n')) {
          if (/https?:|mailto:/.test(line) || line.includes('    ')) continue
          expect(widthOf(line)).toBeLessThanOrEqual(columns)
        }
      }),
    )
  })

  test('no space ends a line, and one newline ends the text', async () => {
    await fc.assert(
      fc.asyncProperty(anyDoc, async doc => {
        const text = await render(doc, 'text', screen(given))
        expect(text).not.toMatch(/[ \t]\n/)
        expect(text).toMatch(/^\n$|[^\n]\n$/)
      }),
    )
  })
})

test.for<[Format, Partial<Screen>]>([
  ['text', { columns: 50 }],
  ['text', { columns: 50, unicode: false }],
  ['text', { terminal: false }],
  ['text', { plain: true }],
  ['markdown', {}],
  ['html', {}],
])('nothing that a terminal obeys gets through as %s on %o', async ([format, given]) => {
  await fc.assert(
    fc.asyncProperty(hostileDoc, async doc => {
      const text = await render(doc, format, screen(given))
      expect(text).toBe(visible(text))
    }),
  )
})

test('with colours and links, only our own sequences get through', async () => {
  await fc.assert(
    fc.asyncProperty(hostileDoc, async doc => {
      const text = await render(doc, 'text', screen({ colors: 3, links: true, columns: 50 }))
      const rest = text
        .replace(/\u001b\[\d{1,2}m/g, '')
        .replace(/\u001b\]8;;(https?:\/\/[!-~]+|mailto:[!-~]+)?\u001b\\/g, '')
      expect(rest).toBe(visible(rest))
    }),
  )
})

test('colours change no words', async () => {
  const bare = (it: string) =>
    it
      .replace(/\u001b\[\d{1,2}m/g, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
      // Backticks take room, so lines of cells that stand side by side may break elsewhere.
      .split('')
      .sort()
      .join('')
  await fc.assert(
    fc.asyncProperty(anyDoc, async doc => {
      const [plain, coloured] = await Promise.all([
        render(doc, 'text', screen({ columns: 10_000 })),
        render(doc, 'text', screen({ columns: 10_000, colors: 1 })),
      ])
      expect(bare(coloured)).toBe(bare(plain))
    }),
  )
})

test('ASCII screens get ASCII for everything but letters', async () => {
  await fc.assert(
    fc.asyncProperty(anyDoc, async doc => {
      const text = await render(doc, 'text', screen({ unicode: false }))
      expect(text.replace(/[\p{L}\n -~]/gu, '')).toBe('')
    }),
  )
})
