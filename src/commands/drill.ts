import type { Bank } from '../bank/bank.ts'
import { tally } from '../bank/parts.ts'
import { Exit, type ExitCode, UserError } from '../errors.ts'
import { outlook } from '../memory/queue.ts'
import { hash } from '../random.ts'
import type { World } from '../world.ts'
import { chosen, needsOf, type Wishes } from './drill/choosing.ts'
import { missedAgain, type Past, pastOf, planOn } from './drill/past.ts'
import { dayAt, openBanks, type Printing, screenFor } from './output.ts'
import { keeping, keepingNothing } from './sitting/keep.ts'
import { talkWith } from './sitting/talk.ts'
import { type Pose, sit } from './sitting.ts'

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
  const talk = await talkWith(world, bank, options.format, screen)
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

  const result = await sit(world, {
    queue,
    seed,
    exam: options.exam ?? false,
    ...(seconds !== undefined && {
      time: { begun, seconds, shown: options.number === undefined },
    }),
    talk,
    kept,
    beginning,
    pose: posing(bank, seed, memory),
    missed: (question, mark) => missedAgain(memory, question, mark),
  })
  const passed =
    options.pass === undefined || (result.asked > 0 && result.score * 100 >= options.pass)
  return passed ? Exit.ok : Exit.problem
}

/** How each question is asked: as it stands in the bank, or computed anew at every showing. */
function posing(bank: Bank, seed: number, memory: Pick<Past, 'lastSeeds'>): Pose {
  const seeds = new Map<string, number>()
  return async (id, showing) => {
    const question = bank.questions([id])[0]!
    if (question.kind !== 'lab') return { question, offered: [] }
    // What computes questions is loaded when there is one to compute.
    const { posed } = await import('../labs/posed.ts')
    const it = await posed(
      question,
      hash(`${seed}|${id}|${showing}`),
      seeds.get(id) ?? memory.lastSeeds.get(id),
    )
    seeds.set(id, it.seed)
    return it
  }
}
