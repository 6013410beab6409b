import { askedBy, holding } from '../memory/aimed.ts'
import { forecast } from '../memory/forecast.ts'
import { misconceptions } from '../memory/misconceptions.ts'
import { keptPlan } from '../memory/plan-file.ts'
import { remembered } from '../memory/remembered.ts'
import { standing } from '../memory/stats.ts'
import { homeDoc } from '../view/home.ts'
import type { World } from '../world.ts'
import { dayAt, openBanks, type Printing, print } from './output.ts'

/** `quiz` alone: where you stand and what to do next. */
export async function home(world: World, options: Printing): Promise<void> {
  const bank = await openBanks(world, options)
  const now = world.now()
  const today = dayAt(now, world)
  const memory = remembered(world.paths, now, bank.renames(), bank.candidates())
  const plan = keptPlan(world.paths.data)
  const held = holding(plan, today)
  const candidates = askedBy(held, bank)
  const home = {
    topics: bank.topics(),
    today,
    standing: standing(memory, candidates, today, held?.retention),
    misconceptions: await misconceptions(memory.misconceptions),
    ...(plan !== undefined && { plan }),
    ...(held !== undefined && { expected: forecast(held, { candidates, memory }, today, 0) }),
  }
  await print(
    world,
    options,
    () => homeDoc(home),
    async () => {
      const { homeData } = await import('./data/plan.ts')
      return homeData(home)
    },
    'quiz',
  )
}
