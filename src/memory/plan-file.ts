import { existsSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { isFile, writeWhole } from './files.ts'
import type { KeptPlan } from './plan-text.ts'
import { planText, readPlan } from './plan-text.ts'

const fileIn = (data: string) => join(data, 'plan.json')

/** The plan that was made, if any. Throws `UserError` when there is one that cannot be read. */
export function keptPlan(data: string): KeptPlan | undefined {
  const path = fileIn(data)
  if (!isFile(path)) {
    if (existsSync(path)) throw unreadable(path, 'it is no file', MOVE)
    return undefined
  }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, reasonOf(error), SEE)
  }
  const plan = readPlan(text)
  if (plan === undefined) {
    throw unreadable(
      path,
      'it is not what this version of quiz writes',
      'quiz plan --clear drops it; then quiz plan --by DATE --minutes N makes another',
    )
  }
  return plan
}

const MOVE = 'move it away, or name another place with QUIZ_HOME'
const SEE = 'see who may read and write it; QUIZ_HOME names another place'

function unreadable(path: string, why: string, hint: string): UserError {
  return new UserError(`the plan in ${path} cannot be read: ${why}`, { hint, exit: Exit.problem })
}

/** Keeps a plan in place of the one before. Throws `UserError` when it cannot. */
export function keepPlan(data: string, plan: KeptPlan): void {
  const path = fileIn(data)
  try {
    writeWhole(path, planText(plan))
  } catch (error) {
    throw new UserError(`the plan cannot be kept in ${path}: ${reasonOf(error)}`, {
      hint: SEE,
      exit: Exit.problem,
    })
  }
}

/** Drops the plan, readable or not. Says whether there was one. */
export function dropPlan(data: string): boolean {
  const path = fileIn(data)
  try {
    unlinkSync(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw new UserError(`the plan in ${path} cannot be dropped: ${reasonOf(error)}`, {
      hint: SEE,
      exit: Exit.problem,
    })
  }
}
