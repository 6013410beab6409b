import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { count, num } from './said.ts'

/** A row of the table; its id is its place in the order of inserting, its time may be anything. */
interface Row {
  readonly id: number
  readonly time: number
}

interface Walk {
  /** What each page holds, ids. */
  readonly pages: readonly (readonly number[])[]
  /** Ids that no page holds, and those that several do. */
  readonly lost: readonly number[]
  readonly repeated: readonly number[]
  /** Whether a page led back to itself, so that the walk never ended. */
  readonly stuck: boolean
}

interface Scene {
  readonly times: readonly number[]
  readonly size: number
  readonly where: 'time' | 'time-and-id' | 'pair'
}

/** Whether a row comes after the last one of a page, as a WHERE clause says it. */
type After = (row: Row, last: Row) => boolean

const WHERE: Record<Scene['where'], { readonly sql: string; readonly after: After }> = {
  time: { sql: 'created_at > :time', after: (row, last) => row.time > last.time },
  'time-and-id': {
    sql: 'created_at >= :time AND id > :id',
    after: (row, last) => row.time >= last.time && row.id > last.id,
  },
  pair: {
    sql: '(created_at, id) > (:time, :id)',
    after: (row, last) => row.time > last.time || (row.time === last.time && row.id > last.id),
  },
}

/**
 * Walks a table by keyset: `ORDER BY created_at, id LIMIT size`, each page after the last row of the one before.
 *
 * A row comparison is decided by the first member that differs (PostgreSQL 18 §9.25.5), so `(t, i) > (t0, i0)` is
 * `t > t0 OR (t = t0 AND i > i0)`: the order of the list. With `t > t0` alone the rows that share the time of the last row are
 * lost; with `t >= t0 AND i > i0` those that came later under a lower id.
 */
function walk({ times, size, where }: Scene, after: After = WHERE[where].after): Walk {
  const rows = sorted(times)
  const pages: number[][] = []
  let last: Row | undefined
  let stuck = false
  while (pages.length <= rows.length) {
    const page = rows.filter(it => last === undefined || after(it, last)).slice(0, size)
    if (page.length === 0) break
    pages.push(page.map(it => it.id))
    stuck = page.at(-1) === last
    if (stuck) break
    last = page.at(-1)
  }
  const all = pages.flat()
  return {
    pages,
    lost: rows.map(it => it.id).filter(it => !all.includes(it)),
    repeated: [...new Set(all.filter((it, place) => all.indexOf(it) !== place))],
    stuck,
  }
}

const sorted = (times: readonly number[]): Row[] =>
  times
    .map((time, place) => ({ id: place + 1, time }))
    .sort((a, b) => a.time - b.time || a.id - b.id)

const clock = (time: number) => `9:${String(time).padStart(2, '0')}`
const ids = (all: readonly number[]) => (all.length === 0 ? 'none' : all.join(' '))

const scene = ({ times, size, where }: Scene) =>
  `A client walks this table, and nobody changes it meanwhile. It stands here in the order of the query:\n\n` +
  `\`\`\`text\ncreated_at  ${sorted(times)
    .map(it => clock(it.time).padStart(5))
    .join('')}\nid          ${sorted(times)
    .map(it => String(it.id).padStart(5))
    .join('')}\n\`\`\`\n\n` +
  `The first page has no WHERE; each next one takes ${where === 'time' ? '`:time`' : '`:time` and `:id`'} from the last row of the page before:\n\n` +
  `\`\`\`sql\nSELECT id FROM events WHERE ${WHERE[where].sql}\nORDER BY created_at, id LIMIT ${size}\n\`\`\``

/** Why rows are lost, if some are. */
const reason = ({ lost }: Walk, { where }: Scene) =>
  lost.length === 0
    ? ''
    : where === 'time'
      ? ' What is lost has the time of the last row of a page: `>` passes over it.'
      : ' What is lost has a lower id than the last row of a page before it: `id > :id` shuts it out.'

export const keysetTies = lab({
  id: 'keyset-ties',
  title: 'Keyset pages and ties',
  summary:
    'Rows share a timestamp: which of them a walk by keyset shows, with and without a tie-breaker.',
  concepts: ['pagination/tie-breaker', 'pagination/row-comparison', 'pagination/keyset-pagination'],
  sources: ['postgres-row-comparison#ROW-WISE-COMPARISON', 'gitlab-keyset#usage'],
  rule: 'What follows a row must be exactly what WHERE lets through: `(created_at, id) > (:time, :id)` is decided by the first member that differs, as the order of the list is.',
  parameters: {
    times: numbers('minute of each row, in the order of their ids 1, 2, 3 …', {
      unit: 'min',
      whole: true,
      from: 0,
      to: 59,
      least: 2,
      most: 12,
    }),
    size: whole('rows to a page', { unit: 'rows', from: 1, to: 12, drawn: [2, 3, 4] }),
    where: one(
      'how a page is told to go on',
      ['time', 'time-and-id', 'pair'],
      ['time', 'time', 'time-and-id', 'pair'],
    ),
  },
  example: { times: [1, 2, 4, 4, 4, 3, 6, 7], size: 4, where: 'time' },
  // Minutes that rise, three or four alike across the end of a page, and one row that came late or early.
  draw(random, { size }) {
    const length = size * 2 + pick(random, [1, 2, 3])
    const from = pick(random, [size - 2, size - 1])
    const alike = pick(random, [2, 3, 3])
    const times: number[] = []
    for (let place = 0; place < length; place++) {
      const before = times.at(-1) ?? 0
      times.push(place > from && place < from + alike ? before : before + pick(random, [1, 2]))
    }
    const a = pick(random, [0, 1, length - 2, length - 1])
    const b = pick(random, [from, from + 1, size, size + 1])
    const out = [...times]
    out[a] = times[b]!
    out[b] = times[a]!
    return { times: out }
  },
  run: it => walk(it),
  misconceptions: {
    'times-are-unique': {
      belief: 'take timestamps for unique',
      because: 'Clocks count microseconds, so two rows alike seem impossible.',
      fact: 'Bulk inserts give thousands of rows one time; `>` passes over all that share that of the last row.',
      run: it => walk(it, it.where === 'time' ? WHERE.pair.after : undefined),
    },
    'and-is-enough': {
      belief: 'take `created_at >= :time AND id > :id` for the order of the list',
      because: 'It repairs ties as long as ids rise with the time.',
      fact: 'A row with a later time and a lower id comes after in the list, but `id > :id` shuts it out.',
      run: it => walk(it, it.where === 'time-and-id' ? WHERE.pair.after : undefined),
    },
    'member-by-member': {
      belief: 'compare each member of a row on its own',
      because: 'It looks like two comparisons with a comma.',
      fact: 'The first member that differs decides; `id` counts only where the times are alike.',
      run: it =>
        walk(
          it,
          it.where === 'pair' ? (row, last) => row.time > last.time && row.id > last.id : undefined,
        ),
    },
    'last-row-again': {
      belief: 'begin a page with what the last one ended with',
      because: 'A page that goes on *from* a row sounds like one with that row.',
      fact: 'The comparison is with `>`: the last row itself is not greater than itself.',
      run: it =>
        walk(it, (row, last) =>
          it.where === 'time'
            ? row.time >= last.time
            : row.id === last.id || WHERE[it.where].after(row, last),
        ),
    },
    'id-decides': {
      belief: 'go on by the id alone',
      because: 'With ids that are counted up, a higher id looks later.',
      fact: 'The list is in the order of `created_at`; a row that was written late has a high id and an early time.',
      run: it => walk(it, (row, last) => row.id > last.id),
    },
  },
  questions: {
    second: {
      kind: 'choice',
      title: 'What does the second page of a keyset walk hold?',
      prompt: it => `${scene(it)}\n\nWhich ids does the **second** page hold, in its order?`,
      answer: it => `\`${ids(it.pages[1] ?? [])}\``,
      how: (it, { where }) =>
        `The first page is ${ids(it.pages[0] ?? [])}; \`${WHERE[where].sql}\` then leaves ${ids(it.pages[1] ?? [])}.`,
    },
    lost: {
      kind: 'choice',
      title: 'Which rows does a keyset walk lose?',
      prompt: it =>
        `${scene(it)}\n\nThe client goes on until a page is empty. Which rows are on none of the pages, and which are on two?`,
      answer: it => `\`lost: ${ids(it.lost)}; twice: ${ids(it.repeated)}\``,
      how: (it, scene) =>
        `The pages hold ${it.pages.map(page => `\`${ids(page)}\``).join(', ')}. Lost: ${ids(it.lost)}.${reason(it, scene)}`,
    },
    shown: {
      kind: 'number',
      title: 'How many rows does a keyset walk show?',
      unit: 'rows',
      prompt: it =>
        `${scene(it)}\n\nThe client goes on until a page is empty. How many of the ${num(it.times.length)} rows does it get?`,
      answer: (it, { times }) => times.length - it.lost.length,
      how: (it, scene) =>
        `The pages hold ${it.pages.map(page => `\`${ids(page)}\``).join(', ')}: ${num(scene.times.length - it.lost.length)} of ${num(scene.times.length)} rows.${reason(it, scene)}`,
    },
  },
  result: it =>
    `${count(it.pages.length, 'page')}: ${it.pages.map(page => `[${ids(page)}]`).join(' ')}${it.stuck ? ' and so on without end' : ''}; lost: ${ids(it.lost)}; twice: ${ids(it.repeated)}`,
  trace: (it, { times }) => ({
    columns: ['page', 'ids', 'goes on after'],
    rows: it.pages.map((page, place) => {
      const id = page.at(-1)!
      return [num(place + 1), ids(page), `(${clock(times[id - 1]!)}, ${id})`]
    }),
  }),
  picture: (it, { times }) =>
    [
      `time  ${sorted(times)
        .map(row => clock(row.time).padStart(5))
        .join('')}`,
      `id    ${sorted(times)
        .map(row => String(row.id).padStart(5))
        .join('')}`,
      ...it.pages.map(
        (page, place) =>
          `${`p. ${place + 1}`.padEnd(6)}${sorted(times)
            .map(row => (page.includes(row.id) ? '#' : '.').padStart(5))
            .join('')}`,
      ),
    ].join('\n'),
})
