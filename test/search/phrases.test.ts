import { describe, expect, test } from 'vitest'
import type { Entry } from '../../src/search/model.ts'
import { openPhrases, phrasesOf } from '../../src/search/phrases.ts'
import { keywords, stem } from '../../src/search/words.ts'

const entry = (ref: string, title: string, ...aliases: string[]): Entry => ({
  ref,
  type: 'concept',
  title,
  aliases,
  gist: '',
  body: '',
  concepts: [],
})

const entries = [
  entry('resilience/graceful-shutdown', 'Graceful shutdown', 'requests dropped during deploy'),
  entry('resilience/retry', 'Retry', 'retry storm'),
  entry('observability/safe-delivery', 'Delivery you can watch', 'canary deploy'),
  { ...entry('resilience/which', 'Which requests are dropped?'), type: 'question' as const },
]

/** Ref → how much of the query it is called. */
function called(query: string, sure = 1): Map<string, number> {
  const wants = keywords(query).map(word => new Map([[stem(word), sure]]))
  const found = openPhrases(entries.map(phrasesOf))(wants)
  return new Map([...found].map(([place, share]) => [entries[place]!.ref, share]))
}

describe('how much of a query a thing is called', () => {
  test('all of it, in whatever form and order', () => {
    expect(
      called('dropped request while the deploys').get('resilience/graceful-shutdown'),
    ).toBeGreaterThan(0.5)
    expect(called('storms of retries').get('resilience/retry')).toBe(1)
    expect(called('shutdown graceful').get('resilience/graceful-shutdown')).toBe(1)
  })

  test('words in company count for more than one alone', () => {
    const found = called('requests dropped by deploy')
    expect(found.get('resilience/graceful-shutdown')!).toBeGreaterThan(
      found.get('observability/safe-delivery')!,
    )
    expect(found.has('resilience/retry')).toBe(false)
  })

  test('what was only guessed counts for less', () => {
    expect(called('retry storm', 0.6).get('resilience/retry')!).toBeLessThan(1)
  })

  test('the beginning of a prompt is no name', () => {
    expect(called('which requests are dropped').has('resilience/which')).toBe(false)
  })
})
