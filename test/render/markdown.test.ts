import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { describe, expect, test } from 'vitest'
import { type Block, type Inline, type Prose, words, wordsOf } from '../../src/bank/prose.ts'
import { safeUrl } from '../../src/render/links.ts'
import { inlineMarkdown, markdownText, proseMarkdown } from '../../src/render/markdown.ts'
import { anyDoc, anyInline, anyProse } from './arbitrary.ts'

describe('text stays readable', () => {
  test.for<[text: Inline, markdown: string]>([
    ['snake_case and 2 * 3', 'snake_case and 2 * 3'],
    ['a < b && c > d', 'a < b && c > d'],
    ['list[0] = "x"; ~5 ms, 5 % | 1!', 'list[0] = "x"; ~5 ms, 5 % | 1!'],
    ['C:\\temp', 'C:\\temp'],
    ['a #1, b. 1. - c', 'a #1, b. 1. - c'],
    ['1. first', '1\\. first'],
    ['# of requests', '\\# of requests'],
    ['- minus', '\\- minus'],
    ['+ plus', '\\+ plus'],
    ['> 5 ms', '\\> 5 ms'],
    ['-1 and #2 and 3.5', '-1 and #2 and 3.5'],
    ['---', '\\---'],
    ['*all* _of_ `it`', '\\*all\\* \\_of\\_ \\`it\\`'],
    ['<script>', '\\<script>'],
    ['&copy; AT&T', '\\&copy; AT&T'],
    ['[x](y) [z]', '\\[x\\](y) [z]'],
    ['one\n- two', 'one\\\n\\- two'],
    [[{ code: 'GET /' }], '`GET /`'],
    [[{ code: 'a`b' }, ' ', { code: '`' }], '`` a`b `` `` ` ``'.replace(' a`b ', 'a`b')],
    [[{ em: 'every' }, ' ', { strong: 'reuse' }], '_every_ **reuse**'],
    [['re', { em: 'use' }, 'd'], 're*use*d'],
    [['f', { strong: '(x)' }], 'f(x)'],
    [['Hi!', { link: 'RFC', url: 'https://a.example/' }], 'Hi\\![RFC](https://a.example/)'],
    [[{ link: 'https://a.example/', url: 'https://a.example/' }], '<https://a.example/>'],
    [[{ link: 'run', url: 'javascript:alert(1)' }], 'run'],
    [[{ link: 'a [b]', url: 'https://a.example/(c)' }], '[a \\[b\\]](<https://a.example/(c)>)'],
  ])('%o', ([text, markdown]) => {
    expect(inlineMarkdown(text)).toBe(markdown)
  })
})

test.for<[text: Inline, cell: string]>([
  ['a | b', 'a \\| b'],
  ['a\nb', 'a<br>b'],
  ['1. x', '1. x'],
  [[{ code: 'a|b' }], '`a\\|b`'],
  [[{ code: 'a\\|b' }], 'a\\\\\\|b'],
])('in a cell, %o is %s', ([text, cell]) => {
  expect(inlineMarkdown(text, { cell: true })).toBe(cell)
})

test.for<[name: string, prose: Prose, markdown: string]>([
  [
    'code that holds a fence gets a longer one',
    [{ type: 'code', text: '```\nx\n```', lang: 'md' }],
    '````md\n```\nx\n```\n````',
  ],
  ['two lists in a row stay two lists', [list('a'), list('b'), list('c')], '- a\n\n* b\n\n- c'],
  [
    'items of several blocks have air',
    [
      {
        type: 'list',
        ordered: true,
        items: [[text('a'), { type: 'code', text: 'x\n\ny' }], [text('b')]],
      },
    ],
    '1. a\n\n   ```\n   x\n\n   y\n   ```\n\n2. b',
  ],
  ['quotes', [{ type: 'quote', blocks: [text('a'), text('b')] }], '> a\n>\n> b'],
  ['blank paragraphs are nothing', [text('a'), text(' \n '), text('b')], 'a\n\nb'],
])('%s', ([, prose, markdown]) => {
  expect(proseMarkdown(prose)).toBe(markdown)
})

function text(it: Inline): Block {
  return { type: 'paragraph', text: it }
}

function list(...items: string[]): Block {
  return { type: 'list', ordered: false, items: items.map(it => [text(it)]) }
}

describe('parses back to the same words', () => {
  test('a line', () => {
    fc.assert(
      fc.property(anyInline, line => {
        const tree = parsed(inlineMarkdown(line))
        expect(tree.children.length).toBeLessThanOrEqual(1)
        for (const it of tree.children) expect(it.type).toBe('paragraph')
        expect(readBack(tree)).toBe(bare(words(withAddresses(line))))
      }),
      { numRuns: 2000 },
    )
  })

  test('blocks', () => {
    fc.assert(
      fc.property(anyProse, prose => {
        expect(readBack(parsed(proseMarkdown(prose)))).toBe(bare(wordsOf(prose.map(addressed))))
      }),
      { numRuns: 1000 },
    )
  })
})

test('no space ends a line, no two blank lines follow each other, one newline ends the text', () => {
  fc.assert(
    fc.property(anyDoc, doc => {
      const markdown = markdownText(doc)
      expect(markdown).not.toMatch(/[ \t]\n/)
      expect(markdown).toMatch(/^\n$|[^\n]\n$/)
    }),
  )
})

function parsed(markdown: string) {
  return fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
}

/** All the words of a tree; what is not text, such as `<br>`, is space. */
function readBack(node: Nodes): string {
  const read = (it: Nodes): string => {
    if ('value' in it)
      return it.type === 'html' ? (it.value === '<br>' ? ' ' : `HTML ${it.value}`) : it.value
    return 'children' in it ? it.children.map(read).join('') : ''
  }
  return bare(read(node))
}

function bare(it: string): string {
  return it.replace(/\s/g, '')
}

/** A link without words shows its address, so that is what is read back. */
function withAddresses(line: Inline): Inline {
  if (typeof line === 'string') return line
  return line.map(it => {
    if (typeof it === 'string' || 'code' in it) return it
    if ('em' in it) return { em: withAddresses(it.em) }
    if ('strong' in it) return { strong: withAddresses(it.strong) }
    if ('role' in it) return { ...it, text: withAddresses(it.text) }
    const address = safeUrl(it.url)
    if (address !== undefined && words(it.link).trim() === '') return address
    return address === undefined ? { ...it, link: withAddresses(it.link) } : it
  })
}

function addressed(block: Block): Block {
  switch (block.type) {
    case 'paragraph':
      return { ...block, text: withAddresses(block.text) }
    case 'list':
      return { ...block, items: block.items.map(it => it.map(addressed)) }
    case 'quote':
      return { ...block, blocks: block.blocks.map(addressed) }
    case 'table':
      return {
        ...block,
        columns: block.columns.map(withAddresses),
        rows: block.rows.map(row => row.map(withAddresses)),
      }
    case 'code':
      return block
  }
}
