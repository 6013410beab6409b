import {
  BRACE,
  BRACKET,
  bytesOf,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  Cursor,
  DASH,
  DIGIT,
  LETTER_OR_DIGIT,
  NAME,
  PLAIN,
  PLUS,
  QUOTE,
  SLASH,
  ZED,
  ZERO,
} from './cursor.ts'

/** A place in some bytes: from one byte up to another. */
export interface Span {
  from: number
  to: number
}

/**
 * Ways to go past what the fields of a line hold, each in the plain form in which it is written, with the quote that ends it. What
 * is false is in another form, or nothing of ours.
 */
export class Values extends Cursor {
  /** The last instant: milliseconds since 1970-01-01T00:00Z, and local time less UTC. */
  at = 0
  offset = 0
  readonly #name: Span = { from: 0, to: 0 }

  /** `[a-z0-9][a-z0-9-]{0,99}` and a quote. */
  protected name(span: Span): boolean {
    span.from = this.place
    const plain = this.bytes[this.place] !== DASH
    const length = this.run(NAME)
    span.to = this.place
    return plain && length > 0 && length <= 100 && this.accept(QUOTE)
  }

  /** Two names with a slash between them, and a quote. */
  protected questionId(span: Span): boolean {
    span.from = this.place
    if (this.run(NAME) === 0 || !this.accept(SLASH) || this.run(NAME) === 0) return false
    span.to = this.place
    return this.accept(QUOTE)
  }

  /** `2026-11-21T16:30:00.123+01:00` and a quote; 29 February is left to `readLine`. */
  protected instant(): boolean {
    const from = this.place
    for (let at = 0; at < 23; at++) {
      const byte = this.bytes[from + at]!
      const form = INSTANT[at]!
      if (form === ZERO ? !this.digit(from + at) : byte !== form) return false
    }
    const year = this.whole(from, 4)
    const month = this.whole(from + 5, 2)
    const day = this.whole(from + 8, 2)
    const hour = this.whole(from + 11, 2)
    const minute = this.whole(from + 14, 2)
    const second = this.whole(from + 17, 2)
    const millis = this.whole(from + 20, 3)
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]!) return false
    if (hour > 23 || minute > 59 || second > 59) return false
    this.place = from + 23
    if (!this.#zone()) return false
    const wall = Date.UTC(year, month - 1, day, hour, minute, second, millis)
    this.at = wall - this.offset
    return this.accept(QUOTE)
  }

  #zone(): boolean {
    this.offset = 0
    if (this.accept(ZED)) return true
    const east = this.accept(PLUS)
    if (!east && !this.accept(DASH)) return false
    const from = this.place
    if (this.run(DIGIT) !== 2 || !this.accept(COLON) || this.run(DIGIT) !== 2) return false
    const [hours, minutes] = [this.whole(from, 2), this.whole(from + 3, 2)]
    this.offset = (east ? 1 : -1) * (hours * 60 + minutes) * 60_000
    return hours < 24 && minutes < 60
  }

  /** Words, a number, keys in brackets or pairs of keys in braces. The span is empty when it is words or a number. */
  protected replied(span: Span): boolean {
    span.from = this.place
    span.to = this.place
    if (this.accept(QUOTE)) {
      this.run(PLAIN)
      return this.accept(QUOTE)
    }
    const pairs = this.accept(BRACE)
    if (!pairs && !this.accept(BRACKET)) return this.amount()
    const end = pairs ? CLOSING_BRACE : CLOSING_BRACKET
    for (let first = true; !this.accept(end); first = false) {
      if (!first && !this.accept(COMMA)) return false
      if (!this.#key() || (pairs && !(this.accept(COLON) && this.#key()))) return false
    }
    span.to = this.place
    return true
  }

  /** Names of misconceptions in brackets, at most 20. */
  protected offer(span: Span): boolean {
    span.from = this.place
    if (!this.accept(BRACKET)) return false
    for (let count = 0; !this.accept(CLOSING_BRACKET); count++) {
      if (count === 20 || (count > 0 && !this.accept(COMMA))) return false
      if (!this.accept(QUOTE) || !this.questionId(this.#name)) return false
    }
    span.to = this.place
    return true
  }

  #key(): boolean {
    if (!this.accept(QUOTE)) return false
    const length = this.run(LETTER_OR_DIGIT)
    return length > 0 && length <= 3 && this.accept(QUOTE)
  }
}

/** How many days each month surely has. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** What is at each place of an instant before its zone; 0 is any digit. */
const INSTANT = bytesOf('0000-00-00T00:00:00.000')
