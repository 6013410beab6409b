import { type Book, inside } from './names.ts'
import { asks, kind, saying } from './words.ts'

/** The refs that the words name, in the strictest reading that names any. */
export function named(words: readonly string[], book: Book): readonly string[] | undefined {
  const said = words.flatMap(word => saying(word)?.split(' ') ?? word)
  return called(words, book) ?? (said.join() === words.join() ? undefined : called(said, book))
}

function called(words: readonly string[], book: Book): readonly string[] | undefined {
  const bare = trimmed(words, asks)
  const refs =
    first(bare, phrase => book.get(phrase.join(' '))) ??
    first(bare, phrase => book.loosely(phrase)) ??
    qualified(bare.at(-1)!, book)
  if (refs) return refs
  // Without 'header' or 'pattern' a name of a topic is too little: 'cache header' does not ask what caching is.
  const plain = trimmed(words, word => asks(word) || kind(word))
  const concepts = (refs: readonly string[] | undefined) => (refs?.some(inside) ? refs : undefined)
  return (
    first(plain, phrase => concepts(book.get(phrase.join(' ')) ?? book.loosely(phrase))) ??
    repeated(words, book)
  )
}

function first<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** The words without some that may be left out at either end, the longest phrase first. */
export function trimmed(
  words: readonly string[],
  droppable: (word: string) => boolean,
): string[][] {
  const first = words.findIndex(word => !droppable(word))
  if (first === -1) return [[...words]]
  const last = words.findLastIndex(word => !droppable(word))
  const phrases: string[][] = []
  for (let start = 0; start <= first; start++) {
    for (let end = words.length; end > last; end--) phrases.push(words.slice(start, end))
  }
  return phrases.sort((a, b) => b.length - a.length)
}

/** A topic and a name in it: 'caching/no-cache', 'vary in caching' without the 'in'. */
function qualified(words: readonly string[], book: Book): readonly string[] | undefined {
  for (let at = 1; at < words.length; at++) {
    const [before, after] = [words.slice(0, at).join(' '), words.slice(at).join(' ')]
    const refs = book.within(before, after) ?? book.within(after, before)
    if (refs) return refs
  }
  return undefined
}

/** One thing named twice, and nothing else: '409 conflict'. */
function repeated(words: readonly string[], book: Book): readonly string[] | undefined {
  const telling = words.filter(word => !asks(word) && !kind(word))
  let common: readonly string[] | undefined
  for (let at = 0; at < telling.length; ) {
    let end = telling.length
    while (end > at && !book.get(telling.slice(at, end).join(' '))) end--
    const refs = book
      .get(telling.slice(at, end).join(' '))
      ?.filter(ref => common?.includes(ref) ?? true)
    if (!refs?.length) return undefined
    common = refs
    at = end
  }
  return common
}
