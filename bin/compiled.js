'use strict'

/**
 * Node 22.8 and later can keep compiled code between runs (module.enableCompileCache); for earlier ones the build keeps it: beside
 * the bundle, in one file, for the version of Node that built it. With another version, or without the file, code is compiled as
 * ever. What is kept are the functions that some runs came to use.
 *
 *     length of the head (32 bits), head: { version, arch, files: { name: [from, length] } } as JSON, the code of each file
 */

const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { basename, dirname, join, resolve } = require('node:path')
const { Script } = require('node:vm')

const NAME = 'compiled.bin'

/** Runs whose functions are worth keeping. */
const RUNS = [
  '--help',
  'topics',
  'explain 409',
  'compare 401 403',
  'cheatsheet caching',
  'search stale cache',
  'drill --format jsonl --dry',
  'stats',
  'plan',
  '',
]

/** Loads the bundle whose entry is this file, and all that it comes to require, with the code that is kept. */
function load(entry) {
  return loader(kept(dirname(entry)))(entry)
}

/** What is kept of each file; nothing where that is of another Node or cannot be read. */
function kept(folder) {
  try {
    const bytes = readFileSync(join(folder, NAME))
    const from = 4 + bytes.readUInt32LE(0)
    const { version, arch, files } = JSON.parse(bytes.toString('utf8', 4, from))
    if (version !== process.version || arch !== process.arch) return new Map()
    return new Map(
      Object.entries(files).map(([name, [at, length]]) => [
        name,
        bytes.subarray(from + at, from + at + length),
      ]),
    )
  } catch {
    return new Map()
  }
}

/** What requires files of a bundle; `made` is given each script. V8 looks itself whether the code that is kept fits. */
function loader(code, made = () => {}) {
  const loadFile = filename => {
    const known = require.cache[filename]
    if (known !== undefined) return known.exports
    const source = readFileSync(filename, 'utf8')
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      {
        filename,
        cachedData: code.get(basename(filename)),
      },
    )
    made(basename(filename), script)
    const module = { id: filename, filename, exports: {}, loaded: true, children: [], paths: [] }
    require.cache[filename] = module
    const own = id => (id.startsWith('.') ? loadFile(resolve(dirname(filename), id)) : require(id))
    script.runInThisContext()(module.exports, own, module, filename, dirname(filename))
    return module.exports
  }
  return loadFile
}

/** Keeps the code of the bundle in a folder. */
async function keep(folder) {
  const scripts = new Map()
  const { run } = loader(new Map(), (name, script) => scripts.set(name, script))(
    join(folder, 'quiz.cjs'),
  )
  // Nothing of what these runs do is to stay.
  process.env.QUIZ_HOME = mkdtempSync(join(tmpdir(), 'quiz-build-'))
  for (const line of RUNS) await run(line === '' ? [] : line.split(' '))
  rmSync(process.env.QUIZ_HOME, { recursive: true })
  const files = {}
  const parts = []
  let end = 0
  for (const [name, script] of scripts) {
    const code = script.createCachedData()
    files[name] = [end, code.length]
    end += code.length
    parts.push(code)
  }
  const head = Buffer.from(JSON.stringify({ version: process.version, arch: process.arch, files }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  writeFileSync(join(folder, NAME), Buffer.concat([length, head, ...parts]))
}

module.exports = { load }

if (require.main === module) keep(resolve(process.argv[2]))
