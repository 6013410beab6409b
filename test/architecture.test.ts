import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** A file of src with what it imports when it runs; types cost nothing and bind nothing. */
interface Module {
  readonly file: string
  readonly text: string
}

const sources: Module[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(it => it.endsWith('.ts'))
  .map(file => ({ file: `src/${file}`, text: readFileSync(join('src', file), 'utf8') }))

/** Each package has one door, a file or a room. */
const DOORS: Readonly<Record<string, RegExp>> = {
  commander: /^src\/cli(\.ts$|\/)/,
  '@inquirer/core': /^src\/prompts\//,
  yaml: /^src\/bank\/read\.ts$/,
  zod: /^src\/bank\/(vocabulary|schema)\.ts$/,
  'mdast-util-from-markdown': /^src\/bank\/markdown\.ts$/,
  'mdast-util-gfm-table': /^src\/bank\/markdown\.ts$/,
  'micromark-extension-gfm-table': /^src\/bank\/markdown\.ts$/,
  chalk: /^src\/render\/terminal\.ts$/,
  'cli-table3': /^src\/render\/(terminal|table)\.ts$/,
  'fast-string-width': /^src\/(render|prompts)\//,
  'ts-fsrs': /^src\/memory\/fsrs\.ts$/,
  minisearch: /^src\/search\.ts$|^src\/search\/model\.ts$/,
  'env-paths': /^src\/world\.ts$/,
  'supports-hyperlinks': /^src\/world\.ts$/,
  'structured-headers': /^src\/labs\/structured\.ts$/,
}

/** Files that may look at the machine: its files, its streams, its clock, its dice. */
const WORLDLY =
  /^src\/(main|world|folders)\.ts$|^src\/bank\/(files|store|overlay|load)\.ts$|^src\/memory\/(log|own-log|files|logfile|plan-file|snapshot|remembered)\.ts$/

/** `node:` modules that only compute, or that give a stream its shape. */
const COMPUTING: Readonly<Record<string, RegExp>> = {
  'node:crypto': /^src\/labs\/crypto\.ts$/,
  'node:stream': /^src\/prompts\//,
  'node:util': /^src\/cli\.ts$/,
  'node:zlib': /^src\/memory\/packed\.ts$/,
}

/** Floors from the lowest up; a file imports its own floor or a lower one. */
const FLOORS: readonly RegExp[] = [
  /^src\/(errors|random|visible|nearest|screen|folders|shell)\.ts$|^src\/bank\/(model|prose|problem)\.ts$/,
  /^src\/(bank|kinds|labs|search)\/|^src\/search\.ts$/,
  /^src\/(memory|session)\//,
  /^src\/view\//,
  /^src\/render\//,
  /^src\/(prompts|world)\.ts$|^src\/prompts\//,
  /^src\/commands\//,
  /^src\/(cli|main)\.ts$|^src\/cli\//,
]

const floorOf = (file: string) => FLOORS.findIndex(it => it.test(file))

/** What a file imports at run time. */
function imports({ text }: Module): string[] {
  const found = text.matchAll(
    /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[\s\S]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g,
  )
  return [...found].map(it => it[1] ?? it[2] ?? '')
}

const target = (file: string, specifier: string) => join(file, '..', specifier)

/** The complaints about a file, empty when the house is in order. */
function violations(module: Module): string[] {
  const { file, text } = module
  const out: string[] = []
  if (floorOf(file) < 0) out.push(`${file} stands on no floor`)
  for (const it of imports(module)) {
    if (it.startsWith('.')) {
      const to = target(file, it)
      if (floorOf(to) > floorOf(file)) out.push(`${file} looks up to ${to}`)
      const room = /^src\/commands\/([a-z]+)/
      if (room.test(file) && room.test(to)) {
        const [from, other] = [room.exec(file)![1], room.exec(to)![1]]
        if (from !== other && !['output', 'data', 'sitting'].includes(other!))
          out.push(`${file} imports the command ${to}`)
      }
    } else if (it.startsWith('node:')) {
      if (!WORLDLY.test(file) && !COMPUTING[it]?.test(file)) out.push(`${file} opens ${it}`)
    } else if (!DOORS[it]?.test(file)) {
      out.push(`${file} is no door to ${it}`)
    }
  }
  if (!WORLDLY.test(file)) {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'/g, '')
    for (const word of code.match(
      /\bprocess\.|\bconsole\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b/g,
    ) ?? []) {
      out.push(`${file} uses ${word}`)
    }
  }
  return out
}

test.for(sources.map(it => it.file))('%s keeps to the house rules', file => {
  expect(violations(sources.find(it => it.file === file)!)).toEqual([])
})

describe('the rules see what is planted', () => {
  test.for<[planted: Module, complaint: string]>([
    [{ file: 'src/view/doc.ts', text: "import chalk from 'chalk'" }, 'no door to chalk'],
    [
      { file: 'src/bank/lint.ts', text: "import { render } from '../render/index.ts'" },
      'looks up to',
    ],
    [
      { file: 'src/bank/lint.ts', text: "const it = await import('../render/index.ts')" },
      'looks up to',
    ],
    [
      { file: 'src/commands/lint.ts', text: "import { drill } from './drill.ts'" },
      'imports the command',
    ],
    [
      { file: 'src/kinds/open.ts', text: "import {\n  readFileSync,\n} from 'node:fs'" },
      'opens node:fs',
    ],
    [{ file: 'src/session/session.ts', text: 'const now = new Date()' }, 'uses new Date()'],
    [{ file: 'src/session/choose.ts', text: 'Math.random()' }, 'uses Math.random'],
    [{ file: 'src/view/doc.ts', text: 'console.log(1)' }, 'uses console.'],
    [{ file: 'src/utils/misc.ts', text: '' }, 'stands on no floor'],
    [{ file: 'src/world.ts', text: "export { main } from './cli.ts'" }, 'looks up to'],
  ])('%o', ([planted, complaint]) => {
    expect(violations(planted).join('\n')).toContain(complaint)
  })

  test('and leave alone what is allowed', () => {
    expect(violations({ file: 'src/kinds/open.ts', text: "import type { z } from 'zod'" })).toEqual(
      [],
    )
    expect(
      violations({ file: 'src/world.ts', text: "import { homedir } from 'node:os'\nnew Date()" }),
    ).toEqual([])
  })
})
