import { nearest } from '../nearest.ts'
import { compared, MARKED } from './comparison.ts'
import { type Hit, type Searcher, searchAll } from './model.ts'
import { named } from './named.ts'
import { type Names, openNames } from './names.ts'
import { mistyped } from './slip.ts'
import { keywords, LONGEST_QUERY, split } from './words.ts'

/** What somebody meant by what they typed. */
export type Resolution =
  /** `how` says how sure to sound: it is called that, it is nearly called that, or the words fit best. */
  | { readonly type: 'one'; readonly ref: string; readonly how: 'name' | 'typo' | 'words' }
  | { readonly type: 'compare'; readonly refs: readonly string[] }
  | { readonly type: 'several'; readonly hits: readonly Hit[] }
  | { readonly type: 'none'; readonly nearest: readonly string[] }

/** A winner scores this many times what the second does. */
const CLEAR = 1.5

/** A winner scores at least this: most of the words, in places that count. */
const SURE = 0.2

/** What scores less than this share of the best is not worth offering. */
const WORTH = 0.4

/**
 * Finds what a person's words mean: a name first, then a comparison of names, then a misspelt name, then the entry that
 * the words fit best. `search` is called only when names do not decide, so a known name never loads the full text.
 */
export async function resolve(
  query: string,
  names: Names,
  search: () => Promise<readonly Searcher[]>,
): Promise<Resolution> {
  const text = query.slice(0, LONGEST_QUERY)
  const words = split(text)
  if (words.length === 0) return { type: 'none', nearest: [] }
  const book = openNames(names)

  const whole = book.get(words.join(' '))
  // 'difference between authentication and authorization' asks for two things, even if a topic is called that.
  const asked = whole || !MARKED.test(text) ? undefined : compared(text, book)
  const refs = whole ?? (asked ? undefined : named(words, book))
  if (refs?.length === 1) return { type: 'one', ref: refs[0]!, how: 'name' }
  const sides = asked ?? (refs ? undefined : compared(text, book))
  if (sides) return { type: 'compare', refs: sides }
  const meant = refs ? undefined : mistyped(words, book)
  if (meant) return { type: 'one', ref: meant, how: 'typo' }

  // A number is a name or nothing: words that are near it would be an answer to another question.
  if (/^\d+$/.test(text.trim())) return { type: 'none', nearest: nearest(text, book.keys, 5) }

  const searchers = await search()
  const entry = (ref: string) => searchers.findLast(it => it.entry(ref))?.entry(ref)
  if (refs) {
    const hits = refs.map(
      ref => entry(ref) ?? { ref, type: 'concept' as const, title: ref, gist: '', score: 0 },
    )
    return { type: 'several', hits: hits.slice(0, 8) }
  }

  const hits = searchAll(searchers, text, { types: ['topic', 'concept'] })
  const [best, second] = hits
  if (!best) return { type: 'none', nearest: nearest(keywords(text).join(' '), book.keys, 5) }
  const clear = !second || (best.score >= SURE && best.score >= second.score * CLEAR)
  if (clear) return { type: 'one', ref: best.ref, how: 'words' }
  return {
    type: 'several',
    hits: hits.filter(({ score }) => score >= best.score * WORTH).slice(0, 8),
  }
}
