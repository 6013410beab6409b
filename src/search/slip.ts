import { distance, tolerance } from '../nearest.ts'
import { trimmed } from './named.ts'
import type { Book } from './names.ts'
import { asks } from './words.ts'

/** The one concept or topic whose name is clearly nearest to words of which at least one is in no name. */
export function mistyped(words: readonly string[], book: Book): string | undefined {
  for (const phrase of trimmed(words, asks)) {
    const typed = phrase.join(' ')
    // Words that are all known are meant as they stand: 'read timeout' is not a slip of 'head timeout'.
    if (phrase.every(word => book.uses(word))) continue
    const numbers = digits(typed)
    let fewest = tolerance(typed)
    let refs = new Set<string>()
    for (const key of book.keys) {
      // 409 is not a slip of 408.
      if (digits(key) !== numbers) continue
      const slips = distance(typed, key, fewest)
      if (slips > fewest) continue
      if (slips < fewest) refs = new Set()
      fewest = slips
      for (const ref of book.get(key)!) refs.add(ref)
    }
    if (refs.size === 1) return [...refs][0]
  }
  return undefined
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}
