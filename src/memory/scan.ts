import { CONFIDENCES } from '../kinds/ask.ts'
import {
  BRACE,
  BRACKET,
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
import { MODES } from './review.ts'

/** A place in some bytes: from one byte up to another. */
export interface Span {
  from: number
  to: number
}

/**
 * Reads answers from the bytes of a log, far faster than `readLine` and without making anything: a million of them have to be
 * read within a second or two. It takes only lines in the plain form in which they are written, their fields in any order, and
 * finds in them what `readLine` does; all else it leaves to `readLine`.
 *
 * What it found is in its fields until the next line.
 */
export class Scanner extends Cursor {
  readonly id: Span = { from: 0, to: 0 }
  readonly question: Span = { from: 0, to: 0 }
  readonly sitting: Span = { from: 0, to: 0 }
  /** Keys, or pairs of keys, as JSON; empty when the reply is words or a number. */
  readonly reply: Span = { from: 0, to: 0 }
  /** Milliseconds since 1970-01-01T00:00Z, and local time less UTC. */
  at = 0
  offset = 0
  score = 0
  ms = 0
  /** A place in `MODES`. */
  mode = 0
  /** A place in `CONFIDENCES`, from 1; 0 when none was given. */
  confidence = 0
  again = false
  seeded = false

  readonly #device: Span = { from: 0, to: 0 }
  /** Which field came after each one the last time, and at the end which one came first: most likely they will do so again. */
  readonly #after: number[] = [...FIELDS, BRACE].map(() => 0)

  /** Whether an answer in plain form stands from one place of these bytes to another, no newline in it. */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    this.bytes = bytes
    this.place = from
    this.confidence = 0
    let found = 0
    let field: number = FIELDS.length
    while (this.accept(found === 0 ? BRACE : COMMA)) {
      field = this.#field(field)
      if (field < 0 || (found & (1 << field)) !== 0 || !this.#value(field)) return false
      found |= 1 << field
    }
    this.seeded = (found & SEEDED) !== 0
    this.again = (found & AGAIN) !== 0
    return this.accept(CLOSING_BRACE) && this.place === to && (found & NEEDED) === NEEDED
  }

  #field(before: number): number {
    const likely = this.#after[before]!
    if (this.word(FIELDS[likely]!)) return likely
    const field = this.oneOf(FIELDS)
    if (field >= 0) this.#after[before] = field
    return field
  }

  #value(field: number): boolean {
    switch (field) {
      case Field.id:
        return this.#name(this.id)
      case Field.device:
        return this.#name(this.#device)
      case Field.sitting:
        return this.#name(this.sitting)
      case Field.at:
        return this.#instant()
      case Field.question:
        return this.#question()
      case Field.seed:
        return this.amount()
      case Field.score:
        if (!this.amount() || this.number > 1) return false
        this.score = this.number
        return true
      case Field.ms:
        if (!this.amount()) return false
        this.ms = this.number
        return true
      case Field.reply:
        return this.#reply()
      case Field.confidence:
        this.confidence = 1 + this.oneOf(CONFIDENCE_WORDS)
        return this.confidence > 0
      case Field.mode:
        this.mode = this.oneOf(MODE_WORDS)
        return this.mode >= 0
      default:
        // The others are what they are.
        return true
    }
  }

  /** `[a-z0-9][a-z0-9-]{0,99}` and the quote that ends it. */
  #name(span: Span): boolean {
    span.from = this.place
    const plain = this.bytes[this.place] !== DASH
    const length = this.run(NAME)
    span.to = this.place
    return plain && length > 0 && length <= 100 && this.accept(QUOTE)
  }

  #question(): boolean {
    const { question } = this
    question.from = this.place
    if (this.run(NAME) === 0 || !this.accept(SLASH) || this.run(NAME) === 0) return false
    question.to = this.place
    return this.accept(QUOTE)
  }

  /** `2026-11-21T16:30:00.123+01:00` and a quote; 29 February is left to `readLine`. */
  #instant(): boolean {
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

  /** Words, a number, keys in brackets or pairs of keys in braces. */
  #reply(): boolean {
    const { reply } = this
    reply.from = this.place
    reply.to = this.place
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
    reply.to = this.place
    return true
  }

  #key(): boolean {
    if (!this.accept(QUOTE)) return false
    const length = this.run(LETTER_OR_DIGIT)
    return length > 0 && length <= 3 && this.accept(QUOTE)
  }
}

const FIELDS = [
  '"id":"',
  '"device":"',
  '"sitting":"',
  '"at":"',
  '"question":"',
  '"seed":',
  '"score":',
  '"ms":',
  '"reply":',
  '"confidence":"',
  '"mode":"',
  '"again":true',
  '"v":1',
  '"type":"review"',
].map(bytesOf)

/** Places in `FIELDS`. */
const Field = {
  id: 0,
  device: 1,
  sitting: 2,
  at: 3,
  question: 4,
  seed: 5,
  score: 6,
  ms: 7,
  reply: 8,
  confidence: 9,
  mode: 10,
  again: 11,
} as const

const SEEDED = 1 << Field.seed
const AGAIN = 1 << Field.again
/** All fields that are not optional. */
const NEEDED = (1 << FIELDS.length) - 1 - SEEDED - AGAIN - (1 << Field.confidence)

const CONFIDENCE_WORDS = CONFIDENCES.map(it => bytesOf(`${it}"`))
const MODE_WORDS = MODES.map(it => bytesOf(`${it}"`))

/** How many days each month surely has. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** What is at each place of an instant before its zone; 0 is any digit. */
const INSTANT = bytesOf('0000-00-00T00:00:00.000')

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
