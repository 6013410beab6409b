import type { Inline, Prose, Span } from '../bank/prose.ts'

/** A line with `code` and **strong** in it, without loading a parser of Markdown for what labs say. */
export function said(text: string): Inline {
  const spans = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).flatMap((part): Span[] => {
    if (part === '') return []
    if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
      return [{ code: part.slice(1, -1) }]
    if (part.length > 4 && part.startsWith('**')) return [{ strong: part.slice(2, -2) }]
    return [part]
  })
  return spans.length === 1 && typeof spans[0] === 'string' ? spans[0] : spans
}

/** Paragraphs, set apart by an empty line; lines that all begin with `- ` are a list, and a fence of ``` holds code. */
export function prose(text: string): Prose {
  return text.split(/(^```[^\n]*\n[\s\S]*?\n```$)/m).flatMap((part, index): Prose => {
    if (index % 2 === 1) {
      const [, lang, code] = /^```([^\n]*)\n([\s\S]*)\n```$/.exec(part)!
      return [{ type: 'code', text: code!, ...(lang !== '' && { lang: lang! }) }]
    }
    return part
      .split(/\n\s*\n/)
      .map(it => it.trim())
      .filter(it => it !== '')
      .map(it => {
        const lines = it.split('\n')
        return lines.every(line => line.startsWith('- '))
          ? {
              type: 'list' as const,
              ordered: false,
              items: lines.map(line => [{ type: 'paragraph' as const, text: said(line.slice(2)) }]),
            }
          : { type: 'paragraph' as const, text: said(lines.join(' ')) }
      })
  })
}

/** A number as people write it: at most 12 digits that count, thousands set apart from 10,000 on. */
export function num(value: number): string {
  const [whole = '', ...rest] = String(Number(value.toPrecision(12))).split('.')
  if (whole.includes('e') || Math.abs(value) < 10_000) return [whole, ...rest].join('.')
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.')
}

/** Rounded to so many decimals, half away from zero in decimal, so that 1.005 gives 1.01. */
export function rounded(value: number, decimals = 0): number {
  const sign = value < 0 ? -1 : 1
  const scaled = Number(`${Math.abs(value).toPrecision(15)}`) * 10 ** decimals
  return (sign * Math.floor(Number(scaled.toPrecision(14)) + 0.5)) / 10 ** decimals
}

/** `1 request`, `2 requests`. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${num(value)} ${value === 1 ? noun : plural}`
}

/** `a`, `a and b`, `a, b and c`; `none` when there are none. */
export function list(words: readonly string[], none = 'none'): string {
  if (words.length === 0) return none
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
