import type { Screen } from '../screen.ts'
import type { Doc } from '../view/doc.ts'

export type Format = 'text' | 'markdown' | 'html'

export interface RenderOptions {
  /** Title of the HTML page; without one it is the first heading. */
  readonly title?: string
}

/**
 * A document as text for the screen (decorated on a terminal, words only in a pipe or for a screen reader), as Markdown for
 * a notes file, or as one self-contained HTML page. No control character of the data gets through, and the result always
 * ends with exactly one newline. Only what is needed for the format is loaded.
 */
export async function render(
  doc: Doc,
  format: Format,
  screen: Screen,
  options: RenderOptions = {},
): Promise<string> {
  switch (format) {
    case 'text':
      return screen.terminal && !screen.plain
        ? (await import('./terminal.ts')).terminalText(doc, screen)
        : (await import('./plain.ts')).plainText(doc, screen)
    case 'markdown':
      return (await import('./markdown.ts')).markdownText(doc)
    case 'html':
      return (await import('./html.ts')).htmlPage(doc, options.title)
  }
}
