import type { Reason } from '../memory/queue.ts'
import type { Mode } from '../memory/review.ts'
import type { Doc } from './doc.ts'
import { count } from './numbers.ts'

/** What there is to know of a sitting before its first question. */
export interface Opening {
  readonly mode: Mode
  /** Whether the answers are kept at all. */
  readonly kept: boolean
  /** Minutes of the plan that chose the questions. */
  readonly planned?: number
  /** How many are asked for each reason. */
  readonly why: Readonly<Partial<Record<Reason, number>>>
}

/** Whether its answers count for what is due. */
export function doesCount({ mode, kept }: Opening): boolean {
  return kept && (mode === 'drill' || mode === 'exam')
}

/** Says of a sitting what is not as always: whether it counts, and who chose. An ordinary drill just begins. */
export function openingDoc(opening: Opening): Doc {
  const { mode, kept, planned } = opening
  const said = [
    ...(mode === 'exam' ? ['An exam: nothing is told before the end'] : []),
    ...(mode === 'cram' ? ['Cramming'] : []),
    ...(planned === undefined ? [] : [`${count(planned, 'minute')} by your plan`]),
    ...(kept ? [] : ['no answer is kept']),
    ...(mode !== 'drill' && kept
      ? [`answers ${doesCount(opening) ? 'count' : 'do not count'} for what is due`]
      : []),
  ]
  if (said.length === 0) return []
  return [{ type: 'paragraph', text: [{ role: 'muted', text: sentence(said.join(', ')) }] }]
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
