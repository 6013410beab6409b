/** An argument as a shell wants it typed: in quotes where it holds more than plain letters, digits and signs. */
export function shellWord(text: string): string {
  return /^[\w.,:/@%+-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`
}
