import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameLines, namesIn, refsOf } from '../../src/bank/names.ts'

const names: [string, string[]][] = [
  ['409', ['status-codes/conflict']],
  ['conflict', ['status-codes/conflict', 'cap/write-conflict']],
  ['__proto__', ['js/proto']],
]
const lines = Buffer.from(nameLines(new Map(names)))

test.for(names)('%s names %o', ([name, refs]) => {
  expect(refsOf(lines, name)).toEqual(refs)
})

test.for(['', '40', '09', 'conflict status', 'cap/write-conflict', 'constructor', 'toString'])(
  '%j names nothing',
  name => {
    expect(refsOf(lines, name)).toEqual([])
  },
)

test('all of them, by name', () => {
  expect(namesIn(lines)).toEqual(names.toSorted(([a], [b]) => (a < b ? -1 : 1)))
})

test('a bank without names', () => {
  expect(namesIn(Buffer.from(nameLines(new Map())))).toEqual([])
  expect(refsOf(Buffer.from(nameLines(new Map())), '409')).toEqual([])
})

test('each of many is found, and nothing between them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-zé€😀]{1,4}$/u)), given => {
      const some = given.filter((_, place) => place % 2 === 0)
      const lines = Buffer.from(nameLines(new Map(some.map(it => [it, [`ref/${it}`, 'b']]))))
      for (const it of given) {
        expect(refsOf(lines, it)).toEqual(some.includes(it) ? [`ref/${it}`, 'b'] : [])
      }
    }),
  )
})
