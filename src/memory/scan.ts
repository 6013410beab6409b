import { CONFIDENCES } from '../kinds/ask.ts'
import { BRACE, bytesOf, CLOSING_BRACE, COMMA } from './cursor.ts'
import { MODES } from './review.ts'
import { type Span, Values } from './values.ts'

/**
 * Reads answers from the bytes of a log, far faster than `readLine` and without making anything: a million of them have to be
 * read within a second or two. It takes only lines in the plain form in which they are written, their fields in any order, and
 * finds in them what `readLine` does; all else it leaves to `readLine`.
 *
 * What it found is in its fields until the next line.
 */
export class Scanner extends Values {
  readonly id: Span = { from: 0, to: 0 }
  readonly question: Span = { from: 0, to: 0 }
  readonly sitting: Span = { from: 0, to: 0 }
  /** Keys, or pairs of keys, as JSON; empty when the reply is words or a number. */
  readonly reply: Span = { from: 0, to: 0 }
  score = 0
  ms = 0
  /** A place in `MODES`. */
  mode = 0
  /** A place in `CONFIDENCES`, from 1; 0 when none was given. */
  confidence = 0
  again = false
  computed = false
  /** Of a computed question: its seed, or −1, the misconceptions on offer as JSON, and the one that was met; else empty. */
  seed = -1
  readonly offered: Span = { from: 0, to: 0 }
  readonly believed: Span = { from: 0, to: 0 }

  readonly #device: Span = { from: 0, to: 0 }
  /** Which field came after each one the last time, and at the end which one came first: most likely they will do so again. */
  readonly #after: number[] = [...FIELDS, BRACE].map(() => 0)

  /** Whether an answer in plain form stands from one place of these bytes to another, no newline in it. */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    this.bytes = bytes
    this.place = from
    this.confidence = 0
    this.seed = -1
    this.offered.to = this.offered.from
    this.believed.to = this.believed.from
    let found = 0
    let field: number = FIELDS.length
    while (this.accept(found === 0 ? BRACE : COMMA)) {
      field = this.#field(field)
      if (field < 0 || (found & (1 << field)) !== 0 || !this.#value(field)) return false
      found |= 1 << field
    }
    this.again = (found & AGAIN) !== 0
    this.computed = (found & COMPUTED) !== 0
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
        return this.name(this.id)
      case Field.device:
        return this.name(this.#device)
      case Field.sitting:
        return this.name(this.sitting)
      case Field.at:
        return this.instant()
      case Field.question:
        return this.questionId(this.question)
      case Field.seed:
        if (!this.amount()) return false
        this.seed = this.number
        return true
      case Field.offered:
        return this.offer(this.offered)
      case Field.believed:
        return this.questionId(this.believed)
      case Field.score:
        if (!this.amount() || this.number > 1) return false
        this.score = this.number
        return true
      case Field.ms:
        if (!this.amount()) return false
        this.ms = this.number
        return true
      case Field.reply:
        return this.replied(this.reply)
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
}

const FIELDS = [
  '"id":"',
  '"device":"',
  '"sitting":"',
  '"at":"',
  '"question":"',
  '"score":',
  '"ms":',
  '"reply":',
  '"confidence":"',
  '"mode":"',
  '"again":true',
  '"seed":',
  '"offered":',
  '"believed":"',
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
  score: 5,
  ms: 6,
  reply: 7,
  confidence: 8,
  mode: 9,
  again: 10,
  seed: 11,
  offered: 12,
  believed: 13,
} as const

const AGAIN = 1 << Field.again
const COMPUTED = (1 << Field.seed) + (1 << Field.offered)
const BELIEVED = 1 << Field.believed
/** All fields that are not optional. */
const NEEDED = (1 << FIELDS.length) - 1 - AGAIN - COMPUTED - BELIEVED - (1 << Field.confidence)

const CONFIDENCE_WORDS = CONFIDENCES.map(it => bytesOf(`${it}"`))
const MODE_WORDS = MODES.map(it => bytesOf(`${it}"`))
