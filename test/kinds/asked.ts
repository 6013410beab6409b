import fc from 'fast-check'
import type { Ask } from '../../src/kinds/ask.ts'
import type { Mark } from '../../src/kinds/kind.ts'
import { seeded } from '../../src/random.ts'

/** Options as a person would find them with this seed. */
export const dice = (seed: number) => seeded(seed, 'topic/id')

/** Every seed that a sitting may have, and then some. */
export const seeds = fc.integer()

/** Texts of the options in the order shown. */
export function shown(ask: Ask): string {
  if (ask.type === 'pair') return ask.right.map(it => it.text).join(' ')
  return 'options' in ask ? ask.options.map(it => it.text).join(' ') : ''
}

/** `3 right a`: position as written, whether it was right, whether it was taken. */
export function notes({ notes }: Mark): string[] {
  return notes.map(
    it => `${it.option ?? '-'} ${it.right ? 'right' : 'wrong'} ${it.taken ? 'taken' : 'left'}`,
  )
}

/** All orders of some items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((it, index) =>
    permutations(items.toSpliced(index, 1)).map(rest => [it, ...rest]),
  )
}

/** All ways to leave some items out. */
export function subsets<T>(items: readonly T[]): T[][] {
  const [first, ...others] = items
  if (first === undefined) return [[]]
  return subsets(others).flatMap(some => [some, [first, ...some]])
}

/** What a person, a script or a mistake may send instead of an answer. */
export const hostile: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  {},
  [],
  [[]],
  [['a']],
  [{}],
  [null],
  [undefined],
  [Number.NaN],
  [-1],
  [1.5],
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  -1,
  0.5,
  1e308,
  10n,
  Symbol('a'),
  () => 'a',
  new Date(0),
  /a/,
  new Map([['1', 'a']]),
  Object.create(null),
  JSON.parse('{"__proto__":"a"}'),
  JSON.parse('{"constructor":"a","1":"a"}'),
  { 1: 'a', 2: null },
  { 1: { toString: null } },
  { length: 3, 0: 'a' },
  { toString: 'a' },
  '',
  ' ',
  '\n',
  '\0',
  '\u001B[2J',
  '\u202Eab',
  '__proto__',
  'constructor',
  'length',
  'toString',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1e999',
  '1/0',
  '0x10',
  '1e',
  '%',
  '£',
  '🏁',
  'a'.repeat(100_000),
  'ab '.repeat(50_000),
  '1'.repeat(100_000),
  `1${' '.repeat(100_000)}x1`,
  '1,'.repeat(50_000),
  '1/'.repeat(50_000),
  '1a'.repeat(50_000),
  '-'.repeat(100_000),
  Array(100_000).fill('a'),
  ['__proto__'],
  ['constructor'],
  ['a', 'a'],
  ['A'],
  ['ab'],
  [' b '],
  ['1'],
  [1],
  [0],
  ['0'],
  ['-1'],
  [''],
  ['1e0'],
]

/** Anything JSON may hold, and what looks like an answer. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostile),
  fc.jsonValue(),
  fc.anything(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'abcdeABp0123456789 ,;.-=>e%/_+') }),
  fc.array(fc.constantFrom('a', 'b', 'c', 'd', '1', '2', '3', 1, 2, 3)),
  fc.dictionary(
    fc.constantFrom('1', '2', '3', '4', '__proto__'),
    fc.constantFrom('a', 'b', 'c', '1', ''),
  ),
)
