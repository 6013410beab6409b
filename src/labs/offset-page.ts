import { lab, pick } from './lab.ts'
import { whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, num } from './said.ts'

/** A page of a list, and what the database does for it. */
interface Page {
  readonly pages: number
  readonly limit: number
  readonly offset: number
  /** Places of the rows that come back, counted from 1; `last` is less than `first` when there are none. */
  readonly first: number
  readonly last: number
  /** Rows that are produced in order, and those of them that are thrown away. */
  readonly read: number
  readonly discarded: number
}

interface Asked {
  readonly total: number
  readonly size: number
  readonly page: number
}

/**
 * A page by LIMIT and OFFSET, pages counted from 1:
 *
 *     pages = ⌈total ÷ size⌉      offset = (page − 1) × size
 *
 * The rows before the offset are computed all the same and then thrown away, which is what makes deep pages slow (PostgreSQL 18
 * documentation, LIMIT and OFFSET). The arguments say what a wrong rule changes.
 */
function paged(
  { total, size, page }: Asked,
  {
    pages = Math.ceil(total / size),
    limit = size,
    offset = (page - 1) * size,
    last = Math.min(offset + limit, total),
    discarded = Math.min(offset, total),
  }: Partial<Page> = {},
): Page {
  return {
    pages,
    limit,
    offset,
    first: offset + 1,
    last,
    read: discarded + Math.max(0, last - offset),
    discarded,
  }
}

const footer = ({ first, last, pages }: Page, { page }: Asked) =>
  `page ${num(page)} of ${num(pages)}, rows ${num(first)} to ${num(last)}`

const request = ({ page, size }: Asked) => `GET /orders?page=${page}&per_page=${size}`

export const offsetPage = lab({
  id: 'offset-page',
  title: 'Offset pages',
  summary: 'A list in numbered pages: how many there are, which rows one shows, and what it costs.',
  concepts: ['pagination/offset-pagination', 'pagination/deep-page-cost', 'pagination/total-count'],
  sources: ['postgres-limit', 'github-pagination#using-link-headers'],
  rule: 'There are `ceil(total ÷ size)` pages; page p takes `LIMIT size OFFSET (p − 1) × size`, and the rows before the offset are read and thrown away.',
  parameters: {
    total: whole('rows in the list', { unit: 'rows', from: 1, to: 1_000_000_000 }),
    size: whole('rows to a page', {
      unit: 'rows',
      from: 1,
      to: 1000,
      drawn: [10, 20, 25, 30, 40, 50, 100],
    }),
    page: whole('the page that is asked for, counted from 1', { from: 1, to: 1_000_000 }),
  },
  example: { total: 1013, size: 25, page: 41 },
  check: ({ total, size, page }) =>
    page > Math.ceil(total / size) ? 'page is none that the list has' : undefined,
  // Short lists whose last page is asked for, and long ones with a deep page; a fifth of them have no rest.
  draw(random, { size }) {
    const pages = pick(random, [4, 5, 6, 8, 9, 11, 12, 21, 41, 101, 201])
    const rest = pick(random, [0, 1, 3, 7, 9])
    const total = pages * size + (rest === 0 ? 0 : rest - size)
    return { total, page: pick(random, [pages, pages, pages - 1, Math.ceil(pages / 2)]) }
  },
  run: it => paged(it),
  misconceptions: {
    'pages-from-zero': {
      belief: 'multiply the page by the size without taking one off',
      because: 'With pages counted from 0 it would be right, and page 1 looks like a distance.',
      fact: 'Page 1 has offset 0: so many pages lie before a page as its number less one.',
      run: it => {
        const [offset, end] = [it.page * it.size, (it.page + 1) * it.size]
        return paged(it, { offset, last: offset < it.total ? Math.min(end, it.total) : end })
      },
    },
    'offset-in-pages': {
      belief: 'count the offset in pages',
      because: 'The request speaks of pages, so the query seems to do so as well.',
      fact: 'OFFSET counts rows: how many of them to leave out before the first one that is returned.',
      run: it => paged(it, { offset: it.page - 1 }),
    },
    'rounds-down': {
      belief: 'round the number of pages down',
      because: 'Whole-number division does it in many languages.',
      fact: 'The rest of the division needs a page as well, so the quotient is rounded up.',
      run: it => paged(it, { pages: Math.floor(it.total / it.size) }),
    },
    'one-more': {
      belief: 'always add a page for the rest',
      because: '`total / size + 1` is right whenever there is a rest.',
      fact: 'Where the total is a multiple of the size there is no rest, and the extra page would be empty.',
      run: it => paged(it, { pages: Math.floor(it.total / it.size) + 1 }),
    },
    'last-is-full': {
      belief: 'take the last page for a full one',
      because: 'All pages before it are full.',
      fact: 'LIMIT is the most that comes back; the last page has what is left.',
      run: it => paged(it, { last: it.page * it.size }),
    },
    'jumps-for-free': {
      belief: 'let the database jump to the offset without reading what is before it',
      because: 'It looks like an index into an array.',
      fact: 'It has to produce the rows in order to know which ones come after; those before the offset are computed and thrown away.',
      run: it => paged(it, { discarded: 0 }),
    },
    'limit-is-end': {
      belief: 'give LIMIT the number of the last row that is wanted',
      because: 'Slices in many languages take a start and an end.',
      fact: 'LIMIT is how many rows to return, counted after the offset.',
      run: it => paged(it, { limit: it.page * it.size }),
    },
  },
  questions: {
    footer: {
      kind: 'choice',
      title: 'What stands below a page of a list?',
      prompt: it =>
        `A table shows ${count(it.size, 'row')} a page; pages count from 1. The list has ${num(it.total)} rows, and this is requested:\n\n\`\`\`http\n${request(it)}\n\`\`\`\n\nWhat should the footer below the table say?`,
      answer: footer,
      how: (it, { page, size, total }) =>
        `Before page ${num(page)} lie ${num(page - 1)} × ${num(size)} = ${num(it.offset)} rows, so it begins with row ${num(it.first)} and ends with row ${num(it.last)}. ${num(total)} ÷ ${num(size)}, rounded up, is ${count(it.pages, 'page')}.`,
      bare: true,
    },
    query: {
      kind: 'choice',
      title: 'Which LIMIT and OFFSET does a page take?',
      prompt: it =>
        `Pages count from 1. A handler builds its query for this request:\n\n\`\`\`http\n${request(it)}\n\`\`\`\n\n\`\`\`sql\nSELECT id, total FROM orders ORDER BY created_at, id …\n\`\`\`\n\nHow does the query end?`,
      answer: it => `\`LIMIT ${it.limit} OFFSET ${it.offset}\``,
      how: (it, { page, size }) =>
        `A page has ${count(size, 'row')}, and ${num(page - 1)} × ${num(size)} = ${num(it.offset)} rows come before it.`,
      bare: true,
    },
    discarded: {
      kind: 'number',
      title: 'How many rows are read and thrown away for a page?',
      unit: 'rows',
      prompt: it =>
        `PostgreSQL serves a list of ${num(it.total)} orders with LIMIT and OFFSET from an index in the order of the list. Pages count from 1.\n\n\`\`\`http\n${request(it)}\n\`\`\`\n\nHow many rows does it go through and throw away before the first one that it returns?`,
      answer: it => it.discarded,
      how: (it, { page, size }) =>
        `All rows of the pages before: ${num(page - 1)} × ${num(size)} = ${num(it.discarded)}. With the page itself, ${num(it.read)} rows are read.`,
      bare: true,
    },
  },
  result: (it, asked) =>
    `LIMIT ${it.limit} OFFSET ${it.offset}: ${footer(it, asked)}; ${count(it.discarded, 'row')} thrown away`,
  trace: (it, { total, size, page }) => ({
    columns: ['step', 'reckoning', 'value'],
    rows: [
      ['pages', `${num(total)} ÷ ${num(size)}, rounded up`, num(it.pages)],
      ['offset', `(${num(page)} - 1) × ${num(size)}`, num(it.offset)],
      ['rows', `${num(it.first)} to ${num(it.last)}`, num(Math.max(0, it.last - it.offset))],
      ['read', 'offset + rows', num(it.read)],
      ['thrown away', 'rows before the offset', num(it.discarded)],
    ],
  }),
  picture: it =>
    bars([
      { label: 'thrown away', value: it.discarded, note: num(it.discarded) },
      { label: 'returned', value: it.read - it.discarded, note: num(it.read - it.discarded) },
    ]),
})
