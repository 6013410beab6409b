import { lab, pick } from './lab.ts'
import { one, texts, whole } from './parameters.ts'
import { count, list, num } from './said.ts'

/** Something that happens: a page is read, posts are published, a post is deleted. */
interface Step {
  readonly event: string
  /** What is in the list then, newest first. */
  readonly feed: readonly number[]
  /** What a page holds. */
  readonly rows?: readonly number[]
  /** The token for the page after it. */
  readonly cursor?: string
}

interface Reading {
  readonly steps: readonly Step[]
  /** Posts that were read more than once, and those that were there all the time and were passed over. */
  readonly twice: readonly number[]
  readonly never: readonly number[]
  /** How many different posts were read. */
  readonly seen: number
}

interface Scene {
  readonly style: 'offset' | 'cursor'
  readonly posts: number
  readonly size: number
  readonly events: readonly string[]
}

/** What a wrong rule changes. */
interface Wrong {
  readonly style?: Scene['style']
  /** Whether a page is cut from the list as it is, or as it was at first. */
  readonly frozen?: boolean
  /** How far a page moves for each post that came or went above it; 0 is what happens. */
  readonly lean?: number
  /** What a cursor does whose post is gone. */
  readonly gone?: 'goes-on' | 'starts-over'
  /** Whether a page by cursor counts posts or takes the next numbers, there or not. */
  readonly counts?: 'posts' | 'numbers'
}

/**
 * Reads a feed (newest first, numbered by age) page by page, while it changes.
 *
 * By offset, page p holds the rows (p − 1) × size + 1 … p × size of the list as it is *then*: what is published above pushes rows
 * down, so some come again; what is deleted above pulls rows up, so some are passed over (PostgreSQL 18, LIMIT and OFFSET; CockroachDB,
 * keyset pagination). By cursor, a page holds the first `size` posts older than the last one that was read. The cursor is a
 * value and not a row, so it works as well when that post is gone.
 */
function read({ style, posts, size, events }: Scene, wrong: Wrong = {}): Reading {
  const { frozen = false, lean = 0, gone = 'goes-on', counts = 'posts' } = wrong
  const by = wrong.style ?? style
  const first = Array.from({ length: posts }, (_, place) => posts - place)
  let feed = first
  let newest = posts
  let page = 0
  let last: number | undefined
  let shift = 0
  const steps: Step[] = []
  for (const event of events) {
    if (event.startsWith('+')) {
      const fresh = Number(event.slice(1))
      feed = [...Array.from({ length: fresh }, (_, place) => newest + fresh - place), ...feed]
      newest += fresh
      shift += fresh
      steps.push({ event, feed })
    } else if (event.startsWith('-')) {
      const id = Number(event.slice(1))
      if (last !== undefined && id >= last && feed.includes(id)) shift--
      feed = feed.filter(it => it !== id)
      steps.push({ event, feed })
    } else {
      const shown = frozen ? first : feed
      const from = Math.max(0, page * size + lean * shift)
      const lost = last !== undefined && gone === 'starts-over' && !feed.includes(last)
      const older = last === undefined || lost ? shown : shown.filter(it => it < last!)
      const rows =
        by === 'offset'
          ? shown.slice(from, from + size)
          : counts === 'numbers' && last !== undefined
            ? older.filter(it => it >= last! - size)
            : older.slice(0, size)
      page++
      last = rows.at(-1) ?? last
      steps.push({
        event,
        feed,
        rows,
        ...(by === 'cursor' && last !== undefined && { cursor: token(last) }),
      })
    }
  }
  const all = steps.flatMap(it => it.rows ?? [])
  const oldest = Math.min(...all)
  return {
    steps,
    twice: [...new Set(all.filter((it, place) => all.indexOf(it) !== place))],
    never: first.filter(it => feed.includes(it) && it > oldest && !all.includes(it)),
    seen: new Set(all).size,
  }
}

/** A cursor as many APIs make it: base64url of JSON. That hides nothing and proves nothing. */
const token = (id: number) => btoa(`{"id":${id}}`).replaceAll('=', '')

const ids = (all: readonly number[]) => (all.length === 0 ? 'none' : all.join(' '))
const pages = (it: Reading) => it.steps.filter(step => step.rows !== undefined)

function told({ events, style, size }: Scene): string {
  let page = 0
  return events
    .map(it => {
      if (it.startsWith('+')) return `      ${count(Number(it.slice(1)), 'post')} published`
      if (it.startsWith('-')) return `      post ${it.slice(1)} deleted`
      page++
      if (style === 'offset') return `GET /posts?page=${page}&size=${size}`
      return page === 1
        ? `GET /posts?size=${size}`
        : `GET /posts?size=${size}&cursor=…  (from page ${page - 1})`
    })
    .join('\n')
}

const scene = (it: Scene) =>
  `A feed holds posts ${it.posts} (the newest) down to 1, newest first. A new post gets the next number. ` +
  (it.style === 'offset'
    ? `A page is cut with \`LIMIT ${it.size} OFFSET (page - 1) × ${it.size}\`.`
    : `The cursor of a page is the number of its last post, encoded; the next page is \`WHERE id < :number ORDER BY id DESC LIMIT ${it.size}\`.`) +
  ` This happens, one line after another:\n\n\`\`\`text\n${told(it)}\n\`\`\``

const drift = (it: Reading) => `repeated: ${ids(it.twice)}; missed: ${ids(it.never)}`

export const cursorDrift = lab({
  id: 'cursor-drift',
  title: 'Pages that drift',
  summary: 'A feed changes while it is read page by page: what is seen twice, and what never.',
  concepts: ['pagination/page-drift', 'pagination/cursor-pagination', 'pagination/opaque-cursor'],
  sources: ['postgres-limit', 'cockroach-pagination#keyset-pagination', 'aip-158#opacity'],
  rule: 'An offset counts rows of the list as it is now, so inserts above repeat rows and deletes above skip some; a cursor goes on after a value and does not shift.',
  parameters: {
    style: one('how the pages are cut', ['offset', 'cursor']),
    posts: whole('posts at first', { from: 1, to: 30, drawn: [12, 15] }),
    size: whole('posts to a page', { from: 1, to: 20, drawn: [3, 4] }),
    events: texts('page, +2 (posts published), -7 (post deleted), in their order', {
      form: { like: /^(page|\+[1-9]|-[1-9]\d?)$/, says: 'page, +2 or -7' },
      least: 2,
      most: 12,
    }),
  },
  example: { style: 'offset', posts: 12, size: 3, events: ['page', '+2', 'page', '-9', 'page'] },
  check: ({ events }) =>
    events[0] !== 'page' || events.filter(it => it === 'page').length < 2
      ? 'events begins with a page and has another one'
      : undefined,
  // Two or three pages; in between posts come, or posts go that were read, above all the one at the cursor.
  draw(random, { style, posts, size }) {
    const gaps = pick(random, [1, 2])
    const events = ['page']
    const kinds = pick(random, [
      ['+', '-'],
      ['-', '+'],
      ['-', '-'],
      ['+', '+'],
      ['b', 'b'],
    ] as const)
    let bottom = posts - size + 1
    for (let gap = 0; gap < gaps; gap++) {
      const kind = kinds[gap]
      if (kind !== '-') events.push(`+${pick(random, [1, 2])}`)
      if (kind !== '+') {
        const gone =
          style === 'cursor'
            ? pick(random, [bottom, bottom, bottom - 2])
            : pick(random, [bottom, bottom + 1])
        events.push(`-${Math.max(1, gone)}`)
        if (style === 'cursor' && gap === 0) events.push(`-${Math.max(1, gone - 1)}`)
      }
      events.push('page')
      bottom -= size
    }
    return { events }
  },
  run: it => read(it),
  misconceptions: {
    'pages-stand-still': {
      belief: 'cut all pages from the list as it was at first',
      because: 'Numbered pages look like those of a book.',
      fact: 'Each request runs a query of its own on the data of that moment; only a snapshot would stand still.',
      run: it => read(it, { frozen: true }),
    },
    'other-way-round': {
      belief: 'let new rows above make a reader skip some, and deleted ones repeat some',
      because: 'More rows sound like more that gets lost.',
      fact: 'New rows push what was read down into the next page, so it comes again; deleted ones pull unread rows up, past the reader.',
      run: it => read(it, { lean: 2 }),
    },
    'same-drift': {
      belief: 'think that offset and cursor pages move alike when the list changes',
      because: 'For the client both are a parameter that leads to the next page.',
      fact: 'An offset counts from the top, which moves; a cursor goes on after the last row that was read.',
      run: it => read(it, { style: it.style === 'offset' ? 'cursor' : 'offset' }),
    },
    'cursor-needs-its-row': {
      belief: 'let a cursor start from the top again when its row is gone',
      because: 'It seems to point at that row.',
      fact: 'It holds a value to compare with: `id < 7` works whether there is a 7 or not.',
      run: it => read(it, { gone: 'starts-over' }),
    },
    'numbers-not-rows': {
      belief: 'take the next numbers after the cursor, whether these posts are there or not',
      because: 'With numbers that have no gaps it is the same.',
      fact: 'LIMIT counts rows that are there, so a page stays full when numbers are missing.',
      run: it => read(it, { counts: 'numbers' }),
    },
  },
  questions: {
    page: {
      kind: 'choice',
      title: 'What does the last page hold after the list has changed?',
      prompt: it => `${scene(it)}\n\nWhich posts does the last of these pages list?`,
      answer: it => `\`${ids(pages(it).at(-1)?.rows ?? [])}\``,
      how: (it, { style }) =>
        style === 'offset'
          ? `The list is counted from its top again: ${ids(it.steps.at(-1)!.feed)}.`
          : `It goes on below the last post that was read, ${num(pages(it).at(-2)?.rows?.at(-1) ?? 0)}, whatever happened above it.`,
    },
    drift: {
      kind: 'choice',
      title: 'What does a reader see repeated, and what is missed?',
      prompt: it =>
        `${scene(it)}\n\nWhich posts has the reader got **repeated**, that is more than once? And which ones were **missed**: there from the first request to the last, newer than the oldest post read, but on none of the pages?`,
      answer: it => `\`${drift(it)}\``,
      how: it =>
        `The pages held ${list(pages(it).map(step => `\`${ids(step.rows ?? [])}\``))}. That is ${drift(it)}.`,
    },
    seen: {
      kind: 'number',
      title: 'How many different posts does a reader get?',
      unit: 'posts',
      prompt: it => `${scene(it)}\n\nHow many **different** posts has the reader got in all?`,
      answer: it => it.seen,
      how: it =>
        `The pages held ${list(pages(it).map(step => `\`${ids(step.rows ?? [])}\``))}; ${it.twice.length === 0 ? 'no post' : count(it.twice.length, 'post')} came more than once.`,
    },
  },
  result: it =>
    `pages ${pages(it)
      .map(step => `[${ids(step.rows ?? [])}]`)
      .join(' ')}; ${drift(it)}`,
  trace: it => ({
    columns: ['event', 'page holds', 'cursor for the next'],
    rows: it.steps.map(({ event, rows, cursor }) => [
      event,
      rows === undefined ? '-' : ids(rows),
      cursor ?? '-',
    ]),
  }),
  picture: it =>
    it.steps
      .map(({ event, feed, rows }) => {
        const cells = feed.map(id => {
          const at = rows?.indexOf(id) ?? -1
          return `${at === 0 ? '[' : ' '}${id}${at >= 0 && at === rows!.length - 1 ? ']' : ''}`
        })
        return `${event.padEnd(5)}${cells.join('')}`.slice(0, 76)
      })
      .join('\n'),
})
