import type { Bank } from '../bank/bank.ts'
import type { Question } from '../bank/model.ts'
import { tally } from '../bank/parts.ts'
import { Exit, type ExitCode, Interrupted, UserError } from '../errors.ts'
import type { Confidence, Heard } from '../kinds/ask.ts'
import { kindOf } from '../kinds/index.ts'
import type { Reply } from '../kinds/kind.ts'
import { open } from '../kinds/open.ts'
import { outlook, type Queued } from '../memory/queue.ts'
import { seeded } from '../random.ts'
import { type Answer, place, type Session, start, step, summary } from '../session/session.ts'
import type { Shown } from '../view/question.ts'
import type { Verdict } from '../view/verdict.ts'
import type { World } from '../world.ts'
import { chosen, needsOf, type Wishes } from './drill/choosing.ts'
import type { Conversation } from './drill/conversation.ts'
import { keeping, keepingNothing } from './drill/keep.ts'
import { missedAgain, pastOf, planOn } from './drill/past.ts'
import { dayAt, openBanks, type Printing, screenFor } from './output.ts'

export interface DrillOptions extends Omit<Printing, 'format'>, Wishes {
  readonly format?: 'text' | 'jsonl'
  /** Percent; below it the exit code is 1. */
  readonly pass?: number
  readonly seed?: number
  /** Keep no answers. */
  readonly dry?: boolean
}

/** `quiz drill`: ask, mark, keep, explain. All the thinking is in session/, kinds/ and memory/. */
export async function drill(
  world: World,
  words: readonly string[],
  options: DrillOptions,
): Promise<ExitCode> {
  // What is wrong with the command is wrong at any terminal.
  needsOf(options)
  const screen = screenFor(world, options as Printing)
  if (options.format !== 'jsonl' && !screen.interactive && !screen.plain) {
    throw new UserError('a drill asks questions, so it needs a terminal', {
      hint: 'quiz drill --format jsonl asks without one; --plain reads typed answers from a pipe',
      exit: Exit.problem,
    })
  }
  const bank = await openBanks(world, options as Printing)
  const seed = options.seed ?? world.seed()
  const mode = options.exam ? 'exam' : options.cram ? 'cram' : 'drill'
  const kept = options.dry ? keepingNothing : keeping(world, mode)
  const begun = world.now()
  const memory = pastOf(world, bank, begun, options.dry ?? false)
  const today = dayAt(begun, world)
  const person = { memory, today, plan: planOn(today, world.paths.data, options.dry ?? false) }
  const { queue, seconds, planned, ...rest } = chosen(bank, words, options, person, seed)
  const talk = await conversation(world, bank, options, screen)
  const beginning = {
    questions: queue.length,
    seed,
    mode,
    kept: !options.dry,
    ...(planned !== undefined && { planned }),
    why: tally(queue.map(it => it.why)),
  } as const
  if (queue.length === 0) {
    await talk.nothing(beginning, { ...rest, outlook: outlook(rest.from), today })
    return options.pass === undefined ? Exit.ok : Exit.problem
  }

  const timeAt = (at: Date) =>
    seconds === undefined
      ? undefined
      : { left: seconds - (at.getTime() - begun.getTime()) / 1000, of: seconds }
  const shows = showing(bank, queue, seed)
  let session = start(
    queue.map(it => it.question),
    { exam: options.exam ?? false },
  )
  const verdicts = new Map<Answer, Verdict>()
  let ended: Interrupted | UserError | undefined
  let timeUp = false
  await talk.start(beginning)
  try {
    while (session.phase !== 'done') {
      const asking = world.now()
      const time = timeAt(asking)
      if (time !== undefined && time.left <= 0) {
        timeUp = true
        session = step(session, { type: 'quit' })
        break
      }
      const shown = {
        ...shows(session),
        ...(time !== undefined && options.number === undefined && { time }),
      }
      const heard = await asked(talk, shown, session.before !== undefined)
      if ('wish' in heard) {
        if (heard.wish === 'undo') kept.undo()
        session = step(session, { type: heard.wish === 'skip' ? 'skipped' : heard.wish })
        continue
      }
      // On disk before on screen: from here on the answer counts, whatever becomes of the process.
      kept.answer({ ...heard, question: shown.question, again: shown.place.again, asking })
      session = step(session, { type: 'answered', ...heard.mark })
      const { ask, mark, confidence } = heard
      const verdict = {
        ...shown,
        ask,
        mark,
        ...(confidence !== undefined && { confidence }),
        ...missedAgain(memory, shown.question, mark),
      }
      verdicts.set(session.answers.at(-1)!, verdict)
      const { flag } = kept
      const then = options.exam
        ? 'next'
        : await talk.tell(verdict, flag && (() => flag(shown.question.id)))
      if (then === 'undo') kept.undo()
      session = step(session, { type: then })
    }
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof UserError)) throw error
    ended = error
  }
  if (options.exam) await talk.reveal(session.answers.flatMap(it => verdicts.get(it) ?? []))
  const result = summary(session)
  await talk.end(result, timeUp)
  if (ended !== undefined) throw ended
  const passed =
    options.pass === undefined || (result.asked > 0 && result.score * 100 >= options.pass)
  return passed ? Exit.ok : Exit.problem
}

async function conversation(
  world: World,
  bank: Bank,
  options: DrillOptions,
  screen: ReturnType<typeof screenFor>,
): Promise<Conversation> {
  if (options.format === 'jsonl') {
    const { jsonLines } = await import('./drill/lines.ts')
    return jsonLines(world)
  }
  const { onScreen } = await import('./drill/screen.ts')
  return onScreen(world, bank, screen)
}

/** What is on screen at a moment of the sitting. A question is read when it is asked, and kept for when it comes back. */
function showing(bank: Bank, queue: readonly Queued[], seed: number): (session: Session) => Shown {
  const reasons = new Map(queue.map(it => [it.question, it]))
  const read = new Map<string, Question>()
  return session => {
    const id = session.queue[0]!
    const question = read.get(id) ?? bank.questions([id])[0]!
    read.set(id, question)
    const at = place(session)
    return {
      question,
      place: at,
      queued: reasons.get(id)!,
      ask: kindOf(question).ask(question, seeded(seed, id, at.showing)),
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
