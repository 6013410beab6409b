import { join } from 'node:path'
import type { Candidates } from '../bank/candidates.ts'
import { Columns } from './columns.ts'
import { fold, type Renames } from './fold.ts'
import { eachLine, logFiles } from './log.ts'
import { isFrom, type LogFile, logFile, readLines, stillBegins } from './logfile.ts'
import { type Memory, memoryOf } from './memory.ts'
import { hashOfText } from './names.ts'
import type { Covered } from './packed.ts'
import { isAbout, placesOf } from './placed.ts'
import type { Line } from './review.ts'
import type { Row } from './row.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { State } from './state.ts'

/**
 * What the log of all machines says of the person: `data` is the folder with the log, `renames` gives the present ids of
 * questions that had others. The same lines give the same memory, in whatever files and order they are.
 *
 * A snapshot in `cache` spares reading what was read before. Nobody has to know of it: whenever it might not fit the log, all is
 * read again, and when it cannot be written it is not. With all the questions that may be `asked` it spares finding them, too.
 * `now` only says which lines are ahead of time. Throws `UserError` when a
 * file of the log cannot be read.
 */
export function remembered(
  { data, cache }: { readonly data: string; readonly cache: string },
  now: Date,
  renames: Renames = new Map(),
  asked?: Candidates,
): Memory {
  const path = join(cache, 'memory.snapshot')
  const files = logFiles(data).flatMap(it => logFile(it) ?? [])
  const snapshot = readSnapshot(path)
  const before = continued(snapshot, files, renames)
  const { state, columns, covered, undone, sittings } = before ?? anew(data, files)
  const order = columns.order()
  const taken = new Set([...undone, ...columns.undone()].map(it => columns.find(it)))
  const settled = settling(columns, order, now.getTime())
  if (settled > 0) {
    fold(state, columns, order.subarray(0, settled), taken, renames)
    place(state, asked)
    const open = Array.from(order.subarray(settled), it => columns.row(it))
    writeSnapshot(path, {
      files: covered,
      until: columns.at[order[settled - 1]!]!,
      state,
      open,
      undone: unsettled([...undone, ...columns.undone()], columns, open),
      sittings: Int32Array.from([...sittings, ...closed(state, open)]),
    })
  } else if (snapshot !== undefined && before !== undefined && place(state, asked)) {
    writeSnapshot(path, snapshot)
  }
  fold(state, columns, order.subarray(settled), taken, renames)
  return memoryOf(state)
}

/** Finds questions in a state, if that is not done yet; whether it was done now. */
function place(state: State, asked: Candidates | undefined): boolean {
  if (asked?.stamp === undefined) return false
  const { ids } = state
  if (isAbout(state.placed, asked) && state.placed.size === ids.size) return false
  state.placed = { stamp: asked.stamp, size: ids.size, places: placesOf(ids, asked, state.placed) }
  return true
}

/**
 * How many rows of an order to fold into a snapshot: none as long as there are few, and never the last ones, so that taking back
 * an answer just given, or a line of another machine that comes a little late, is no reason to read everything again. Nor those
 * that are ahead of time: a clock was wrong, and all that comes until that time would be late.
 */
function settling(columns: Columns, order: Uint32Array, now: number): number {
  if (columns.size <= FEW) return 0
  let end = order.length
  while (end > 0 && columns.at[order[end - 1]!]! > now) end--
  end -= LAST
  if (end <= 0) return 0
  // What happened at one instant is on one side.
  while (end < order.length && columns.at[order[end]!] === columns.at[order[end - 1]!]) end++
  return order.length - end > MOST_OPEN ? 0 : end
}

/** Lines. So many are folded in a millisecond or two. */
const FEW = 200
const LAST = 32
/** More lines than this that cannot be settled are no snapshot. */
const MOST_OPEN = 5000

/** What lines take back that may still come, or that is not settled together with the line that takes it back. */
function unsettled(undone: readonly string[], columns: Columns, open: readonly Row[]): string[] {
  const ids = new Set(open.flatMap(it => [it.id, it.text]))
  return [...new Set(undone)].filter(it => ids.has(it) || columns.find(it) < 0)
}

/** Takes the sittings that have no open lines out of a state, and gives their hashes. */
function closed(state: State, open: readonly Row[]): number[] {
  const going = new Set(open.map(it => it.sitting))
  const over = [...state.showings.keys()].filter(it => !going.has(it))
  for (const it of over) state.showings.delete(it)
  return over.map(hashOfText)
}

/** A log as it was read: a state of the older lines, maybe of none, and the others. */
interface Reading {
  readonly state: State
  readonly columns: Columns
  readonly covered: readonly Covered[]
  /** Reviews that are taken back by lines that are not among the columns. */
  readonly undone: readonly string[]
  /** Hashes of sittings of the state that are thought to be over. */
  readonly sittings: Int32Array
}

function anew(data: string, files: readonly LogFile[]): Reading {
  const columns = new Columns(Math.ceil(files.reduce((sum, it) => sum + it.size, 0) / LINE))
  const covered = files.map(it => readLines(columns, it, 0))
  if (columns.contested.size > 0) columns.settle(claiming(data, columns.contested))
  return { state: new State(), columns, covered, undone: [], sittings: new Int32Array() }
}

/** Bytes that a line has at least, more or less. */
const LINE = 200

/** The lines of a log with one of these ids. */
function* claiming(data: string, ids: ReadonlySet<string>): Generator<Line> {
  for (const it of eachLine(data)) if (ids.has(it.id)) yield it
}

/** Goes on from a snapshot; undefined when it does not fit, or might not. */
function continued(
  snapshot: ReturnType<typeof readSnapshot>,
  files: readonly LogFile[],
  renames: Renames,
): Reading | undefined {
  if (snapshot === undefined) return undefined
  const { state, open, until, sittings } = snapshot
  const before = new Map(snapshot.files.map(it => [it.path, it]))
  const now = new Set(files.map(it => it.path))
  if (snapshot.files.some(it => !now.has(it.path)) || !namedAlike(state, renames)) return undefined

  const columns = new Columns()
  for (const it of open) columns.addRow(it)
  const met = columns.sittings.size
  const covered: Covered[] = []
  for (const file of files) {
    const then = before.get(file.path)
    if (then !== undefined && !stillBegins(file, then)) return undefined
    const { size } = columns
    const isRead = then?.covered === file.size
    covered.push(isRead ? then : readLines(columns, file, then?.covered ?? 0))
    // It has grown, and somebody may have been at it besides.
    if (then !== undefined && then.size !== file.size) {
      if (columns.size === size || !isFrom(columns.at[columns.size - 1]!, file)) return undefined
    }
  }

  if (columns.contested.size > 0) return undefined
  // Older lines came late: from another machine, or by a clock that was set back.
  for (let row = open.length; row < columns.size; row++) {
    if (columns.at[row]! <= until) return undefined
  }
  // Something is taken back that may be in the state.
  const undone = new Set(snapshot.undone)
  if (columns.undone().some(it => !undone.has(it) && columns.find(it) < 0)) return undefined
  // A sitting goes on that was thought to be over.
  const started = columns.sittings.texts().slice(met)
  const goesOn = (it: string) => !state.showings.has(it) && sittings.includes(hashOfText(it))
  if (started.some(goesOn)) return undefined
  return { state, columns, covered, undone: snapshot.undone, sittings }
}

/** Whether no question of the state has another name by now. */
function namedAlike(state: State, renames: Renames): boolean {
  const { renamed, flags } = state
  return (
    [...renamed].every(([former, name]) => renames.get(former) === name) &&
    [...renames].every(
      ([former]) => renamed.has(former) || (state.ids.find(former) < 0 && !flags.has(former)),
    )
  )
}
