import type { PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Block, Inline, Prose, Span } from './prose.ts'

/** The Markdown a bank may hold went wrong; the message says what to write instead. */
export class MarkdownError extends Error {}

/** Deeper than anybody writes; keeps hostile text from exhausting the stack. */
const MAX_DEPTH = 12

/** Characters of one field; an explanation that needs more is not an explanation. */
const MAX_LENGTH = 20_000

/** Parses Markdown into blocks. Throws `MarkdownError` on headings, images, HTML and whatever else a bank may not hold. */
export function parseProse(markdown: string): Prose {
  return parse(markdown).map(node => block(node, 0))
}

/** Parses Markdown that has to be one line: a single paragraph. Throws `MarkdownError` for anything else. */
export function parseLine(markdown: string): Inline {
  const text = markdown.trim()
  const [only, ...rest] = parse(text)
  if (only === undefined) return ''
  if (only.type !== 'paragraph' || rest.length > 0) {
    // '1. foo', '# foo' or '- foo' as a whole line is text to the person who wrote it.
    if (!text.includes('\n')) return parseLine(text.replace(/^\d*/, '$&\\'))
    throw new MarkdownError('this has to be one paragraph; lists and code blocks go elsewhere')
  }
  return inline(only.children, 0)
}

function parse(markdown: string): RootContent[] {
  if (markdown.length > MAX_LENGTH) {
    throw new MarkdownError(`this is longer than ${MAX_LENGTH} characters; split it`)
  }
  return fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  }).children
}

function block(node: RootContent, depth: number): Block {
  if (depth > MAX_DEPTH) throw new MarkdownError('this is nested too deeply')
  const inner = (nodes: readonly RootContent[]): Prose => nodes.map(it => block(it, depth + 1))
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', text: inline(node.children, depth) }
    case 'code':
      return node.lang
        ? { type: 'code', text: node.value, lang: node.lang }
        : { type: 'code', text: node.value }
    case 'list':
      return {
        type: 'list',
        ordered: node.ordered === true,
        items: node.children.map(item => inner(item.children)),
      }
    case 'blockquote':
      return { type: 'quote', blocks: inner(node.children) }
    case 'table': {
      const [head, ...rows] = node.children.map(row =>
        row.children.map(cell => inline(cell.children, depth)),
      )
      return { type: 'table', columns: head ?? [], rows }
    }
    case 'heading':
      throw new MarkdownError('headings are not allowed here; start with a paragraph')
    case 'html':
      throw new MarkdownError(`HTML is not allowed; write \`${clip(node.value)}\` as code instead`)
    case 'definition':
      throw new MarkdownError('link definitions are not allowed; write [text](address)')
    default:
      throw new MarkdownError(`${node.type} is not allowed here`)
  }
}

function inline(nodes: readonly PhrasingContent[], depth: number): Inline {
  if (depth > MAX_DEPTH) throw new MarkdownError('this is nested too deeply')
  const out: Span[] = []
  for (const node of nodes) {
    const span = spanOf(node, depth)
    const last = out.at(-1)
    if (typeof span === 'string' && typeof last === 'string') out[out.length - 1] = last + span
    else out.push(span)
  }
  if (out.length === 0) return ''
  return out.length === 1 && typeof out[0] === 'string' ? out[0] : out
}

function spanOf(node: PhrasingContent, depth: number): Span {
  switch (node.type) {
    case 'text':
      return node.value.replaceAll(/[ \t]*\n[ \t]*/g, ' ')
    case 'break':
      return '\n'
    case 'inlineCode':
      return { code: node.value }
    case 'emphasis':
      return { em: inline(node.children, depth + 1) }
    case 'strong':
      return { strong: inline(node.children, depth + 1) }
    case 'link':
      return { link: inline(node.children, depth + 1), url: node.url }
    case 'html':
      throw new MarkdownError(`HTML is not allowed; write \`${clip(node.value)}\` as code instead`)
    case 'image':
    case 'imageReference':
      throw new MarkdownError('images are not allowed; a terminal cannot show them')
    default:
      throw new MarkdownError(`${node.type} is not allowed here`)
  }
}

function clip(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text
}
