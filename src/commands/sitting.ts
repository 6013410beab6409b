import type { Askable } from '../bank/model.ts'
import { Interrupted, UserError } from '../errors.ts'
import type { Confidence, Heard } from '../kinds/ask.ts'
import { kindOf } from '../kinds/index.ts'
import type { Mark, Reply } from '../kinds/kind.ts'
import { open } from '../kinds/open.ts'
import type { Posed } from '../labs/posed.ts'
import type { Queued } from '../memory/queue.ts'
import { seeded } from '../random.ts'
import {
  type Answer,
  place,
  type Session,
  type Summary,
  start,
  step,
  summary,
} from '../session/session.ts'
import type { Shown } from '../view/question.ts'
import type { Verdict } from '../view/verdict.ts'
import type { World } from '../world.ts'
import type { Beginning, Conversation } from './sitting/conversation.ts'
import type { Kept } from './sitting/keep.ts'

/** One sitting: what is asked, with whom, and where the answers go. */
export interface Sitting {
  readonly queue: readonly Queued[]
  /** Shuffles the options. */
  readonly seed: number
  /** Tell nothing before the end, and ask nothing twice. */
  readonly exam: boolean
  /** It ends by the clock; `shown` says whether the person is told. */
  readonly time?: { readonly begun: Date; readonly seconds: number; readonly shown: boolean }
  readonly talk: Conversation
  readonly kept: Kept
  readonly beginning: Beginning
  readonly pose: Pose
  /** What to say of a miss that is one of many. */
  missed(question: Askable, mark: Mark): Pick<Verdict, 'leech'>
}

/** How a question is asked when it is shown for the nth time, from 0: the same for the same arguments. */
export type Pose = (id: string, showing: number) => Promise<Posed>

/** Asks, marks, keeps, explains, until nothing is left or the person leaves. Throws `Interrupted` after the last word. */
export async function sit(world: World, sitting: Sitting): Promise<Summary> {
  const { queue, talk, kept, exam } = sitting
  const left = (at: Date) =>
    sitting.time && sitting.time.seconds - (at.getTime() - sitting.time.begun.getTime()) / 1000
  const shows = showing(sitting)
  let session = start(
    queue.map(it => it.question),
    { exam },
  )
  const verdicts = new Map<Answer, Verdict>()
  let ended: Interrupted | UserError | undefined
  let timeUp = false
  await talk.start(sitting.beginning)
  try {
    while (session.phase !== 'done') {
      const asking = world.now()
      const seconds = left(asking)
      if (seconds !== undefined && seconds <= 0) {
        timeUp = true
        session = step(session, { type: 'quit' })
        break
      }
      const shown = {
        ...(await shows(session)),
        ...(seconds !== undefined &&
          sitting.time?.shown && { time: { left: seconds, of: sitting.time.seconds } }),
      }
      const heard = await asked(talk, shown, session.before !== undefined)
      if ('wish' in heard) {
        if (heard.wish === 'undo') kept.undo()
        session = step(session, { type: heard.wish === 'skip' ? 'skipped' : heard.wish })
        continue
      }
      // On disk before on screen: from here on the answer counts, whatever becomes of the process.
      kept.answer({ ...heard, ...shown, again: shown.place.again, asking })
      session = step(session, { type: 'answered', ...heard.mark })
      const { ask, mark, confidence } = heard
      const verdict = {
        ...shown,
        ask,
        mark,
        ...(confidence !== undefined && { confidence }),
        ...sitting.missed(shown.question, mark),
      }
      verdicts.set(session.answers.at(-1)!, verdict)
      const { flag } = kept
      const then = exam ? 'next' : await talk.tell(verdict, flag && (() => flag(shown.question.id)))
      if (then === 'undo') kept.undo()
      session = step(session, { type: then })
    }
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof UserError)) throw error
    ended = error
  }
  if (exam) await talk.reveal(session.answers.flatMap(it => verdicts.get(it) ?? []))
  const result = summary(session)
  await talk.end(result, timeUp)
  if (ended !== undefined) throw ended
  return result
}

/** What is on screen at a moment of the sitting. */
function showing({ queue, seed, pose }: Sitting): (session: Session) => Promise<Shown> {
  const reasons = new Map(queue.map(it => [it.question, it]))
  const posed = new Map<string, Posed>()
  return async session => {
    const id = session.queue[0]!
    const at = place(session)
    const key = `${id} ${at.showing}`
    const it = posed.get(key) ?? (await pose(id, at.showing))
    posed.set(key, it)
    return {
      ...it,
      place: at,
      queued: reasons.get(id)!,
      ask: kindOf(it.question).ask(it.question, seeded(seed, id, at.showing)),
    }
  }
}

interface Answered extends Pick<Verdict, 'ask' | 'mark'> {
  readonly reply: Reply
  readonly confidence?: Confidence
}

/** Asks until there is something to mark, or a wish. An open question is answered first and ticked then. */
async function asked(
  talk: Conversation,
  shown: Shown,
  canUndo: boolean,
): Promise<Answered | Extract<Heard, { wish: unknown }>> {
  const { question } = shown
  let { ask } = shown
  const kind = kindOf(question)
  const check = (answer: unknown) => {
    const read = kind.read(question, ask, answer)
    return 'malformed' in read ? read.malformed : undefined
  }
  const isOpen = question.kind === 'open'
  let heard = await talk.ask(shown, isOpen ? () => undefined : check, canUndo)
  if ('wish' in heard) return heard
  if (isOpen) {
    ask = open.points(question)
    heard = await talk.tick({ ...shown, ask }, check, canUndo, heard.confidence)
    if ('wish' in heard) return heard
  }
  const read = kind.read(question, ask, heard.answer)
  if ('malformed' in read) throw new Error(`an answer got past its check: ${read.malformed}`)
  const { reply } = read
  const { confidence } = heard
  return {
    ask,
    mark: kind.mark(question, reply),
    reply,
    ...(confidence !== undefined && { confidence }),
  }
}
