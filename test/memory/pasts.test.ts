import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Candidates, candidatesFrom } from '../../src/bank/candidates.ts'
import { Columns } from '../../src/memory/columns.ts'
import { fold } from '../../src/memory/fold.ts'
import { memoryOf } from '../../src/memory/memory.ts'
import { Pasts } from '../../src/memory/pasts.ts'
import { placesOf } from '../../src/memory/placed.ts'
import type { Questions } from '../../src/memory/questions.ts'
import { lineText } from '../../src/memory/review.ts'
import { slipsOf } from '../../src/memory/slips.ts'
import { ANSWERS, COUNTS, NUMBERS, State } from '../../src/memory/state.ts'
import { candidate } from './candidates.ts'
import { log } from './logs.ts'

/** A log as memory, and what there might be asked of it. */
const anyMemory = fc.tuple(log, fc.array(fc.nat())).map(([lines, lots]) => {
  const columns = new Columns()
  for (const it of lines) {
    const bytes = Buffer.from(lineText(it))
    columns.add(bytes, 0, bytes.length - 1)
  }
  const state = new State()
  fold(state, columns, columns.order(), new Set(), new Map())
  const ids = [...state.ids.texts(), 'nobody/knows', 'nobody/asks']
  const drawn = ids.toSorted((a, b) => (lots[a.length % 7] ?? 0) - (lots[b.length % 5] ?? 0))
  return { memory: memoryOf(state), questions: drawn.map(id => ({ id })) }
})

test('columns of a state say what its questions say one by one', () => {
  const said = (pasts: Pasts) =>
    Array.from(pasts.places, (_, it) => {
      const place = pasts.met(it)
      if (place < 0) return undefined
      const { numbers, counts } = pasts
      return [
        ...numbers.subarray(place * NUMBERS, (place + 1) * NUMBERS),
        // How often it was answered in all is no part of what is remembered.
        ...counts
          .subarray(place * COUNTS, (place + 1) * COUNTS)
          .map((n, at) => (at === ANSWERS ? 0 : n)),
      ]
    })
  fc.assert(
    fc.property(anyMemory, ({ memory, questions }) => {
      const copies = new Pasts(new Map(memory.questions), questions)
      expect(said(new Pasts(memory.questions, questions))).toEqual(said(copies))
    }),
  )
})

test('and so do their slips', () => {
  const said = ({ slips, owners }: ReturnType<typeof slipsOf>) =>
    Array.from(slips.times, (times, row) => {
      const owner = owners[slips.question[row]!]!
      return `${owner} ${slips.keys[slips.key[row]!]} ${times}`
    }).sort()
  fc.assert(
    fc.property(anyMemory, ({ memory, questions }) => {
      const pasts = new Pasts(memory.questions, questions)
      const mistaken = memory.mistaken()
      expect(said(slipsOf(mistaken, questions, pasts))).toEqual(
        said(slipsOf(new Map(mistaken), questions, pasts)),
      )
      for (const { id } of questions) expect(mistaken.has(id)).toBe(new Map(mistaken).has(id))
    }),
  )
})

test('places that a snapshot keeps are those that would be found', () => {
  fc.assert(
    fc.property(anyMemory, fc.nat(), ({ memory, questions }, size) => {
      const { ids } = (memory.questions as Questions).state
      const own = questions.map(({ id }) => candidate(id))
      const of = new Candidates([candidatesFrom('any', own)], 'any')
      const all = placesOf(ids, of, undefined)
      expect(Array.from(all, it => (it < 0 ? '' : ids.text(it)))).toEqual(
        own.map(({ id }) => (ids.find(id) < 0 ? '' : id)),
      )
      // As they were when fewer had been met, and those of other questions.
      const met = ids.size === 0 ? 0 : size % ids.size
      const places = all.map(it => (it < met ? it : -1))
      const nowhere = all.map(() => -1)
      for (const known of [
        { stamp: 'any', size: ids.size, places: all },
        { stamp: 'any', size: met, places },
        { stamp: 'other', size: ids.size, places: nowhere },
        { stamp: 'any', size: ids.size, places: nowhere.subarray(1) },
      ]) {
        expect(placesOf(ids, of, known)).toEqual(all)
      }
    }),
  )
})
