import { type Inline, spans } from '../bank/prose.ts'
import { safeUrl } from './links.ts'

/** Inline text as Markdown can write it: no roles, nothing within itself, neighbours of a kind in one. */
export type Node =
  | string
  | { readonly code: string }
  | { readonly link: readonly Node[]; readonly address: string }
  | { readonly mark: Mark; readonly inner: readonly Node[] }

type Mark = '_' | '*' | '**'

/** The same before it is known which marks emphasis gets, if any. */
type Loose =
  | string
  | { readonly code: string }
  | { readonly link: readonly Loose[]; readonly address: string }
  | Emphasis

interface Emphasis {
  readonly kind: 'em' | 'strong'
  readonly inner: readonly Loose[]
}

/**
 * What of a text can be written in Markdown. Emphasis is kept where its marks are recognised for what they are, which
 * depends on the characters around them (CommonMark's flanking rules); elsewhere only its words are kept.
 */
export function settled(text: Inline, { cell }: { readonly cell?: true } = {}): Node[] {
  return settle(loosen(text, cell ? { cell } : {}), ' ', ' ')
}

/** Kinds of nodes that we are in, and that cannot be nested. */
interface Within {
  readonly em?: true
  readonly strong?: true
  readonly link?: true
  /** Not a node, but a place where code is read in another way. */
  readonly cell?: true
}

function loosen(text: Inline, within: Within): Loose[] {
  return spans(text).flatMap((span): Loose[] => {
    if (typeof span === 'string') return [span]
    if ('code' in span) return [isWritable(span.code, within) ? { code: span.code } : span.code]
    if ('role' in span) return loosen(span.text, within)
    if ('em' in span) {
      const inner = loosen(span.em, { ...within, em: true })
      return within.em ? inner : [{ kind: 'em', inner }]
    }
    if ('strong' in span) {
      const inner = loosen(span.strong, { ...within, strong: true })
      return within.strong ? inner : [{ kind: 'strong', inner }]
    }
    const address = safeUrl(span.url)
    if (address === undefined || within.link) return loosen(span.link, within)
    const link = loosen(span.link, { ...within, link: true })
    // Space belongs outside, where it still separates words.
    const said = sayable(link)
    if (said.trim() === '') return [{ link: [], address }]
    return [/^\s/.test(said) ? ' ' : '', { link, address }, /\s$/.test(said) ? ' ' : '']
  })
}

/**
 * Whether there is a code span for some code. A table takes `\\|` for a pipe even within code, and `]:` in the name of a
 * link can make it a definition; nothing can be escaped in code.
 */
function isWritable(code: string, { cell, link }: Within): boolean {
  return !(cell && /\\(\||$)/.test(code)) && !(link && code.includes(']'))
}

/** `left` and `right` are the characters around the nodes. */
function settle(loose: readonly Loose[], left: string, right: string): Node[] {
  let nodes = merged(loose)
  const out: Node[] = []
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!
    if (typeof node === 'string' || 'code' in node) out[at] = node
    else if ('link' in node) out[at] = { ...node, link: settle(node.link, '[', ']') }
    else {
      const next = nodes[at + 1]
      const mark = markOf(
        node,
        at === 0 ? left : lastOf(out[at - 1]!),
        next === undefined ? right : firstOf(next),
      )
      if (mark === undefined) {
        nodes = merged([...nodes.slice(0, at), ...node.inner, ...nodes.slice(at + 1)])
        // What was within may have become one with what stands before it.
        at = Math.max(-1, at - 2)
      } else out[at] = { mark, inner: settle(node.inner, mark[0]!, mark[0]!) }
    }
  }
  return out.slice(0, nodes.length)
}

/** The marks that would be recognised between these neighbours, if any. */
function markOf({ kind, inner }: Emphasis, left: string, right: string): Mark | undefined {
  const said = sayable(inner)
  if (said === '' || said !== said.trim()) return undefined
  const opens = !isWordy(left) || !isPunctuation(firstOf(merged(inner)[0]!))
  const closes = !isWordy(right) || !isPunctuation(lastOf(merged(inner).at(-1)!))
  const apart = !isWordy(left) && !isWordy(right)
  const mark = kind === 'strong' ? '**' : apart ? '_' : '*'
  const runsOn = left === mark[0] || right === mark[0] || right === EMPHASIS
  return opens && closes && !runsOn ? mark : undefined
}

/** Neighbours of a kind in one, empty ones left out. */
function merged(loose: readonly Loose[]): Loose[] {
  const out: Loose[] = []
  for (const it of loose) {
    const last = out.at(-1)
    if (typeof it === 'string' && typeof last === 'string') out[out.length - 1] = last + it
    else if (isCode(it) && isCode(last)) out[out.length - 1] = { code: last.code + it.code }
    else if (sayable([it]) !== '') out.push(it)
  }
  return out
}

function isCode(node: Loose | undefined): node is { readonly code: string } {
  return typeof node === 'object' && 'code' in node
}

/** The words of some nodes; a link without words shows its address. */
function sayable(nodes: readonly Loose[]): string {
  return nodes
    .map(it => {
      if (typeof it === 'string') return it
      if ('code' in it) return it.code
      return 'link' in it ? sayable(it.link).trim() || it.address : sayable(it.inner)
    })
    .join('')
}

/** Stands for emphasis that may or may not keep its marks. */
const EMPHASIS = '**'

/** The character that the Markdown of a node begins with. */
function firstOf(node: Loose): string {
  if (typeof node === 'string') return String.fromCodePoint(node.codePointAt(0)!)
  if ('code' in node) return '`'
  return 'link' in node ? '[' : EMPHASIS
}

/** The character that the Markdown of a node ends with. */
function lastOf(node: Loose | Node): string {
  if (typeof node === 'string') return [...node.slice(-2)].at(-1)!
  if ('code' in node) return '`'
  if ('link' in node) return ')'
  return 'mark' in node ? node.mark[0]! : EMPHASIS
}

function isPunctuation(char: string): boolean {
  return /^[\p{P}\p{S}]+$/u.test(char)
}

/** Neither space nor punctuation, so that a mark beside it is within a word. */
function isWordy(char: string): boolean {
  return !/^\s/.test(char) && !isPunctuation(char)
}
