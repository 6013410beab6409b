import type { Askable } from '../bank/model.ts'
import { kindOf } from '../kinds/index.ts'
import type { Mark } from '../kinds/kind.ts'
import type { Offered } from './way.ts'

/** The misconception that gives just this answer, if there is one. */
export function believed(
  question: Askable,
  offered: readonly Offered[],
  mark: Mark,
): string | undefined {
  if (mark.score === 1) return undefined
  const told = JSON.stringify(mark.notes)
  const reasons = whys(mark)
  return offered.find(({ reply }) => {
    const own = kindOf(question).mark(question, reply)
    // A number may be off by what is tolerated, and still be that of the misconception.
    return (
      JSON.stringify(own.notes) === told ||
      (reasons !== '' && question.kind === 'number' && whys(own) === reasons)
    )
  })?.misconception
}

const whys = ({ notes }: Mark) =>
  notes
    .flatMap(it => (it.taken && !it.right && it.why !== undefined ? [JSON.stringify(it.why)] : []))
    .join()
