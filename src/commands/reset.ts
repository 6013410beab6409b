import { Exit, UserError } from '../errors.ts'
import { eachLine, linesIn, logFiles, reviewsIn } from '../memory/log.ts'
import { moveAside } from '../memory/own-log.ts'
import { stampOf } from '../memory/review.ts'
import { count } from '../view/numbers.ts'
import { visible } from '../visible.ts'
import type { World } from '../world.ts'
import { type Printing, screenFor } from './output.ts'

/** `quiz reset`: begins anew. The log is moved aside, never deleted, and only after a question. */
export async function reset(
  world: World,
  options: Printing & { readonly yes?: boolean },
): Promise<void> {
  const { data } = world.paths
  if (logFiles(data).every(isEmpty)) {
    world.out('There is nothing to reset: nothing was answered yet.\n')
    return
  }
  const answers = contents(data)
  if (!options.yes && !(await confirmed(world, answers, options))) {
    world.out('Everything stays as it is.\n')
    return
  }
  const now = world.now()
  const day = stampOf(now, world.offset(now)).slice(0, 10)
  const to = moveAside(data, world.host, `reviews-${day}`)
  if (to === undefined) return
  world.out(
    visible(
      `${answers} moved aside, nothing deleted. They are in\n  ${to}\nTo have them back, move the files in it to\n  ${reviewsIn(data)}\n`,
    ),
  )
}

/** What would be moved aside, in words. */
function contents(data: string): string {
  const answers = new Set<string>()
  const flags = new Set<string>()
  for (const it of eachLine(data)) {
    if (it.type === 'review') answers.add(it.id)
    if (it.type === 'flag') flags.add(it.id)
  }
  return [
    ...(answers.size > 0 || flags.size === 0 ? [count(answers.size, 'answer')] : []),
    ...(flags.size > 0 ? [count(flags.size, 'flag')] : []),
  ].join(' and ')
}

function isEmpty(file: string): boolean {
  const [line] = linesIn(file)
  return line === undefined
}

/** Enter means no. */
async function confirmed(world: World, answers: string, options: Printing): Promise<boolean> {
  const screen = screenFor(world, options)
  if (!world.screen.interactive) {
    throw new UserError(`${answers} would be moved aside, which is asked for at a terminal`, {
      hint: 'quiz reset --yes does it without asking',
      exit: Exit.problem,
    })
  }
  const prompt = await world.prompter(screen)
  world.out(`Begin anew, and move the log aside (${answers})?\n\n`)
  const heard = await prompt({
    type: 'press',
    keys: [
      { key: 'n', text: 'no', index: 0 },
      { key: 'y', text: 'yes', index: 1 },
    ],
  })
  return 'answer' in heard && heard.answer === 'y'
}
