import type { Inline } from '../bank/prose.ts'
import { type Random, shuffled } from '../random.ts'
import type { Ask, Option } from './ask.ts'
import type { Note } from './kind.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Texts as options in a random order, keyed a, b, c… in the order shown. */
export function lettered(texts: readonly Inline[], random: Random): Option[] {
  const order = shuffled(
    random,
    texts.map((_, index) => index),
  )
  return order.map((index, place) => ({ key: LETTERS[place]!, text: texts[index]!, index }))
}

/** Texts as options in the order written, keyed 1, 2, 3… */
export function numbered(texts: readonly Inline[]): Option[] {
  return texts.map((text, index) => ({ key: String(index + 1), text, index }))
}

/** The same ask with its letters given in the order written, for a reply that is to be read without the shuffle. */
export function unshuffled(ask: Ask): Ask {
  const relettered = (options: readonly Option[]) =>
    options.map(it => ({ ...it, key: LETTERS[it.index]! }))
  switch (ask.type) {
    case 'pick':
    case 'arrange':
      return { ...ask, options: relettered(ask.options) }
    case 'pair':
      return { ...ask, right: relettered(ask.right) }
    default:
      return ask
  }
}

/** The keys of the options that stand at these positions as written. */
export function keysOf(options: readonly Option[], indexes: readonly number[]): string[] {
  return indexes.map(index => options.find(option => option.index === index)!.key)
}

/**
 * Reads option keys from an answer: `["b", "d"]`, `"b d"`, `"bd"`, `"b,d"`. The number of an option's place counts as its key too.
 * Gives positions as written, in the order they were given, or a message.
 */
export function readKeys(options: readonly Option[], answer: unknown): number[] | string {
  const parts = partsOf(answer, options)
  if (parts === undefined) return `answer with ${range(options)}`
  const indexes: number[] = []
  for (const part of parts) {
    const option = find(options, part)
    if (option === undefined) return `there is no option "${part}"; answer with ${range(options)}`
    if (indexes.includes(option.index)) return `"${part}" is there twice`
    indexes.push(option.index)
  }
  return indexes
}

/** The option with this key, or at this place (1 is the first one shown). */
export function find(options: readonly Option[], key: string): Option | undefined {
  const wanted = key.trim().toLowerCase()
  return options.find(option => option.key === wanted) ?? options[Number(wanted) - 1]
}

/** How to name the options: `a to d`, `1 to 3`. */
export function range(options: readonly Option[]): string {
  return `${options[0]?.key} to ${options.at(-1)?.key}`
}

function partsOf(answer: unknown, options: readonly Option[]): string[] | undefined {
  if (typeof answer === 'number') return [String(answer)]
  if (Array.isArray(answer)) {
    return answer.every(it => typeof it === 'string' || typeof it === 'number')
      ? answer.map(String)
      : undefined
  }
  if (typeof answer !== 'string') return undefined
  const parts = answer.split(/[\s,;.>)(-]+/).filter(it => it !== '')
  const [only] = parts
  // 'bd' means b and d; with fewer than ten options '24' means 2 and 4.
  if (parts.length === 1 && only !== undefined && only.length > 1 && options.length < 10) {
    return [...only]
  }
  return parts
}

/** A note about an answer as a whole that people typically give. */
export function asAWhole({ why }: { readonly why: Inline }): Note {
  return { right: false, taken: true, text: '', why }
}
