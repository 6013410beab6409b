import { visible } from '../visible.ts'

/** Where inline Markdown stands, which decides what has to be escaped. */
export interface Place {
  /** In a cell of a table: pipes are escaped, and a line break is `<br>`. */
  readonly cell?: true
  /** In a heading, which is a single line. */
  readonly heading?: true
  /** In the text of a link: brackets are escaped. */
  readonly link?: true
}

/**
 * Escapes what CommonMark or GitHub would take for markup within a line, and nothing else: `snake_case`, `2 * 3` and
 * `a < b` stay as they are. `atLineStart` says that nothing stands before the text.
 */
export function escapeText(text: string, place: Place, atLineStart: boolean): string {
  const source = visible(text)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
  return source.replace(/_+|~+|[\\`*[\]<&|]/g, (run: string, at: number) =>
    isMarkup(run, at, source, place, atLineStart) ? run.replace(/./g, '\\$&') : run,
  )
}

const LETTER = /[\p{L}\p{N}]/u

/** Longer than any character reference, so that looking for one never reads on and on. */
const LONGEST_REFERENCE = 40

function isMarkup(
  run: string,
  at: number,
  source: string,
  place: Place,
  atLineStart: boolean,
): boolean {
  const before = source[at - 1] ?? ''
  const after = source[at + run.length] ?? ''
  switch (run[0]) {
    case '\\':
      // Space at the end is dropped later, and what comes then may be punctuation.
      return /^ ?$|^\n|^[!-/:-@[-`{-~]/.test(source.slice(at + 1, at + 3))
    case '*':
      return !(before === ' ' && after === ' ')
    case '_':
      return !(LETTER.test(before) && LETTER.test(after)) && !(before === ' ' && after === ' ')
    case '~':
      // One tilde with space on a side, as in `~5 ms`, strikes nothing out.
      return run.length > 1 || !(/^\s?$/.test(before) || /^\s?$/.test(after))
    case '[':
      return place.link === true || startsLine(source, at, atLineStart)
    case ']':
      return place.link === true || /[([:]/.test(after)
    case '<':
      return /[a-z/!?]/i.test(after)
    case '&':
      return /^&(#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i.test(source.slice(at, at + LONGEST_REFERENCE))
    case '|':
      return place.cell === true
    default:
      return true
  }
}

/** Whether nothing but space stands before a character on its line; runs of space are one space here. */
function startsLine(source: string, at: number, atLineStart: boolean): boolean {
  const start = source[at - 1] === ' ' ? at - 1 : at
  return start === 0 ? atLineStart : source[start - 1] === '\n'
}

/** Escapes what would start a list, a heading, a quotation, a rule or a table if it stood at the start of a line. */
export function escapeLineStarts(markdown: string): string {
  return markdown
    .split('\n')
    .map(line =>
      line
        .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
        .replace(/^(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|(?=.*[-=])[-=:|][-=:|\s]*$)/, '\\$1'),
    )
    .join('\n')
}

/** A code span whose fence is longer than any run of backticks in it; empty code is nothing. */
export function codeSpan(code: string, place: Place): string {
  const text = visible(code).replaceAll(/[\n\t]/g, ' ')
  if (text === '') return ''
  const runs = new Set((text.match(/`+/g) ?? []).map(it => it.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  const pad = /^`|`$|^ .*\S.* $/.test(text) ? ' ' : ''
  const body = place.cell ? text.replaceAll('|', '\\|') : text
  return `${fence}${pad}${body}${pad}${fence}`
}
