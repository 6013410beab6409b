import type { Bank } from '../bank/bank.ts'
import { Exit, UserError } from '../errors.ts'
import { askedBy } from '../memory/aimed.ts'
import { type Day, dateOf, dayFrom } from '../memory/day.ts'
import { forecast } from '../memory/forecast.ts'
import { dropPlan, keepPlan, keptPlan } from '../memory/plan-file.ts'
import type { KeptPlan } from '../memory/plan-text.ts'
import { HEAVIEST, STEADY } from '../memory/plan-text.ts'
import { remembered } from '../memory/remembered.ts'
import { normalise } from '../nearest.ts'
import { planDoc } from '../view/plan.ts'
import type { World } from '../world.ts'
import { dayAt, openBanks, type Printing, print, topicsNamed } from './output.ts'

export interface PlanOptions extends Printing {
  /** `2026-12-05`. */
  readonly by?: string
  readonly minutes?: number
  /** Topics, each with a weight if it is not 1: `auth=3`. `all` is all of them, alike. */
  readonly topics?: readonly string[]
  /** Percent. */
  readonly recall?: number
  readonly clear?: boolean
}

const DEFAULT_MINUTES = 20

/** Nobody plans further ahead, and what is known by then is anybody's guess. */
const FURTHEST = 365

/** How many more minutes a day are weighed. */
const MORE = 10

/** `quiz plan`: makes a plan or changes it, shows it, or drops it. */
export async function plan(world: World, options: PlanOptions): Promise<void> {
  const { data } = world.paths
  if (options.clear) {
    if (asks(options)) {
      throw new UserError('--clear drops the plan, so no other option goes with it', {
        hint: 'quiz plan --clear, and then quiz plan with what the next one is to be',
      })
    }
    const said = dropPlan(data)
      ? 'the plan is dropped; what you answered stays'
      : 'there was no plan'
    return world.err(`quiz: ${said}\n`)
  }
  const bank = await openBanks(world, options)
  const now = world.now()
  const today = dayAt(now, world)
  const wanted = planFor(keptPlan(data), bank, options, today)
  const candidates = askedBy(wanted, bank)
  if (asks(options)) keepPlan(data, wanted)
  const memory = remembered(world.paths, now, bank.renames(), bank.candidates())
  const expected = forecast(wanted, { candidates, memory }, today, MORE)
  const titles = new Map(bank.topics().map(it => [it.id, it.title]))
  await print(
    world,
    options,
    () => planDoc(wanted, expected, topic => titles.get(topic) ?? topic, today),
    async () => {
      const { planData } = await import('./data/plan.ts')
      return planData(wanted, expected, today)
    },
    'Plan',
  )
}

/** Whether the options say anything of what the plan is to be. */
function asks({ by, minutes, topics, recall }: PlanOptions): boolean {
  return [by, minutes, topics, recall].some(it => it !== undefined)
}

/** The plan as it is now and as it is asked to be. Throws `UserError` when there is none, or it is over, or cannot be so. */
function planFor(
  before: KeptPlan | undefined,
  bank: Bank,
  options: PlanOptions,
  today: Day,
): KeptPlan {
  const { by, minutes, topics, recall } = options
  const example = `quiz plan --by ${dateOf(today + 14)}`
  if (before === undefined && !asks(options)) {
    throw new UserError('there is no plan yet', {
      hint: `${example} --minutes 20 makes one for an interview in two weeks`,
      exit: Exit.problem,
    })
  }
  if (before?.by !== undefined && before.by <= today && by === undefined) {
    const another = `${example} plans for another one; quiz plan --clear drops the plan`
    const [said, hint] =
      before.by === today
        ? ['the interview is today', `quiz drill --cram is for today; ${another}`]
        : [`the interview was on ${dateOf(before.by)}`, another]
    throw new UserError(said, { hint, exit: Exit.problem })
  }
  const day = by === undefined ? before?.by : dateAhead(by, today)
  return {
    ...(topics === undefined ? (before ?? EVERYTHING) : topicsOf(bank, topics)),
    ...(day !== undefined && { by: day }),
    minutes: minutes ?? before?.minutes ?? DEFAULT_MINUTES,
    retention: recall === undefined ? (before?.retention ?? STEADY) : recall / 100,
  }
}

function dateAhead(text: string, today: Day): Day {
  const example = dateOf(today + 14)
  const day = dayFrom(text)
  if (day === undefined) {
    throw new UserError(`there is no date "${text}"`, { hint: `a date is written ${example}` })
  }
  if (day <= today) {
    throw new UserError(`${text} is ${day === today ? 'today' : 'over'}`, {
      hint: day === today ? 'quiz drill --cram is for today' : `a day to come, such as ${example}`,
    })
  }
  if (day > today + FURTHEST) {
    throw new UserError(`${text} is more than a year ahead`, {
      hint: 'quiz plan --minutes 20 without a date keeps up what you know',
    })
  }
  return day
}

type Topics = Pick<KeptPlan, 'topics' | 'weights'>

const EVERYTHING: Topics = { topics: [], weights: new Map() }

/** Topics with their weights, from `auth=3`. Throws `UserError` at what is no topic or no weight. */
function topicsOf(bank: Bank, words: readonly string[]): Topics {
  if (words.every(it => it === 'all')) return EVERYTHING
  if (words.some(it => /^all(=|$)/.test(it))) {
    throw new UserError('"all" is every topic, each alike: no other goes with it, and no weight', {
      hint: '--topics all for all of them, or only those that are asked for: --topics auth=3,caching',
    })
  }
  const names = bank.names()
  const weights = new Map<string, number>()
  const topics = words.map(word => {
    const [, name = '', weight] = /^(.*?)(?:=(.*))?$/s.exec(word)!
    const [topic = ''] = topicsNamed(bank, [name], it => names.get(normalise(it)) ?? [])
    if (weight !== undefined) weights.set(topic, weightFrom(weight))
    return topic
  })
  return { topics: [...new Set(topics)], weights }
}

function weightFrom(text: string): number {
  const weight = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (weight > 0 && weight <= HEAVIEST) return weight
  throw new UserError(`"${text}" is no weight`, {
    hint: `a weight is a number above 0, up to ${HEAVIEST}: --topics auth=3,caching`,
  })
}
