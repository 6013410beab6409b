import { dayOf } from './day.ts'
import { Names, widened } from './names.ts'
import { sorted } from './order.ts'
import { readLine } from './read-line.ts'
import { type Line, union } from './review.ts'
import { type Row, reviewMarks, rowOf, typeIn } from './row.ts'
import { Scanner } from './scan.ts'
import type { Span } from './values.ts'

/** The number of an empty text in `offers`. */
const NONE = 0

/**
 * The lines of any number of logs, each id once, as columns: a million objects would take half a gigabyte, and long to make.
 * Rows are numbered in the order in which they came; `order` is that of the log. See `Row` for what the columns hold.
 */
export class Columns {
  readonly questions = new Names()
  readonly sittings = new Names()
  readonly replies = new Names()
  /** Misconceptions: lists of them, and each that was met. */
  readonly offers = new Names()
  /** Ids for which there are lines that differ; `settle` says which one of them holds. */
  readonly contested = new Set<string>()
  at: Float64Array
  day: Int32Array
  question: Uint32Array
  sitting: Uint32Array
  reply: Uint32Array
  score: Float64Array
  ms: Float64Array
  marks: Uint8Array
  seed: Float64Array
  offered: Uint32Array
  believed: Uint32Array
  /** Only of rows that have one. */
  readonly text = new Map<number, string>()

  /** The number of an id is that of its row. */
  readonly #ids: Names
  readonly #scanner = new Scanner()

  /** Room for about so many lines; more is made when it is needed. */
  constructor(expected = 64) {
    this.#ids = new Names(expected)
    this.at = new Float64Array(expected)
    this.day = new Int32Array(expected)
    this.question = new Uint32Array(expected)
    this.sitting = new Uint32Array(expected)
    this.reply = new Uint32Array(expected)
    this.score = new Float64Array(expected)
    this.ms = new Float64Array(expected)
    this.marks = new Uint8Array(expected)
    this.seed = new Float64Array(expected)
    this.offered = new Uint32Array(expected)
    this.believed = new Uint32Array(expected)
    // So that it has the number `NONE`.
    this.offers.addText('')
  }

  get size(): number {
    return this.#ids.size
  }

  /** Takes in what stands from one place of these bytes to another, no newline in it. False when it is no line that is understood. */
  add(bytes: Buffer, from: number, to: number): boolean {
    const it = this.#scanner
    if (!it.scan(bytes, from, to)) {
      const line = readLine(bytes.toString('utf8', from, to))
      if (typeof line === 'string') return false
      this.addRow(rowOf(line))
      return true
    }
    const row = this.#ids.add(bytes, it.id.from, it.id.to)
    const question = this.questions.add(bytes, it.question.from, it.question.to)
    const sitting = this.sittings.add(bytes, it.sitting.from, it.sitting.to)
    const reply = this.replies.add(bytes, it.reply.from, it.reply.to)
    const day = dayOf({ ms: it.at, offset: it.offset })
    const marks = reviewMarks(it.mode, it.confidence, it.again, it.computed)
    const offer = ({ from, to }: Span) => (from === to ? NONE : this.offers.add(bytes, from, to))
    const [offered, believed] = [offer(it.offered), offer(it.believed)]
    const { at, score, ms, seed } = it
    this.#take(
      row,
      at,
      day,
      question,
      sitting,
      reply,
      score,
      ms,
      marks,
      seed,
      offered,
      believed,
      '',
    )
    return true
  }

  addRow(it: Row): void {
    this.#addRow(this.#ids.addText(it.id), it)
  }

  row(row: number): Row {
    return {
      id: this.#ids.text(row),
      at: this.at[row]!,
      day: this.day[row]!,
      question: this.questions.text(this.question[row]!),
      sitting: this.sittings.text(this.sitting[row]!),
      reply: this.replies.text(this.reply[row]!),
      score: this.score[row]!,
      ms: this.ms[row]!,
      marks: this.marks[row]!,
      seed: this.seed[row]!,
      offered: this.offers.text(this.offered[row]!),
      believed: this.offers.text(this.believed[row]!),
      text: this.text.get(row) ?? '',
    }
  }

  /** The row of an id, or -1. */
  find(id: string): number {
    return this.#ids.find(id)
  }

  /** Takes what holds of all the lines that claim the contested ids. */
  settle(lines: Iterable<Line>): void {
    for (const it of union(lines)) {
      const row = this.find(it.id)
      this.marks[row] = OPEN
      this.#addRow(row, rowOf(it))
    }
    this.contested.clear()
  }

  /** What undo lines take back. Other lines than reviews may be among it, and ids that are nowhere. */
  undone(): string[] {
    return [...this.text].flatMap(([row, text]) =>
      typeIn(this.marks[row]!) === 'undo' ? [text] : [],
    )
  }

  /** The rows by instant, then by id. */
  order(): Uint32Array {
    const { at } = this
    return sorted(this.size, (one, other) => {
      const ahead = at[one]! - at[other]!
      return ahead < 0 || (ahead === 0 && this.#ids.compare(one, other) < 0)
    })
  }

  #addRow(row: number, it: Row): void {
    const question = this.questions.addText(it.question)
    const sitting = this.sittings.addText(it.sitting)
    const reply = this.replies.addText(it.reply)
    const offered = this.offers.addText(it.offered)
    const believed = this.offers.addText(it.believed)
    const { at, day, score, ms, marks, seed, text } = it
    this.#take(
      row,
      at,
      day,
      question,
      sitting,
      reply,
      score,
      ms,
      marks,
      seed,
      offered,
      believed,
      text,
    )
  }

  /** Takes what a line says for its row; if the row is taken, the line has to say the same. */
  #take(
    row: number,
    at: number,
    day: number,
    question: number,
    sitting: number,
    reply: number,
    score: number,
    ms: number,
    marks: number,
    seed: number,
    offered: number,
    believed: number,
    text: string,
  ): void {
    if (row === this.at.length) this.#widen()
    if (this.marks[row] !== OPEN) {
      const same =
        this.at[row] === at &&
        this.day[row] === day &&
        this.question[row] === question &&
        this.sitting[row] === sitting &&
        this.reply[row] === reply &&
        this.score[row] === score &&
        this.ms[row] === ms &&
        this.marks[row] === marks &&
        this.seed[row] === seed &&
        this.offered[row] === offered &&
        this.believed[row] === believed &&
        (this.text.get(row) ?? '') === text
      if (!same) this.contested.add(this.#ids.text(row))
      return
    }
    this.at[row] = at
    this.day[row] = day
    this.question[row] = question
    this.sitting[row] = sitting
    this.reply[row] = reply
    this.score[row] = score
    this.ms[row] = ms
    this.marks[row] = marks
    this.seed[row] = seed
    this.offered[row] = offered
    this.believed[row] = believed
    if (text === '') this.text.delete(row)
    else this.text.set(row, text)
  }

  #widen(): void {
    const room = Math.max(64, this.at.length * 2)
    this.at = widened(this.at, new Float64Array(room))
    this.day = widened(this.day, new Int32Array(room))
    this.question = widened(this.question, new Uint32Array(room))
    this.sitting = widened(this.sitting, new Uint32Array(room))
    this.reply = widened(this.reply, new Uint32Array(room))
    this.score = widened(this.score, new Float64Array(room))
    this.ms = widened(this.ms, new Float64Array(room))
    this.marks = widened(this.marks, new Uint8Array(room))
    this.seed = widened(this.seed, new Float64Array(room))
    this.offered = widened(this.offered, new Uint32Array(room))
    this.believed = widened(this.believed, new Uint32Array(room))
  }
}

/** Marks of a row that is not taken yet. */
const OPEN = 0
