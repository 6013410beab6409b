import type { Bank } from '../bank/bank.ts'
import type { Question } from '../bank/model.ts'
import { Exit, type ExitCode, Interrupted, UserError } from '../errors.ts'
import type { Confidence, Heard } from '../kinds/ask.ts'
import { kindOf } from '../kinds/index.ts'
import type { Reply } from '../kinds/kind.ts'
import { open } from '../kinds/open.ts'
import { normalise } from '../nearest.ts'
import { seeded } from '../random.ts'
import { choose, fitting } from '../session/choose.ts'
import { place, type Session, start, step, summary } from '../session/session.ts'
import type { Shown } from '../view/question.ts'
import type { Verdict } from '../view/verdict.ts'
import type { World } from '../world.ts'
import type { Conversation } from './drill/conversation.ts'
import { keeping, keepingNothing } from './drill/keep.ts'
import { openBanks, type Printing, screenFor, topicsNamed } from './output.ts'

export interface DrillOptions extends Omit<Printing, 'format'> {
  readonly format?: 'text' | 'jsonl'
  /** How many questions. */
  readonly number?: number
  /** No new question after so many minutes. */
  readonly minutes?: number
  readonly level?: readonly string[]
  readonly kind?: readonly string[]
  readonly tag?: readonly string[]
  readonly exam?: boolean
  /** Percent; below it the exit code is 1. */
  readonly pass?: number
  readonly seed?: number
  /** Keep no answers. */
  readonly dry?: boolean
}

const DEFAULT_NUMBER = 10

/** Questions a minute that nobody outruns: three seconds each. */
const FASTEST = 20

/** `quiz drill`: ask, mark, keep, explain. All the thinking is in session/, kinds/ and memory/. */
export async function drill(
  world: World,
  words: readonly string[],
  options: DrillOptions,
): Promise<ExitCode> {
  const screen = screenFor(world, options as Printing)
  if (options.format !== 'jsonl' && !screen.interactive && !screen.plain) {
    throw new UserError('a drill asks questions, so it needs a terminal', {
      hint: 'quiz drill --format jsonl asks without one; --plain reads typed answers from a pipe',
      exit: Exit.problem,
    })
  }
  const bank = await openBanks(world, options as Printing)
  const seed = options.seed ?? world.seed()
  const questions = chosen(bank, words, options, seed)
  const kept = options.dry ? keepingNothing : keeping(world, options.exam ? 'exam' : 'drill')
  const talk = await conversation(world, bank, options, screen)

  const until =
    options.minutes === undefined ? undefined : world.now().getTime() + options.minutes * 60_000
  let session = start(
    questions.map(it => it.id),
    { exam: options.exam ?? false },
  )
  const verdicts = new Map<Session, Verdict>()
  let ended: Interrupted | UserError | undefined
  let timeUp = false
  talk.start(questions.length, seed)
  try {
    while (session.phase !== 'done') {
      const asking = world.now()
      if (until !== undefined && asking.getTime() >= until) {
        timeUp = true
        session = step(session, { type: 'quit' })
        break
      }
      const question = questions.find(it => it.id === session.queue[0])!
      const shown = showing(question, session, seed)
      const heard = await asked(talk, shown, session.before !== undefined)
      if ('wish' in heard) {
        if (heard.wish === 'undo') kept.undo()
        session = step(session, { type: heard.wish === 'skip' ? 'skipped' : heard.wish })
        continue
      }
      // On disk before on screen: from here on the answer counts, whatever becomes of the process.
      kept.answer({ ...heard, question, again: shown.place.again, asking })
      session = step(session, { type: 'answered', ...heard.mark })
      const { ask, mark, confidence } = heard
      const verdict = { ...shown, ask, mark, ...(confidence !== undefined && { confidence }) }
      verdicts.set(session, verdict)
      const { flag } = kept
      const then = options.exam
        ? 'next'
        : await talk.tell(verdict, flag && (() => flag(question.id)))
      if (then === 'undo') kept.undo()
      session = step(session, { type: then })
    }
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof UserError)) throw error
    ended = error
  }
  if (options.exam) await talk.reveal(standing(session, verdicts))
  const result = summary(session)
  await talk.end(result, timeUp)
  if (ended !== undefined) throw ended
  const passed =
    options.pass === undefined || (result.asked > 0 && result.score * 100 >= options.pass)
  return passed ? Exit.ok : Exit.problem
}

/** The questions of a sitting. Throws `UserError` when nothing fits what was asked for. */
function chosen(
  bank: Bank,
  words: readonly string[],
  options: DrillOptions,
  seed: number,
): readonly Question[] {
  const names = words.length > 0 ? bank.names() : new Map()
  const topics = topicsNamed(bank, words, name => names.get(normalise(name)) ?? [])
  const { level = [], kind = [], tag = [] } = options
  const all = bank.candidates(topics.length > 0 ? topics : undefined)
  const fit = fitting(all, { levels: level, kinds: kind, tags: tag })
  if (fit.length === 0) {
    throw new UserError('no question fits all of that', {
      hint: hintFor(
        all.flatMap(it => it.tags),
        tag,
      ),
      exit: Exit.problem,
    })
  }
  // With a limit in minutes alone there are more than can be answered in that time.
  const { minutes } = options
  const count =
    options.number ??
    (minutes === undefined ? DEFAULT_NUMBER : Math.min(fit.length, Math.ceil(minutes * FASTEST)))
  return bank.questions(choose(fit, count, bank.confusions(), seeded(seed, 'choose')))
}

function hintFor(known: readonly string[], wanted: readonly string[]): string {
  return wanted.length > 0 && !wanted.some(it => known.includes(it))
    ? `tags here: ${[...new Set(known)].toSorted().join(', ') || 'none'}`
    : 'leave out --level, --kind or --tag, or name more topics'
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

function showing(question: Question, session: Session, seed: number): Shown {
  const at = place(session)
  return {
    question,
    place: at,
    ask: kindOf(question).ask(question, seeded(seed, question.id, at.showing)),
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

/** The verdicts of the answers that were not taken back, in the order given. */
function standing(session: Session, verdicts: ReadonlyMap<Session, Verdict>): Verdict[] {
  const out: Verdict[] = []
  // Walk back over the moments at which an answer was given.
  const byAnswers = new Map([...verdicts].map(([at, verdict]) => [at.answers.at(-1), verdict]))
  for (const answer of session.answers) {
    const verdict = byAnswers.get(answer)
    if (verdict !== undefined) out.push(verdict)
  }
  return out
}
