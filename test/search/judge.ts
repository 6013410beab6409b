import type { Resolution } from '../../src/search.ts'

/** A row of queries.yaml. */
export interface Row {
  readonly query: string
  readonly want: string | readonly string[]
  readonly or?: readonly string[]
}

/** The place in which what was wanted was shown, counted from 1; 0 when it was not shown. A comparison shows all it names. */
export function placed({ want, or = [] }: Row, resolution: Resolution): number {
  const shown = refsOf(resolution)
  if (typeof want !== 'string') {
    const compared =
      resolution.type === 'compare' && [...shown].sort().join() === [...want].sort().join()
    return compared ? 1 : 0
  }
  return shown.findIndex(ref => ref === want || or.includes(ref)) + 1
}

/** The refs that a resolution shows, in order. */
export function refsOf(resolution: Resolution): readonly string[] {
  switch (resolution.type) {
    case 'one':
      return [resolution.ref]
    case 'compare':
      return resolution.refs
    case 'several':
      return resolution.hits.map(({ ref }) => ref)
    case 'none':
      return []
  }
}
