import { crc32 } from 'node:zlib'
import type { Day } from './day.ts'
import { WEIGHTS } from './fsrs.ts'
import type { DayTotal, Memory } from './memory.ts'
import type { Row } from './row.ts'
import { COUNTS, NUMBERS, type Showing, State } from './state.ts'

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
  /** Hashes of the names of sittings that are in the state and have no open lines. */
  readonly sittings: Int32Array
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

/** Numbers of 32 bits before the parts: `MAGIC`, a sum of all that follows it, how many questions, and the lengths of the others. */
const HEADER = 8
const SUMMED = 8

/** What is small, as JSON. */
interface Head extends Omit<Snapshot, 'state' | 'sittings'> {
  readonly version: number
  readonly weights: string
  readonly calibration: Memory['calibration']
  readonly pace: Memory['pace']
  readonly flags: readonly (readonly [string, string[]])[]
  readonly showings: readonly (readonly [string, Showing])[]
  readonly renamed: readonly (readonly [string, string])[]
  readonly total: { readonly sittings: number; readonly answers: number; readonly ms: number }
}

/**
 * A snapshot as bytes: some numbers, then parts that begin at multiples of eight bytes.
 *
 *     numbers, counts   the columns of the state, as the machine has them
 *     sittings          the same
 *     ids               a line each
 *     head              JSON
 *     days, mistakes    JSON, which is not parsed before somebody asks
 */
export function pack({ state, sittings, ...rest }: Snapshot): Buffer {
  const { ids, numbers, counts, calibration, pace, flags, showings, renamed } = state
  const head: Head = {
    version: VERSION,
    weights: WEIGHTS,
    ...rest,
    calibration,
    pace,
    flags: [...flags],
    showings: [...showings],
    renamed: [...renamed],
    total: { sittings: state.sittings, answers: state.answers, ms: state.ms },
  }
  const days = [...state.days.all()].map(([day, it]) => [day, it])
  const mistakes = [...state.mistakes.all()].map(([id, keys]) => [state.placeOf(id), [...keys]])
  const parts = [
    bytesOf(numbers.subarray(0, ids.length * NUMBERS)),
    bytesOf(counts.subarray(0, ids.length * COUNTS)),
    bytesOf(sittings),
    Buffer.from(ids.join('\n'), 'latin1'),
    ...[head, days, mistakes].map(it => Buffer.from(JSON.stringify(it))),
  ]
  const lengths = parts.slice(2).map(it => it.length)
  const { places, end } = layout(ids.length, lengths)
  const bytes = Buffer.alloc(end)
  for (const [part, it] of parts.entries()) it.copy(bytes, places[part])
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, HEADER)
  words.set([MAGIC, 0, ids.length, ...lengths])
  words[1] = crc32(bytes.subarray(SUMMED))
  return bytes
}

/**
 * The snapshot in these bytes, which nobody else looks at from now on. Undefined when there is none, or it is not whole, or it was
 * made by another version.
 */
export function unpack(bytes: Buffer): Snapshot | undefined {
  const { buffer, byteOffset } = bytes
  if (byteOffset % 8 !== 0 || bytes.length < HEADER * 4) return undefined
  const [magic, sum, size, ...lengths] = new Int32Array(buffer, byteOffset, HEADER)
  if (magic !== MAGIC || sum !== (crc32(bytes.subarray(SUMMED)) | 0) || size === undefined) {
    return undefined
  }
  const { places } = layout(size, lengths)
  const text = (part: number) =>
    bytes.toString('utf8', places[part], places[part]! + lengths[part - 2]!)
  const json = (part: number): unknown => JSON.parse(text(part))
  const head = json(4) as Head
  if (head.version !== VERSION || head.weights !== WEIGHTS) return undefined

  const ids = size === 0 ? [] : text(3).split('\n')
  const state = new State({
    ids,
    numbers: new Float64Array(buffer, byteOffset + places[0]!, size * NUMBERS),
    counts: new Int32Array(buffer, byteOffset + places[1]!, size * COUNTS),
    days: () => new Map(json(5) as [Day, DayTotal][]),
    mistakes: () =>
      new Map(
        (json(6) as [number, [string, number][]][]).map(([it, keys]) => [ids[it]!, new Map(keys)]),
      ),
  })
  for (const [id, it] of head.flags) state.flags.set(id, it)
  for (const [id, it] of head.showings) state.showings.set(id, it)
  for (const [id, it] of head.renamed) state.renamed.set(id, it)
  Object.assign(state.calibration, head.calibration)
  Object.assign(state.pace, head.pace)
  Object.assign(state, head.total)
  const { files, until, open, undone } = head
  const sittings = new Int32Array(buffer, byteOffset + places[2]!, lengths[0]! / 4)
  return { files, until, open, undone, state, sittings }
}

/** Where the parts begin, and where the last one ends. */
function layout(questions: number, lengths: readonly number[]): { places: number[]; end: number } {
  let end = HEADER * 4
  const places = [questions * NUMBERS * 8, questions * COUNTS * 4, ...lengths].map(length => {
    const place = end
    end += Math.ceil(length / 8) * 8
    return place
  })
  return { places, end }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
