import type { Known } from '../compile.ts'
import type { Draft, Drafted } from '../draft.ts'
import type { Problem } from '../problem.ts'
import type { WrittenQuestion } from '../schema.ts'

/** Something that a machine can see about a bank. `check` gives a problem for each place where it is not so. */
export interface Rule {
  /** The names under which it reports. */
  readonly names: readonly string[]
  check(bank: readonly Draft[], known: Known): Problem[]
}

/** A rule about questions one by one. */
export function eachQuestion(
  names: readonly string[],
  check: (question: Drafted<WrittenQuestion>) => Problem[],
): Rule {
  return { names, check: bank => bank.flatMap(it => it.questions.flatMap(check)) }
}

/** Files that make up one topic, in the order of the bank. */
export function byTopic(bank: readonly Draft[]): Map<string, Draft[]> {
  const out = new Map<string, Draft[]>()
  for (const it of bank) {
    if (it.topic === undefined) continue
    const files = out.get(it.topic.id)
    if (files === undefined) out.set(it.topic.id, [it])
    else files.push(it)
  }
  return out
}

/** From this many questions on, a topic is judged as a whole: a handful cannot be well mixed. */
export const ENOUGH = 20
