import type { Candidate } from '../bank/candidates.ts'
import { permuted, type Random } from '../random.ts'
import { arranged } from './arrange.ts'
import type { Choosable } from './known.ts'
import type { Memory } from './memory.ts'
import { Pasts } from './pasts.ts'
import { type Plan, today } from './plan.ts'
import type { Queued } from './queue.ts'
import { standIns } from './siblings.ts'

/** How much of a day's plan is there at hand: some answer faster than could be expected. */
const AMPLE = 2

/** Nobody takes longer for a question on average. */
const SLOWEST = 300

/** How long a sitting is to be. */
export type Length = { readonly questions: number } | { readonly seconds: number }

/**
 * What the plan asks today, in the order in which to ask it. It is chosen by what it brings and arranged like every sitting:
 * confusable ones next to each other, topics taking turns. After what is expected to fill the time comes what is worth most
 * of the rest, as much again, for who is faster. What is missed again and again has another question stand in for it.
 */
export function byPlan(
  plan: Plan,
  from: Choosable & { readonly memory: Pick<Memory, 'questions' | 'pace'> },
  length: Length,
  random: Random,
): Queued[] {
  const { candidates, memory, confusions } = from
  const pasts = new Pasts(memory.questions, candidates)
  // New questions of a topic are worth the same, so that the dice may choose.
  const lots = new Int32Array(candidates.length)
  const drawn = permuted(random, candidates.length)
  for (let lot = 0; lot < drawn.length; lot++) lots[drawn[lot]!] = lot
  const ground = { candidates, memory, pasts, lots }
  const long = 'seconds' in length ? length.seconds * AMPLE : length.questions * SLOWEST
  const planned = today(plan, ground, from.today, long)
  let end = 0
  if ('questions' in length) end = Math.min(planned.length, length.questions)
  else
    for (let left = length.seconds; left > 0 && end < planned.length; end++)
      left -= planned[end]!.seconds

  const chosen = planned.map(({ it }) => candidates.at(it)!)
  const standIn = standIns(from, pasts, random)
  const taken = new Set<string>()
  const part = (of: readonly Candidate[]) => {
    const queued = new Map<Candidate, Queued>()
    for (const it of of) {
      const asked = taken.has(it.id) ? undefined : standIn(it, taken)
      if (asked === undefined || taken.has(asked.id)) continue
      taken.add(asked.id)
      queued.set(
        asked,
        asked === it
          ? { question: it.id, why: memory.questions.has(it.id) ? 'review' : 'new' }
          : { question: asked.id, why: 'sibling', of: it.id },
      )
    }
    return arranged([...queued.keys()], confusions).map(it => queued.get(it)!)
  }
  return [...part(chosen.slice(0, end)), ...('questions' in length ? [] : part(chosen.slice(end)))]
}
