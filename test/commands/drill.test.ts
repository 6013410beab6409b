import { expect, test } from 'vitest'
import { words } from '../../src/bank/prose.ts'
import { Exit } from '../../src/errors.ts'
import type { Ask } from '../../src/kinds/ask.ts'
import type { AskOptions } from '../../src/prompts.ts'
import { inlineMarkdown } from '../../src/render/markdown.ts'
import { type Act, PIPE, quiz, TERMINAL } from '../world.ts'

/** The key of the option that says this. */
const key = (
  options: readonly { key: string; text: Parameters<typeof words>[0] }[],
  said: string,
) => options.find(it => words(it.text).startsWith(said))!.key

/** Picks the option that begins so. */
const pick =
  (said: string): Act =>
  ask =>
    ask.type === 'pick' ? [key(ask.options, said)] : expect.fail(`asked to ${ask.type}`)

const says = (answer: string) => () => answer

const next: Act = () => 'n'

/** Answers whatever is asked, and rightly. */
const knows = (ask: Ask) => {
  switch (ask.type) {
    case 'pick':
      return [key(ask.options, 'Keep it and revalidate')]
    case 'arrange':
      return ask.options.toSorted((a, b) => a.index - b.index).map(it => it.key)
    case 'pair':
      return Object.fromEntries(
        ask.left.map(l => [l.key, ask.right.find(r => r.index === l.index)!.key]),
      )
    case 'line':
      return 'no-store'
    case 'number':
      return '40'
    case 'speak':
      return ''
    case 'tick':
      return ask.options.map(it => it.key)
    case 'press':
      return ask.keys[0]!.key
  }
}

const everything: Act[] = Array.from({ length: 40 }, () => knows)

test('a drill by somebody who knows everything', async () => {
  const { exit, out } = await quiz('drill', { screen: TERMINAL, acts: everything })
  expect(exit).toBe(Exit.ok)
  expect(out).toContain('6 questions, 100 %')
  expect(out).not.toMatch(/[^\S\n]\n|\u001b/)
  await expect(out).toMatchFileSnapshot('../golden/drill.txt')
})

test('a miss is explained, comes back, and is counted once', async () => {
  const { exit, out } = await quiz('drill --kind choice', {
    screen: TERMINAL,
    acts: [pick('Show it once'), next, pick('Keep it and revalidate'), next],
  })
  expect(exit).toBe(Exit.ok)
  expect(out).toContain('The name suggests so, but that is `no-store`.')
  expect(out).toContain('once more')
  expect(out).toContain('1 question, 0 %')
  expect(out).toContain('quiz explain caching/no-cache')
})

test('why not the others, and explain, are a key away', async () => {
  const { out } = await quiz('drill --kind choice', {
    screen: TERMINAL,
    acts: [pick('Keep it and revalidate'), () => 'w', () => 'e', next],
  })
  expect(out).toContain('The name suggests less than it does')
  expect(out).toContain('costs a round trip and no body.')
})

test('undo asks the last question again and forgets the answer', async () => {
  const { out } = await quiz('drill --kind choice,text', {
    screen: TERMINAL,
    acts: [
      ask => (ask.type === 'pick' ? [key(ask.options, 'Show it')] : 'public'),
      { wish: 'undo' },
      knows,
      next,
      { wish: 'quit' },
    ],
  })
  expect(out).toContain('1 question, 100 %')
})

test('quitting shows the summary; ctrl-c too, and says 130', async () => {
  const quits = await quiz('drill', { screen: TERMINAL, acts: [{ wish: 'quit' }] })
  expect([quits.exit, quits.out.includes('Nothing was answered.')]).toEqual([Exit.ok, true])
  const leaves = await quiz('drill', { screen: TERMINAL, acts: [knows, knows, 'ctrl-c'] })
  expect([leaves.exit, leaves.out.includes('How it went')]).toEqual([Exit.interrupted, true])
})

test('an exam tells nothing before the end', async () => {
  const { exit, out } = await quiz('drill --exam --pass 60 --kind choice,text,number', {
    screen: TERMINAL,
    acts: [knows, says('public'), knows, knows].slice(0, 3),
  })
  const verdict = out.search(/Right|Not right|Wrong/)
  const lastQuestion = out.lastIndexOf('3 of 3')
  expect(verdict).toBeGreaterThan(-1)
  expect(out.indexOf('How it went')).toBeGreaterThan(verdict)
  expect(lastQuestion).toBeGreaterThan(-1)
  expect([Exit.ok, Exit.problem]).toContain(exit)
})

test.for([
  ['drill --kind text --pass 100', 'no-store', Exit.ok],
  ['drill --kind text --pass 100 --exam', 'private', Exit.problem],
] as const)('%s, answered %s, exits with %i', async ([line, answer, exit]) => {
  expect((await quiz(line, { screen: TERMINAL, acts: [says(answer), next] })).exit).toBe(exit)
})

test.for([
  ['no-store', 'guess', 'Right, as a guess: it will come back soon'],
  ['no-store', 'unsure', 'Right'],
  ['no-store', 'sure', 'Right'],
  ['public', 'sure', 'Not right, but you were sure: worth a closer look'],
  ['public', 'unsure', 'Not right'],
  ['public', 'guess', 'Not right'],
] as const)('%s, answered as %s, is told: %s', async ([answer, confidence, told]) => {
  const acts: Act[] = [{ does: says(answer), confidence }, { wish: 'quit' }]
  const { out } = await quiz('drill --kind text', { screen: TERMINAL, acts })
  expect(out).toMatch(new RegExp(`^┃ [✓✗] ${told}$`, 'm'))
  const exam = await quiz('drill --kind text --exam', { screen: TERMINAL, acts })
  expect(exam.out).toMatch(new RegExp(`^┃ [✓✗] ${told}$`, 'm'))
})

test('how sure somebody is of an open answer is asked with it; the prompt for its points shows that and has the last word', async () => {
  const told = async (...acts: Act[]) =>
    (await quiz('drill --kind open', { screen: TERMINAL, acts })).out
  const guess = 'Right, as a guess: it will come back soon'
  const shows: (string | undefined)[] = []
  const points = (ask: Ask, options?: AskOptions) => {
    shows.push(options?.confidence)
    return knows(ask)
  }
  expect(await told(knows, { does: points, confidence: 'guess' })).toContain(guess)
  expect(await told({ does: knows, confidence: 'guess' }, points)).not.toContain(guess)
  expect(shows).toEqual([undefined, 'guess'])
  expect(await told(knows, { does: () => [], confidence: 'sure' })).toContain(
    'Not right, but you were sure: worth a closer look',
  )
})

test('--minutes asks nothing new when the time is up', async () => {
  const { out } = await quiz('drill --minutes 5', {
    screen: TERMINAL,
    acts: everything,
    clock: ['10:00:00', '10:00:01', '10:00:09', '10:05:01'].map(it => `2026-11-21T${it}Z`),
  })
  expect(out).toContain('1 · 5 minutes left')
  expect(out).toContain('The time is up.')
  expect(out).toContain('1 question, 100 %')
})

test('without a terminal it refuses and names the way that works', async () => {
  const { exit, err, out } = await quiz('drill', { screen: PIPE })
  expect([exit, out]).toEqual([Exit.problem, ''])
  expect(err).toContain('--format jsonl')
})

test.for([
  ['drill --tag nothing', 'tags here: myth'],
  ['drill cachign', 'did you mean caching?'],
  ['drill --level hard', 'recall, apply, analyse'],
  ['drill -n 0', 'whole number'],
  ['drill --pass 101', '0 to 100'],
])('%s says what to do instead', async ([line, hint]) => {
  const { exit, err } = await quiz(line!, { screen: TERMINAL })
  expect(exit).not.toBe(Exit.ok)
  expect(err).toContain(hint)
})

/** A drill in JSON lines: what the program says, parsed. */
async function jsonl(line: string, input: readonly string[]) {
  const { exit, out } = await quiz(`drill --format jsonl ${line}`, { input })
  return {
    exit,
    said: out
      .trim()
      .split('\n')
      .map(it => JSON.parse(it)),
  }
}

test('JSON lines: the conversation as the README has it', async () => {
  const { exit, said } = await jsonl('--kind choice,open --seed 2', [
    '{"answer":"I would say…"}',
    '{"points":["p1"]}',
    '{"answer":["b"],"confidence":"sure"}',
    '{"quit":true}',
  ])
  expect(exit).toBe(Exit.ok)
  await expect(JSON.stringify(said, null, 2)).toMatchFileSnapshot('../golden/drill.jsonl.json')
})

test('JSON lines: what cannot be read gets an error and the question stays', async () => {
  const { said } = await jsonl('--kind number', [
    'hello',
    '[]',
    '{"answr":40}',
    '{"answer":"many"}',
    '{"answer":40,"confidence":"very"}',
    '',
    '{"answer":"40 requests/s"}',
  ])
  expect(said.map(it => it.type)).toEqual([
    'start',
    'question',
    ...Array(5).fill('error'),
    'verdict',
    'summary',
  ])
  for (const error of said.filter(it => it.type === 'error')) {
    expect(error.message).toMatch(/write|answer|confidence/)
  }
})

test('JSON lines: a verdict says how sure somebody was, if they said so', async () => {
  const heard = async (line: string, ...input: object[]) => {
    const { said } = await jsonl(
      line,
      input.map(it => JSON.stringify(it)),
    )
    return said.filter(it => it.type === 'verdict').map(it => it.confidence)
  }
  const answer = 'no-store'
  expect(await heard('--kind text', { answer })).toEqual([undefined])
  expect(await heard('--kind text', { answer, confidence: 'guess' })).toEqual(['guess'])
  expect(await heard('--kind text --exam', { answer, confidence: 'sure' })).toEqual(['sure'])

  const points = ['p1']
  expect(await heard('--kind open', { answer, confidence: 'unsure' }, { points })).toEqual([
    'unsure',
  ])
  expect(
    await heard('--kind open', { answer, confidence: 'sure' }, { points, confidence: 'guess' }),
  ).toEqual(['guess'])
})

test('JSON lines: undo with nothing to take back is an error, as it is on a screen; a byte order mark is none', async () => {
  const { said } = await jsonl('--kind open', [
    '{"undo":true}',
    '\ufeff{"answer":"I would say…"}',
    '{"undo":true}',
    '{"quit":true}',
  ])
  expect(said.map(it => it.type)).toEqual([
    'start',
    'question',
    'error',
    'reveal',
    'error',
    'summary',
  ])
  expect(said[2].message).toBe('there is no answer to take back yet')
})

test('undo while the points of an open question are ticked asks the question before again', async () => {
  const asks: string[] = []
  const hears = (act: (ask: Ask) => unknown): Act => {
    return ask => {
      asks.push(ask.type)
      return act(ask)
    }
  }
  const { out } = await quiz('drill --kind text,open --seed 4', {
    screen: TERMINAL,
    acts: [
      hears(knows),
      hears(knows),
      hears(knows),
      { wish: 'undo' },
      hears(knows),
      { wish: 'quit' },
    ],
  })
  expect(asks.slice(0, 3).toSorted()).toEqual(['line', 'press', 'speak'])
  expect(asks[3]).toBe(asks[0])
  expect(out.match(/1 of 2/g)?.length).toBe(2)
})

test('what w and e show stands apart from the keys below it', async () => {
  const { out } = await quiz('drill --kind choice', {
    screen: TERMINAL,
    acts: [pick('Keep it and revalidate'), () => 'w', next],
  })
  expect(out).toMatch(/The others\n(?:.+\n)+\n\nHow it went/)
})

test('JSON lines: the end of input is a quit, skip and undo work', async () => {
  const ended = await jsonl('', [])
  expect([ended.exit, ended.said.map(it => it.type)]).toEqual([
    Exit.ok,
    ['start', 'question', 'summary'],
  ])
  const { said } = await jsonl('--kind text,number --seed 1', [
    '{"skip":true}',
    '{"answer":"0"}',
    '{"undo":true}',
    '{"quit":true}',
  ])
  // The miss would come back; taking it back asks the same question once more instead.
  expect(said.map(it => it.type)).toEqual([
    'start',
    'question',
    'question',
    'verdict',
    'question',
    'question',
    'summary',
  ])
  expect(said.at(-2).id).toBe(said.at(3).id)
  expect(said.at(-1)).toMatchObject({ type: 'summary', asked: 0 })
})

test('the same seed shows the same questions with the same shuffle, by keys and in JSON lines', async () => {
  const first = await jsonl('--kind order --seed 9', ['{"quit":true}'])
  const again = await jsonl('--kind order --seed 9', ['{"quit":true}'])
  expect(again.said).toEqual(first.said)
  const asks: Ask[] = []
  await quiz('drill --kind order --seed 9', {
    screen: TERMINAL,
    acts: [
      ask => {
        asks.push(ask)
        return 'a'
      },
    ],
  })
  const [shown] = asks
  expect(shown?.type).toBe('arrange')
  if (shown?.type !== 'arrange') return
  expect(first.said[1].items).toEqual(
    shown.options.map(({ key, text }) => ({ key, text: inlineMarkdown(text) })),
  )
})
