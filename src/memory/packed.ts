import { crc32 } from 'node:zlib'
import type { Day } from './day.ts'
import { WEIGHTS } from './fsrs.ts'
import type { DayTotal, Memory, Met } from './memory.ts'
import { Names } from './names.ts'
import type { Placed } from './placed.ts'
import type { Row } from './row.ts'
import { joined, type Slips } from './slips.ts'
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
const VERSION = 7

/** Numbers of 32 bits before the parts: `MAGIC`, a sum of all that follows it, how many questions, and the length of each part. */
const HEADER = 18
const SUMMED = 8

/** What is small, as JSON. */
interface Head extends Omit<Snapshot, 'state' | 'sittings'> {
  readonly version: number
  readonly weights: string
  readonly calibration: Memory['calibration']
  readonly pace: Memory['pace']
  readonly flags: readonly (readonly [string, string[]])[]
  readonly misconceptions: readonly (readonly [string, Met])[]
  readonly showings: readonly (readonly [string, Showing])[]
  readonly renamed: readonly (readonly [string, string])[]
  /** Keys of slips. */
  readonly keys: Slips['keys']
  /** Whose places there are, if any. */
  readonly placed?: Omit<Placed, 'places'>
  readonly total: { readonly sittings: number; readonly answers: number; readonly ms: number }
}

/**
 * A snapshot as bytes: some numbers, then parts that begin at multiples of eight bytes.
 *
 *     numbers, counts                 the columns of the state, as the machine has them
 *     bytes, starts, hashes, slots    its ids, the same
 *     sittings                        the same
 *     question, key, times            its slips, the same
 *     days                            a row of numbers each, which are not looked at before somebody asks
 *     places                          those of a list of questions, the same
 *     head                            JSON
 *     last seeds                      JSON, which is not parsed before somebody asks
 */
export function pack({ state, sittings, ...rest }: Snapshot): Buffer {
  const { numbers, counts, calibration, pace, flags, misconceptions, showings } = state
  const { renamed, placed } = state
  const { size, bytes, starts, hashes, slots } = state.ids.packed()
  const slips = joined(state.slips, state.newSlips, state.ids)
  const head: Head = {
    version: VERSION,
    weights: WEIGHTS,
    ...rest,
    calibration,
    pace,
    flags: [...flags],
    misconceptions: [...misconceptions],
    showings: [...showings],
    renamed: [...renamed],
    keys: slips.keys,
    ...(placed !== undefined && { placed: { stamp: placed.stamp, size: placed.size } }),
    total: { sittings: state.sittings, answers: state.answers, ms: state.ms },
  }
  const days = [...state.days.all()].flatMap(([day, { answers, right, fresh, ms }]) => [
    day,
    answers,
    right,
    fresh,
    ms,
  ])
  const parts = [
    numbers.subarray(0, size * NUMBERS),
    counts.subarray(0, size * COUNTS),
    bytes,
    starts,
    hashes,
    slots,
    sittings,
    slips.question,
    slips.key,
    slips.times,
    Float64Array.from(days),
    placed?.places ?? new Int32Array(),
    Buffer.from(JSON.stringify(head)),
    Buffer.from(JSON.stringify([...state.lastSeeds.all()])),
  ]
  const lengths = parts.map(it => it.byteLength)
  const { places, end } = layout(lengths)
  const all = Buffer.alloc(end)
  for (const [part, { buffer, byteOffset, byteLength }] of parts.entries()) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), places[part])
  }
  const words = new Int32Array(all.buffer, all.byteOffset, HEADER)
  words.set([MAGIC, 0, size, ...lengths])
  words[1] = crc32(all.subarray(SUMMED))
  return all
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
  const { places } = layout(lengths)
  const at = (part: number) => byteOffset + places[part]!
  const part = (nth: number) => bytes.subarray(places[nth], places[nth]! + lengths[nth]!)
  const words = (nth: number) => new Int32Array(buffer, at(nth), lengths[nth]! / 4)
  const floats = (nth: number) => new Float64Array(buffer, at(nth), lengths[nth]! / 8)
  const head = JSON.parse(part(12).toString()) as Head
  if (head.version !== VERSION || head.weights !== WEIGHTS) return undefined

  const ids = new Names({
    size,
    bytes: part(2),
    starts: new Uint32Array(buffer, at(3), lengths[3]! / 4),
    hashes: words(4),
    slots: words(5),
  })
  const state = new State({
    ids,
    numbers: floats(0),
    counts: words(1),
    slips: { keys: head.keys, question: words(7), key: words(8), times: words(9) },
    days: () => daysIn(floats(10)),
    lastSeeds: () => new Map(JSON.parse(part(13).toString()) as [string, number][]),
  })
  for (const [id, it] of head.flags) state.flags.set(id, it)
  for (const [id, it] of head.misconceptions) state.misconceptions.set(id, it)
  for (const [id, it] of head.showings) state.showings.set(id, it)
  for (const [id, it] of head.renamed) state.renamed.set(id, it)
  if (head.placed !== undefined) state.placed = { ...head.placed, places: words(11) }
  Object.assign(state.calibration, head.calibration)
  Object.assign(state.pace, head.pace)
  Object.assign(state, head.total)
  const { files, until, open, undone } = head
  return { files, until, open, undone, state, sittings: words(6) }
}

function daysIn(rows: Float64Array): Map<Day, DayTotal> {
  const out = new Map<Day, DayTotal>()
  for (let it = 0; it < rows.length; it += 5) {
    const [answers, right, fresh, ms] = [rows[it + 1]!, rows[it + 2]!, rows[it + 3]!, rows[it + 4]!]
    out.set(rows[it]!, { answers, right, fresh, ms })
  }
  return out
}

/** Where parts of these lengths begin, and where the last one ends. */
function layout(lengths: readonly number[]): { places: number[]; end: number } {
  let end = HEADER * 4
  const places = lengths.map(length => {
    const place = end
    end += Math.ceil(length / 8) * 8
    return place
  })
  return { places, end }
}
