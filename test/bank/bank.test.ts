import { STATUS_CODES } from 'node:http'
import { describe, expect, test } from 'vitest'
import { compile, NOTHING_KNOWN } from '../../src/bank/compile.ts'
import type { Askable, Question } from '../../src/bank/model.ts'
import { namesIn } from '../../src/bank/names.ts'
import { pack } from '../../src/bank/pack.ts'
import { type Block, type Prose, wordsOf } from '../../src/bank/prose.ts'
import { guesses } from '../../src/bank/rules/guessing.ts'
import { memoryStore } from '../../src/bank/store.ts'
import { kindOf } from '../../src/kinds/index.ts'
import type { Reply } from '../../src/kinds/kind.ts'
import { allLabs } from '../../src/labs/index.ts'
import { posed } from '../../src/labs/posed.ts'
import { normalise } from '../../src/nearest.ts'
import { seeded } from '../../src/random.ts'
import { bankFolder } from '../builtin.ts'
import { permutations, subsets } from '../kinds/asked.ts'

const bank = compile(bankFolder('questions'), { ...NOTHING_KNOWN, labs: await allLabs() })
const written = bank.topics.flatMap(it => it.questions)

/** Questions as they are asked: each of a lab a few times. */
async function asked(questions: readonly Question[]): Promise<Askable[]> {
  const out: Askable[] = []
  for (const it of questions) {
    if (it.kind !== 'lab') out.push(it)
    else for (let seed = 0; seed < 3; seed++) out.push((await posed(it, seed)).question)
  }
  return out
}

const questions = await asked(written)
const concepts = bank.topics.flatMap(it => it.concepts)

test('nothing to complain about', () => {
  expect(
    bank.problems.map(it => `${it.file}:${it.line}:${it.column} ${it.rule} ${it.message}`),
  ).toEqual([])
})

test('every topic has enough questions, of every kind and every level', () => {
  for (const { id, questions } of bank.topics) {
    expect(new Set(questions.map(it => it.kind)).size, id).toBeGreaterThanOrEqual(6)
    expect(new Set(questions.map(it => it.level)).size, id).toBe(3)
    expect(questions.length, id).toBeGreaterThanOrEqual(15)
  }
})

test('every topic comes after those that it needs', () => {
  const order = bank.topics.map(it => it.id)
  for (const { id, needs = [] } of bank.topics) {
    for (const need of needs)
      expect(order.indexOf(need), `${need} before ${id}`).toBeLessThan(order.indexOf(id))
  }
})

test('every citation leads somewhere', () => {
  const cited = [...concepts, ...written].flatMap(it => [
    ...it.sources,
    ...('example' in it && it.example !== undefined ? [it.example.source] : []),
  ])
  for (const { ref, title, url } of cited) {
    expect(url, ref).toMatch(/^https?:\/\/[^{}\s]+$/)
    expect(title, ref).not.toContain('undefined')
  }
})

/** Replies that are not the key: all of them where they can be counted, else the nearest ones. */
function wrongReplies(question: Askable): Reply[] {
  switch (question.kind) {
    case 'choice': {
      const every = subsets(question.choices.map((_, index) => index)).filter(it => it.length > 0)
      const many = question.choices.filter(it => it.right).length > 1
      return every.filter(it => many || it.length === 1)
    }
    case 'order': {
      const { items } = question
      const written = items.map((_, index) => index)
      if (items.length <= 5) return permutations(written)
      return written.slice(1).map(n => written.with(n - 1, n).with(n, n - 1))
    }
    case 'match': {
      const written = question.pairs.map((_, index) => index)
      const extras = (question.extra ?? []).map((_, index) => question.pairs.length + index)
      return [
        ...(written.length <= 5 ? permutations(written) : []),
        ...written.flatMap(n => written.map(m => written.with(n, m).with(m, n))),
        ...written.flatMap(n => extras.map(extra => written.with(n, extra))),
      ]
    }
    case 'text':
      return ['', 'no idea', '42', ...(question.near ?? []).map(it => it.text)]
    case 'number': {
      const off = (question.tolerance ?? 0) * 1.01 + Math.max(1, Math.abs(question.answer)) * 1e-6
      const near = (question.near ?? []).map(it => it.value)
      return [question.answer + off, question.answer - off, -question.answer - 1, ...near]
    }
    case 'open':
      return subsets(question.points.map((_, index) => index))
  }
}

test('the key of every question earns 1, and every other reply less', () => {
  const odd: string[] = []
  let tried = 0
  for (const question of questions) {
    const kind = kindOf(question)
    const key = kind.key(question)
    if (kind.mark(question, key).score !== 1) odd.push(`${question.id}: the key does not earn 1`)
    for (const reply of wrongReplies(question)) {
      if (JSON.stringify(reply) === JSON.stringify(key)) continue
      const { score } = kind.mark(question, reply)
      tried++
      if (!(score >= 0 && score < 1))
        odd.push(`${question.id}: ${JSON.stringify(reply)} earns ${score}`)
    }
  }
  expect(odd).toEqual([])
  expect(tried).toBeGreaterThan(questions.length * 3)
})

test('every question can be asked, and its key be given, however it is shuffled', () => {
  for (const question of questions) {
    const kind = kindOf(question)
    for (let seed = 0; seed < 5; seed++) {
      const ask = kind.ask(question, seeded(seed, question.id))
      if ('options' in ask)
        expect(new Set(ask.options.map(it => it.key)).size).toBe(ask.options.length)
      const key = kind.key(question)
      expect(kind.read(question, ask, kind.wire(ask, key)), question.id).toEqual({ reply: key })
    }
  }
})

test('a typical mistake is told why it is one', () => {
  for (const question of questions) {
    if (question.kind !== 'text' && question.kind !== 'number') continue
    const kind = kindOf(question)
    for (const near of question.near ?? []) {
      const reply = 'value' in near ? near.value : near.text
      expect(kind.mark(question, reply).notes[0]!.why, `${question.id} ${reply}`).toEqual(near.why)
    }
  }
})

test('a question asked for as a share says so in its unit', () => {
  // '50 %' is read as 0.5 where no unit is asked for: right for a ratio, wrong for 'how many per cent'.
  const bare = questions.filter(it => it.kind === 'number' && it.unit === undefined)
  for (const { id, prompt } of bare)
    expect(wordsOf(prompt), id).not.toMatch(/how many per ?cent|what percentage|in per ?cent/i)
})

describe('a guesser who knows nothing learns nothing', () => {
  const parts = [
    ...bank.topics.map(it => ({ part: it.id, limit: 8, questions: it.questions })),
    { part: 'whole bank', limit: 3, questions: written },
  ].map(({ questions, ...rest }) => ({
    ...rest,
    guesses: guesses(questions.filter(it => it.kind === 'choice')),
  }))

  test.for(parts)('$part: within $limit points of chance', ({ limit, guesses }) => {
    for (const { strategy, score, chance, questions } of guesses) {
      expect(questions).toBeGreaterThanOrEqual(10)
      expect((score - chance) * 100, strategy).toBeLessThanOrEqual(limit)
    }
  })

  test('as a table', () => {
    const strategies = parts[0]!.guesses.map(it => it.strategy)
    const points = (share: number) => `${(share * 100).toFixed(1)} %`
    const rows = [
      ['', ...parts.map(it => it.part)],
      ['questions', ...parts.map(it => String(it.guesses[0]!.questions))],
      ['chance', ...parts.map(it => points(it.guesses[0]!.chance))],
      ...strategies.map((name, n) => [name, ...parts.map(it => points(it.guesses[n]!.score))]),
    ]
    const widths = rows[0]!.map((_, n) => Math.max(...rows.map(row => row[n]!.length)))
    const table = rows.map(row =>
      row
        .map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!)))
        .join('  '),
    )
    console.log(`What a guesser earns\n\n${table.join('\n')}\n`)
    expect(table).toHaveLength(3 + strategies.length)
  })
})

describe('it can be read on 80 columns', () => {
  const code = (prose: Prose): string[] =>
    prose.flatMap((it: Block) =>
      it.type === 'code'
        ? it.text.split('\n')
        : it.type === 'list'
          ? it.items.flatMap(code)
          : it.type === 'quote'
            ? code(it.blocks)
            : [],
    )

  test.for(bank.topics)('$id', async ({ concepts, questions: all }) => {
    // What labs compute is looked at in test/labs.
    const questions = await asked(all.filter(it => it.kind !== 'lab'))
    const texts = [
      ...concepts.map(it => [it.id, it.explanation] as const),
      ...questions.map(it => [it.id, [...it.prompt, ...(it.explanation ?? [])]] as const),
      ...questions.flatMap(it => (it.kind === 'open' ? [[it.id, it.answer] as const] : [])),
    ]
    const wide = texts.flatMap(([id, prose]) =>
      code(prose)
        .filter(line => [...line].length > 72 || line.includes('\t'))
        .map(line => `${id}: ${line}`),
    )
    expect(wide).toEqual([])
  })
})

describe('every status code that Node knows', async () => {
  const store = memoryStore(await pack(bank.topics, bank.sources, 'test'))
  const names = new Map(namesIn(store.names()))
  const named = (name: string) =>
    (names.get(normalise(name)) ?? []).filter(it => it.startsWith('status-codes/'))

  test.for(Object.entries(STATUS_CODES as Record<string, string>))('%s %s', ([code, phrase]) => {
    expect(named(code), 'by number').toHaveLength(1)
    expect(named(phrase), 'by phrase').toEqual(named(code))
    const concept = concepts.find(it => it.id === named(code)[0])!
    const known = normalise(concept.title).includes(normalise(phrase))
    // The registry calls it something else: then the explanation says what Node calls it.
    if (!known) expect(normalise(wordsOf(concept.explanation))).toContain(normalise(phrase))
  })
})
