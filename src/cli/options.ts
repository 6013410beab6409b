import { type Command, InvalidArgumentError, Option } from 'commander'

/** The options of every command that prints. */
export function printing(command: Command): Command {
  const shared = [
    new Option('--width <columns>', 'how wide to print').argParser(whole(20, 1000)),
    new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'),
    new Option(
      '--plain',
      'static text for screen readers: nothing redrawn, answers typed (or ACCESSIBLE=1)',
    ),
    new Option(
      '--bank <path>',
      'add a bank of your own: a YAML file or a folder of them (repeatable)',
    ).argParser((path: string, all: string[] = []) => {
      if (path === '') throw new InvalidArgumentError('It is a YAML file or a folder.')
      return [...all, path]
    }),
  ]
  for (const it of shared) command.addOption(it.helpGroup('Everywhere:'))
  return command
}

export function format(...choices: string[]): Option {
  return new Option('--format <format>', 'what to print').choices(choices).default(choices[0])
}

/** An option that takes one or more values, separated by commas or spaces or given again. */
export function list(flags: string, description: string, choices?: readonly string[]): Option {
  return new Option(flags, description).argParser((value: string, before: string[] = []) => {
    const values = value.split(/[\s,]+/).filter(it => it !== '')
    const wrong = choices === undefined ? undefined : values.find(it => !choices.includes(it))
    if (wrong !== undefined || values.length === 0) {
      throw new InvalidArgumentError(
        choices === undefined ? 'Name at least one.' : `It is one of ${choices.join(', ')}.`,
      )
    }
    return [...before, ...values]
  })
}

export function whole(least: number, most: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  }
}

export function amount(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(
      most === Number.POSITIVE_INFINITY
        ? `It is a number, at least ${least}.`
        : `It is a number from ${least} to ${most}.`,
    )
  }
}

export function examples(...commands: string[]): string {
  return `\nExamples:\n${commands.map(it => `  $ ${it}\n`).join('')}`
}
