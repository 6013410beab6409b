import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { KINDS } from '../../src/bank/columns.ts'
import { compile } from '../../src/bank/compile.ts'
import { namesIn } from '../../src/bank/names.ts'
import { pack } from '../../src/bank/pack.ts'
import { PARTS_VERSION } from '../../src/bank/parts.ts'
import { folderStore, memoryStore } from '../../src/bank/store.ts'
import { temporary } from '../world.ts'
import { bytes } from './written.ts'

const clean = readFileSync('test/fixtures/bank/clean.yaml', 'utf8')

/** Every character takes another number of bytes: é 2, 東 3, 🏁 4; and é comes apart as well. */
const multibyte = clean
  .replace(
    'Which response directive',
    'Größe, Schlüssel e\u0301, 東京, 🏁🏁 - which response directive',
  )
  .replace('It is for secrets', 'Für Geheimnisse 🔑')
  .replace('title: no-store', 'title: 不保存')

const places = [0, 1, 2, 3, 4, 5]

test('both fixtures are clean', () => {
  for (const yaml of [clean, multibyte])
    expect(compile([{ file: 'bank.yaml', bytes: bytes(yaml) }]).problems).toEqual([])
})

describe.for<[name: string, yaml: string]>([
  ['plain text', clean],
  ['text of many bytes a character', multibyte],
])('%s', ([, yaml]) => {
  const { topics, sources } = compile([{ file: 'bank.yaml', bytes: bytes(yaml) }])

  async function stores() {
    const parts = await pack(topics, sources, 'stamp')
    const folder = join(temporary(), 'bank')
    mkdirSync(folder)
    for (const [name, text] of Object.entries(parts)) writeFileSync(join(folder, name), text)
    return { memory: memoryStore(parts), onDisk: folderStore(folder) }
  }

  test('a folder holds what memory holds', async () => {
    const { memory, onDisk } = await stores()
    for (const part of ['index', 'catalogue', 'searchIndex', 'sources'] as const) {
      expect(onDisk[part](), part).toEqual(memory[part]())
    }
    expect(onDisk.names()).toEqual(memory.names())
    expect(onDisk.topic('caching')).toEqual(memory.topic('caching'))
    expect(onDisk.questions('caching', places)).toEqual(memory.questions('caching', places))
  })

  test('what comes out is what went in', async () => {
    const { onDisk } = await stores()
    const { questions, ...topic } = JSON.parse(JSON.stringify(topics[0])) as (typeof topics)[0]
    expect(onDisk.topic('caching')).toEqual(topic)
    for (const it of topic.concepts) expect(onDisk.concept(it.id)).toEqual(it)
    expect(onDisk.concept('caching/nothing')).toBeUndefined()
    expect(onDisk.concept('nothing/nothing')).toBeUndefined()
    expect(onDisk.questions('caching', places)).toEqual(questions)
    expect(onDisk.sources()).toEqual(sources)
  })

  test('questions come in the order asked for, also twice', async () => {
    const { onDisk, memory } = await stores()
    for (const store of [onDisk, memory]) {
      const ids = store.catalogue().topics[0]!.ids()
      expect(store.questions('caching', [5, 0, 3, 0]).map(it => it.id)).toEqual([
        ids[5],
        ids[0],
        ids[3],
        ids[0],
      ])
      expect(store.questions('caching', [])).toEqual([])
      expect(store.questions('queues', [0])).toEqual([])
      expect(store.topic('queues')).toBeUndefined()
    }
  })

  test('the catalogue says what the questions say', async () => {
    const { onDisk } = await stores()
    const { topics: columns, concepts, lists, confused } = onDisk.catalogue()
    const [topic] = columns as [(typeof columns)[0]]
    const said = topic.ids().map((id, place) => ({
      id: topic.idAt(place),
      level: topic.levelAt(place),
      kind: KINDS[topic.kinds[place]!],
      concepts: lists[topic.tested[place]!]!.map(it => concepts[it]),
      tags: topic.tagsAt(place),
      place: topic.find(id),
    }))
    expect(said).toEqual(
      onDisk.questions('caching', places).map(({ id, level, kind, concepts, tags = [] }, place) => {
        return { id, level, kind, concepts, tags, place }
      }),
    )
    expect(confused.map(it => it.map(other => concepts[other]))).toEqual([['caching/no-store'], []])
  })
})

test('every question of the real banks is found by its place', () => {
  const store = folderStore(inject('banks').real)
  for (const topic of store.catalogue().topics) {
    const ids = topic.ids()
    const found = store.questions(topic.id, [...ids.keys()])
    expect(found.map(it => it.id)).toEqual(ids)
    for (const [place, id] of ids.entries()) {
      expect(topic.idAt(place)).toBe(id)
      expect(topic.find(id)).toBe(place)
    }
    for (const part of [ids[0]!.slice(1), ids[0]!.slice(0, -1), `${ids[0]} ${ids[1]}`, '']) {
      expect(topic.find(part), part).toBe(ids.indexOf(part))
    }
  }
})

test('a bank without anything in it can be opened', async () => {
  const store = memoryStore(await pack([], [], 'stamp'))
  expect(store.index()).toEqual({ version: PARTS_VERSION, topics: [], stamp: 'stamp' })
  expect(store.names().length).toBe(0)
  expect(store.catalogue().topics).toEqual([])
})

test('names and tags that objects have anyway are names and tags', async () => {
  const yaml = clean
    .replace('aliases: [no cache, revalidate]', 'aliases: [constructor, __proto__, toString]')
    .replace('tags: [myth]', 'tags: [constructor, valueof]')
  const { topics, sources } = compile([{ file: 'bank.yaml', bytes: bytes(yaml) }])
  const store = memoryStore(await pack(topics, sources, 'stamp'))
  const names = new Map(namesIn(store.names()))
  for (const name of ['constructor', 'proto', 'tostring']) {
    expect(names.get(name), name).toEqual(['caching/no-cache'])
  }
  expect(store.catalogue().topics[0]!.tagsAt(0)).toEqual(['constructor', 'valueof'])
})
