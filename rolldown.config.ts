import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'rolldown'
import { compile, NOTHING_KNOWN } from './src/bank/compile.ts'
import { pack } from './src/bank/pack.ts'
import { allLabs } from './src/labs/index.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

export default defineConfig({
  input: { quiz: 'src/main.ts' },
  platform: 'node',
  transform: { define: { QUIZ_VERSION: JSON.stringify(version) } },
  plugins: [lean(), banks(), notices(), compiled()],
  output: {
    dir: 'dist',
    cleanDir: true,
    // CommonJS files load without the promises of the module loader, which saves a tenth of a bare Node's start.
    format: 'cjs',
    // Of Node's own modules too: one import() would load all of it.
    dynamicImportInCjs: false,
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    // Each file costs a read and a link at start-up, so what nearly every command needs travels together.
    codeSplitting: {
      groups: [
        {
          name: 'base',
          test: /node_modules[\\/](commander|env-paths)|rolldown.runtime|^\0node:|src[\\/](errors|visible)\.ts$/,
        },
        {
          name: 'core',
          test: /src[\\/](nearest|random|commands[\\/]output|bank[\\/](bank|candidates|columns|files|load|names|overlay|parts|problem|prose|store|topic-text)|view[\\/](concept|lists|numbers)|render[\\/](index|plain|blocks|inline|layout|table|links|ascii)|search[\\/](comparison|model|named|names|resolve|slip|words))\.ts$|fast-string-/,
        },
        {
          name: 'memory',
          test: /node_modules[\\/]ts-fsrs|src[\\/](labs[\\/](said|believed)|kinds[\\/](ask|open)|view[\\/](dates|steps)|memory[\\/](?!history|stats|mistakes|wrong|forecast)[a-z-]+)\.ts$/,
        },
      ],
    },
  },
})

/** Leaves out Node modules that a dependency names but quiz never comes to use; loading them would cost a few milliseconds. */
function lean(): Plugin {
  const stands: Readonly<Record<string, string>> = {
    // commander starts subcommands that are programs of their own; quiz has none.
    'node:child_process': 'export default {}',
    // As a module, process gets all its properties wrapped; the global is the same thing.
    'node:process': 'export default globalThis.process',
  }
  return {
    name: 'lean',
    resolveId: id => (id in stands ? `\0${id}` : null),
    load: id => (id.startsWith('\0node:') ? (stands[id.slice(1)] ?? null) : null),
  }
}

/** Compiles questions/ into dist/bank, so that no YAML is parsed when quiz runs. Problems fail the build. */
function banks(): Plugin {
  return {
    name: 'banks',
    async generateBundle() {
      const files = readdirSync('questions')
        .filter(it => it.endsWith('.yaml'))
        .map(it => ({ file: `questions/${it}`, bytes: readFileSync(join('questions', it)) }))
      const { topics, sources, problems } = compile(files, {
        ...NOTHING_KNOWN,
        labs: await allLabs(),
      })
      for (const { file, line, column, rule, message } of problems) {
        this.warn(`${file}:${line}:${column} ${rule} ${message}`)
      }
      const stamp = createHash('sha256')
      for (const { bytes } of files) stamp.update(bytes)
      const parts = await pack(topics, sources, stamp.digest('hex').slice(0, 32))
      for (const [name, source] of Object.entries(parts)) {
        this.emitFile({ type: 'asset', fileName: `bank/${name}`, source })
      }
    },
  }
}

/** Writes down whose code is in the bundle, and under which licence. */
function notices(): Plugin {
  return {
    name: 'notices',
    generateBundle(_, bundle) {
      const packages = new Map<string, string>()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const found = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)
          if (found) packages.set(found[1]!, found[0])
        }
      }
      const notice = (name: string, folder: string) => {
        const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
        const file = readdirSync(folder).find(it => /^licen[cs]e/i.test(it))
        const text =
          file === undefined
            ? `Licence: ${license}`
            : readFileSync(join(folder, file), 'utf8').trim()
        return `## ${name} ${version} (${license})\n\n${text}\n`
      }
      const source = [
        '# Third-party notices\n\nquiz is bundled with the packages below.\n',
        ...[...packages].sort().map(([name, folder]) => notice(name, folder)),
      ].join('\n')
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.md', source })
    },
  }
}

/** Keeps the code that this Node makes of the bundle, see bin/compiled.js. Where that fails, it is compiled at every start. */
function compiled(): Plugin {
  return {
    name: 'compiled',
    writeBundle({ dir = 'dist' }) {
      const { status } = spawnSync(process.execPath, ['bin/compiled.js', dir], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      if (status !== 0) this.warn('the compiled code could not be kept; starting will take longer')
    },
  }
}
