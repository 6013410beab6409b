import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Askable } from '../../src/bank/model.ts'
import { words, wordsOf } from '../../src/bank/prose.ts'
import { kindOf } from '../../src/kinds/index.ts'
import { complaint } from '../../src/labs/complaint.ts'
import { type Drawn, drawn, type Lab, scenario } from '../../src/labs/lab.ts'
import { anyScenario } from './scenarios.ts'

const SEEDS = 1000

/** Nothing of a program shows through what a person reads. */
const LEAKS = /undefined|NaN|Infinity|\[object|null\b.*=>|-0\b(?!\.)(?![\d:-])|\d\.\d{7,}/

const registry = readFileSync('questions/sources.yaml', 'utf8')

/** What every lab promises. */
export function keepsItsPromises(lab: Lab): void {
  const ways = Object.keys(lab.questions)

  test('says what it is about', () => {
    expect(lab.title).toMatch(/^[A-Z]/)
    expect(lab.summary).toMatch(/^[A-Z].*\.$/)
    expect(lab.summary.length).toBeLessThan(110)
    expect(lab.rule).toMatch(/^[A-Z`].*\.$/)
    expect(lab.sources.length).toBeGreaterThan(0)
    for (const it of lab.sources) expect(registry, it).toContain(`id: ${it.split('#')[0]},`)
    for (const it of lab.concepts) {
      const [topic, id] = it.split('/')
      expect(readFileSync(`questions/${topic}.yaml`, 'utf8'), it).toMatch(
        new RegExp(`^  - id: ${id}$`, 'm'),
      )
    }
    for (const [name, it] of Object.entries(lab.parameters)) {
      expect(name).toMatch(/^[a-z][a-zA-Z]*$/)
      expect(it.says, name).toMatch(/^[^A-Z].*[^.]$/)
    }
    expect(ways.length).toBeGreaterThan(0)
    expect(Object.keys(lab.misconceptions).length).toBeGreaterThan(1)
    for (const [name, { belief, because, fact }] of Object.entries(lab.misconceptions)) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      // It goes on after 'You get this if you '.
      expect(belief, name).toMatch(/^[a-z].*[^.]$/)
      expect(belief.length, name).toBeLessThan(100)
      for (const sentence of [because, fact]) expect(sentence, name).toMatch(/^[A-Z`“].*[.)]$/)
    }
  })

  test('draws only what may be typed', () => {
    expect(lab.check(lab.example)).toBeUndefined()
    for (const [name, it] of Object.entries(lab.parameters)) {
      if ('drawn' in it)
        for (const value of it.drawn ?? []) expect(complaint(it, value), name).toBeUndefined()
    }
    for (let seed = 0; seed < 100; seed++) expect(lab.check(scenario(lab, seed))).toBeUndefined()
  })

  test('its example tells the model from at least two misconceptions', () => {
    const { result, supposed } = lab.run(lab.example)
    expect(new Set([result, ...supposed.map(it => it.result)]).size).toBeGreaterThan(2)
  })

  test('whatever is typed has a result, a trace and a picture', () => {
    fc.assert(
      fc.property(anyScenario(lab), values => {
        const run = lab.run(values)
        expect(mistold(run)).toBeUndefined()
        expect(lab.run(values)).toEqual({ ...run, ask: expect.any(Function) })
        expect(JSON.parse(JSON.stringify(run.outcome))).toEqual(run.outcome)
      }),
      { numRuns: 60 },
    )
  })

  test.for(ways)(
    '%s has one right answer and two that misconceptions give, over 1,000 seeds',
    way => {
      const met = new Set<string>()
      const scenarios = new Set<string>()
      const digest = createHash('sha256')
      const longest = { key: 0, choices: 0 }
      for (let seed = 0; seed < SEEDS; seed++) {
        const it = drawn(lab, way, seed)
        if (it === undefined) throw new Error(`seed ${seed} draws nothing telling`)
        const unfair = unfairness(it)
        if (unfair !== undefined) throw new Error(`seed ${seed}: ${unfair}`)
        for (const { misconception } of it.computed.offered) met.add(misconception)
        scenarios.add(JSON.stringify(it.run.values))
        const { asked } = it.computed
        if (seed < 40) digest.update(JSON.stringify(asked))
        if (asked.kind === 'choice') {
          const lengths = asked.choices.map(choice => words(choice.text).length)
          const most = Math.max(...lengths)
          if (lengths[0] === most)
            longest.key += 1 / lengths.filter(length => length === most).length
          longest.choices += 1 / lengths.length
        }
      }
      expect(JSON.stringify(drawn(lab, way, 7))).toBe(JSON.stringify(drawn(lab, way, 7)))
      expect(scenarios.size, 'different scenarios').toBeGreaterThanOrEqual(20)
      expect(met.size, 'misconceptions on offer').toBeGreaterThanOrEqual(2)
      if (longest.choices > 0) {
        expect(
          longest.key / longest.choices,
          'the key is the longest choice, against chance',
        ).toBeLessThan(1.7)
      }
      // The same text for the same seed on every platform and in every version: what was answered can be shown again.
      expect(digest.digest('hex').slice(0, 12)).toMatchSnapshot()
    },
  )

  test('every misconception is on offer somewhere', () => {
    const met = new Set<string>()
    for (const way of ways) {
      for (let seed = 0; seed < 300; seed++) {
        for (const it of drawn(lab, way, seed)?.computed.offered ?? []) met.add(it.misconception)
      }
    }
    expect([...met].toSorted()).toEqual(Object.keys(lab.misconceptions).toSorted())
  })
}

/** What is wrong with how a run is told. */
function mistold({ result, trace, picture, supposed }: ReturnType<Lab['run']>): string | undefined {
  const told = [
    result,
    picture,
    ...supposed.map(it => it.result),
    ...trace.columns,
    ...trace.rows.flat(),
  ]
  const leak = told.find(it => LEAKS.test(it))
  if (leak !== undefined) return `"${leak}" shows what it should not`
  if (result.trim() === '') return 'there is no result'
  return trace.rows.some(row => row.length !== trace.columns.length)
    ? 'a row has not all columns'
    : undefined
}

/**
 * What is wrong with a question. The key earns everything; what misconceptions say earns less, and no two say the same.
 * (Plain comparisons, as there are hundreds of thousands of them.)
 */
function unfairness({ run, computed: { asked, offered } }: Drawn): string | undefined {
  const question = asked as unknown as Askable
  const kind = kindOf(question)
  const prompt = wordsOf(asked.prompt)
  const leak = [prompt, wordsOf(asked.explanation)].find(it => LEAKS.test(it))
  if (leak !== undefined) return `"${leak}" shows what it should not`
  if (prompt.length > 1500) return 'the prompt is too long'
  const wide = codeIn(asked.prompt).find(line => [...line].length > 76)
  if (wide !== undefined) return `this line is too wide: ${wide}`
  if (kind.mark(question, kind.key(question)).score !== 1) return 'the key does not earn full marks'
  const marks = offered.map(it => kind.mark(question, it.reply))
  if (marks.some(it => it.score === 1)) return 'a misconception earns full marks'
  if (new Set(marks.map(it => JSON.stringify(it.notes))).size < Math.max(2, offered.length)) {
    return 'fewer than two misconceptions can be told apart'
  }
  if (run.picture.split('\n').some(it => it.length > 76))
    return `this picture is too wide:\n${run.picture}`
  if (asked.kind === 'number') {
    // What a person can work out has few digits.
    const digits = String(asked.answer)
      .replace(/^-?0*\.?0*|\.|e.*/g, '')
      .replace(/0+$/, '')
    if (digits.length > 7) return `${asked.answer} has too many digits`
    const near = asked.near?.find(
      it => Math.abs(it.value - asked.answer) <= 2 * (asked.tolerance ?? 0),
    )
    if (near !== undefined) return `${near.value} is as good as ${asked.answer}`
  }
  if (asked.kind === 'choice') {
    const texts = asked.choices.map(it => words(it.text))
    if (new Set(texts).size < texts.length) return `two choices are alike: ${texts.join(' | ')}`
    const long = texts.find(it => it.length > 120)
    if (long !== undefined) return `this choice is too long: ${long}`
  }
  return mistold(run)
}

/** The lines of code of a prompt: they are indented by four columns. */
function codeIn(prompt: Drawn['computed']['asked']['prompt']): string[] {
  return prompt.flatMap(it => (it.type === 'code' ? it.text.split('\n') : []))
}
