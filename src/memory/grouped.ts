/** Items by what they have in common, in the order in which that first came up. */
export function grouped<T, K>(items: Iterable<T>, key: (it: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>()
  for (const it of items) {
    const own = key(it)
    const known = out.get(own)
    if (known === undefined) out.set(own, [it])
    else known.push(it)
  }
  return out
}
