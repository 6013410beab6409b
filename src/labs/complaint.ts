import type { NumberParameter, Parameter, TextParameter } from './parameters.ts'

/** What is wrong with a value, in words that follow its name: 'is at most 20'; undefined when nothing is. */
export function complaint(parameter: Parameter, value: unknown): string | undefined {
  switch (parameter.type) {
    case 'number':
      return numberComplaint(parameter, value)
    case 'numbers': {
      const { least, most, rising } = parameter
      if (!Array.isArray(value)) return 'is a list of numbers, like 0,0.5,1'
      const wrong = lengthComplaint(value, least, most, 'number')
      if (wrong !== undefined) return wrong
      for (const [place, it] of value.entries()) {
        const own = numberComplaint(parameter, it)
        if (own !== undefined) return own
        if (rising && place > 0 && it < value[place - 1])
          return `does not fall: ${value[place - 1]}, ${it}`
      }
      return undefined
    }
    case 'one':
      return parameter.of.includes(value as string)
        ? undefined
        : `is one of ${parameter.of.join(', ')}`
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'is true or false'
    case 'text':
      if (typeof value !== 'string') return 'is text'
      if (value.length > parameter.most) return `has at most ${parameter.most} letters`
      return formComplaint(value, parameter.form)
    case 'texts': {
      const { of, form, least, most } = parameter
      if (!Array.isArray(value)) return 'is a list, like a,b,c'
      const wrong = lengthComplaint(value, least, most, 'entr')
      if (wrong !== undefined) return wrong
      for (const it of value) {
        if (typeof it !== 'string') return 'is a list of words'
        if (of !== undefined && !of.includes(it)) return `holds only ${of.join(', ')}, not "${it}"`
        const own = formComplaint(it, form)
        if (own !== undefined) return own
      }
      return undefined
    }
  }
}

function numberComplaint(
  { whole, from, to, unit }: Pick<NumberParameter, 'whole' | 'from' | 'to' | 'unit'>,
  value: unknown,
): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `is a number, not "${value}"`
  if (whole && !Number.isInteger(value)) return 'is a whole number'
  if (value >= from && value <= to) return undefined
  return `is from ${from} to ${to}${unit === undefined ? '' : ` ${unit}`}`
}

function lengthComplaint(
  value: readonly unknown[],
  least: number,
  most: number,
  noun: 'number' | 'entr',
): string | undefined {
  const plural = (count: number) =>
    noun === 'number' ? (count === 1 ? 'number' : 'numbers') : count === 1 ? 'entry' : 'entries'
  if (value.length < least) return `has at least ${least} ${plural(least)}`
  return value.length > most ? `has at most ${most} ${plural(most)}` : undefined
}

function formComplaint(value: string, form: TextParameter['form']): string | undefined {
  return form === undefined || form.like.test(value) ? undefined : `is ${form.says}`
}
