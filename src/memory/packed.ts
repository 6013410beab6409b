import type { Day } from './day.ts'
import { WEIGHTS } from './fsrs.ts'
import type { Memory } from './memory.ts'
import type { Row } from './row.ts'
import { COUNTS, type Mistakes, NUMBERS, type Showing, State } from './state.ts'

/** A fold over the older lines of a log, with all that is needed to go on from it and to see whether it still fits. */
export interface Snapshot {
  readonly files: readonly Covered[]
  /** Lines up to this instant are in the state. */
  readonly until: number
  readonly state: State
  /** The lines of the files after that instant. */
  readonly open: readonly Row[]
  /** Reviews that are taken back by lines of the files, unless both lines are in the state. */
  readonly undone: readonly string[]
  /** Sittings that are in the state and have no open lines, a name each line, with a newline before and after. */
  readonly sittings: Buffer
}

/** A file of the log as it was. */
export interface Covered {
  readonly path: string
  /** Tells one file from another that took its name. */
  readonly file: string
  readonly size: number
  readonly changed: string
  /** Up to this byte, where a line ends, its lines are in the snapshot. */
  readonly covered: number
  /** The bytes at the beginning and before `covered`, as many as are kept. */
  readonly first: string
  readonly last: string
}

/** Tells such a file, and that it was written on a machine with the same order of bytes. */
const MAGIC = 0x7a697571

/** Goes up when this format changes, or what a fold makes of a log. */
const VERSION = 1

/** Numbers of 32 bits before the parts: the first one tells such a file, two are sums, and the others are summed up too. */
const HEADER = 8
const SUMMED = 3

/** What is small, as JSON. */
interface Head extends Omit<Snapshot, 'state' | 'sittings'> {
  readonly version: number
  readonly weights: string
  /** The day, then its answers, those that were right or fresh, and the time. */
  readonly days: readonly (readonly [Day, number, number, number, number])[]
  readonly calibration: Memory['calibration']
  readonly pace: Memory['pace']
  readonly flags: readonly (readonly [string, string[]])[]
  readonly showings: readonly (readonly [string, Showing])[]
  readonly renamed: readonly (readonly [string, string])[]
  readonly total: { readonly sittings: number; readonly answers: number; readonly ms: number }
}

/**
 * A snapshot as bytes. After eight numbers of 32 bits, each part begins at a multiple of eight bytes:
 *
 *     numbers, counts   the columns of the state, as the machine has them
 *     ids               a line each
 *     head              JSON
 *     mistakes          JSON, which hardly any command reads
 *     sittings          read only when there are new lines
 */
export function pack({ state, sittings, ...rest }: Snapshot): Buffer {
  const { ids, numbers, counts, days, calibration, pace, flags, showings, renamed } = state
  const head: Head = {
    version: VERSION,
    weights: WEIGHTS,
    ...rest,
    days: [...days].map(([day, it]) => [day, it.answers, it.right, it.fresh, it.ms]),
    calibration,
    pace,
    flags: [...flags],
    showings: [...showings],
    renamed: [...renamed],
    total: { sittings: state.sittings, answers: state.answers, ms: state.ms },
  }
  const mistakes = [...state.mistakes].map(([id, keys]) => [id, [...keys]])
  const texts = [
    Buffer.from(ids.join('\n'), 'latin1'),
    Buffer.from(JSON.stringify(head)),
    Buffer.from(JSON.stringify(mistakes)),
    sittings,
  ]
  const lengths = texts.map(it => it.length)
  const places = placesOf(ids.length, lengths)
  const bytes = Buffer.alloc(places[6])
  const columns = [
    numbers.subarray(0, ids.length * NUMBERS),
    counts.subarray(0, ids.length * COUNTS),
  ].map(it => Buffer.from(it.buffer, it.byteOffset, it.byteLength))
  for (const [part, it] of [...columns, ...texts].entries()) it.copy(bytes, places[part])
  const words = wordsOf(bytes)
  words.set([MAGIC, 0, 0, ids.length, ...lengths])
  words[1] = sum(words, SUMMED, places[5] / 4)
  words[2] = sum(words, places[5] / 4, words.length)
  return bytes
}

/**
 * The snapshot in these bytes, which are not looked at by anybody else from now on. Undefined when there is none, or it is not
 * whole, or of another version. Its sittings are not checked before they are asked for, and then undefined if they are not whole.
 */
export function unpack(bytes: Buffer): (Omit<Snapshot, 'sittings'> & Late) | undefined {
  if (bytes.byteOffset % 8 !== 0 || bytes.length % 8 !== 0 || bytes.length < HEADER * 4) {
    return undefined
  }
  const words = wordsOf(bytes)
  const [magic, whole, wholeSittings, size, ...lengths] = words.subarray(0, HEADER)
  if (magic !== MAGIC || size === undefined || size < 0 || lengths.some(it => it < 0))
    return undefined
  const places = placesOf(size, lengths)
  if (places[6] !== bytes.length || sum(words, SUMMED, places[5] / 4) !== whole) return undefined

  const text = (part: 2 | 3 | 4 | 5) =>
    bytes.subarray(places[part], places[part] + lengths[part - 2]!)
  const { version, weights, ...head } = JSON.parse(text(3).toString()) as Head
  if (version !== VERSION || weights !== WEIGHTS) return undefined
  const { buffer, byteOffset } = bytes
  const state = new State(
    size === 0 ? [] : text(2).toString('latin1').split('\n'),
    new Float64Array(buffer, byteOffset + places[0], size * NUMBERS),
    new Int32Array(buffer, byteOffset + places[1], size * COUNTS),
    () => mistakesIn(text(4).toString()),
  )
  for (const [day, answers, right, fresh, ms] of head.days) {
    state.days.set(day, { answers, right, fresh, ms })
  }
  for (const [id, it] of head.flags) state.flags.set(id, it)
  for (const [id, it] of head.showings) state.showings.set(id, it)
  for (const [id, it] of head.renamed) state.renamed.set(id, it)
  Object.assign(state.calibration, head.calibration)
  Object.assign(state.pace, head.pace)
  Object.assign(state, head.total)
  const { files, until, open, undone } = head
  const sittings = () =>
    sum(words, places[5] / 4, words.length) === wholeSittings ? text(5) : undefined
  return { files, until, open, undone, state, sittings }
}

interface Late {
  sittings(): Buffer | undefined
}

function mistakesIn(json: string): Mistakes {
  const entries = JSON.parse(json) as readonly (readonly [
    string,
    readonly (readonly [string, number])[],
  ])[]
  return new Map(entries.map(([id, keys]) => [id, new Map(keys)]))
}

/** Where the parts begin, and where the last one ends. */
function placesOf(questions: number, lengths: readonly number[]): Places {
  const sizes = [questions * NUMBERS * 8, questions * COUNTS * 4, ...lengths]
  let at = HEADER * 4
  const places = sizes.map(it => {
    const place = at
    at += Math.ceil(it / 8) * 8
    return place
  })
  return [...places, at] as number[] as Places
}

type Places = [number, number, number, number, number, number, number]

function wordsOf(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
}

/** A sum that any changed number changes, and two numbers that change places (Fletcher's, modulo 2^32). */
function sum(words: Int32Array, from: number, to: number): number {
  let one = 1
  let other = 0
  for (let at = from; at < to; at++) {
    one = (one + words[at]!) | 0
    other = (other + one) | 0
  }
  return one ^ Math.imul(other, 0x9e3779b1)
}
