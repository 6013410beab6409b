/**
 * The names of a bank as one text, a line each: the name, a tab, and the refs it names with spaces between. Reading them
 * as JSON would take as long as all the rest of a short command; here one is found without decoding the others.
 */
export function nameLines(names: ReadonlyMap<string, readonly string[]>): string {
  return [...names].map(([name, refs]) => `\n${name}\t${refs.join(' ')}`).join('')
}

/** What a name, as `normalise` gives it, names; empty when it names nothing. */
export function refsOf(lines: Buffer, name: string): string[] {
  const start = `\n${name}\t`
  const at = lines.indexOf(start)
  if (at < 0) return []
  const end = lines.indexOf('\n', at + 1)
  return lines.toString('utf8', at + Buffer.byteLength(start), end < 0 ? undefined : end).split(' ')
}

/** Every name with its refs. */
export function namesIn(lines: Buffer): [name: string, refs: string[]][] {
  return lines
    .toString()
    .split('\n')
    .slice(1)
    .map(line => {
      const [name = '', refs = ''] = line.split('\t')
      return [name, refs.split(' ')]
    })
}
