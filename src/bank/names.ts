/**
 * The names of a bank as one text, a line each: the name, a tab, and the refs it names with spaces between. Reading them
 * as JSON would take as long as all the rest of a short command; here one is found without reading the others.
 */
export function nameLines(names: ReadonlyMap<string, readonly string[]>): string {
  return [...names].map(([name, refs]) => `\n${name}\t${refs.join(' ')}`).join('')
}

/** What a name, as `normalise` gives it, names; empty when it names nothing. */
export function refsOf(lines: string, name: string): string[] {
  const start = `\n${name}\t`
  const at = lines.indexOf(start)
  if (at < 0) return []
  const end = lines.indexOf('\n', at + start.length)
  return lines.slice(at + start.length, end < 0 ? undefined : end).split(' ')
}

/** Every name with its refs. */
export function namesIn(lines: string): [name: string, refs: string[]][] {
  return lines
    .split('\n')
    .slice(1)
    .map(line => {
      const [name = '', refs = ''] = line.split('\t')
      return [name, refs.split(' ')]
    })
}
