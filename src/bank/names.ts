/**
 * The names of a bank as one text, a line each: the name, a tab, and the refs it names with spaces between; sorted by the bytes of
 * the names. Reading them as JSON would take as long as all the rest of a short command; here one is found without decoding the
 * others, or looking at most of them.
 */
export function nameLines(names: ReadonlyMap<string, readonly string[]>): string {
  return [...names]
    .map(([name, refs]) => ({ name: Buffer.from(name), line: `\n${name}\t${refs.join(' ')}` }))
    .sort((a, b) => a.name.compare(b.name))
    .map(it => it.line)
    .join('')
}

/** What a name, as `normalise` gives it, names; empty when it names nothing. */
export function refsOf(lines: Buffer, name: string): string[] {
  // With the tab, as nothing in a name comes before it.
  const wanted = Buffer.from(`${name}\t`)
  // Both are places where a line begins, or the end.
  let [from, to] = [0, lines.length]
  while (from < to) {
    const start = lines.lastIndexOf(NEWLINE, (from + to) >> 1)
    const refs = start + 1 + wanted.length
    const order = wanted.compare(lines, start + 1, Math.min(refs, lines.length))
    if (order < 0) to = start
    else {
      const next = lines.indexOf(NEWLINE, start + 1)
      const end = next < 0 ? lines.length : next
      if (order === 0) return lines.toString('utf8', refs, end).split(' ')
      from = end
    }
  }
  return []
}

const NEWLINE = 0x0a

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
