import { expect, test } from 'vitest'
import { compositeIndex } from '../../src/labs/composite-index.ts'
import { scenario } from '../../src/labs/lab.ts'

type Row = Record<string, number>

interface Outcome {
  narrowed: string[]
  entries: number
  sort: boolean
}

const run = (index: string[], where: string[], order: string[] = []) =>
  compositeIndex.run({ rows: 1_000_000, index, where, order })

/** PostgreSQL 18 §11.3: of `(a, b, c)` with `a = 5 AND b >= 42 AND c < 77`, c is checked but does not bound the scan. */
test.for<[index: string, where: string, narrowed: string, entries: number]>([
  ['tenant_id status total', 'tenant_id= status= total<', 'tenant_id status total', 1000],
  ['tenant_id created_at total', 'tenant_id= created_at> total<', 'tenant_id created_at', 2500],
  ['tenant_id status', 'status=', '', 1_000_000],
  ['tenant_id status', 'status= tenant_id=', 'tenant_id status', 2000],
  ['tenant_id country status', 'tenant_id= status=', 'tenant_id', 10_000],
])('an index on %s for %s is narrowed by: %s', ([index, where, narrowed, entries]) => {
  expect(run(index.split(' '), where.split(' ')).outcome).toMatchObject({
    narrowed: narrowed.split(' ').filter(it => it !== ''),
    entries,
  })
})

/**
 * A small index, sorted for real. What bounds a scan is what makes its rows one run of the sorted list; a sort is needed iff those
 * rows that match are not in order already.
 */
test('agrees with an index that is really there', () => {
  const columns = ['tenant_id', 'status', 'country', 'created_at', 'total']
  const rows: Row[] = Array.from({ length: 3 ** 5 }, (_, i) =>
    Object.fromEntries(columns.map((it, j) => [it, Math.floor(i / 3 ** j) % 3])),
  )
  for (let seed = 0; seed < 300; seed++) {
    const values = scenario(compositeIndex, seed)
    const [index, where, order] = [values['index'], values['where'], values['order']] as string[][]
    const entries = rows.toSorted((a, b) => compare(a, b, index!))
    const holds = (it: string, row: Row) => {
      const value = row[it.slice(0, -1)]!
      return it.endsWith('=') ? value === 1 : it.endsWith('>') ? value > 0 : value < 2
    }
    const { narrowed, sort } = compositeIndex.run(values).outcome as Outcome
    const bounding = where!.filter(it => narrowed.includes(it.slice(0, -1)))
    // Read is one run without gaps, and adding the condition on any further column would tear it apart or change nothing.
    expect(gaps(entries.map(row => bounding.every(it => holds(it, row))))).toBe(false)
    for (const further of where!.filter(
      it => !bounding.includes(it) && index!.includes(it.slice(0, -1)),
    )) {
      expect(gaps(entries.map(row => [...bounding, further].every(it => holds(it, row))))).toBe(
        true,
      )
    }
    const matching = entries.filter(row => where!.every(it => holds(it, row)))
    const inOrder = matching.every(
      (row, i) => i === 0 || compare(matching[i - 1]!, row, order!) <= 0,
    )
    expect(sort, JSON.stringify(values)).toBe(!inOrder)
  }
})

const compare = (a: Row, b: Row, by: readonly string[]) =>
  by.map(it => a[it]! - b[it]!).find(it => it !== 0) ?? 0
const gaps = (marks: readonly boolean[]) =>
  marks.slice(marks.indexOf(true), marks.lastIndexOf(true) + 1).includes(false)

test('wrong rules, worked out by hand', () => {
  const { supposed } = run(
    ['tenant_id', 'created_at', 'status'],
    ['status=', 'tenant_id=', 'created_at>'],
    ['created_at'],
  )
  expect(Object.fromEntries(supposed.map(it => [it.misconception, it.result]))).toMatchObject({
    'textual-order': 'narrowed by no column: 1,000,000 entries read, no sort',
    'past-range': 'narrowed by tenant_id, created_at and status: 500 entries read, no sort',
    'sorted-by-first': 'narrowed by tenant_id and created_at: 2500 entries read, then sorted',
  })
})
