/**
 * The numbers below `size`, sorted by `before`, which says of any two whether the first one comes first. A natural merge sort: what
 * is in order already costs one look, and several logs one after another as many merges as it takes to halve them to one.
 */
export function sorted(size: number, before: (one: number, other: number) => boolean): Uint32Array {
  let from = new Uint32Array(size).map((_, place) => place)
  let ends: number[] = []
  for (let place = 1; place <= size; place++) {
    if (place === size || before(place, place - 1)) ends.push(place)
  }
  let to = ends.length > 1 ? new Uint32Array(size) : from
  while (ends.length > 1) {
    const merged: number[] = []
    for (let run = 0; run < ends.length; run += 2) {
      const start = ends[run - 1] ?? 0
      const middle = ends[run]!
      const end = ends[run + 1] ?? middle
      let [left, right] = [start, middle]
      for (let place = start; place < end; place++) {
        const takesRight = left === middle || (right < end && before(from[right]!, from[left]!))
        to[place] = from[takesRight ? right++ : left++]!
      }
      merged.push(end)
    }
    ends = merged
    ;[from, to] = [to, from]
  }
  return from
}
