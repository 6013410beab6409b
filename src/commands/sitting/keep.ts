import type { Ask, Confidence } from '../../kinds/ask.ts'
import { kindOf } from '../../kinds/index.ts'
import type { Mark, Reply, Wire } from '../../kinds/kind.ts'
import { unshuffled } from '../../kinds/options.ts'
import { believed } from '../../labs/believed.ts'
import type { Posed } from '../../labs/posed.ts'
import { openLog } from '../../memory/own-log.ts'
import { LINE_VERSION, type Mode, type Review, stampOf } from '../../memory/review.ts'
import type { World } from '../../world.ts'

/** Where the answers of a sitting go. All return once it is on disk, and throw `UserError` when it cannot be. */
export interface Kept {
  answer(given: Given): void
  /** Takes the last answer back that still stands. */
  undo(): void
  /** Flags a question; a sitting that keeps nothing keeps no flags. */
  readonly flag?: (question: string) => void
}

/** An answer, marked. */
export interface Given extends Posed {
  /** As it was shown. */
  readonly ask: Ask
  readonly reply: Reply
  readonly mark: Mark
  readonly confidence?: Confidence
  readonly again: boolean
  /** When it was asked. */
  readonly asking: Date
}

/** For a sitting that leaves no trace. */
export const keepingNothing: Kept = { answer() {}, undo() {} }

/** Keeps the answers of a sitting in the log, and finds out at once whether that is possible. */
export function keeping(world: World, mode: Mode): Kept {
  const { device, append } = openLog(world.paths.data, world.host, () => world.token())
  const sitting = world.token()
  const standing: string[] = []
  let lines = 0
  const stamp = (at: Date) => ({
    v: LINE_VERSION,
    // In the order of the sitting, also where its clock stands still.
    id: `${sitting}-${String(++lines).padStart(4, '0')}`,
    at: stampOf(at, world.offset(at)),
    device,
  })
  return {
    answer(given) {
      const { question, mark, confidence, again, asking } = given
      const at = world.now()
      const { id, ...rest } = stamp(at)
      append({
        ...rest,
        id,
        type: 'review',
        question: question.id,
        ...computed(given),
        score: mark.score,
        reply: asWritten(given),
        ...(confidence !== undefined && { confidence }),
        // The clock may have been set back meanwhile.
        ms: Math.max(0, at.getTime() - asking.getTime()),
        sitting,
        mode,
        ...(again && { again }),
      })
      standing.push(id)
    },
    undo() {
      const of = standing.at(-1)
      if (of === undefined) return
      append({ ...stamp(world.now()), type: 'undo', of })
      standing.pop()
    },
    flag(question) {
      append({ ...stamp(world.now()), type: 'flag', question, note: '' })
    },
  }
}

/** Of a computed question: how to compute it again, the misconceptions that could have been met, and the one that was. */
function computed({
  question,
  seed,
  offered,
  mark,
}: Given): Pick<Review, 'seed' | 'offered' | 'believed'> {
  if (offered.length === 0) return {}
  const met = believed(question, offered, mark)
  return {
    ...(seed !== undefined && { seed }),
    offered: offered.map(it => it.misconception),
    ...(met !== undefined && { believed: met }),
  }
}

/** Longer words are no answer, and a line of the log is no place for a book. */
const LONGEST_WORDS = 500

/** A reply in the form of JSON lines, but with the keys of the order as written, so that it can be read without the shuffle. */
function asWritten({ question, ask, reply }: Given): Wire {
  const wire = kindOf(question).wire(unshuffled(ask), reply)
  return typeof wire === 'string' ? wire.slice(0, LONGEST_WORDS) : wire
}
