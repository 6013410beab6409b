import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { writeWhole } from './files.ts'
import type { KeptPlan } from './plan-text.ts'
import { planText, readPlan } from './plan-text.ts'

const fileIn = (data: string) => join(data, 'plan.json')

/** The plan that was made, if any. Throws `UserError` when there is one that cannot be read. */
export function keptPlan(data: string): KeptPlan | undefined {
  const path = fileIn(data)
  let text: string
  try {
    if (!existsSync(path)) return undefined
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, reasonOf(error))
  }
  const plan = readPlan(text)
  if (plan === undefined) throw unreadable(path, 'it is not what quiz writes')
  return plan
}

function unreadable(path: string, why: string): UserError {
  return new UserError(`the plan in ${path} cannot be read: ${why}`, {
    hint: 'quiz plan --clear drops it; quiz plan --by DATE --minutes N makes another',
    exit: Exit.problem,
  })
}

/** Keeps a plan in place of the one before. Throws `UserError` when it cannot. */
export function keepPlan(data: string, plan: KeptPlan): void {
  const path = fileIn(data)
  try {
    writeWhole(path, planText(plan))
  } catch (error) {
    throw new UserError(`the plan cannot be kept in ${path}: ${reasonOf(error)}`, {
      hint: 'QUIZ_HOME names another place',
      exit: Exit.problem,
    })
  }
}

/** Drops the plan, readable or not. Says whether there was one. */
export function dropPlan(data: string): boolean {
  const path = fileIn(data)
  try {
    if (!existsSync(path)) return false
    rmSync(path)
    return true
  } catch (error) {
    throw new UserError(`the plan in ${path} cannot be dropped: ${reasonOf(error)}`, {
      exit: Exit.problem,
    })
  }
}
