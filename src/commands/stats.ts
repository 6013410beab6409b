import { holding } from '../memory/aimed.ts'
import { misconceptions } from '../memory/misconceptions.ts'
import { keptPlan } from '../memory/plan-file.ts'
import { remembered } from '../memory/remembered.ts'
import { statsOf } from '../memory/stats.ts'
import { normalise } from '../nearest.ts'
import { progressDoc } from '../view/progress.ts'
import type { World } from '../world.ts'
import { dayAt, openBanks, type Printing, print, topicsNamed } from './output.ts'

/** `quiz stats`: what the person knows and has done; with names, of these topics. */
export async function stats(
  world: World,
  words: readonly string[],
  options: Printing,
): Promise<void> {
  const bank = await openBanks(world, options)
  const names = bank.names()
  const topics = topicsNamed(bank, words, name => names.get(normalise(name)) ?? [])
  const now = world.now()
  const today = dayAt(now, world)
  const plan = holding(keptPlan(world.paths.data), today)
  const memory = remembered(world.paths, now, bank.renames(), bank.candidates())
  const rules = await misconceptions(memory.misconceptions, topics.length > 0 ? topics : undefined)
  const found = statsOf(memory, bank, today, {
    ...(topics.length > 0 && { topics }),
    ...(plan !== undefined && { retention: plan.retention }),
  })
  await print(
    world,
    options,
    () => progressDoc(found, topics.length > 0, rules),
    async () => {
      const { statsData } = await import('./data/stats.ts')
      return statsData(found, rules)
    },
    'Progress',
  )
}
