/** The value of what is not taken at all: less than any other. */
export const LEFT_OUT = -1

/**
 * The positions in `heap` by falling value, equal ones by rising lot or in order. `value` may be too great at first: that of a
 * position is made `exact` when it gets to the top, and where it goes down then is where it belongs (M. Minoux, 1978: lazy
 * evaluation). So of very many, of which few are taken, few are worked out. What is left out ends it.
 */
export function* descending(
  heap: Int32Array,
  value: Float64Array,
  exact: (it: number) => number,
  lots?: Int32Array,
): Generator<number> {
  let size = heap.length
  const isExact = new Uint8Array(value.length)
  const lot = (it: number) => lots?.[it] ?? it
  const above = (a: number, b: number) =>
    value[a]! > value[b]! || (value[a] === value[b] && lot(a) < lot(b))
  const sink = (at: number) => {
    const it = heap[at]!
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && above(heap[child + 1]!, heap[child]!)) child++
      if (!above(heap[child]!, it)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = it
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(at)
  while (size > 0) {
    const it = heap[0]!
    if (isExact[it] === 0) {
      isExact[it] = 1
      value[it] = exact(it)
    } else {
      if (value[it] === LEFT_OUT) return
      yield it
      heap[0] = heap[--size]!
    }
    if (size > 0) sink(0)
  }
}
