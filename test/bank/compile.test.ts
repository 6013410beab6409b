import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { knownOf, openBank } from '../../src/bank/bank.ts'
import { cite } from '../../src/bank/cite.ts'
import { compile } from '../../src/bank/compile.ts'
import { MarkdownError, parseLine, parseProse } from '../../src/bank/markdown.ts'
import type { SourceEntry } from '../../src/bank/model.ts'
import { pack } from '../../src/bank/pack.ts'
import type { Inline, Prose } from '../../src/bank/prose.ts'
import { memoryStore } from '../../src/bank/store.ts'
import { bytes, compiled } from './written.ts'

const clean = readFileSync('test/fixtures/bank/clean.yaml', 'utf8')

async function storeOf(...args: Parameters<typeof compile>) {
  const { topics, sources } = compile(...args)
  return memoryStore(await pack(topics, sources, args[0].map(it => it.file).join()))
}

describe('references', () => {
  const { topics } = compiled(clean)
  const [caching] = topics

  test('are topic/id, wherever they stand', () => {
    const [noCache, noStore] = caching!.concepts
    expect(noCache).toMatchObject({
      id: 'caching/no-cache',
      topic: 'caching',
      confusedWith: ['caching/no-store'],
      seeAlso: ['caching/no-store'],
    })
    expect(noStore).toMatchObject({ needs: ['caching/no-cache'] })
    expect(caching!.questions[0]).toMatchObject({
      id: 'caching/reuse',
      concepts: ['caching/no-cache', 'caching/no-store'],
      formerly: ['caching/no-cache-reuse'],
    })
  })

  test('to nothing are left out', () => {
    const { topics, problems } = compiled(
      clean.replace('[no-store]\n    seeAlso', '[no-store, lost]\n    seeAlso'),
    )
    expect(problems.map(it => it.rule)).toEqual(['ref/unknown'])
    expect(topics[0]!.concepts[0]!.confusedWith).toEqual(['caching/no-store'])
  })

  test('fields that were not written are absent', () => {
    expect(Object.keys(caching!.concepts[1]!)).not.toContain('confusedWith')
    expect(Object.keys(caching!.concepts[1]!)).not.toContain('example')
  })

  test('are citations with a title and an address', () => {
    const source = { ref: 'rfc9111#5.2.2.5', title: 'RFC 9111 §5.2.2.5' }
    const open = caching!.questions.find(it => it.kind === 'open')
    expect(open!.sources).toMatchObject([source])
    expect(open!.example).toEqual({
      text: 'Online banking.',
      source: expect.objectContaining(source),
    })
  })
})

describe('a citation', () => {
  const sources = new Map<string, SourceEntry>(
    [
      {
        id: 'rfc',
        title: 'RFC 9110: HTTP Semantics',
        short: 'RFC 9110',
        url: 'https://rfc.example/9110',
        section: 'https://rfc.example/9110#section-{section}',
      },
      {
        id: 'owasp',
        title: 'OWASP Sessions',
        url: 'https://owasp.example/',
        section: 'https://owasp.example/#{section}',
      },
      { id: 'paper', title: 'Dynamo', url: 'https://paper.example/dynamo.pdf' },
    ].map(it => [it.id, it]),
  )
  test.for<[ref: string, title: string, url: string]>([
    ['rfc', 'RFC 9110', 'https://rfc.example/9110'],
    ['rfc#15.5.5', 'RFC 9110 §15.5.5', 'https://rfc.example/9110#section-15.5.5'],
    ['rfc#A', 'RFC 9110 §A', 'https://rfc.example/9110#section-A'],
    ['rfc#B.2', 'RFC 9110 §B.2', 'https://rfc.example/9110#section-B.2'],
    [
      'owasp#session-id-length',
      'OWASP Sessions “session id length”',
      'https://owasp.example/#session-id-length',
    ],
    ['paper#4.5', 'Dynamo §4.5', 'https://paper.example/dynamo.pdf'],
    ['blog#2', 'blog#2', ''],
  ])('%s', ([ref, title, url]) => {
    expect(cite(ref, sources)).toEqual({ ref, title, url })
  })
})

describe('what is broken is left out, and the rest is used', () => {
  test.for<[slip: string, from: string, to: string, concepts: number, questions: number]>([
    ['nothing', 'topic:', 'topic:', 2, 6],
    ['a concept', 'gist: Store', 'gits: Store', 1, 6],
    ['a question', 'id: secret', 'id: Secret', 2, 5],
    ['a kind', 'kind: number', 'kind: numeric', 2, 5],
    ['a number', 'answer: 60', 'answer: sixty', 2, 5],
    ['the sheet', 'columns: [', 'colums: [', 2, 6],
    ['Markdown', 'prompt: When would', 'prompt: "# When"\n    tag: When would', 2, 5],
    ['a part that does not exist', 'topic:', 'lab: []\ntopic:', 2, 6],
  ])('%s', ([, from, to, concepts, questions]) => {
    expect(clean).toContain(from)
    const [topic] = compiled(clean.replace(from, to)).topics
    expect([topic?.concepts.length, topic?.questions.length]).toEqual([concepts, questions])
  })

  test('a topic without a valid id takes its file along, not the others', () => {
    const { topics, problems } = compiled(
      clean.replace('id: caching', 'id: Caching'),
      clean
        .replace('id: caching', 'id: http')
        .replaceAll('caching/', 'http/')
        .replace(/sources:\n {2}- id: rfc9111.*/s, ''),
    )
    expect(topics.map(it => it.id)).toEqual(['http'])
    expect(problems.map(it => `${it.file} ${it.rule}`)).toEqual(['one.yaml schema/value'])
  })
})

describe('files that share a topic', () => {
  const more = `
topic: { id: caching }
concepts:
  - { id: etag, title: ETag, gist: A name for one version., explanation: It is compared., confusedWith: [no-cache], sources: [rfc9111#4.3] }
questions:
  - { id: tag, concepts: [etag], level: recall, kind: text, prompt: Which header names a version?, accept: [ETag], explanation: It is opaque., sources: [rfc9111#4.3] }
`
  test('are one topic', () => {
    const { topics, problems } = compiled(clean, more)
    expect(problems).toEqual([])
    expect(topics.map(it => [it.id, it.title, it.concepts.length, it.questions.length])).toEqual([
      ['caching', 'Caching', 3, 7],
    ])
  })

  test('may say their names in any of them', () => {
    expect(compiled(more, clean).problems).toEqual([])
  })
})

describe('a later bank', () => {
  const later = `
topic: { id: caching, title: Our caching }
concepts:
  - { id: no-store, title: no-store, gist: Our gist., explanation: Ours., sources: [rfc9111#5.2.2.5] }
  - { id: surrogate, title: Surrogate key, gist: A tag to purge by., explanation: Ours., confusedWith: [no-store], sources: [wiki] }
sheet:
  - { title: Directives, columns: [a], rows: [[ours]] }
questions:
  - { id: secret, concepts: [no-store], level: apply, kind: text, prompt: What do we say?, accept: [hush], explanation: Ours., sources: [wiki] }
  - { id: purge, concepts: [surrogate, caching/no-cache], level: apply, kind: text, prompt: What do we purge by?, accept: [tags], explanation: Ours., sources: [wiki] }
sources:
  - { id: wiki, title: Our wiki, url: "https://wiki.example/" }
`
  const banks = async () => {
    const first = await storeOf([{ file: 'builtin', bytes: bytes(clean) }])
    const known = knownOf([first])
    return {
      first,
      known,
      problems: compile([{ file: 'ours', bytes: bytes(later) }], known).problems,
      second: await storeOf([{ file: 'ours', bytes: bytes(later) }], known),
    }
  }

  test('may refer to what the earlier ones hold', async () => {
    const { problems } = await banks()
    // Ours is the only file that is checked, and it tests each of its concepts.
    expect(problems).toEqual([])
    const alone = compile([{ file: 'ours', bytes: bytes(later) }]).problems.map(it => it.rule)
    expect(alone).toEqual(['topic/untitled', 'source/unknown', 'ref/unknown'])
  })

  test('adds to a topic, and its items stand where both have one', async () => {
    const { first, second } = await banks()
    const bank = openBank([first, second])
    const topic = bank.topic('caching')!
    expect(topic.title).toBe('Caching')
    expect(topic.concepts.map(it => [it.id, it.gist])).toEqual([
      ['caching/no-cache', 'Store it, but ask the origin before every reuse.'],
      ['caching/no-store', 'Our gist.'],
      ['caching/surrogate', 'A tag to purge by.'],
    ])
    expect(topic.sheet.map(it => it.rows)).toEqual([[['ours']]])
    expect(bank.concept('caching/no-store')!.gist).toBe('Our gist.')
    expect(bank.concept('caching/no-cache')!.title).toBe('no-cache')
    expect(bank.concept('caching/lost')).toBeUndefined()
    expect(bank.concept('lost')).toBeUndefined()
    expect(bank.topic('lost')).toBeUndefined()
  })

  test('replaces a question of the same id, once and in its place', async () => {
    const { first, second } = await banks()
    const bank = openBank([first, second])
    const ids = bank.candidates().ids()
    expect(ids).toEqual(
      ['reuse', 'exchange', 'meanings', 'secret', 'lifetime', 'aloud', 'purge'].map(
        it => `caching/${it}`,
      ),
    )
    expect([...bank.candidates()].find(it => it.id === 'caching/secret')!.level).toBe('apply')
    // What is replaced is not counted twice.
    const [topic] = bank.topics()
    expect(topic).toMatchObject({ id: 'caching', concepts: 3, questions: 7 })
    expect(Object.values(topic!.levels).reduce((sum, it) => sum + it, 0)).toBe(7)
    expect(Object.values(topic!.kinds).reduce((sum, it) => sum + it, 0)).toBe(7)
    expect(
      bank
        .questions(['caching/purge', 'caching/secret', 'caching/lost', 'caching/reuse'])
        .map(it => [it.id, it.prompt]),
    ).toEqual([
      ['caching/purge', [{ type: 'paragraph', text: 'What do we purge by?' }]],
      ['caching/secret', [{ type: 'paragraph', text: 'What do we say?' }]],
      ['caching/reuse', expect.anything()],
    ])
    expect([...bank.candidates(['cap'])]).toEqual([])
  })

  test('is found by name, and confusions go both ways', async () => {
    const { first, second } = await banks()
    const bank = openBank([first, second])
    expect(bank.names().get('surrogate key')).toEqual(['caching/surrogate'])
    expect(bank.names().get('no cache')).toEqual(['caching/no-cache'])
    expect(bank.names().get('cache')).toEqual(['caching'])
    expect([...bank.confusions().get('caching/no-store')!].sort()).toEqual([
      'caching/no-cache',
      'caching/surrogate',
    ])
  })
})

describe('Markdown', () => {
  const paragraph = (text: Inline) => ({ type: 'paragraph', text }) as const

  test.for<[markdown: string, prose: Prose]>([
    ['one\ntwo', [paragraph('one two')]],
    ['one  \ntwo', [paragraph('one\ntwo')]],
    ['one\\\ntwo', [paragraph('one\ntwo')]],
    ['one\n\ntwo', [paragraph('one'), paragraph('two')]],
    ['say `no-store` *now*', [paragraph(['say ', { code: 'no-store' }, ' ', { em: 'now' }])]],
    ['**a *b***', [paragraph([{ strong: ['a ', { em: 'b' }] }])]],
    ['[RFC](https://rfc.example/)', [paragraph([{ link: 'RFC', url: 'https://rfc.example/' }])]],
    ['5 < 6 && 7 > 6, a_b_c, 2*3*4', [paragraph(['5 < 6 && 7 > 6, a_b_c, 2', { em: '3' }, '4'])]],
    ['`` a`b ``', [paragraph([{ code: 'a`b' }])]],
    ['&amp; &copy; &#27;', [paragraph('& © \uFFFD')]],
    [
      '```http\nGET / HTTP/1.1\n\n  two\n```',
      [{ type: 'code', text: 'GET / HTTP/1.1\n\n  two', lang: 'http' }],
    ],
    ['    indented', [{ type: 'code', text: 'indented' }]],
    ['- a\n- b', [{ type: 'list', ordered: false, items: [[paragraph('a')], [paragraph('b')]] }]],
    ['1. a\n2. b', [{ type: 'list', ordered: true, items: [[paragraph('a')], [paragraph('b')]] }]],
    ['> quoted', [{ type: 'quote', blocks: [paragraph('quoted')] }]],
    [
      '| a | b |\n|---|---|\n| `c` | |',
      [{ type: 'table', columns: ['a', 'b'], rows: [[[{ code: 'c' }], '']] }],
    ],
  ])('%j', ([markdown, prose]) => {
    expect(parseProse(markdown)).toEqual(prose)
  })

  test.for<[line: string, inline: Inline]>([
    ['1. first', '1. first'],
    ['1) first', '1) first'],
    ['2026. A good year', '2026. A good year'],
    ['# of requests', '# of requests'],
    ['- minus', '- minus'],
    ['+ plus', '+ plus'],
    ['* star', '* star'],
    ['> 100 ms', '> 100 ms'],
    ['--- dashes', '--- dashes'],
    ['one\ntwo', 'one two'],
    ['  padded  ', 'padded'],
    ['    indented', 'indented'],
    ['409', '409'],
    ['`409`', [{ code: '409' }]],
    ['', ''],
  ])('a line may start like a block: %j', ([line, inline]) => {
    expect(parseLine(line)).toEqual(inline)
  })

  test.for<[markdown: string, says: RegExp]>([
    ['# Heading', /start with a paragraph/],
    ['Heading\n===', /start with a paragraph/],
    ['<b>bold</b>', /HTML.*`<b>`/],
    ['<script>alert(1)</script>', /HTML/],
    ['a <br> b', /HTML/],
    ['![cache](cache.png)', /images/],
    ['[a]: https://a.example/', /write \[text\]\(address\)/],
    ['***', /thematicBreak is not allowed/],
    ['>'.repeat(40), /nested too deeply/],
    [`${'*a '.repeat(40)}${'a*'.repeat(40)}`, /nested too deeply/],
    ['a'.repeat(20_001), /split it/],
  ])('is refused: %j', ([markdown, says]) => {
    expect(() => parseProse(markdown)).toThrow(MarkdownError)
    expect(() => parseProse(markdown)).toThrow(says)
  })

  test.for(['- a\n- b', '```\ncode\n```', 'one\n\ntwo'])('%j is more than a line', markdown => {
    expect(() => parseLine(markdown)).toThrow('one paragraph')
  })

  test.for([
    '***',
    '---',
    '```',
    '    code',
    '| a |',
    '<b>',
    '[a]: b',
    '\\',
    '&',
    '_',
    '====',
    '~~~',
    '>',
    '-',
    '1.',
    '#',
  ])('a line of nothing but %j comes to an end', markdown => {
    try {
      expect(parseLine(markdown)).toBeDefined()
    } catch (error) {
      expect(error).toBeInstanceOf(MarkdownError)
    }
  })
})
