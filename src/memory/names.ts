/**
 * Texts by number, each once, from 0 in the order in which they came. They are kept as bytes in one place: a million ids take a
 * fifth of what they would take as strings, and reading one makes nothing that has to be cleared away.
 */
export class Names {
  #size = 0
  #bytes: Buffer
  #starts: Uint32Array
  /** An open hash table of numbers, from 1; 0 is a free slot. Never more than half full. */
  #slots: Int32Array
  #hashes: Int32Array

  /** Room for about so many; more is made when it is needed. */
  constructor(expected = 64) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(64, expected)))
    this.#bytes = Buffer.allocUnsafe(room * 24)
    this.#starts = new Uint32Array(room + 1)
    this.#hashes = new Int32Array(room)
    this.#slots = new Int32Array(room * 2)
  }

  get size(): number {
    return this.#size
  }

  /** The number of a text of bytes; the next free one if it is new. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const slot = this.#slotOf(bytes, from, to, hash)
    const known = this.#slots[slot]! - 1
    if (known >= 0) return known
    const place = this.#size
    if (place === this.#hashes.length) {
      this.#widen()
      return this.add(bytes, from, to)
    }
    const start = this.#starts[place]!
    if (start + to - from > this.#bytes.length) this.#lengthen(to - from)
    for (let at = from; at < to; at++) this.#bytes[start + at - from] = bytes[at]!
    this.#starts[place + 1] = start + to - from
    this.#hashes[place] = hash
    this.#slots[slot] = place + 1
    this.#size++
    return place
  }

  addText(text: string): number {
    const bytes = Buffer.from(text, 'latin1')
    return this.add(bytes, 0, bytes.length)
  }

  /** The number of a text of bytes, or -1. */
  find(bytes: Uint8Array, from = 0, to = bytes.length): number {
    return this.#slots[this.#slotOf(bytes, from, to, hashOf(bytes, from, to))]! - 1
  }

  text(place: number): string {
    return this.#bytes.toString('latin1', this.#starts[place], this.#starts[place + 1])
  }

  /** All texts, in the order of their numbers. */
  texts(): string[] {
    return Array.from({ length: this.#size }, (_, place) => this.text(place))
  }

  /** Less than 0 when the first text sorts before the second one. */
  compare(one: number, other: number): number {
    const [start, end] = [this.#starts[one]!, this.#starts[one + 1]!]
    const [from, to] = [this.#starts[other]!, this.#starts[other + 1]!]
    return this.#bytes.compare(this.#bytes, from, to, start, end)
  }

  /** The slot of a text, or the free one where it belongs. */
  #slotOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot]! - 1
      if (place < 0) return slot
      if (this.#hashes[place] === hash && this.#is(place, bytes, from, to)) return slot
    }
  }

  #is(place: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[place]!
    if (this.#starts[place + 1]! - start !== to - from) return false
    for (let at = from; at < to; at++)
      if (this.#bytes[start + at - from] !== bytes[at]) return false
    return true
  }

  #widen(): void {
    const room = this.#hashes.length * 2
    this.#starts = widened(this.#starts, new Uint32Array(room + 1))
    this.#hashes = widened(this.#hashes, new Int32Array(room))
    this.#slots = new Int32Array(room * 2)
    const mask = this.#slots.length - 1
    for (let place = 0; place < this.#size; place++) {
      let slot = this.#hashes[place]! & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = place + 1
    }
  }

  #lengthen(more: number): void {
    const length = Math.max(this.#bytes.length * 1.5, this.#bytes.length + more)
    const bytes = Buffer.allocUnsafe(Math.ceil(length))
    this.#bytes.copy(bytes)
    this.#bytes = bytes
  }
}

/** A larger array that begins with what a smaller one holds. */
export function widened<T extends Uint32Array | Int32Array | Uint8Array | Float64Array>(
  values: T,
  larger: T,
): T {
  larger.set(values)
  return larger
}

/** A number of 32 bits for a text, the same everywhere. Two texts may have the same one. */
export function hashOfText(text: string): number {
  const bytes = Buffer.from(text, 'latin1')
  return hashOf(bytes, 0, bytes.length)
}

/** 32-bit FNV-1a (Fowler, Noll, Vo), with the mixing of murmur3 (Austin Appleby) at the end, as its low bits alone are poor. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5
  for (let at = from; at < to; at++) h = Math.imul(h ^ bytes[at]!, 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  return h ^ (h >>> 13)
}
