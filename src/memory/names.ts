/**
 * Texts by number, each once, from 0 in the order in which they came: ids and the like, in ASCII. They are kept as bytes in one place: a million ids take a
 * fifth of what they would take as strings, and reading one makes nothing that has to be cleared away.
 */
export class Names {
  #size = 0
  #bytes: Buffer
  #starts: Uint32Array
  /** An open hash table of numbers, from 1; 0 is a free slot. Never more than half full. */
  #slots: Int32Array
  #hashes: Int32Array
  /** What was asked for last, which for a sitting is asked for next as well. */
  #last = 0

  /** Room for about so many, and more is made when it is needed; or what `packed` gave, to go on with. */
  constructor(from: number | PackedNames = 64) {
    if (typeof from === 'object') {
      this.#size = from.size
      this.#bytes = from.bytes
      this.#starts = from.starts
      this.#hashes = from.hashes
      this.#slots = from.slots
      return
    }
    const room = 2 ** Math.ceil(Math.log2(Math.max(64, from)))
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
    if (this.#last < this.#size && this.#is(this.#last, bytes, from, to)) return this.#last
    this.#last = this.#added(bytes, from, to)
    return this.#last
  }

  #added(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const slot = this.#slotOf(bytes, from, to, hash)
    const known = this.#slots[slot]! - 1
    if (known >= 0) return known
    const place = this.#size
    if (place === this.#hashes.length) {
      this.#widen()
      return this.#added(bytes, from, to)
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
    return withBytes(text, (bytes, to) => this.add(bytes, 0, to))
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    return withBytes(text, (bytes, to) => {
      return this.#slots[this.#slotOf(bytes, 0, to, hashOf(bytes, 0, to))]! - 1
    })
  }

  text(place: number): string {
    return this.#bytes.toString('latin1', this.#starts[place], this.#starts[place + 1])
  }

  /** All texts, in the order of their numbers, from one of them on. */
  texts(from = 0): string[] {
    const starts = this.#starts
    const first = starts[from]!
    const all = this.#bytes.toString('latin1', first, starts[this.#size])
    const texts = new Array<string>(this.#size - from)
    for (let place = from; place < this.#size; place++) {
      texts[place - from] = all.slice(starts[place]! - first, starts[place + 1]! - first)
    }
    return texts
  }

  /** Less than 0 when the first text sorts before the second one. */
  compare(one: number, other: number): number {
    const [start, end] = [this.#starts[one]!, this.#starts[one + 1]!]
    const [from, to] = [this.#starts[other]!, this.#starts[other + 1]!]
    return this.#bytes.compare(this.#bytes, from, to, start, end)
  }

  /** All of it as arrays, which are its own still. */
  packed(): PackedNames {
    const bytes = this.#bytes.subarray(0, this.#starts[this.#size])
    const [starts, hashes, slots] = [this.#starts, this.#hashes, this.#slots]
    return { size: this.#size, bytes, starts, hashes, slots }
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

export interface PackedNames {
  readonly size: number
  readonly bytes: Buffer
  readonly starts: Uint32Array
  readonly hashes: Int32Array
  readonly slots: Int32Array
}

/** Most texts fit in here, and making a buffer for each would take longer than all the rest. */
const scratch = Buffer.allocUnsafe(512)

function withBytes(text: string, act: (bytes: Buffer, to: number) => number): number {
  if (text.length * 3 <= scratch.length) return act(scratch, scratch.write(text))
  const bytes = Buffer.from(text)
  return act(bytes, bytes.length)
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
  return withBytes(text, (bytes, to) => hashOf(bytes, 0, to))
}

/** The hash of murmur3 with seed 0 (Austin Appleby, public domain), 32 bits, four bytes at a time. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let h = 0
  let at = from
  for (; at + 4 <= to; at += 4) {
    const k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    h ^= scrambled(k)
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
  }
  let rest = 0
  for (let end = to - 1; end >= at; end--) rest = (rest << 8) | bytes[end]!
  h ^= scrambled(rest) ^ (to - from)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function scrambled(k: number): number {
  const k1 = Math.imul(k, 0xcc9e2d51)
  return Math.imul((k1 << 15) | (k1 >>> 17), 0x1b873593)
}
