import type { Ask, Option } from '../kinds/ask.ts'

/** An answer in its wire form, or why the line is none. */
export type Parsed = { readonly answer: unknown } | { readonly complaint: string }

/** Reads a typed line as an answer. */
export function parse(ask: Ask, line: string): Parsed {
  switch (ask.type) {
    case 'pick':
      return ask.many ? some(ask.options, line) : one(ask.options, line)
    case 'tick':
    case 'arrange':
      return some(ask.options, line)
    case 'pair':
      return pairs(ask.left, ask.right, line)
    case 'press':
      return pressed(ask.keys, line)
    default:
      return { answer: line }
  }
}

function one(options: readonly Option[], line: string): Parsed {
  const parsed = some(options, line)
  if ('complaint' in parsed) return parsed
  return (parsed.answer as readonly string[]).length === 1
    ? parsed
    : { complaint: 'pick one answer by its number' }
}

/** Numbers or letters, apart from each other: `1 3`, `1,3`, `a c`. */
function some(options: readonly Option[], line: string): Parsed {
  const answer: string[] = []
  for (const word of line.split(/[\s,;]+/).filter(Boolean)) {
    const option = called(options, word)
    if (!option) return { complaint: `there is no answer "${word}"` }
    if (answer.includes(option.key)) return { complaint: `"${word}" is there twice` }
    answer.push(option.key)
  }
  return { answer }
}

/** A number and a letter for each pair: `1b 2a`, `1-b, 2-a`, `1 b 2 a`. */
function pairs(left: readonly Option[], right: readonly Option[], line: string): Parsed {
  const answer = new Map<string, string>()
  const read = line.replace(/(\d+)\s*[-=:>]*\s*([a-z])(?![a-z])/gi, (pair, number, letter) => {
    const from = called(left, number)
    const to = right.find(it => it.key === letter.toLowerCase())
    if (!from || !to || answer.has(from.key) || [...answer.values()].includes(to.key)) return pair
    answer.set(from.key, to.key)
    return ''
  })
  const unread = read.replace(/[\s,;]+/g, ' ').trim()
  if (unread !== '') {
    return { complaint: `"${unread}" makes no pair; each number and each letter is used once` }
  }
  return { answer: Object.fromEntries(answer) }
}

function pressed(keys: readonly Option[], line: string): Parsed {
  const typed = line.trim().toLowerCase()
  const option = typed === '' ? keys[0] : keys.find(it => it.key.toLowerCase() === typed)
  return option ? { answer: option.key } : { complaint: `"${line.trim()}" is not one of the keys` }
}

/** The option with this number or letter. */
function called(options: readonly Option[], word: string): Option | undefined {
  return /^\d+$/.test(word)
    ? options[Number(word) - 1]
    : options.find(it => it.key === word.toLowerCase())
}
