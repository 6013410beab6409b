/** Classes of bytes, which can be joined by `|`. */
export const DIGIT = 1
export const LETTER_OR_DIGIT = 2
export const NAME = 4
/** What stands in a text of JSON as it is: plain ASCII. */
export const PLAIN = 8

const CLASSES = new Uint8Array(256).map((_, byte) => {
  const it = String.fromCharCode(byte)
  return (
    (/[0-9]/.test(it) ? DIGIT : 0) |
    (/[a-z0-9]/.test(it) ? LETTER_OR_DIGIT : 0) |
    (/[a-z0-9-]/.test(it) ? NAME : 0) |
    (/[ !#-[\]-~]/.test(it) ? PLAIN : 0)
  )
})

export const QUOTE = 0x22
export const PLUS = 0x2b
export const COMMA = 0x2c
export const DASH = 0x2d
export const DOT = 0x2e
export const SLASH = 0x2f
export const ZERO = 0x30
export const COLON = 0x3a
export const ZED = 0x5a
export const BRACKET = 0x5b
export const CLOSING_BRACKET = 0x5d
export const BRACE = 0x7b
export const CLOSING_BRACE = 0x7d

/** More characters than a number of ours has. */
const LONGEST_NUMBER = 24

/** A word as a cursor finds it; plain ASCII. */
export function bytesOf(word: string): Uint8Array {
  return Buffer.from(word, 'latin1')
}

/** A place in bytes, and ways to go on from it. What cannot be gone past is said by false or 0. */
export class Cursor {
  protected bytes: Uint8Array = new Uint8Array()
  protected place = 0
  /** The last amount. */
  protected number = 0

  /** Goes past a byte, if it is there. */
  protected accept(byte: number): boolean {
    if (this.bytes[this.place] !== byte) return false
    this.place++
    return true
  }

  /** Goes past a word, if it is there. */
  protected word(word: Uint8Array): boolean {
    const { bytes, place } = this
    const { length } = word
    for (let at = 0; at < length; at++) if (bytes[place + at] !== word[at]) return false
    this.place += length
    return true
  }

  /** Goes past one of some words, and tells which; -1 when none of them is there. */
  protected oneOf(words: readonly Uint8Array[]): number {
    for (let place = 0; place < words.length; place++) if (this.word(words[place]!)) return place
    return -1
  }

  /** Goes past bytes of some classes, and tells how many there were. */
  protected run(kind: number): number {
    const { bytes, place } = this
    let at = place
    while ((CLASSES[bytes[at]!]! & kind) !== 0) at++
    this.place = at
    return at - place
  }

  /** Goes past a number of JSON that is not negative and has no exponent. */
  protected amount(): boolean {
    const from = this.place
    const digits = this.run(DIGIT)
    if (digits === 0 || (digits > 1 && this.bytes[from] === ZERO)) return false
    if (this.accept(DOT) && this.run(DIGIT) === 0) return false
    const length = this.place - from
    if (length > LONGEST_NUMBER) return false
    // Exact up to 2^53, which has 16 digits.
    if (length === digits && digits < 16) this.number = this.whole(from, digits)
    else this.number = Number(String.fromCharCode(...this.bytes.subarray(from, this.place)))
    return true
  }

  /** What some digits say; they are known to be there. */
  protected whole(from: number, digits: number): number {
    let value = 0
    for (let at = from; at < from + digits; at++) value = value * 10 + this.bytes[at]! - ZERO
    return value
  }

  /** Whether a byte is a digit. */
  protected digit(place: number): boolean {
    return (CLASSES[this.bytes[place]!]! & DIGIT) !== 0
  }
}
