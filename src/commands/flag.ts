import type { Bank } from '../bank/bank.ts'
import { Exit, UserError } from '../errors.ts'
import { flags } from '../memory/history.ts'
import { eachLine, type Left } from '../memory/log.ts'
import { openLog } from '../memory/own-log.ts'
import { type Flag, LINE_VERSION, stampOf } from '../memory/review.ts'
import { flagsDoc } from '../view/history.ts'
import type { World } from '../world.ts'
import { noQuestion, openBanks, type Printing, print, promptsOf } from './output.ts'

export interface FlagOptions extends Printing {
  /** Take the flags of the question back. */
  readonly clear?: boolean
}

/** `quiz flag`: says that something is wrong with a question; without one, which ones were flagged. */
export async function flag(
  world: World,
  id: string | undefined,
  words: readonly string[],
  options: FlagOptions,
): Promise<void> {
  const { data } = world.paths
  const bank = await openBanks(world, options)
  const unread: Left[] = []
  const standing = flags(eachLine(data, unread), bank.renames())
  if (id === undefined) {
    if (options.clear) {
      throw new UserError('--clear needs to know of which question', {
        hint: 'quiz flag lists them',
      })
    }
    return print(
      world,
      options,
      () =>
        flagsDoc(
          standing,
          unread,
          promptsOf(
            bank,
            standing.map(it => it.question),
          ),
        ),
      () => ({ flags: standing.map(flagData), unread }),
      'Flagged questions',
    )
  }

  const question = questionNamed(bank, id, standing)
  const { device, append } = openLog(data, world.host, () => world.token(), 'flags')
  const stamp = () => {
    const now = world.now()
    return { v: LINE_VERSION, id: world.token(), at: stampOf(now, world.offset(now)), device }
  }
  if (!options.clear) {
    append({ ...stamp(), type: 'flag', question, note: words.join(' ').slice(0, LONGEST_NOTE) })
    return world.out(`${question} is flagged; quiz flag lists what is\n`)
  }
  const own = standing.filter(it => it.question === question)
  if (own.length === 0) {
    throw new UserError(`${question} is not flagged`, {
      hint: 'quiz flag lists what is',
      exit: Exit.problem,
    })
  }
  append(...own.map(it => ({ ...stamp(), type: 'undo' as const, of: it.id })))
  world.out(`${question} is not flagged any more\n`)
}

const LONGEST_NOTE = 2000

/** The question of this id, also by an id that it had before; one that is gone can still be flagged, to be cleared. */
function questionNamed(bank: Bank, id: string, flagged: readonly Flag[]): string {
  const question = bank.renames().get(id) ?? id
  const ids = bank.candidates().ids()
  if (ids.includes(question) || flagged.some(it => it.question === question)) return question
  throw noQuestion(id, ids)
}

function flagData({ question, note, at, device, id }: Flag) {
  return { question, note, at, device, id }
}
