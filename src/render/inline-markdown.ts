import type { Inline } from '../bank/prose.ts'
import { type Node, settled } from './emphasis.ts'
import { codeSpan, escapeLineStarts, escapeText, type Place } from './escape.ts'

/**
 * One text as inline Markdown. It parses back to the same words; emphasis that CommonMark could not tell from plain
 * asterisks where it stands (in the middle of a word, say) is left out rather than shown as asterisks.
 */
export function inlineMarkdown(text: Inline, place: Place = {}): string {
  const out = written('', settled(text, place), place).trim()
  if (place.cell) return out.replace(/\s*\n\s*/g, '<br>')
  if (place.heading) return out.replace(/\s*\n\s*/g, ' ').replace(/(^|\s)(#+)$/, '$1\\$2')
  const lines = out.split(/\s*\n\s*/)
  return escapeLineStarts(lines.join('\n')).replaceAll('\n', '\\\n')
}

/** `before` and the nodes after it. */
function written(before: string, nodes: readonly Node[], place: Place): string {
  return nodes.reduce<string>(
    (out, node, index) => out + nodeMarkdown(node, out, nodes[index + 1], place),
    before,
  )
}

function nodeMarkdown(node: Node, before: string, next: Node | undefined, place: Place): string {
  if (typeof node === 'string') {
    const escaped = escapeText(node, place, !place.cell && startsLine(before))
    // `!` and a link would be an image.
    const image = typeof next === 'object' && 'link' in next && escaped.endsWith('!')
    return image ? `${escaped.slice(0, -1)}\\!` : escaped
  }
  if ('code' in node) return codeSpan(node.code, place)
  if ('mark' in node) {
    const out = written(`${before}${node.mark}`, node.inner, place)
    return `${out.slice(before.length)}${node.mark}`
  }
  return linkMarkdown(written('[', node.link, { ...place, link: true }).slice(1), node.address)
}

/** Whether nothing but space stands on the last line. */
function startsLine(before: string): boolean {
  const text = before.trimEnd()
  return text === '' || before.slice(text.length).includes('\n')
}

function linkMarkdown(label: string, address: string): string {
  if (label === '' || label === address) return `<${address}>`
  const target = /[()]/.test(address) ? `<${address}>` : address
  const safe = target.replace(/&(?=#?\w+;)/g, '&amp;')
  return `[${label.trim().replace(/\s*\n\s*/g, ' ')}](${safe})`
}
