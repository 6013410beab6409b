import type { Names } from './names.ts'

/**
 * A map by ids of which only what is asked for is made: there are ten thousand, of which a few are looked at one by one. Whoever
 * goes through all of them takes the columns.
 */
export abstract class Made<T> implements ReadonlyMap<string, T> {
  readonly #ids: Names

  constructor(ids: Names) {
    this.#ids = ids
  }

  /** What there is at a place, if there is anything. */
  protected abstract at(place: number): T | undefined

  get(id: string): T | undefined {
    const place = this.#ids.find(id)
    return place < 0 ? undefined : this.at(place)
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  get size(): number {
    return [...this].length
  }

  *entries(): MapIterator<[string, T]> {
    for (const [place, id] of this.#ids.texts().entries()) {
      const it = this.at(place)
      if (it !== undefined) yield [id, it]
    }
  }

  *keys(): MapIterator<string> {
    for (const [id] of this) yield id
  }

  *values(): MapIterator<T> {
    for (const [, it] of this) yield it
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries()
  }

  forEach(act: (it: T, id: string, all: ReadonlyMap<string, T>) => void): void {
    for (const [id, it] of this) act(it, id, this)
  }
}
