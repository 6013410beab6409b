import { type Parameters, typed, type Values } from './parameters.ts'

/** How a parameter is called on the command line: `maxAge` is `--max-age`. */
export function optionName(parameter: string): string {
  return parameter.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

/** Columns that a line of a command may take in a block of code, which is indented by four, with a prompt and a backslash. */
const WIDTH = 72

/** The command that runs a lab with these values, as a shell wants it typed; long ones go on after a backslash. */
export function commandOf(
  { id, parameters }: { readonly id: string; readonly parameters: Parameters },
  values: Values,
): string {
  const options = Object.keys(parameters).map(name => {
    const value = values[name]!
    const option = optionName(name)
    if (typeof value === 'boolean') return value ? `--${option}` : `--no-${option}`
    return `--${option} ${quoted(typed(value))}`
  })
  const lines = [`quiz lab ${id}`]
  for (const it of options) {
    const line = `${lines.at(-1)} ${it}`
    if (line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`  ${it}`)
  }
  return lines.join(' \\\n')
}

/** An argument as a shell wants it typed. */
function quoted(text: string): string {
  return /^[\w.,:/@%+-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`
}
