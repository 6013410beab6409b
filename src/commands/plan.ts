import type { Bank } from '../bank/bank.ts'
import { Exit, type ExitCode, UserError } from '../errors.ts'
import { type Day, dateOf, dayFrom } from '../memory/day.ts'
import { type Goal, HEAVIEST, STEADY } from '../memory/goal.ts'
import { dropGoal, keepGoal, keptGoal } from '../memory/goal-file.ts'
import { normalise } from '../nearest.ts'
import { planDoc } from '../view/plan.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, todayOf, topicsNamed } from './output.ts'

export interface PlanOptions extends Printing {
  /** `2026-12-05`. */
  readonly by?: string
  readonly minutes?: number
  /** Topics, each with a weight if it is not 1: `auth=3`. `all` is all of them again. */
  readonly topics?: readonly string[]
  /** Percent. */
  readonly recall?: number
  readonly clear?: boolean
}

const DEFAULT_MINUTES = 20

/** Nobody plans further ahead, and memory by then is anybody's guess. */
const FURTHEST = 365

/** `quiz plan`: makes a plan, changes it, shows it, or drops it. */
export async function plan(world: World, options: PlanOptions): Promise<ExitCode> {
  const { by, minutes, topics, recall, clear } = options
  const { data } = world.paths
  if (clear) {
    const dropped = dropGoal(data)
    world.err(dropped ? 'quiz: the plan is dropped; what you answered stays\n' : 'quiz: there was no plan\n')
    return Exit.ok
  }
  const bank = await openBanks(world, options)
  const today = todayOf(world)
  const before = keptGoal(data)
  const asked = [by, minutes, topics, recall].some(it => it !== undefined)
  if (!asked && before === undefined) {
    throw new UserError('there is no plan yet', {
      hint: `quiz plan --by ${dateOf(today + 14)} --minutes 20 makes one for an interview in two weeks`,
      exit: Exit.problem,
    })
  }
  const goal = !asked && before !== undefined ? before : changed(before, bank, options, today)
  if (asked) keepGoal(data, goal)
  return show(world, bank, goal, today, options)
}

function changed(before: Goal | undefined, bank: Bank, options: PlanOptions, today: Day): Goal {
  const { by, minutes, topics, recall } = options
  const day = by === undefined ? before?.by : dateAhead(by, today)
  return {
    ...(day !== undefined && { by: day }),
    minutes: minutes ?? before?.minutes ?? DEFAULT_MINUTES,
    topics: topics === undefined ? (before?.topics ?? new Map()) : weighted(bank, topics),
    recall: recall === undefined ? (before?.recall ?? STEADY) : recall / 100,
    since: today,
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

/** Topics with their weights, from `auth=3`. Throws `UserError` at what is no topic or no weight. */
function weighted(bank: Bank, words: readonly string[]): Map<string, number> {
  if (words.length === 1 && words[0] === 'all') return new Map()
  const names = bank.names()
  return new Map(
    words.map(word => {
      const [, name = '', weight = '1'] = /^(.*?)(?:=([^=]*))?$/.exec(word)!
      const value = /^\d+(\.\d+)?$/.test(weight) ? Number(weight) : 0
      if (value <= 0 || value > HEAVIEST) {
        throw new UserError(`"${weight}" is no weight`, {
          hint: `a weight is a number above 0, up to ${HEAVIEST}: --topics auth=3,caching`,
        })
      }
      return [topicsNamed(bank, [name], it => names.get(normalise(it)) ?? [])[0]!, value]
    }),
  )
}
