import type { Askable, LabQuestion } from '../bank/model.ts'
import { hash } from '../random.ts'
import { labNamed } from './index.ts'
import { type Drawn, drawn, type Lab } from './lab.ts'
import type { Offered } from './way.ts'

/** A question as a simulation computed it. */
export interface Posed {
  readonly question: Askable
  /** It gives the same question again; none for a scenario that a person made up. */
  readonly seed?: number
  /** Wrong answers, and the misconceptions behind them as `lab/misconception`. */
  readonly offered: readonly Offered[]
}

/**
 * A lab question as it is asked with a seed. Asked again after the scenario of seed `last`, it is another one: the seeds that
 * follow from this one are tried. Throws an error where the lab cannot compute it, which compiling the bank has ruled out.
 */
export async function posed(
  question: LabQuestion,
  seed: number,
  last?: number,
): Promise<Posed & { readonly seed: number }> {
  const lab = await labNamed(question.lab)
  const draw = (from: number) => lab && drawn(lab, question.ask, from, question.with)
  const before = last === undefined ? undefined : draw(last)
  let own = seed
  let it = draw(own)
  for (let tries = 0; tries < TRIES && same(it, before); tries++) {
    own = nextSeed(own)
    it = draw(own)
  }
  if (lab === undefined || it === undefined) {
    throw new Error(`the lab ${question.lab} cannot compute ${question.id}`)
  }
  return { ...posedAs(question, lab, it.computed), seed: own }
}

/** A question of a lab about a scenario, in the place that a question of a bank has. */
export function posedAs(
  { id, topic, concepts, level, sources }: Place,
  lab: Pick<Lab, 'id'>,
  { asked, offered }: Drawn['computed'],
): Posed {
  return {
    question: { ...asked, id, topic, concepts, level, sources } as Askable,
    offered: offered.map(it => ({ ...it, misconception: `${lab.id}/${it.misconception}` })),
  }
}

type Place = Pick<LabQuestion, 'id' | 'topic' | 'concepts' | 'level' | 'sources'>

/** How many seeds are tried for another scenario; a lab has at least twenty. */
const TRIES = 50

/** Seeds are whole numbers of 32 bits. */
export function nextSeed(seed: number): number {
  return hash(`${seed}+`)
}

function same(one: Drawn | undefined, other: Drawn | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    JSON.stringify(one.run.values) === JSON.stringify(other.run.values)
  )
}
