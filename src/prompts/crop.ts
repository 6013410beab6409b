import type { Look } from './look.ts'

/**
 * The lines of the blocks around the active one that fit into `room` rows, and how many were left out: what has
 * scrolled away cannot be redrawn.
 */
export function crop(
  blocks: readonly (readonly string[])[],
  active: number,
  room: number,
  look: Look,
): readonly string[] {
  const rows = (from: number, to: number) => blocks.slice(from, to).flat().length
  if (rows(0, blocks.length) <= room) return blocks.flat()

  let from = active
  let to = active + 1
  const fits = (first: number, last: number) =>
    first >= 0 && last <= blocks.length && rows(first, last) <= room - 2
  for (;;) {
    if (fits(from, to + 1)) to += 1
    else if (fits(from - 1, to)) from -= 1
    else break
  }
  const more = (count: number, sign: string) =>
    count > 0 ? [look.paint(`  ${sign} ${count} more`, 'dim')] : []
  return [
    ...more(from, look.sign.up),
    ...blocks.slice(from, to).flat(),
    ...more(blocks.length - to, look.sign.down),
  ]
}
