import type { Bank } from '../../bank/bank.ts'
import type { Askable } from '../../bank/model.ts'
import { UserError } from '../../errors.ts'
import type { Mark } from '../../kinds/kind.ts'
import { holding } from '../../memory/aimed.ts'
import type { Day } from '../../memory/day.ts'
import { leechAfterMiss } from '../../memory/leech.ts'
import type { Memory } from '../../memory/memory.ts'
import { keptPlan } from '../../memory/plan-file.ts'
import type { KeptPlan } from '../../memory/plan-text.ts'
import { remembered } from '../../memory/remembered.ts'
import type { Verdict } from '../../view/verdict.ts'
import type { World } from '../../world.ts'

/** What a drill wants to know of what was answered before. */
export type Past = Pick<Memory, 'questions' | 'mistaken' | 'pace' | 'days' | 'lastSeeds'>

/** What the log says. Who keeps no answers can do without the past as well, should it be out of reach. */
export function pastOf(world: World, bank: Bank, now: Date, dry: boolean): Past {
  return reached(
    () => remembered(world.paths, now, bank.renames(), bank.candidates()),
    dry,
    NOTHING,
  )
}

const NONE = { answers: 0, ms: 0 }
const NOTHING: Past = {
  questions: new Map(),
  mistaken: () => new Map(),
  pace: { firstRight: NONE, firstWrong: NONE, laterRight: NONE, laterWrong: NONE },
  days: new Map(),
  lastSeeds: new Map(),
}

/** The plan that holds today, if it is not out of reach as the past may be. */
export function planOn(today: Day, data: string, dry: boolean): KeptPlan | undefined {
  return holding(
    reached(() => keptPlan(data), dry, undefined),
    today,
  )
}

/** What `act` gives; or something else when that is out of reach and nothing is kept. */
function reached<T>(act: () => T, dry: boolean, instead: T): T {
  try {
    return act()
  } catch (error) {
    if (!dry || !(error instanceof UserError)) throw error
    return instead
  }
}

/** What to say of a miss that is one of many. */
export function missedAgain(
  memory: Past,
  { id, kind }: Askable,
  { right, notes }: Mark,
): Pick<Verdict, 'leech'> {
  const past = memory.questions.get(id)
  if (right || past === undefined) return {}
  const choices = kind === 'choice' ? notes.filter(it => !it.right) : []
  const positions = (list: typeof notes) => list.flatMap(it => it.option ?? [])
  const leech = leechAfterMiss(
    past,
    positions(choices),
    positions(choices.filter(it => it.taken)),
    () => (kind === 'choice' ? memory.mistaken().get(id) : undefined),
  )
  return leech === undefined ? {} : { leech }
}
