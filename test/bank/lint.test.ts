import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BankFile, compile as compileWith, NOTHING_KNOWN } from '../../src/bank/compile.ts'
import { RULES } from '../../src/bank/lint.ts'
import type { Problem } from '../../src/bank/problem.ts'
import { allLabs } from '../../src/labs/index.ts'
import { bankFolder } from '../builtin.ts'
import { compiled } from './written.ts'

const labs = await allLabs()
const compile = (files: readonly BankFile[]) => compileWith(files, { ...NOTHING_KNOWN, labs })

const FIXTURES = 'test/fixtures/bank'

/** A fixture is a file, or a folder of files that make up one bank. */
const fixtures = readdirSync(FIXTURES).map(name => ({ name, files: filesOf(join(FIXTURES, name)) }))

function filesOf(path: string): BankFile[] {
  if (statSync(path).isDirectory()) return bankFolder(path)
  return [{ file: path, bytes: readFileSync(path) }]
}

/** What a file says about itself: a rule, a word of what is told in brackets, a column, on the line it belongs to. */
interface Marker {
  readonly at: string
  readonly rule: string
  readonly says: string
  readonly column: number | undefined
}

/** Reads `# ✗ rule`, `# ✗ rule @12`, `# ✗ rule(words)`; several may share a line, and a column. */
function markers({ file, bytes }: BankFile): Marker[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/✗ ([a-z/-]+)(?:\(([^)]*)\))?(?: @(\d+))?/g)].map(
        ([, rule, says, column]) => ({
          at: `${file}:${index + 1}`,
          rule: rule!,
          says: says ?? '',
          column: column === undefined ? undefined : Number(column),
        }),
      ),
    )
}

const fits = (problem: Problem, { at, rule, says, column }: Marker) =>
  `${problem.file}:${problem.line}` === at &&
  problem.rule === rule &&
  (column === undefined || problem.column === column) &&
  `${problem.message} ${problem.remedy ?? ''}`.includes(says)

/** Pairs problems off with markers; what stays is a problem that nobody expected, or one that was not found. */
function difference(problems: readonly Problem[], expected: readonly Marker[]) {
  const missed = [...expected].sort((a, b) => b.says.length - a.says.length)
  const unexpected = problems.filter(problem => {
    const found = missed.findIndex(it => fits(problem, it))
    if (found >= 0) missed.splice(found, 1)
    return found < 0
  })
  return {
    unexpected: unexpected.map(
      it => `${it.file}:${it.line}:${it.column} ${it.rule}: ${it.message} (${it.remedy ?? ''})`,
    ),
    missed: missed.map(it => `${it.at}:${it.column ?? '?'} ${it.rule}(${it.says})`),
  }
}

test.for(fixtures)('$name is told what its markers say, and nothing else', ({ files }) => {
  const { problems } = compile(files)
  expect(difference(problems, files.flatMap(markers))).toEqual({ unexpected: [], missed: [] })
})

describe('every rule', () => {
  const written = ['read.ts', 'draft.ts'].flatMap(it =>
    [
      ...readFileSync(`src/bank/${it}`, 'utf8').matchAll(/'((?:yaml|schema)\/[a-z-]+|markdown)'/g),
    ].map(found => found[1]!),
  )
  // 32 MiB are too much for a fixture: read.test.ts fakes them.
  const rules = [...new Set([...RULES.flatMap(it => it.names), ...written])].filter(
    it => it !== 'yaml/too-large',
  )

  test('there are as many as a reader would count', () => {
    expect(rules.length).toBeGreaterThan(30)
  })

  test.for(rules)('%s has a fixture that is named after it and breaks it', rule => {
    const own = fixtures.filter(it => it.name.replace('.yaml', '') === rule.replace('/', '-'))
    expect(own.flatMap(it => it.files.flatMap(markers)).map(it => it.rule)).toContain(rule)
  })

  test('says what is wrong in our words, and what to do about it', () => {
    const problems = fixtures.flatMap(it => compile(it.files).problems)
    for (const { rule, message, remedy } of problems) {
      expect(message).not.toMatch(/undefined|expected|invalid|input|\[object/i)
      // What is wrong with a value says what would be right.
      if (!/^(schema\/value|markdown)$/.test(rule)) expect(remedy, message).toMatch(/^.{5,}/)
    }
  })
})

describe('how long the right choice may be', () => {
  const bank = readFileSync(join(FIXTURES, 'clean.yaml'), 'utf8')
  const texts = [
    'Keep it and revalidate it before each reuse',
    'Keep it and reuse it until the tab is closed',
    'Show it once and keep no copy on the disk',
  ]

  test.for<[right: number, wrong: number, told: string[]]>([
    [30, 30, []],
    [60, 30, []],
    [61, 30, ['key/length']],
    [10, 28, []],
    [10, 29, ['key/length']],
  ])('%d letters next to %d', ([right, wrong, told]) => {
    const lengths = [right, wrong, wrong]
    const written = texts.reduce(
      (yaml, text, n) => yaml.replace(text, 'xyz'[n]!.repeat(lengths[n]!)),
      bank,
    )
    expect(compiled(written).problems.map(it => it.rule)).toEqual(told)
  })
})

describe('one slip is told once', () => {
  const bank = readFileSync(join(FIXTURES, 'clean.yaml'), 'utf8')

  test.for<[slip: string, from: string, to: string, told: string[]]>([
    [
      'in a concept that questions test',
      '    gist: Keep',
      '    gits: Keep',
      ['schema/unknown-field'],
    ],
    ['in the only question that tests a concept', 'id: aloud', 'id: Aloud', ['schema/value']],
    ['in the only source', 'short: RFC 9111', 'shrt: RFC 9111', ['schema/unknown-field']],
    ['in the topic', 'summary:', 'sumary:', ['schema/unknown-field']],
    [
      'an alias',
      'say:\n      - Stored, but revalidated each time.',
      'say: [*stored]',
      ['yaml/alias'],
    ],
  ])('%s', ([, from, to, told]) => {
    expect(bank).toContain(from)
    expect(compiled(bank.replace(from, to)).problems.map(it => it.rule)).toEqual(told)
  })
})

test('problems come in the order in which a person would mend them', () => {
  const { problems } = compile(filesOf(join(FIXTURES, 'every-field-wrong.yaml')))
  const lines = problems.map(it => it.line)
  expect(lines).toEqual(lines.toSorted((a, b) => a - b))
})
