import type { Wish } from '../kinds/ask.ts'

/** A typed word that is about the session and not an answer. */
type Command = Wish | 'help'

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['u', 'undo'],
  ['undo', 'undo'],
  ['s', 'skip'],
  ['skip', 'skip'],
  ['q', 'quit'],
  ['quit', 'quit'],
  ['?', 'help'],
  ['help', 'help'],
])

/** The command in a typed line: `:skip`, `:s`; without the colon only where no answer can look like that. */
export function commandIn(line: string, colonNeeded: boolean): Command | undefined {
  const [, colon, word] = /^(:?)(.*)$/s.exec(line.trim()) ?? []
  return colonNeeded && colon === '' ? undefined : COMMANDS.get((word ?? '').toLowerCase())
}

/** What is left on screen of a prompt that was answered with a wish. */
export const WISHED: Readonly<Record<Wish, string>> = {
  undo: 'taken back',
  skip: 'skipped',
  quit: 'quit',
}

/** Said when somebody wants an answer back and there is none. */
export const NOTHING_TO_UNDO = 'there is no answer to take back yet'
