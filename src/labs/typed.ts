import { shellWord } from '../shell.ts'
import type { Parameter, Parameters, Value, Values } from './parameters.ts'

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
  const options = Object.keys(parameters).flatMap(name => {
    const value = values[name]!
    const option = optionName(name)
    if (typeof value === 'boolean') return value ? `--${option}` : `--no-${option}`
    return inParts(value).map(it => `--${option} ${shellWord(it)}`)
  })
  const lines = [`quiz lab ${id}`]
  for (const it of options) {
    const line = `${lines.at(-1)} ${it}`
    if (line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`  ${it}`)
  }
  return lines.join(' \\\n')
}

/** Columns that a value may take on a line of its own. */
const PART = 50

/** A value as it is typed; a long list comes in parts, each after its option. */
function inParts(value: Value): string[] {
  if (!Array.isArray(value)) return [typed(value)]
  const parts: string[] = []
  for (const it of value as readonly (string | number)[]) {
    const longer = `${parts.at(-1)},${it}`
    if (parts.length > 0 && longer.length <= PART) parts[parts.length - 1] = longer
    else parts.push(String(it))
  }
  return parts.length === 0 ? [''] : parts
}

/** A value as it was typed, read; what cannot be read comes back as it is, for `complaint` to speak about. */
export function parsed(parameter: Parameter, typed: string): unknown {
  const list = () => (typed.trim() === '' ? [] : typed.split(',').map(it => it.trim()))
  switch (parameter.type) {
    case 'number':
      return asNumber(typed)
    case 'numbers':
      return list().map(asNumber)
    case 'texts':
      return list()
    case 'flag':
      return typed === 'true' ? true : typed === 'false' ? false : typed
    default:
      return typed
  }
}

/** A value as it would be typed. */
export function typed(value: Value): string {
  return Array.isArray(value) ? value.join(',') : String(value)
}

function asNumber(typed: string): unknown {
  const value = Number(typed)
  return typed.trim() === '' || Number.isNaN(value) ? typed : value
}
