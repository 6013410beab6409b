import type { Ask } from '../kinds/ask.ts'
import type { AskOptions } from '../prompts.ts'

/** What is missing or malformed about an answer, or undefined when it can be marked. */
export function complaintAbout(
  ask: Ask,
  answer: unknown,
  { check }: AskOptions,
): string | undefined {
  return missing(ask, answer) ?? check?.(answer)
}

/** What every answer of this shape needs, whatever the question. */
function missing(ask: Ask, answer: unknown): string | undefined {
  switch (ask.type) {
    case 'pick':
      return (answer as readonly string[]).length === 0 ? 'pick at least one' : undefined
    case 'arrange':
      return left(ask.options.length - (answer as readonly string[]).length, 'to place')
    case 'pair':
      return left(ask.left.length - Object.keys(answer as object).length, 'without a partner')
    case 'line':
      return (answer as string).trim() === '' ? 'type an answer, or :s to skip' : undefined
    case 'number':
      return (answer as string).trim() === '' ? 'type a number, or :s to skip' : undefined
    default:
      return undefined
  }
}

function left(count: number, how: string): string | undefined {
  return count > 0 ? `${count} still ${how}` : undefined
}
