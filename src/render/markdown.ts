import type { Inline, Prose } from '../bank/prose.ts'
import type { Doc, DocBlock } from '../view/doc.ts'
import { visible } from '../visible.ts'
import { isTight, type Of } from './blocks.ts'
import { inlineMarkdown } from './inline-markdown.ts'
import { type Align, padded, piece, textOf, widthOf } from './layout.ts'
import { alignsOf } from './table.ts'

export { inlineMarkdown } from './inline-markdown.ts'

/** Tables that stay below this are padded so that they can be read as they are; wider ones would only wrap. */
const WIDEST_PADDED_TABLE = 120

/** A document as CommonMark with GitHub's tables, for a notes file. It ends with one newline. */
export function markdownText(doc: Doc): string {
  return `${blocks(doc)}\n`
}

/** Some blocks of text as Markdown, without a newline at the end. */
export function proseMarkdown(prose: Prose): string {
  return blocks(prose)
}

function blocks(doc: Doc, separator = '\n\n'): string {
  let previous: DocBlock | undefined
  let flip = false
  const out: string[] = []
  for (const block of doc) {
    // Two lists in a row would become one, but for another kind of bullet.
    flip = isList(block) && previous !== undefined && isList(previous) && !flip
    const markdown = blockMarkdown(block, flip)
    if (markdown === '') continue
    out.push(markdown)
    previous = block
  }
  return out.join(separator)
}

function isList(block: DocBlock): boolean {
  return ['list', 'choices', 'bars', 'calendar'].includes(block.type)
}

function blockMarkdown(block: DocBlock, flip: boolean): string {
  const bullet = flip ? '*' : '-'
  switch (block.type) {
    case 'paragraph':
      return inlineMarkdown(block.text)
    case 'list':
      return list(block, flip)
    case 'code':
      return codeBlock(block)
    case 'quote':
      return blocks(block.blocks)
        .replace(/^(?!$)/gm, '> ')
        .replace(/^$/gm, '>')
    case 'table':
      return table(block)
    case 'heading': {
      const text = inlineMarkdown(
        block.note === undefined ? block.text : [...asSpans(block.text), ' · ', { em: block.note }],
        { heading: true },
      )
      return text === '' ? '' : `${'#'.repeat(block.level)} ${text}`
    }
    case 'rule':
      return '---'
    case 'section':
      return join(inlineMarkdown([{ strong: block.title }]), blocks(block.blocks))
    case 'callout':
      return join(inlineMarkdown([{ strong: block.title }]), blocks(block.blocks))
    case 'choices':
      return block.items
        .map(({ key, text, state }) => {
          const label: Inline = [{ strong: `${key})` }, ' ', ...asSpans(text)]
          const marked: Inline = state === undefined ? label : [...label, ' ', { em: `(${state})` }]
          return item(bullet, inlineMarkdown(marked))
        })
        .join('\n')
    case 'progress':
      return [block.left, block.right]
        .map(it => inlineMarkdown(it))
        .filter(it => it !== '')
        .join(' · ')
    case 'bars':
      return block.rows
        .map(({ label, note }) => item(bullet, inlineMarkdown([...asSpans(label), ': ', note])))
        .join('\n')
    case 'calendar':
      return block.weeks
        .flatMap(({ note }) => inlineMarkdown(note) || [])
        .map(it => item(bullet, it))
        .join('\n')
  }
}

function asSpans(text: Inline) {
  return typeof text === 'string' ? [text] : text
}

function join(...parts: readonly string[]): string {
  return parts.filter(it => it !== '').join('\n\n')
}

/** Items that say nothing are left out: an empty item below a line of text would make that line a heading. */
function list({ items, ordered }: Of<'list'>, flip: boolean): string {
  const between = isTight(items) ? '\n' : '\n\n'
  return items
    .map(it => blocks(it, between))
    .filter(it => it !== '')
    .map((body, index) =>
      item(ordered ? `${index + 1}${flip ? ')' : '.'}` : flip ? '*' : '-', body),
    )
    .join(between)
}

function item(mark: string, body: string): string {
  return `${mark} ${body.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length + 1)}`)}`
}

function codeBlock({ text, lang = '' }: Of<'code'>): string {
  const runs = (text.match(/`+/g) ?? []).map(it => it.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map(it => it + 1)))
  const body = visible(text)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '')
  return `${fence}${lang.replace(/[^\w+#.-]/g, '')}\n${body}\n${fence}`
}

function table({ columns, rows }: Of<'table'>): string {
  const count = Math.max(columns.length, ...rows.map(it => it.length))
  if (count <= 0) return ''
  const aligns = alignsOf(rows, count)
  const cells = [columns, ...rows].map(row =>
    Array.from({ length: count }, (_, index) => inlineMarkdown(row[index] ?? '', { cell: true })),
  )
  const natural = Array.from({ length: count }, (_, index) =>
    Math.max(3, ...cells.map(row => widthOf(row[index]!))),
  )
  const fits = natural.reduce((sum, it) => sum + it + 3, 1) <= WIDEST_PADDED_TABLE
  const widths = fits ? natural : natural.map(() => 0)
  const line = (row: readonly string[]) =>
    `| ${row.map((it, at) => textOf(padded([piece(it)], widths[at]!, aligns[at]))).join(' | ')} |`
  const rule = widths.map((it, index) => ruleOf(Math.max(3, it), aligns[index]!))
  const [head, ...body] = cells.map(line)
  return [head, `| ${rule.join(' | ')} |`, ...body].join('\n')
}

function ruleOf(width: number, align: Align): string {
  return align === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)
}
