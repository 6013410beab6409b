import { num } from './said.ts'

/** Something that happens at an instant, drawn as one sign. */
export interface Mark {
  readonly at: number
  readonly sign: string
}

/** A row of a timeline: whose it is and what happens in it. */
export interface Lane {
  readonly label: string
  readonly marks: readonly Mark[]
}

/** Columns between the first and the last instant. */
const COLUMNS = 56

/**
 * Rows of marks above one scale:
 *
 *     requests  ##.        #         ##
 *               |----+----|----+----|
 *               0 s       1 s       2 s
 *
 * A mark whose column is taken moves on to the next free one.
 */
export function timeline(lanes: readonly Lane[], from: number, to: number, unit = 's'): string {
  const span = to > from ? to - from : 1
  const column = (at: number) => Math.round(((at - from) / span) * COLUMNS)
  const margin = Math.max(0, ...lanes.map(it => it.label.length)) + 2
  const rows = lanes.map(({ label, marks }) => {
    const cells: string[] = []
    for (const { at, sign } of marks) {
      let place = Math.min(Math.max(column(at), 0), COLUMNS)
      while (cells[place] !== undefined) place++
      cells[place] = sign
    }
    return (label.padEnd(margin) + Array.from(cells, it => it ?? ' ').join('')).trimEnd()
  })
  const step = nice(span / 4)
  let scale = ''
  let names = ''
  for (let at = Math.ceil(from / step) * step; at <= to + step * 1e-9; at += step) {
    const place = column(at)
    scale = `${scale.padEnd(place, '-')}|`
    names = `${names.padEnd(place)}${num(at)} ${unit} `
  }
  return [
    ...rows,
    ' '.repeat(margin) + scale.padEnd(COLUMNS + 1, '-'),
    ' '.repeat(margin) + names.trimEnd(),
  ].join('\n')
}

/** Two lanes: requests that got in, and requests that did not. */
export function admissions(
  steps: readonly { readonly at: number; readonly admitted: boolean }[],
): Lane[] {
  const marks = (admitted: boolean, sign: string) =>
    steps.filter(it => it.admitted === admitted).map(({ at }) => ({ at, sign }))
  return [
    { label: 'admitted', marks: marks(true, '#') },
    { label: 'refused', marks: marks(false, '.') },
  ]
}

/** A round step at least as long: 1, 2 or 5 times a power of ten. */
function nice(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find(it => it * power >= least * (1 - 1e-9)) ?? 10)
}

/** Rows of bars, each with its number: shares of the longest. */
export function bars(
  rows: readonly { label: string; value: number; note: string }[],
  width = 40,
): string {
  const most = Math.max(...rows.map(it => it.value), 0)
  const margin = Math.max(0, ...rows.map(it => it.label.length)) + 2
  return rows
    .map(({ label, value, note }) => {
      const length = most === 0 ? 0 : Math.round((value / most) * width)
      return `${label.padEnd(margin)}${'#'.repeat(length)}${length > 0 ? ' ' : ''}${note}`
    })
    .join('\n')
}

/** Lines with arrows between two columns, for messages from one side to the other: `client -> server  PUT /a`. */
export function messages(steps: readonly { from: string; to: string; says: string }[]): string {
  const margin = Math.max(0, ...steps.map(it => it.from.length))
  const other = Math.max(0, ...steps.map(it => it.to.length))
  return steps
    .map(
      ({ from, to, says }) =>
        `${from.padEnd(margin)} ${from === to ? '  ' : '->'} ${(from === to ? '' : to).padEnd(other)}  ${says}`,
    )
    .join('\n')
}
