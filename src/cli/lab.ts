import { Command, InvalidArgumentError, Option } from 'commander'
import { type LabOptions, lab, listLabs, namedLab } from '../commands/lab.ts'
import { complaint } from '../labs/complaint.ts'
import type { Parameter, Value } from '../labs/parameters.ts'
import { optionName, parsed, typed } from '../labs/typed.ts'
import type { World } from '../world.ts'
import { examples, format, printing, whole } from './options.ts'

/** `quiz lab`: without a name the list; with one, a command whose options are what that lab takes. */
export async function runLab(
  world: World,
  name: string | undefined,
  words: readonly string[],
  options: LabOptions,
  parent: Command,
): Promise<void> {
  if (name === undefined) return listLabs(world, options)
  // Which question is meant, a bank may say that is named behind it.
  const bank = [...(options.bank ?? []), ...banksIn(words)]
  const named = await namedLab(world, name, { ...options, bank })
  const { parameters, example, summary } = named.lab
  const command = new Command(`quiz lab ${name}`)
    .copyInheritedSettings(parent)
    .description(summary)
    .usage('[options]')
    .allowExcessArguments(false)
  for (const [parameter, it] of Object.entries(parameters)) {
    for (const option of optionsOf(parameter, it, example[parameter]!)) command.addOption(option)
  }
  command
    .option('--seed <number>', 'draw the numbers; those that are given stay', whole(0, 2 ** 32 - 1))
    .option('--ask', 'ask about it')
    .option('--dry', 'with --ask: keep no answers')
    .addOption(format('text', 'markdown', 'html', 'json', 'jsonl'))
    .addHelpText('after', examples(`quiz lab ${name}`, `quiz lab ${name} --seed 1 --ask`))
  printing(command).action(async () => {
    const { own, rest } = apart(command.opts(), Object.keys(parameters))
    // What stands before the name holds as well, unless it is said again behind it.
    const said = Object.fromEntries(
      Object.entries(rest).filter(([key]) => command.getOptionValueSource(key) === 'cli'),
    )
    await lab(world, named, own, { ...options, ...said, bank })
  })
  await command.parseAsync(words, { from: 'user' })
}

/** The banks that are named among some words, before it is known what the other words mean. */
function banksIn(words: readonly string[]): string[] {
  return words.flatMap((it, place) => {
    if (it === '--bank') return words.slice(place + 1, place + 2)
    return it.startsWith('--bank=') ? [it.slice('--bank='.length)] : []
  })
}

function optionsOf(name: string, parameter: Parameter, example: Value): Option[] {
  const option = optionName(name)
  if (parameter.type === 'flag') {
    const usual = `(${example ? 'yes' : 'no'} unless set)`
    return [
      new Option(`--${option}`, `${parameter.says} ${usual}`),
      new Option(`--no-${option}`, `the opposite of --${option}`),
    ].map(it => it.default(undefined))
  }
  const about = `${parameter.says} (${[...allowed(parameter), `${typed(example)} unless set`].join('; ')})`
  const isList = parameter.type === 'numbers' || parameter.type === 'texts'
  // A list may come in parts, so how long it is shows at the end.
  const part = isList ? { ...parameter, least: 0 } : parameter
  return [
    new Option(`--${option} <${placeholder(parameter)}>`, about).argParser(
      (text: string, before: unknown): unknown => {
        const value = parsed(parameter, text)
        const wrong = complaint(part, value)
        if (wrong !== undefined) throw new InvalidArgumentError(`It ${wrong}.`)
        return isList
          ? [...(Array.isArray(before) ? before : []), ...(value as readonly unknown[])]
          : value
      },
    ),
  ]
}

/** What may be given, as far as the description does not say it. */
function allowed(parameter: Parameter): string[] {
  switch (parameter.type) {
    case 'number':
    case 'numbers': {
      const { from, to, unit } = parameter
      return [`${from} to ${to}${unit === undefined ? '' : ` ${unit}`}`]
    }
    case 'one':
      return [parameter.of.join(', ')]
    case 'texts':
      return parameter.of === undefined ? formOf(parameter) : [`any of ${parameter.of.join(', ')}`]
    case 'text':
      return formOf(parameter)
    default:
      return []
  }
}

const formOf = ({ form }: { readonly form?: { readonly says: string } }) =>
  form === undefined ? [] : [form.says]

function placeholder({ type }: Parameter): string {
  switch (type) {
    case 'number':
      return 'number'
    case 'numbers':
      return 'numbers'
    case 'texts':
      return 'words'
    case 'one':
      return 'word'
    default:
      return 'text'
  }
}

/** The lab's own options, as far as they were given, and the others. */
function apart(
  options: Readonly<Record<string, unknown>>,
  names: readonly string[],
): { own: Record<string, Value>; rest: Record<string, unknown> } {
  const own: Record<string, Value> = {}
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) rest[name] = value
    else if (value !== undefined) own[name] = value as Value
  }
  return { own, rest }
}
