import { expect, inject, test } from 'vitest'
import { openBank } from '../src/bank/bank.ts'
import { folderStore } from '../src/bank/store.ts'
import { planData } from '../src/commands/data/plan.ts'
import { statsData } from '../src/commands/data/stats.ts'
import { Exit } from '../src/errors.ts'
import { CONFIDENCES } from '../src/kinds/ask.ts'
import { dayFrom } from '../src/memory/day.ts'
import { forecast } from '../src/memory/forecast.ts'
import type { Memory } from '../src/memory/memory.ts'
import { remembered } from '../src/memory/remembered.ts'
import { LINE_VERSION, type Line, type Review, stampOf } from '../src/memory/review.ts'
import { statsOf } from '../src/memory/stats.ts'
import { seeded } from '../src/random.ts'
import { plain, told } from './memory/model.ts'
import { type Pretence, quiz, temporary } from './world.ts'

/** The evenings of somebody whose interview is on 5 December; two of them are missed, one goes on past midnight. */
const EVENINGS = [21, 22, 23, 25, 26, 27, 28, 30, 31, 32, 33, 34].map(day => ({
  at: Date.UTC(2026, 10, day, day === 26 ? 22 : 18, day === 26 ? 50 : 0),
  sittings: day % 5 === 0 ? 2 : 1,
}))

const MINUTE = 60_000

/** What is said in JSON lines, as far as the person listens. */
interface Said {
  readonly type: string
  readonly id: string
  readonly kind: string
  readonly score: number
  readonly seed?: number
  readonly misconception?: string
  readonly choices?: readonly { readonly key: string; readonly text: string }[]
  readonly items?: readonly { readonly key: string }[]
  readonly left?: readonly { readonly key: string }[]
  readonly right?: readonly { readonly key: string }[]
  readonly points?: readonly { readonly key: string }[]
  readonly key: unknown
}

/**
 * Somebody who guesses at first, learns what the verdicts say, forgets some of it, says at times how sure they are, and takes
 * answers back. They keep a diary of their own, from nothing but the conversation and the clock.
 */
function somebody(seed: number) {
  const random = seeded(seed)
  const chance = (of: number) => random() < of
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const learned = new Map<string, unknown>()
  const diary: Line[] = []
  let clock = 0
  let lines = 0
  const write = (line: object) => {
    const id = `diary-${++lines}`
    const at = stampOf(new Date(clock), 60)
    diary.push({ v: LINE_VERSION, id, at, device: 'diary', ...line } as Line)
    return id
  }

  /** One sitting, until its plan is done or they have had enough. */
  const sitting = (name: string, enough: number) => {
    const given: { line: string; question: string }[] = []
    let asked: Said | undefined
    let since = 0
    let confidence: Review['confidence']

    const answer = (it: Said): object => {
      const known = learned.get(it.id)
      const keys = (of: readonly { readonly key: string }[]) => of.map(option => option.key)
      confidence = chance(0.4) ? CONFIDENCES[between(0, 2)] : undefined
      const sure = confidence !== undefined && { confidence }
      switch (it.kind) {
        case 'choice': {
          const right = it.choices!.filter(({ text }) => (known as string[])?.includes(text))
          if (right.length > 0 && chance(0.8)) return { answer: keys(right), ...sure }
          return { answer: [keys(it.choices!)[between(0, it.choices!.length - 1)]], ...sure }
        }
        case 'order':
          return { answer: keys(it.items!), ...sure }
        case 'match':
          return {
            answer: Object.fromEntries(
              keys(it.left!).map((key, nth) => [key, keys(it.right!)[nth]]),
            ),
            ...sure,
          }
        case 'number':
        case 'text':
          return {
            answer: known !== undefined && chance(0.8) ? known : it.kind === 'text' ? 'x' : 7,
            ...sure,
          }
        default:
          return { answer: 'as well as I can', ...sure }
      }
    }

    /** What is answered to what was said; nothing to a verdict and to the summary. */
    const hear = (it: Said): string | undefined => {
      switch (it.type) {
        case 'question':
          return asking(it)
        case 'reveal': {
          clock += between(2000, 20_000)
          const points = it.points!.filter(() => chance(0.6)).map(point => point.key)
          return JSON.stringify({ points, ...(confidence !== undefined && { confidence }) })
        }
        case 'verdict':
          learn(it)
          return undefined
        case 'error':
          throw new Error(`${JSON.stringify(it)} on ${JSON.stringify(asked)}`)
        default:
          return undefined
      }
    }
    const asking = (it: Said): string => {
      asked = it
      since = clock
      if (given.length >= enough) return '{"quit":true}'
      const last = given.at(-1)
      if (last !== undefined && chance(0.04)) {
        write({ type: 'undo', of: last.line })
        given.pop()
        return '{"undo":true}'
      }
      if (chance(0.03)) return '{"skip":true}'
      clock += between(2000, 60_000)
      return JSON.stringify(answer(it))
    }
    const learn = ({ score, key, misconception }: Said) => {
      const { id, choices, seed } = asked!
      const again = given.some(({ question }) => question === id)
      const line = write({
        type: 'review',
        question: id,
        score,
        ...(seed !== undefined && { seed }),
        // Of the misconceptions on offer they hear of the one that they met.
        ...(misconception !== undefined && { offered: [misconception], believed: misconception }),
        reply: '',
        ...(confidence !== undefined && { confidence }),
        ms: clock - since,
        sitting: name,
        mode: 'drill',
        ...(again && { again }),
      })
      given.push({ line, question: id })
      const right = (it: { readonly key: string }) => (key as string[]).includes(it.key)
      learned.set(id, choices === undefined ? key : choices.filter(right).map(it => it.text))
    }
    let heard = 0
    const hearAll = (said: string): string | undefined => {
      heard += said.length
      return said
        .split('\n')
        .flatMap(it => (it === '' ? [] : [hear(JSON.parse(it) as Said)]))
        .findLast(it => it !== undefined)
    }
    return {
      input: (said: string) => hearAll(said) ?? '{"quit":true}',
      /** What was still said when nothing more was asked. */
      leave: (out: string) => void hearAll(out.slice(heard)),
    }
  }
  return {
    diary,
    sitting,
    clock: () => new Date(clock),
    wait(until: number) {
      clock = until
    },
  }
}

test('two weeks of somebody’s evenings come to what their diary says', async () => {
  const bank = openBank([folderStore(inject('banks').real)])
  const data = temporary()
  const cache = temporary()
  const person = somebody(3)
  const pretence: Pretence = { bank: 'real', data, cache, clock: person.clock }
  const json = async (line: string) =>
    JSON.parse((await quiz(`${line} --format json`, pretence)).out) as unknown
  person.wait(EVENINGS[0]!.at - MINUTE)
  await quiz('plan --by 2026-12-05 --minutes 12 --topics status-codes=2,caching,auth,cap', pretence)

  for (const { at, sittings } of EVENINGS) {
    person.wait(at)
    for (let nth = 0; nth < sittings; nth++) {
      const { input, leave } = person.sitting(`${at}-${nth}`, sittings === 1 ? 99 : 8)
      const { exit, out, err } = await quiz('drill --format jsonl', { ...pretence, input })
      leave(out)
      expect([exit, err]).toEqual([Exit.ok, ''])
      person.wait(person.clock().getTime() + 5 * MINUTE)
    }
    // What is said in the evening, from the diary.
    const model = memoryOf(person.diary)
    const today = Math.floor((person.clock().getTime() - 3 * 60 * MINUTE) / (24 * 60 * MINUTE))
    const memory = remembered({ data, cache }, person.clock(), new Map())
    expect(comparable(memory)).toEqual(comparable(model))

    const topics = ['auth', 'cap', 'caching', 'status-codes']
    const named = statsData(statsOf(model, bank, today, { topics, retention: 0.9 }))
    expect(unmistaken(await json(`stats ${topics.join(' ')}`))).toEqual(unmistaken(named))
    const plan = {
      by: dayFrom('2026-12-05')!,
      minutes: 12,
      topics: ['status-codes', 'caching', 'auth', 'cap'],
      weights: new Map([['status-codes', 2]]),
      retention: 0.9,
    }
    const ground = { candidates: bank.candidates(plan.topics), memory: model }
    expect(await json('plan')).toEqual(
      JSON.parse(JSON.stringify(planData(plan, forecast(plan, ground, today, 10), today))),
    )
  }
  const { answers } = memoryOf(person.diary)
  expect(answers).toBeGreaterThan(150)
})

/** What the model says of a diary, to be looked at as quiz looks at its own. */
function memoryOf(diary: readonly Line[]): Memory {
  const { questions, days, flags, lastSeeds, misconceptions, ...rest } = told(diary) as Told
  return {
    ...rest,
    questions: new Map(questions),
    days: new Map(days),
    mistaken: () => new Map(),
    answered: () => 0,
    flags: new Map(flags),
    lastSeeds: new Map(lastSeeds),
    misconceptions: new Map(misconceptions),
  }
}

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? readonly (readonly [K, V])[] : never

type Told = Omit<
  Memory,
  'questions' | 'days' | 'flags' | 'mistaken' | 'answered' | 'lastSeeds' | 'misconceptions'
> & {
  readonly questions: Entries<Memory['questions']>
  readonly days: Entries<Memory['days']>
  readonly flags: Entries<Memory['flags']>
  readonly lastSeeds: Entries<Memory['lastSeeds']>
  readonly misconceptions: Entries<Memory['misconceptions']>
}

/** The diary says which answers were wrong, but not in whose words, and of misconceptions only how often each was met. */
function comparable(memory: Memory): object {
  const misconceptions = [...memory.misconceptions]
    .flatMap(([name, { believed }]) => (believed > 0 ? [[name, believed] as const] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...plain(memory), mistaken: undefined, answered: undefined, misconceptions }
}

function unmistaken(stats: unknown): object {
  const unknown = { confusions: undefined, beliefs: undefined, leeches: undefined }
  return { ...(stats as object), ...unknown, misconceptions: undefined }
}
