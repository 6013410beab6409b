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

test('all of them, as they were given', () => {
  expect(namesIn(lines)).toEqual(names)
})

test('a bank without names', () => {
  expect(namesIn(Buffer.from(nameLines(new Map())))).toEqual([])
  expect(refsOf(Buffer.from(nameLines(new Map())), '409')).toEqual([])
})
