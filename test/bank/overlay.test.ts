import * as fs from 'node:fs'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { openBank } from '../../src/bank/bank.ts'
import * as compiler from '../../src/bank/compile.ts'
import { bankFiles, MAX_BYTES, readFiles } from '../../src/bank/files.ts'
import { loadBanks, projectBank } from '../../src/bank/load.ts'
import { openOverlay } from '../../src/bank/overlay.ts'
import { pack } from '../../src/bank/pack.ts'
import { memoryStore, type Store } from '../../src/bank/store.ts'
import { temporary } from '../world.ts'
import { bytes } from './written.ts'

vi.mock('node:fs', { spy: true })
vi.mock('../../src/bank/compile.ts', { spy: true })

const clean = readFileSync('test/fixtures/bank/clean.yaml', 'utf8')
const compile = vi.mocked(compiler.compile)

beforeEach(() => void vi.clearAllMocks())

/** A bank of one file in a folder of its own, and a cache. */
function bank(yaml = clean) {
  const home = temporary()
  const folder = join(home, 'ours')
  const file = join(folder, 'caching.yaml')
  const cache = join(home, 'cache')
  mkdirSync(folder)
  writeFileSync(file, yaml)
  const open = async (path = folder, earlier: readonly Store[] = []) =>
    (await openOverlay(path, home, cache, earlier))!
  /** The folder in the cache that belongs to this bank. */
  const kept = () => join(cache, 'banks', readdirSync(join(cache, 'banks'))[0]!)
  /** The folder with the parts. */
  const parts = () =>
    join(kept(), JSON.parse(readFileSync(join(kept(), 'manifest.json'), 'utf8')).hash)
  return { home, folder, file, cache, open, kept, parts }
}

const touch = (file: string, time = '2026-01-01T00:00:00Z') =>
  utimesSync(file, new Date(time), new Date(time))

/** Looks at everything in a bank. */
function contents(store: Store) {
  const opened = openBank([store])
  return {
    topics: opened.topics().map(it => opened.topic(it.id)),
    questions: opened.questions(opened.candidates().ids()),
    search: store.searchIndex(),
    sources: store.sources(),
  }
}

describe('a bank of the user', () => {
  test('is the same from the cache as fresh', async () => {
    const { open } = bank()
    const fresh = await open()
    const cached = await open()
    expect(compile).toHaveBeenCalledTimes(1)
    expect(contents(cached.store)).toEqual(contents(fresh.store))
    expect(contents(cached.store).questions).toHaveLength(6)
  })

  test('is not even read when it did not change', async () => {
    const { open, file } = bank()
    await open()
    vi.clearAllMocks()
    await open()
    expect(vi.mocked(fs.readFileSync).mock.calls.map(([path]) => String(path))).not.toContain(file)
    expect(compile).not.toHaveBeenCalled()
  })

  test('is read but not compiled when only its time changed, and the new time is remembered', async () => {
    const { open, file } = bank()
    await open()
    touch(file)
    await open()
    expect(compile).toHaveBeenCalledTimes(1)
    vi.clearAllMocks()
    await open()
    expect(vi.mocked(fs.readFileSync).mock.calls.map(([path]) => String(path))).not.toContain(file)
  })

  test('is compiled again when it changed, also to the same size', async () => {
    const { open, file } = bank()
    await open()
    const { size } = statSync(file)
    writeFileSync(file, clean.replace('Keep no copy', 'Hold no copy'))
    touch(file)
    expect(statSync(file).size).toBe(size)
    const { store } = await open()
    expect(openBank([store]).concept('caching/no-store')!.gist).toBe(
      'Hold no copy of this, anywhere.',
    )
    expect(compile).toHaveBeenCalledTimes(2)
  })

  test('is compiled again when a file comes or goes', async () => {
    const { open, folder } = bank()
    const more = join(folder, 'more.yml')
    await open()
    writeFileSync(more, 'topic: { id: queues, title: Queues, summary: Later }\n')
    expect((await open()).store.index().topics.map(it => it.id)).toEqual(['caching', 'queues'])
    rmSync(more)
    expect((await open()).store.index().topics.map(it => it.id)).toEqual(['caching'])
  })

  test('is compiled again when the banks before it changed', async () => {
    const { open, folder } = bank()
    const builtOn = async (stamp: string) => memoryStore(await pack([], [], stamp))
    await open(folder, [await builtOn('one')])
    await open(folder, [await builtOn('one')])
    expect(compile).toHaveBeenCalledTimes(1)
    await open(folder, [await builtOn('two')])
    expect(compile).toHaveBeenCalledTimes(2)
  })

  test('may be one file', async () => {
    const { open, file } = bank()
    expect((await open(file)).store.index().topics[0]).toMatchObject({
      id: 'caching',
      concepts: 2,
      questions: 6,
    })
  })

  test('says how many of its items cannot be used, fresh and from the cache', async () => {
    const { open } = bank(
      clean.replace('id: secret', 'id: Secret').replace('answer: 60', 'answer: sixty'),
    )
    expect([(await open()).broken, (await open()).broken]).toEqual([2, 2])
  })

  test('that is not there is undefined', async () => {
    const { home, cache } = bank()
    expect(await openOverlay('nowhere', home, cache, [])).toBeUndefined()
  })

  test('two of the same name keep apart', async () => {
    const { open, home } = bank()
    const other = join(home, 'other', 'ours')
    mkdirSync(other, { recursive: true })
    writeFileSync(
      join(other, 'queues.yaml'),
      'topic: { id: queues, title: Queues, summary: Later }\n',
    )
    await open()
    await open(other)
    expect((await open()).store.index().topics[0]!.id).toBe('caching')
    expect((await open(other)).store.index().topics[0]!.id).toBe('queues')
    expect(compile).toHaveBeenCalledTimes(2)
  })
})

describe('the cache may be in any state', () => {
  type Place = Pick<ReturnType<typeof bank>, 'cache' | 'kept' | 'parts'>

  test.for<[state: string, spoil: (place: Place) => void]>([
    ['gone', ({ cache }) => rmSync(cache, { recursive: true })],
    ['an empty manifest', ({ kept }) => writeFileSync(join(kept(), 'manifest.json'), '')],
    [
      'half a manifest',
      ({ kept }) => writeFileSync(join(kept(), 'manifest.json'), '{"version":1,"ba'),
    ],
    ['a manifest of null', ({ kept }) => writeFileSync(join(kept(), 'manifest.json'), 'null')],
    [
      'a manifest of another time',
      ({ kept }) => {
        const file = join(kept(), 'manifest.json')
        writeFileSync(
          file,
          JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 0 }),
        )
      },
    ],
    [
      'a manifest without its list of parts',
      ({ kept }) => {
        const file = join(kept(), 'manifest.json')
        writeFileSync(
          file,
          JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), parts: undefined }),
        )
      },
    ],
    [
      'a manifest that is a folder',
      ({ kept }) => {
        rmSync(join(kept(), 'manifest.json'))
        mkdirSync(join(kept(), 'manifest.json'))
      },
    ],
    ['no parts', ({ parts }) => rmSync(parts(), { recursive: true })],
    ['one part missing', ({ parts }) => rmSync(join(parts(), 'questions-caching.jsonl'))],
    ['an empty part', ({ parts }) => writeFileSync(join(parts(), 'index.json'), '')],
    [
      'half a part',
      ({ parts }) => {
        const file = join(parts(), 'catalogue.json')
        writeFileSync(file, readFileSync(file).subarray(0, 100))
      },
    ],
    [
      'half the questions',
      ({ parts }) => {
        const file = join(parts(), 'questions-caching.jsonl')
        writeFileSync(file, readFileSync(file).subarray(0, 100))
      },
    ],
    ['something of somebody else', ({ kept }) => writeFileSync(join(kept(), 'notes.txt'), 'mine')],
  ])('%s', async ([, spoil]) => {
    const place = bank()
    const fresh = contents((await place.open()).store)
    spoil(place)
    expect(contents((await place.open()).store)).toEqual(fresh)
    // And it mends itself, unless it cannot be mended.
    expect(contents((await place.open()).store)).toEqual(fresh)
  })

  test('a cache that cannot be made is done without', async () => {
    const { open, cache } = bank()
    writeFileSync(cache, 'a file is in the way')
    expect(contents((await open()).store).questions).toHaveLength(6)
    expect(contents((await open()).store).questions).toHaveLength(6)
    expect(compile).toHaveBeenCalledTimes(2)
  })

  test('a cache that cannot be written is still read', async () => {
    const { open, file } = bank()
    await open()
    vi.mocked(fs.writeFileSync).mockImplementation(() => {
      throw new Error('EROFS: read-only file system')
    })
    try {
      touch(file)
      expect(contents((await open()).store).questions).toHaveLength(6)
      expect(compile).toHaveBeenCalledTimes(1)
    } finally {
      vi.mocked(fs.writeFileSync).mockReset()
    }
  })
})

describe('two sittings at once', () => {
  test('both have the bank, and leave a cache that is whole', async () => {
    const { open, kept } = bank()
    const both = await Promise.all([open(), open()])
    expect(contents(both[0].store)).toEqual(contents(both[1].store))
    vi.clearAllMocks()
    expect(contents((await open()).store)).toEqual(contents(both[0].store))
    expect(compile).not.toHaveBeenCalled()
    expect(readdirSync(kept()).filter(it => it.endsWith('.new'))).toEqual([])
  })

  test('one goes on reading what the other has replaced', async () => {
    const { open, file } = bank()
    await open()
    const early = (await open()).store
    writeFileSync(file, clean.replace('Keep no copy', 'Keep not a single copy'))
    const late = (await open()).store
    expect(contents(early).questions).toHaveLength(6)
    expect(openBank([early]).concept('caching/no-store')!.gist).toBe(
      'Keep no copy of this, anywhere.',
    )
    expect(openBank([late]).concept('caching/no-store')!.gist).toBe(
      'Keep not a single copy of this, anywhere.',
    )
  })

  test('old parts do not pile up', async () => {
    const { open, file, kept } = bank()
    for (let n = 0; n < 5; n++) {
      writeFileSync(file, `${clean}# ${n}\n`)
      await open()
    }
    // The manifest, the parts, and the parts before them.
    expect(readdirSync(kept())).toHaveLength(3)
  })
})

describe('the files of a bank', () => {
  test('are the YAML files of a folder, in order, hidden ones and folders inside left out', () => {
    const { folder, home } = bank()
    mkdirSync(join(folder, 'drafts'))
    for (const it of ['b.yml', 'A.YAML', 'notes.md', '.hidden.yaml', 'drafts/c.yaml'])
      writeFileSync(join(folder, it), '')
    expect(bankFiles('ours', home)!.map(it => it.file)).toEqual([
      'ours/A.YAML',
      'ours/b.yml',
      'ours/caching.yaml',
    ])
    expect(bankFiles(folder, '/')!.map(it => it.path)).toContain(join(folder, 'b.yml'))
    expect(bankFiles('caching.yaml', folder)!.map(it => it.file)).toEqual(['caching.yaml'])
    expect(bankFiles('../ours/caching.yaml', join(folder, 'drafts'))).toBeUndefined()
    expect(bankFiles('../caching.yaml', join(folder, 'drafts'))!.map(it => it.file)).toEqual([
      join(folder, 'caching.yaml'),
    ])
  })

  test('that cannot be read are a problem each, and the others are read', () => {
    const { folder, home } = bank()
    mkdirSync(join(folder, 'b.yaml'))
    const { files, problems } = readFiles([
      ...bankFiles('ours', home)!,
      { file: 'gone.yaml', path: join(home, 'gone.yaml') },
    ])
    expect(files.map(it => it.file)).toEqual(['ours/caching.yaml'])
    const at = { line: 1, column: 1, rule: 'yaml/unreadable' }
    expect(problems).toEqual([
      { file: 'ours/b.yaml', ...at, message: 'this is no file', remedy: 'name a YAML file' },
      {
        file: 'gone.yaml',
        ...at,
        message: expect.stringMatching(/^this cannot be read: ENOENT: [^\n]+$/),
        remedy: 'check that it is a file that you may read',
      },
    ])
  })

  test('that never end are not read', () => {
    const { problems } = readFiles([{ file: 'zero', path: '/dev/zero' }])
    expect(problems).toMatchObject([{ file: 'zero', rule: 'yaml/unreadable' }])
  })

  test('that are huge are refused unread', () => {
    const { file, home } = bank()
    fs.truncateSync(file, MAX_BYTES + 1)
    vi.clearAllMocks()
    const { files, problems } = readFiles(bankFiles('ours', home)!)
    expect(files).toEqual([])
    expect(problems).toMatchObject([
      {
        rule: 'yaml/too-large',
        message: expect.stringContaining('has 33 MiB'),
        remedy: expect.stringContaining('split it'),
      },
    ])
    expect(fs.readFileSync).not.toHaveBeenCalled()
  })

  test('that become readable are read, although they did not change', async () => {
    const { open } = bank()
    vi.mocked(fs.readFileSync).mockImplementation(() => {
      throw new Error('EACCES: permission denied')
    })
    const denied = await open()
    vi.mocked(fs.readFileSync).mockReset()
    expect(denied).toMatchObject({ broken: 1 })
    expect((await open()).broken).toBe(0)
  })
})

describe('where banks are looked for', () => {
  test('.quiz is found upwards, the nearest one', () => {
    const { home } = bank()
    mkdirSync(join(home, 'repo', '.quiz'), { recursive: true })
    mkdirSync(join(home, 'repo', 'src', 'deep'), { recursive: true })
    mkdirSync(join(home, '.quiz'))
    expect(projectBank(join(home, 'repo', 'src', 'deep'))).toBe(join(home, 'repo', '.quiz'))
    expect(projectBank(home)).toBe(join(home, '.quiz'))
    expect(projectBank(join(home, 'ours'))).toBe(join(home, '.quiz'))
    expect(projectBank('/')).toBeUndefined()
  })

  async function builtin(home: string): Promise<string> {
    const folder = join(home, 'builtin')
    mkdirSync(folder)
    const { topics, sources } = compile([{ file: 'builtin', bytes: bytes(clean) }])
    for (const [name, text] of Object.entries(await pack(topics, sources, 'builtin')))
      writeFileSync(join(folder, name), text)
    return folder
  }

  const gist = (text: string) => clean.replace('Keep no copy', text)

  test('built in, then the person, then the project, then what was named; the last one stands', async () => {
    const { home, cache } = bank()
    const paths = {
      builtin: await builtin(home),
      config: join(home, 'config'),
      cache,
      cwd: join(home, 'repo', 'src'),
    }
    const now = async (...named: string[]) =>
      (await loadBanks(paths, named)).bank.concept('caching/no-store')!.gist
    mkdirSync(paths.cwd, { recursive: true })
    expect(await now()).toBe('Keep no copy of this, anywhere.')
    mkdirSync(paths.config)
    writeFileSync(join(paths.config, 'mine.yaml'), gist('Person says'))
    expect(await now()).toBe('Person says of this, anywhere.')
    mkdirSync(join(home, 'repo', '.quiz'))
    writeFileSync(join(home, 'repo', '.quiz', 'team.yaml'), gist('Team says'))
    expect(await now()).toBe('Team says of this, anywhere.')
    writeFileSync(join(home, 'one.yaml'), gist('One says'))
    writeFileSync(join(home, 'two.yaml'), gist('Two says'))
    expect(await now(join(home, 'one.yaml'), '../../two.yaml')).toBe('Two says of this, anywhere.')
    expect(await now(join(home, 'two.yaml'), join(home, 'one.yaml'))).toBe(
      'One says of this, anywhere.',
    )
  })

  test('a bank that is not there is refused with what a bank is', async () => {
    const { home, cache } = bank()
    const paths = { builtin: await builtin(home), config: join(home, 'config'), cache, cwd: home }
    await expect(loadBanks(paths, ['nowhere'])).rejects.toMatchObject({
      message: 'there is no bank at "nowhere"',
      hint: 'a bank is a YAML file, or a folder of them',
    })
  })

  test('a bank with broken items is opened with a word of warning', async () => {
    const { home, cache, file } = bank(clean.replace('id: secret', 'id: Secret'))
    const paths = { builtin: await builtin(home), config: join(home, 'config'), cache, cwd: home }
    const { broken } = await loadBanks(paths, [file])
    expect(broken).toEqual([{ path: file, count: 1 }])
  })
})
