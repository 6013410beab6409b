import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Exit, reasonOf, UserError } from '../errors.ts'
import { writeWhole } from './files.ts'
import { type Goal, goalText, readGoal } from './goal.ts'

const fileIn = (data: string) => join(data, 'plan.json')

/** The goal that was set, if any. Throws `UserError` when there is one that cannot be read. */
export function keptGoal(data: string): Goal | undefined {
  const path = fileIn(data)
  let text: string
  try {
    if (!existsSync(path)) return undefined
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, reasonOf(error))
  }
  const goal = readGoal(text)
  if (goal === undefined) throw unreadable(path, 'it is not what quiz writes')
  return goal
}

function unreadable(path: string, why: string): UserError {
  return new UserError(`the plan in ${path} cannot be read: ${why}`, {
    hint: 'quiz plan --clear drops it; quiz plan --by DATE --minutes N makes another',
    exit: Exit.problem,
  })
}

/** Keeps a goal in place of the one before. Throws `UserError` when it cannot. */
export function keepGoal(data: string, goal: Goal): void {
  const path = fileIn(data)
  try {
    writeWhole(path, goalText(goal))
  } catch (error) {
    throw new UserError(`the plan cannot be kept in ${path}: ${reasonOf(error)}`, {
      hint: 'QUIZ_HOME names another place',
      exit: Exit.problem,
    })
  }
}

/** Drops the goal, readable or not. Says whether there was one. */
export function dropGoal(data: string): boolean {
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
