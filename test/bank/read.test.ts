import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_BYTES } from '../../src/bank/files.ts'
import { read } from '../../src/bank/read.ts'
import { bytes, complaints, placed } from './written.ts'

const topic = 'topic: { id: caching, title: Caching, summary: Close and fresh }\n'

describe('what cannot be read at all', () => {
  test.for<[name: string, content: string | Uint8Array, told: string, remedy: RegExp]>([
    ['an empty file', '', '1:1 schema/empty', /start with `topic:`/],
    ['a blank file', ' \n\n\t\n', '1:1 schema/empty', /start with `topic:`/],
    ['nothing but comments', '# later\n', '1:1 schema/empty', /start with `topic:`/],
    ['nothing but a byte order mark', '\uFEFF', '1:1 schema/empty', /start with `topic:`/],
    ['a list', '- caching\n', '1:1 schema/type', /start with `topic:`/],
    ['a sentence', 'caching is hard\n', '1:1 schema/type', /start with `topic:`/],
    ['a binary file', `${topic}\0`, '1:1 yaml/encoding', /save it as UTF-8/],
    ['Latin-1', Uint8Array.of(0x63, 0xe9), '1:1 yaml/encoding', /save it as UTF-8/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0), '1:1 yaml/encoding', /save it as UTF-8/],
    ['half a character', bytes('é').subarray(0, 1), '1:1 yaml/encoding', /save it as UTF-8/],
    ['a surrogate in UTF-8', Uint8Array.of(0xed, 0xa0, 0x80), '1:1 yaml/encoding', /UTF-8/],
    ['32 MiB and a byte', new Uint8Array(MAX_BYTES + 1), '1:1 yaml/too-large', /split it/],
    ['only an alias', '*caching\n', '1:1 yaml/alias', /write the text out/],
  ])('%s', ([, content, told, remedy]) => {
    const [problem, ...more] = complaints(content)
    expect(placed(problem!)).toBe(told)
    expect(problem).toMatchObject({ file: 'bank.yaml', remedy: expect.stringMatching(remedy) })
    expect(problem!.message).not.toBe('')
    expect(more).toEqual([])
  })

  test('the largest file is still looked at', () => {
    const padded = new Uint8Array(MAX_BYTES).fill(0x23)
    expect(complaints(padded).map(placed)).toEqual(['1:1 schema/empty'])
  })
})

describe('where a problem is', () => {
  test.for<[name: string, yaml: string, told: string[]]>([
    ['a byte order mark does not move anything', '\uFEFFtopic:\n  id: A B\n', ['2:7 schema/value']],
    [
      'lines that end in CR LF',
      'topic:\r\n  id: a\r\n  titel: T\r\n',
      ['3:3 schema/unknown-field'],
    ],
    [
      'after a flag, columns are UTF-16 units',
      'topic: { id: a, title: 🏁, titel: T }',
      ['1:28 schema/unknown-field'],
    ],
    ['a field that is there twice', 'topic:\n  id: a\n  id: b\n', ['3:3 yaml/duplicate-key']],
    ['a part that is there twice', 'topic: {id: a}\ntopic: {id: b}\n', ['2:1 yaml/duplicate-key']],
    ['a second document', `${topic}---\n${topic}`, ['2:1 yaml/syntax']],
    [
      'a third document is not told of again',
      `${topic}---\n${topic}---\n${topic}`,
      ['2:1 yaml/syntax'],
    ],
    [
      'a quotation mark that is not closed',
      'topic:\n  id: a\n  title: "T\n  summary: S\n',
      ['3:10 yaml/syntax'],
    ],
    [
      'an apostrophe that opens a text',
      "topic:\n  id: a\n  title: 'tis so\n",
      ['3:10 yaml/syntax'],
    ],
    ['a brace that is not closed', 'topic: { id: a\nsources: []\n', ['2:1 yaml/syntax']],
    [
      'a hundred brackets that are not closed',
      `topic: ${'['.repeat(100)}`,
      ['1:108 yaml/syntax', '1:40 yaml/too-deep', '1:8 schema/type'],
    ],
    [
      'a colon in a plain text',
      'topic:\n  id: a\n  title: T: U\n',
      ['3:10 yaml/syntax', '3:10 schema/type'],
    ],
    ['a merge key', 'topic:\n  id: a\n  <<: { title: T }\n', ['3:3 schema/unknown-field']],
    ['a key that is a list', 'topic: { id: a, [b]: c }\n', ['1:17 yaml/key']],
    ['a key that is a map', '? { a: b }\n: c\n', ['1:3 yaml/key']],
    ['a key that is empty', 'topic: { id: a }\n: b\n', ['2:1 schema/unknown-field']],
    ['a value that is missing', 'topic: { id }\n', ['1:8 schema/value']],
    ['an alias, told once', 'topic:\n  id: a\n  aliases: [*b]\n', ['3:13 yaml/alias']],
    ['an alias as topic', 'topic: *t\nconcepts: []\n', ['1:8 yaml/alias']],
    ['an alias that holds itself', 'topic: &t { id: a, aliases: *t }\n', ['1:29 yaml/alias']],
    [
      'keys that objects have anyway',
      'topic: { id: a, __proto__: b, constructor: c, toString: d }\n',
      ['1:17 schema/unknown-field', '1:31 schema/unknown-field', '1:47 schema/unknown-field'],
    ],
    [
      'kinds that objects have anyway',
      'topic: { id: a }\nquestions:\n  - { kind: __proto__ }\n  - { kind: constructor }\n',
      ['3:13 schema/value', '4:13 schema/value'],
    ],
    [
      'kinds that are not even words',
      'topic: { id: a }\nquestions:\n  - { kind: {} }\n  - { kind: [choice] }\n  - choice\n  -\n',
      ['3:13 schema/type', '4:13 schema/type', '5:5 schema/type', '6:4 schema/type'],
    ],
  ])('%s', ([, yaml, told]) => {
    const problems = complaints(yaml)
    expect(problems.map(placed)).toEqual(told)
  })

  test('tabs are pointed at first', () => {
    expect(placed(complaints('topic:\n\tid: caching\n')[0]!)).toBe('2:1 yaml/syntax')
  })
})

test('an anchor that nobody refers to is no harm', () => {
  expect(complaints('topic: &here { id: caching }\n')).toEqual([])
})

test('an alias bomb stays as small as it was written', () => {
  const levels = Array.from(
    { length: 30 },
    (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
  )
  const { data, problems } = read('bomb.yaml', bytes(`l0: &l0 boom\n${levels.join('\n')}\n`))
  expect(problems).toHaveLength(30 * 9)
  expect(JSON.stringify(data).length).toBeLessThan(3000)
})

test('nothing gets into the prototype of objects', () => {
  const { data } = read(
    'proto.yaml',
    bytes('__proto__: { polluted: yes }\na: { __proto__: { b: c } }\n'),
  )
  expect(Object.getPrototypeOf(data)).toBeNull()
  expect(Object.keys(data as object)).toEqual(['__proto__', 'a'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('nested a hundred thousand deep', () => {
  const deep = 100_000
  test.for<[name: string, yaml: string]>([
    ['lists on one line', '['.repeat(deep)],
    ['lists on one line, closed', '['.repeat(deep) + ']'.repeat(deep)],
    ['lists on a line each', '[\n'.repeat(deep)],
    ['maps on one line', '{a: '.repeat(deep)],
    ['block lists', `${'- '.repeat(deep)}x`],
    ['keys of keys', `${'? '.repeat(deep)}x`],
    ['block maps', Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ])('%s', ([, yaml]) => {
    expect(complaints(yaml)).toEqual([
      {
        file: 'bank.yaml',
        line: 1,
        column: 1,
        rule: 'yaml/too-deep',
        message: 'this is nested too deeply',
        remedy: 'a bank needs six levels',
      },
    ])
  })

  test('what is only a little too deep is found in its place', () => {
    expect(complaints(`topic: { id: a }\nsources:\n  ${'- '.repeat(40)}x\n`).map(placed)).toContain(
      '3:67 yaml/too-deep',
    )
  })

  test('brackets in prose are no nesting', () => {
    const prose = Array.from({ length: 400 }, () => '    [0, 10) and [10, 20)').join('\n')
    expect(complaints(`topic:\n  id: a\n  summary: |\n${prose}\n`)).toEqual([])
  })
})

test('scalars are the text that stands in the file', () => {
  const yaml = `
    - no
    - 1.10
    - 0x1F
    - 0o17
    - 2026-10-01
    - null
    - ~
    - 1_000
    - .inf
    - !!int 5
    - 12:30
    -
    - 'it''s'
    - "a\\tb"
    - |
      two
      lines
    - >
      one
      line
  `
  expect(read('scalars.yaml', bytes(yaml)).data).toEqual([
    'no',
    '1.10',
    '0x1F',
    '0o17',
    '2026-10-01',
    'null',
    '~',
    '1_000',
    '.inf',
    '5',
    '12:30',
    '',
    "it's",
    'a\tb',
    'two\nlines\n',
    'one line\n',
  ])
})

describe('never throws, and every problem has a place', () => {
  const inPlace = (content: string | Uint8Array) => {
    const lines = typeof content === 'string' ? content.split('\n').length : content.length + 1
    for (const { file, line, column, rule, message } of complaints(content)) {
      expect(file).toBe('bank.yaml')
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(lines)
      expect(column).toBeGreaterThanOrEqual(1)
      expect(rule).toMatch(/^(yaml|schema)\/[a-z-]+$|^markdown$/)
      expect(message).not.toBe('')
    }
  }

  test('arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), inPlace))
  })

  test('arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), inPlace))
  })

  test('what nearly is a bank', () => {
    const piece = fc.constantFrom(
      'topic',
      'id',
      'concepts',
      'questions',
      'kind',
      'choices',
      'choice',
      'lab',
      ': ',
      ':',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&a',
      '*a',
      '!!set',
      '<<',
      '? ',
      '#',
      ' ',
      '\t',
      '---\n',
      '~',
      'a',
      '1',
      '%YAML 1.1\n',
      '\r\n',
      '…',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => inPlace(pieces.join(''))),
      { numRuns: 500 },
    )
  })
})
