import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Exit } from '../src/errors.ts'
import { lineText } from '../src/memory/review.ts'
import { flag, review } from './memory/lines.ts'
import { type Act, PIPE, quiz, TERMINAL, temporary } from './world.ts'

const readme = readFileSync('README.md', 'utf8')

/** The contents of the fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].flatMap(([, of, text]) =>
    of === language ? [text!] : [],
  )
}

/** The code spans of a table's first column, for each table whose head begins so. */
function firstColumn(head: string): string[] {
  return tables(head).flatMap(rows => rows.map(([first = '']) => first.replaceAll('`', '')))
}

function tables(head: string): string[][][] {
  return [...readme.matchAll(/^\|.*\n\| ---.*\n((?:\|.*\n)+)/gm)]
    .filter(([table]) => table.startsWith(`| ${head} |`))
    .map(([, rows]) =>
      rows!
        .trim()
        .split('\n')
        .map(row =>
          row
            .slice(1, -1)
            .split(' | ')
            .map(cell => cell.trim()),
        ),
    )
}

/** A command of a console block as it is to be run, and what the block says comes of it. */
interface Shown {
  readonly line: string
  /** Code that the comment promises; 0 without one. */
  readonly exit: number
  /** The lines below it, up to the next command. */
  readonly output: string
}

const shown: Shown[] = blocks('console').flatMap(block =>
  block
    .split(/^\$ /m)
    .slice(1)
    .flatMap(part => {
      const [typed = '', ...output] = part.split('\n')
      const [command = '', comment = ''] = typed.split(/\s+# /)
      const exit = Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0)
      return command
        .split(' && ')
        .filter(it => !/^(npm|git) /.test(it))
        .map(it => ({
          line: it.replace(/^(npx )?quiz ?/, '').replace(/\s*(>>?|\|) .*$/, ''),
          exit,
          output: output.join('\n').replace(/\n+$/, ''),
        }))
    }),
)

/** A folder with the example bank in it, under the name that the README gives it. */
function here(): string {
  const cwd = temporary()
  writeFileSync(join(cwd, 'uuids.yaml'), example)
  return cwd
}

const [example = ''] = blocks('yaml')

/** A person who skips the first question and has then seen enough. */
const curious: Act[] = [{ wish: 'skip' }, { wish: 'quit' }]

describe('commands', () => {
  test('are found', () => expect(shown.length).toBeGreaterThan(30))

  test.for(shown.map(it => [it.line, it] as const))('quiz %s', async ([line, it]) => {
    const said = it.output.split('\n').filter(Boolean)
    const outcome = await quiz(line, {
      bank: 'real',
      cwd: here(),
      screen: line.startsWith('drill') || line.includes('--ask') ? TERMINAL : PIPE,
      acts: curious,
      input: said.filter(it => it.startsWith('← ')).map(it => it.slice(2)),
    })
    expect(outcome.exit, outcome.err).toBe(it.exit)
    if (line.includes('jsonl')) {
      expect(outcome.out.trim().split('\n')).toEqual(
        said.filter(it => it.startsWith('→ ')).map(it => it.slice(2)),
      )
    }
  })

  test('every command and every option of its help is there', async () => {
    const { out } = await quiz('--help')
    const [, list = ''] = /^Commands:\n((?: {2}.*\n)+)/m.exec(out) ?? []
    const commands = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(it => it[1]!)
    expect(commands).toContain('drill')
    for (const command of ['', ...commands]) {
      const help = (await quiz(`${command} --help`)).out
      const names = /^Usage: quiz ([a-z|]+)/.exec(help)?.[1]?.split('|') ?? []
      for (const name of names) expect(readme).toContain(`quiz ${name}`)
      const about = section(command === '' ? 'Commands' : `quiz ${command}`)
      const options = [...help.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)(.*)/gm)]
      for (const [, short, long, rest = ''] of options) {
        const everywhere = section('Commands').split('\n### ')[0]!
        expect(about + everywhere, `${command} ${long}`).toContain(`\`${long}`)
        if (short !== undefined) expect(about + everywhere).toContain(`\`${short}\``)
        const argument = /^ <[a-z]+>/.exec(rest)?.[0]
        if (argument !== undefined) expect(readme).toContain(`${long}${argument}`)
      }
    }
  })

  test('every topic is in the list of topics', async () => {
    const { out } = await quiz('topics --format json', { bank: 'real' })
    expect(firstColumn('topic')).toEqual((JSON.parse(out) as { id: string }[]).map(it => it.id))
  })
})

/** The text under a heading, up to the next one of its level or above. */
function section(title: string): string {
  const found = new RegExp(`^(#+) ${title}$`, 'm').exec(readme.slice(readme.indexOf('\n')))
  if (found === null) return expect.fail(`there is no heading "${title}"`)
  const rest = readme.slice(readme.indexOf(`\n${found[0]}\n`) + found[0].length)
  const end = rest.search(new RegExp(`^#{1,${found[1]!.length}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

describe('screens', () => {
  test.for(shown.filter(it => it.output.endsWith('\n…')))(
    '$line is how the real one begins',
    async ({ line, output }) => {
      const { out } = await quiz(line, { bank: 'real', screen: TERMINAL })
      const pasted = output.slice(0, -'\n…'.length).trimEnd()
      expect(pasted.length).toBeGreaterThan(500)
      expect(out.slice(0, pasted.length)).toBe(pasted)
    },
  )

  test('an explanation and a lab are shown', () => {
    expect(shown.filter(it => it.output.endsWith('\n…')).map(it => it.line.split(' ')[0])).toEqual([
      'explain',
      'lab',
    ])
  })

  test('the drill is how a real one goes', async () => {
    const { line, output } = shown.find(it => it.output.includes('enter next'))!
    const parts = /^([\s\S]*?)\n\n((?:[❯ ] \d {2}.*\n)+)\n(┃[\s\S]*?)\n\nenter next/.exec(output)
    const [, prompted = '', choices = '', told = ''] = parts ?? []
    const texts = choices.match(/(?<=^. \d {2}).*/gm) ?? []
    expect(texts.length).toBeGreaterThan(1)

    // Of all that the topic holds, only the question that is shown is answered. With this seed it is shuffled so.
    const drill = `${line} --kind choice -n 1000 --seed 52`
    const listed = await quiz(`${drill} --format jsonl`, {
      bank: 'real',
      input: Array<string>(1000).fill('{"skip":true}'),
    })
    const questions = listed.out
      .split('\n')
      .filter(it => it.startsWith('{"type":"question"'))
      .map(it => JSON.parse(it) as { choices: { text: string }[] })
    const place = questions.findIndex(
      it => it.choices.map(({ text }) => text.replaceAll('`', '')).join() === texts.join(),
    )
    expect(place, `no question has these choices in this order: ${texts}`).toBeGreaterThan(-1)

    const picked = /^❯ (\d)/m.exec(choices)![1]!
    const { out } = await quiz(drill, {
      bank: 'real',
      screen: TERMINAL,
      acts: [...Array<Act>(place).fill({ wish: 'skip' }), () => picked, { wish: 'quit' }],
    })
    const real = out.replaceAll(/ +\d+ of \d+/g, '  1 of 10')
    expect(real).toContain(prompted.trim().replace(/ {2,}/, '  '))
    expect(real).toContain(told)
  })
})

describe('the bank', () => {
  test('lints clean, has each kind once, and the schema that its first line names', async () => {
    const { exit, out } = await quiz('lint uuids.yaml', { bank: 'real', cwd: here() })
    expect([exit, out]).toEqual([Exit.ok, 'no problems in 1 file with 7 questions\n'])
    const kinds = [...example.matchAll(/^ {4}kind: (\w+)/gm)].map(it => it[1])
    expect(kinds).toEqual(['choice', 'order', 'match', 'text', 'number', 'open', 'lab'])
    expect(example).toMatch(/^# yaml-language-server: \$schema=\.\/bank\.schema\.json\n/)
  })

  test('in a project folder it is found from below', async () => {
    const cwd = temporary()
    mkdirSync(join(cwd, '.quiz'))
    mkdirSync(join(cwd, 'src'))
    writeFileSync(join(cwd, '.quiz', 'uuids.yaml'), example)
    expect((await quiz('explain guid', { bank: 'real', cwd: join(cwd, 'src') })).exit).toBe(Exit.ok)
  })
})

describe('tables', () => {
  test('exit codes', () => {
    expect(firstColumn('code').map(Number)).toEqual(Object.values(Exit))
  })

  test('lint rules', () => {
    const files = readdirSync('src/bank', { recursive: true, encoding: 'utf8' })
    const rules = files
      .filter(it => it.endsWith('.ts'))
      .flatMap(it => [...readFileSync(join('src/bank', it), 'utf8').matchAll(RULE)])
      .map(it => it[1]!)
    expect(rules.length).toBeGreaterThan(30)
    expect(firstColumn('rule').toSorted()).toEqual([...new Set(rules)].toSorted())
  })

  test('fields of what is printed as JSON', async () => {
    for (const line of [
      '',
      'topics',
      'topics cap',
      'explain 409',
      'explain caching',
      'explain 401 or 403',
      'explain why did my cache return stale',
      'compare 401 403',
      'cheatsheet cap',
      'search retry -n 50',
      'stats',
      'lint broken.yaml',
      'history',
      'flag',
    ]) {
      const cwd = here()
      writeFileSync(join(cwd, 'broken.yaml'), 'topic: { id: uuids }')
      const data = temporary()
      mkdirSync(join(data, 'reviews'))
      const log = [lineText(review()), lineText(flag('caching/no-cache-reuse')), '<torn\n']
      writeFileSync(join(data, 'reviews', 'desk.jsonl'), log.join(''))
      const { out } = await quiz(`${line} --format json`, { bank: 'real', cwd, data })
      for (const field of fields(JSON.parse(out))) {
        expect(section('JSON'), `${line}: ${field}`).toMatch(new RegExp(`[\`{ ]${field}[\`, ]`))
      }
    }
  })

  test('fields of the stats of somebody who has answered', () => {
    for (const field of fields(JSON.parse(readFileSync('test/golden/stats.json', 'utf8')))) {
      expect(section('JSON'), field).toContain(`\`${field}\``)
    }
  })
})

/** Names of rules as the code has them. */
const RULE =
  /'((?:yaml|schema|id|topic|ref|alias|source|concept|sheet|choice|key|wording|mix|guess|lab)\/[a-z-]+|markdown)'/g

/** The names of all fields in some data; of a map of counts, whatever its keys are, only its own name. */
function fields(data: unknown): Set<string> {
  if (Array.isArray(data)) return new Set(data.flatMap(it => [...fields(it)]))
  if (typeof data !== 'object' || data === null) return new Set()
  const entries = Object.entries(data)
  const own = entries.map(([name]) => name)
  const counts = ['levels', 'kinds']
  const inner = entries
    .filter(([name]) => !counts.includes(name))
    .flatMap(([, it]) => [...fields(it)])
  return new Set([...own, ...inner])
}

test('every link leads somewhere', () => {
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(it =>
    it[1]!
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const anchors = headings.map((it, index) => {
    const before = headings.slice(0, index).filter(other => other === it).length
    return before === 0 ? it : `${it}-${before}`
  })
  for (const [, to] of readme.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(to)
})
