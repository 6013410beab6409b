import type { Inline, Span } from '../bank/prose.ts'
import { spans, words } from '../bank/prose.ts'
import { codeSpan, escapeLineStarts, escapeText, type Place } from './escape.ts'
import { safeUrl } from './links.ts'

/**
 * One text as inline Markdown. It parses back to the same words; emphasis that CommonMark could not tell from plain
 * asterisks where it stands (in the middle of a word, say) is left out rather than shown as asterisks.
 */
export function inlineMarkdown(text: Inline, place: Place = {}): string {
  const out = written('', simplified(text), place, ' ').trim()
  if (place.cell) return out.replace(/\s*\n\s*/g, '<br>')
  if (place.heading) return out.replace(/\s*\n\s*/g, ' ').replace(/(^|\s)(#+)$/, '$1\\$2')
  const lines = out.split(/\s*\n\s*/)
  return escapeLineStarts(lines.join('\n')).replaceAll('\n', '\\\n')
}

/** `out` and the spans after it; `after` is the character that follows them. */
function written(out: string, all: readonly Span[], place: Place, after: string): string {
  return all.reduce<string>((before, span, index) => {
    const next = all[index + 1]
    return before + spanMarkdown(span, before, next === undefined ? after : firstOf(next), place)
  }, out)
}

function spanMarkdown(span: Span, before: string, after: string, place: Place): string {
  if (typeof span === 'string') return textMarkdown(span, before, after, place)
  if ('code' in span) return codeSpan(span.code, place)
  if ('em' in span) return emphasis(span.em, 'em', before, after, place)
  if ('strong' in span) return emphasis(span.strong, 'strong', before, after, place)
  if ('link' in span) return linkMarkdown(span.link, span.url, before, after, place)
  return written(before, simplified(span.text), place, after).slice(before.length)
}

function textMarkdown(text: string, before: string, after: string, place: Place): string {
  const escaped = escapeText(text, place, startsLine(before) && !place.cell)
  // `!` and a link would be an image.
  return after === '[' && escaped.endsWith('!') ? `${escaped.slice(0, -1)}\\!` : escaped
}

/** Whether nothing but space stands on the last line. */
function startsLine(before: string): boolean {
  const text = before.trimEnd()
  return text === '' || before.slice(text.length).includes('\n')
}

function linkMarkdown(
  label: Inline,
  url: string,
  before: string,
  after: string,
  place: Place,
): string {
  const address = safeUrl(url)
  if (address === undefined || place.link) {
    return written(before, simplified(label), place, after).slice(before.length)
  }
  const said = words(label)
  if (said.trim() === '' || said === address) return `<${address}>`
  const text = written('[', simplified(label), { ...place, link: true }, ']').slice(1)
  const [lead, tail] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : '']
  const target = /[()]/.test(address) ? `<${address}>` : address
  return `${lead}[${text.trim().replace(/\s*\n\s*/g, ' ')}](${target.replace(/&(?=#?\w+;)/g, '&amp;')})${tail}`
}

const SPACE = /\s/
const PUNCTUATION = /[\p{P}\p{S}]/u

/** Emphasis, unless its marks would not be recognised between these neighbours: CommonMark's flanking rules. */
function emphasis(
  text: Inline,
  kind: 'em' | 'strong',
  before: string,
  after: string,
  place: Place,
): string {
  const inner = simplified(text)
  const bare = () => written(before, inner, place, after).slice(before.length)
  const said = spans(inner)
    .map(it => words([it]))
    .join('')
  const [lead = '', tail = ''] = [/^\s+/.exec(said)?.[0], /\s+$/.exec(said)?.[0]]
  if (place[kind] || lead !== '' || tail !== '') return bare()

  const left = [...before.slice(-2)].at(-1) ?? ' '
  const first = firstOf(inner[0]!)
  const last = lastOf(inner.at(-1)!)
  const open = !isWordy(left) || !PUNCTUATION.test(first)
  const close = !isWordy(after) || !PUNCTUATION.test(last)
  const apart = !isWordy(left) && !isWordy(after)
  const mark = kind === 'strong' ? '**' : apart ? '_' : '*'
  if (!open || !close || left === mark[0] || after === mark[0] || after === EMPHASIS) return bare()
  const body = written(`${before}${mark}`, inner, { ...place, [kind]: true }, mark[0]!)
  return `${mark}${body.slice(before.length + mark.length)}${mark}`
}

/** Neither space nor punctuation, so that a mark beside it is within a word. */
function isWordy(char: string): boolean {
  return !SPACE.test(char) && !PUNCTUATION.test(char)
}

/** Stands for a neighbour that may or may not begin with a mark. */
const EMPHASIS = '\u0000'

/** The character that the Markdown of a span begins with. */
function firstOf(span: Span): string {
  if (typeof span === 'string') return [...span][0] ?? ' '
  if ('code' in span) return '`'
  if ('link' in span) return '['
  return EMPHASIS
}

function lastOf(span: Span): string {
  if (typeof span === 'string') return [...span].at(-1) ?? ' '
  if ('code' in span) return '`'
  if ('link' in span) return ')'
  return '*'
}

/** The same text without roles and empty spans, neighbours of a kind in one: what Markdown can tell apart. */
function simplified(text: Inline): Span[] {
  const out: Span[] = []
  for (const span of spans(text)) {
    for (const it of typeof span === 'object' && 'role' in span ? simplified(span.text) : [span]) {
      const last = out.at(-1)
      if (typeof it === 'string' && typeof last === 'string') out[out.length - 1] = last + it
      else if (isCode(it) && isCode(last)) out[out.length - 1] = { code: last.code + it.code }
      else if (words([it]) !== '' || (typeof it === 'object' && 'link' in it)) out.push(it)
    }
  }
  return out
}

function isCode(span: Span | undefined): span is { readonly code: string } {
  return typeof span === 'object' && 'code' in span
}
