import { remember } from '../memory/remember.ts'
import { standing } from '../memory/stats.ts'
import { homeDoc } from '../view/home.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, todayOf } from './output.ts'

/** `quiz` alone: where you stand and what to do next. */
export async function home(world: World, options: Printing): Promise<void> {
  const bank = await openBanks(world, options)
  const topics = bank.topics()
  const today = todayOf(world)
  const memory = remember(world.paths, bank)
  const where = standing(memory, bank.candidates(), today)
  await print(
    world,
    options,
    () => homeDoc({ topics, today, standing: where }),
    () => ({ topics }),
    'quiz',
  )
}
