/**
 * Text with meaning: what Markdown becomes when a bank is compiled, and what every view is made of.
 *
 * A bank is parsed into these shapes once, so that nothing has to know Markdown when a screen is drawn.
 * They are plain data and go to disk as JSON.
 */

/** What a run of text means to the reader; each renderer decides how that looks. Banks never contain roles. */
export type Role = 'title' | 'label' | 'muted' | 'accent' | 'good' | 'bad' | 'warn'

/** One run of inline text. A newline inside a string is a line break that must be kept. */
export type Span =
  | string
  | { readonly code: string }
  | { readonly em: Inline }
  | { readonly strong: Inline }
  | { readonly link: Inline; readonly url: string }
  | { readonly role: Role; readonly text: Inline }

/** A line of text. A bare string is text without any markup. */
export type Inline = string | readonly Span[]

/** A block of text, as CommonMark has them (headings, images and HTML are not allowed in a bank). */
export type Block =
  | { readonly type: 'paragraph'; readonly text: Inline }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly Prose[] }
  | { readonly type: 'code'; readonly text: string; readonly lang?: string }
  | { readonly type: 'quote'; readonly blocks: Prose }
  | {
      readonly type: 'table'
      readonly columns: readonly Inline[]
      readonly rows: readonly (readonly Inline[])[]
    }

/** A few blocks that belong together: an explanation, a prompt, an answer. */
export type Prose = readonly Block[]

/** The spans of a line, also of a bare string. */
export function spans(text: Inline): readonly Span[] {
  return typeof text === 'string' ? [text] : text
}

/** The words of a line without any markup. */
export function words(text: Inline): string {
  return spans(text)
    .map(span => {
      if (typeof span === 'string') return span
      if ('code' in span) return span.code
      if ('em' in span) return words(span.em)
      if ('strong' in span) return words(span.strong)
      if ('link' in span) return words(span.link)
      return words(span.text)
    })
    .join('')
}

/** The words of some blocks without any markup, blocks separated by newlines. */
export function wordsOf(prose: Prose): string {
  return prose.map(wordsOfBlock).join('\n')
}

function wordsOfBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return words(block.text)
    case 'code':
      return block.text
    case 'list':
      return block.items.map(wordsOf).join('\n')
    case 'quote':
      return wordsOf(block.blocks)
    case 'table':
      return [block.columns, ...block.rows].map(row => row.map(words).join(' ')).join('\n')
  }
}
