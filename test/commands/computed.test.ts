import { expect, test } from 'vitest'
import { Exit } from '../../src/errors.ts'
import { readLog } from '../../src/memory/log.ts'
import type { Review } from '../../src/memory/review.ts'
import { quiz, TERMINAL, temporary } from '../world.ts'

interface Line {
  readonly type: string
  readonly id: string
  readonly seed: number
  readonly prompt: string
  readonly key: unknown
  readonly misconception?: string
}

/** A drill by somebody who gives the number that `says` makes of a prompt, up to three times, and skips the other question. */
async function drilled(data: string, seed: number, says: (prompt: string) => number, more = '') {
  // What is wrong comes back, so at some point they have enough.
  let left = 3
  const { exit, out } = await quiz(`drill --format jsonl --seed ${seed} ${more}`, {
    bank: 'labs',
    data,
    input: said => {
      const line = said
        .trim()
        .split('\n')
        .map(it => JSON.parse(it) as Line)
      const asked = line.findLast(it => it.type === 'question')
      if (asked?.id === 'limits/admitted' && left-- === 0) return '{"quit":true}'
      return asked?.id === 'limits/admitted'
        ? JSON.stringify({ answer: says(asked.prompt) })
        : '{"skip":true}'
    },
  })
  expect(exit).toBe(Exit.ok)
  return out
    .trim()
    .split('\n')
    .map(it => JSON.parse(it) as Line)
}

/** What somebody answers who believes that a bucket starts empty, worked out from the words of the prompt. */
function startsEmpty(prompt: string): number {
  const [, capacity, refill] = /at most (\d+) tokens?, starts full and gains ([\d.]+)/.exec(prompt)!
  const arrivals = /t = ([\d., ]+) s/.exec(prompt)![1]!.split(', ').map(Number)
  let [level, last, admitted] = [0, 0, 0]
  for (const at of arrivals) {
    level = Math.min(Number(capacity), level + (at - last) * Number(refill))
    last = at
    if (level >= 1) {
      level--
      admitted++
    }
  }
  return admitted
}

const reviews = (data: string) =>
  readLog(data).lines.filter((it): it is Review => it.type === 'review')

test('the seed of a review shows its question again, and what was believed is in the log', async () => {
  const data = temporary()
  const lines = await drilled(data, 1, startsEmpty, '-n 1 --kind lab')
  const asked = lines.find(it => it.id === 'limits/admitted' && it.type === 'question')!
  const [review] = reviews(data)
  expect(review).toMatchObject({
    question: 'limits/admitted',
    seed: asked.seed,
    believed: 'token-bucket/starts-empty',
  })
  expect(lines.find(it => it.type === 'verdict')!.misconception).toBe('token-bucket/starts-empty')
  const { out } = await quiz(`lab limits/admitted --seed ${asked.seed}`, {
    bank: 'labs',
    screen: TERMINAL,
  })
  const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
  expect(flat(out)).toContain(flat(asked.prompt.split('\n\n')[0]!.replaceAll('`', '')))
})

test('the same scenario never comes twice in a row, in a sitting or from one to the next', async () => {
  const data = temporary()
  const prompts: string[] = []
  for (let seed = 1; seed <= 12; seed++) {
    const lines = await drilled(data, seed % 3, startsEmpty, seed === 1 ? '' : '--wrong')
    prompts.push(
      ...lines
        .filter(it => it.type === 'question' && it.id === 'limits/admitted')
        .map(it => it.prompt),
    )
  }
  expect(prompts.length).toBeGreaterThan(20)
  for (const [place, it] of prompts.entries()) expect(it).not.toBe(prompts[place + 1])
})

test('the same seed and the same log give the same questions', async () => {
  const [one, other] = [temporary(), temporary()]
  const questions = async (data: string) =>
    (await drilled(data, 5, startsEmpty)).filter(it => it.type === 'question')
  expect(await questions(one)).toEqual(await questions(other))
})

test('stats and the home screen say which rule is followed, until it is not any more', async () => {
  const data = temporary()
  const home = async (line = '') =>
    (await quiz(line, { bank: 'labs', data, screen: TERMINAL })).out.replaceAll(/\s+/g, ' ')
  await drilled(data, 1, startsEmpty, '-n 2')
  const met = reviews(data).filter(it => it.believed === 'token-bucket/starts-empty').length
  expect(met).toBeGreaterThan(1)
  expect(await home()).toContain(`You let the bucket start empty: ${met} of ${met} answers`)
  expect(await home('stats')).toContain('Misconceptions')
  expect(await home('stats')).toContain('quiz lab token-bucket shows what happens')
  const { out } = await quiz('stats --format json', { bank: 'labs', data })
  expect(JSON.parse(out).misconceptions).toMatchObject([
    { name: 'token-bucket/starts-empty', times: met, of: met },
  ])
  // Three answers without it, and it is over.
  for (let seed = 10; seed < 14; seed++) await drilled(data, seed, () => -1, '-n 2 --weak')
  expect(await home()).not.toContain('You let the bucket start empty')
})
