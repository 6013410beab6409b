import type { Bank } from '../../bank/bank.ts'
import type { Candidate, Listed } from '../../bank/candidates.ts'
import { Exit, UserError } from '../../errors.ts'
import { askedBy } from '../../memory/aimed.ts'
import { byPlan } from '../../memory/by-plan.ts'
import type { Day } from '../../memory/day.ts'
import type { Choosable } from '../../memory/known.ts'
import type { Memory } from '../../memory/memory.ts'
import { secondsLeft } from '../../memory/plan.ts'
import type { KeptPlan } from '../../memory/plan-text.ts'
import { STEADY } from '../../memory/plan-text.ts'
import { atRandom, NEEDS, type Need, type Queued, queue } from '../../memory/queue.ts'
import { normalise } from '../../nearest.ts'
import { seeded } from '../../random.ts'
import { fitting } from '../../session/choose.ts'
import { shellWord } from '../../shell.ts'
import { optionOf } from '../../view/nothing.ts'
import { topicsNamed } from '../output.ts'

/** What decides which questions are asked. */
export interface Wishes {
  /** How many questions. */
  readonly number?: number
  /** No new question after so many minutes. */
  readonly minutes?: number
  readonly level?: readonly string[]
  readonly kind?: readonly string[]
  readonly tag?: readonly string[]
  readonly exam?: boolean
  readonly due?: boolean
  readonly new?: boolean
  readonly weak?: boolean
  readonly wrong?: boolean
  readonly confidentErrors?: boolean
  readonly cram?: boolean
  readonly bank?: readonly string[]
}

const DEFAULT_NUMBER = 10

/** Seconds for a question that nobody outruns. */
const FASTEST = 3

/** What is asked when nothing was said: what is due, then what is new. */
const USUAL: readonly Need[] = ['due', 'new']

/** The questions of a sitting, and what they were chosen from. */
export interface Chosen {
  readonly queue: readonly Queued[]
  /** After which no new question is asked. */
  readonly seconds?: number
  /** Minutes to go by the plan, if it chose the questions and nothing else limits them. */
  readonly planned?: number
  /** The minutes of the plan, if they are over for today and that is why there are no questions. */
  readonly done?: number
  readonly needs: readonly Need[]
  readonly from: Choosable
  /** The command that asks of these topics and filters, without a need. */
  readonly command: string
}

/** What is known of the person when a sitting begins. */
export interface Person {
  readonly memory: Pick<Memory, 'questions' | 'pace' | 'days'>
  readonly today: Day
  /** It says what is asked unless there are other wishes. */
  readonly plan: KeptPlan | undefined
}

/** Chooses the questions of a sitting. Throws `UserError` when wishes exclude each other, or nothing fits the filters. */
export function chosen(
  bank: Bank,
  words: readonly string[],
  wishes: Wishes,
  { memory, today, plan }: Person,
  seed: number,
): Chosen {
  const asked = needsOf(wishes)
  const names = words.length > 0 ? bank.names() : new Map()
  const topics = topicsNamed(bank, words, name => names.get(normalise(name)) ?? [])
  const { level = [], kind = [], tag = [], bank: banks = [] } = wishes
  const all = topics.length > 0 ? bank.candidates(topics) : askedBy(plan, bank)
  const candidates = fitting(all, { levels: level, kinds: kind, tags: tag })
  if (candidates.length === 0) {
    throw new UserError('no question fits all of that', {
      hint: hintFor(all, tag),
      exit: Exit.problem,
    })
  }
  const retention = plan?.retention ?? STEADY
  const from = { candidates, confusions: bank.confusions(), memory, today, retention }
  const random = seeded(seed, 'choose')
  const needs = asked.length > 0 ? asked : USUAL
  const command = [
    'quiz drill',
    ...topics,
    ...Object.entries({ level, kind, tag }).flatMap(([name, values]) =>
      values.length > 0 ? [`--${name} ${values.join(',')}`] : [],
    ),
    ...banks.map(it => `--bank ${shellWord(it)}`),
  ].join(' ')
  const followed = asked.length === 0 && !wishes.exam ? plan : undefined
  const isLimited = wishes.number !== undefined || wishes.minutes !== undefined
  let seconds = wishes.minutes === undefined ? undefined : wishes.minutes * 60
  if (followed !== undefined && !isLimited) {
    seconds = secondsLeft(followed, memory.days, today)
    if (seconds === 0) return { queue: [], done: followed.minutes, needs, from, command }
  }
  // With a limit of time alone there are more than can be answered in it.
  const most = seconds === undefined ? DEFAULT_NUMBER : Math.ceil(seconds / FASTEST)
  const count = Math.min(candidates.length, wishes.number ?? most)
  const length =
    seconds === undefined || wishes.number !== undefined ? { questions: count } : { seconds }
  const questions =
    followed !== undefined
      ? byPlan(followed, from, length, random)
      : wishes.exam && asked.length === 0
        ? atRandom(from, count, random)
        : queue(from, needs, count, random)
  const planned = followed === undefined || isLimited ? undefined : Math.ceil(seconds! / 60)
  return {
    queue: questions,
    ...(seconds !== undefined && { seconds }),
    ...(planned !== undefined && { planned }),
    needs,
    from,
    command,
  }
}

/** The option that asks for each need. */
const OPTIONS = {
  due: 'due',
  new: 'new',
  weak: 'weak',
  wrong: 'wrong',
  'sure-but-wrong': 'confidentErrors',
  cram: 'cram',
} as const satisfies Record<Need, keyof Wishes>

/** Options that take all there is of something, so that another need adds nothing to them. */
const ALL: readonly (readonly [need: Need, takes: string])[] = [
  ['weak', 'all that you answered before'],
  ['cram', 'anything'],
]

/** The needs that are asked for; none is the usual ones. Throws `UserError` when wishes exclude each other. */
export function needsOf(wishes: Wishes): readonly Need[] {
  const asked = NEEDS.filter(it => wishes[OPTIONS[it]] === true)
  for (const [need, takes] of ALL) {
    const other = asked.find(it => it !== need)
    if (!asked.includes(need) || other === undefined) continue
    const [option, added] = [optionOf(need), optionOf(other)]
    throw new UserError(`"${option}" asks ${takes}, so "${added}" does not go with it`, {
      hint: `quiz drill ${option}, or quiz drill ${added}`,
    })
  }
  if (wishes.cram && wishes.exam) {
    throw new UserError('"--cram" does not count and "--exam" does, so they do not go together', {
      hint: 'quiz drill --cram, or quiz drill --exam',
    })
  }
  return asked
}

function hintFor(all: Listed<Candidate>, wanted: readonly string[]): string {
  const known = new Set([...all].flatMap(it => it.tags))
  return wanted.length > 0 && !wanted.some(it => known.has(it))
    ? `tags here: ${[...known].toSorted().join(', ') || 'none'}`
    : 'leave out --level, --kind or --tag, or name more topics'
}
