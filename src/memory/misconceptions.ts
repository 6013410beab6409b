import type { Misconception } from '../labs/lab.ts'
import { type Memory, type Met, RECENT } from './memory.ts'

/** A wrong rule that somebody follows, as far as their answers to computed questions tell. */
export interface Followed extends Misconception {
  /** `lab/misconception`. */
  readonly name: string
  /** The lab, and the concept that it is about. */
  readonly lab: string
  readonly concept: string
  /** How often it was followed, of the last answers in which it could show (at most `RECENT`). */
  readonly times: number
  readonly of: number
}

/** How many are told. */
const MOST = 5

/**
 * The misconceptions that a person holds, those that show most often first, at most `MOST`; only of some topics if any are named.
 * One that a lab does not know any more is passed over. It loads the labs that they are of, and none when there are none.
 */
export async function misconceptions(
  met: Memory['misconceptions'],
  topics?: readonly string[],
): Promise<Followed[]> {
  const held = [...met].filter(([, it]) => isHeld(it))
  if (held.length === 0) return []
  const { labNamed } = await import('../labs/index.ts')
  const out: Followed[] = []
  for (const [name, it] of held) {
    const [id = '', own = ''] = name.split('/')
    const lab = await labNamed(id)
    if (lab === undefined || !Object.hasOwn(lab.misconceptions, own)) continue
    const concept = lab.concepts[0]
    if (topics !== undefined && !topics.some(it => concept.startsWith(`${it}/`))) continue
    const { belief, because, fact } = lab.misconceptions[own]!
    out.push({ name, lab: id, concept, belief, because, fact, ...recently(it) })
  }
  return out
    .sort(
      (a, b) => b.times / b.of - a.times / a.of || b.times - a.times || (a.name < b.name ? -1 : 1),
    )
    .slice(0, MOST)
}

/** It showed twice, and at least once in the last three answers in which it could: who has got over it is not told of it for ever. */
export function isHeld(met: Met): boolean {
  return recently(met).times >= 2 && (met.recent & 0b111) !== 0
}

/** How often it showed of late. */
export function recently({ offered, recent }: Met): {
  readonly times: number
  readonly of: number
} {
  let times = 0
  for (let left = recent; left > 0; left >>= 1) times += left & 1
  return { times, of: Math.min(offered, RECENT) }
}
