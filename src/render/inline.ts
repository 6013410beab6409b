import type { Inline, Span } from '../bank/prose.ts'
import { spans, words } from '../bank/prose.ts'
import { visible } from '../visible.ts'
import { asciified } from './ascii.ts'
import type { Line, Look, Piece } from './layout.ts'
import { safeUrl } from './links.ts'

/** How text is put into characters. */
export interface Wording {
  /** Typographic characters are spelled in ASCII. */
  readonly ascii: boolean
  /** The place we write to lets people click on words, so addresses need not be shown. */
  readonly links: boolean
  /** Code within a sentence is put in backticks, because nothing else shows where it ends. */
  readonly ticks: boolean
}

/** Text of the data as it may be shown: no control characters (but tab and newline), ASCII if need be. */
export function shown(text: string, { ascii }: Pick<Wording, 'ascii'>): string {
  return ascii ? asciified(visible(text)) : visible(text)
}

/** A text in pieces. */
export function pieces(text: Inline, wording: Wording): Line {
  const all = spans(text)
  // Code that stands alone, as in a table of names, is plain to see.
  const alone = all.length === 1 && typeof all[0] === 'object' && 'code' in all[0]
  const how = alone ? { ...wording, ticks: false } : wording
  return all.flatMap(span => spanPieces(span, how, []))
}

function spanPieces(span: Span, how: Wording, looks: readonly Look[]): Line {
  const inner = (text: Inline, ...more: Look[]) =>
    spans(text).flatMap(it => spanPieces(it, how, [...looks, ...more]))
  if (typeof span === 'string') return [{ text: shown(span, how), looks }]
  if ('code' in span) {
    const code = shown(span.code, how).replaceAll('\n', ' ')
    const text = how.ticks && code.trim() !== '' && !code.includes('`') ? `\`${code}\`` : code
    return [{ text, looks: [...looks, 'code'] }]
  }
  if ('em' in span) return inner(span.em, 'em')
  if ('strong' in span) return inner(span.strong, 'strong')
  if ('role' in span) return inner(span.text, span.role)
  return linkPieces(inner(span.link), words(span.link), span.url, how, looks)
}

function linkPieces(
  text: Line,
  said: string,
  url: string,
  { links }: Wording,
  looks: readonly Look[],
): Line {
  const address = safeUrl(url)
  if (address === undefined) return text
  const same = said === url || said === '' || `mailto:${said}` === url
  const label: Line = same
    ? [{ text: said === '' || said === url ? address : said, looks, whole: true }]
    : text
  if (links) return label.map(it => ({ ...it, looks: [...it.looks, 'link'], url: address }))
  if (same) return label.map(it => ({ ...it, looks: [...it.looks, 'url'] }))
  const aside: Piece = { text: `<${address}>`, looks: [...looks, 'url'], whole: true }
  return [...label, { text: ' ', looks }, aside]
}
