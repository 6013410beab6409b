/** What a terminal shows after it was sent these bytes: enough of one to read prompts that redraw themselves. */
export function shownBy(bytes: string): string {
  const rows: string[] = ['']
  let row = 0
  let column = 0
  for (const [, csi, parameter, command, char] of bytes.matchAll(
    // biome-ignore lint/complexity/useRegexLiterals: an escape is easier to see in here
    new RegExp('(\u001b\\[)([?\\d;]*)([A-Za-z])|([^])', 'gu'),
  )) {
    const count = Number(parameter || 1)
    if (csi) {
      if (command === 'A') row = Math.max(0, row - count)
      else if (command === 'B') row += count
      else if (command === 'G') column = count - 1
      else if (command === 'K') rows[row] = ''
      else if (command !== 'm' && command !== 'h' && command !== 'l') {
        throw new Error(`the pretend terminal does not know ${command}`)
      }
    } else if (char === '\n') {
      row += 1
      column = 0
    } else if (char === '\r') {
      column = 0
    } else {
      const line = (rows[row] ?? '').padEnd(column)
      rows[row] = `${line.slice(0, column)}${char}${line.slice(column + 1)}`
      column += 1
    }
    while (rows.length <= row) rows.push('')
  }
  return rows
    .map(line => line.trimEnd())
    .join('\n')
    .trimEnd()
}
