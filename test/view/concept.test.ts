import { expect, test } from 'vitest'
import type { Citation, Concept } from '../../src/bank/model.ts'
import { render } from '../../src/render/index.ts'
import { compareDoc, conceptDoc } from '../../src/view/concept.ts'
import { PIPE } from '../world.ts'

const concept = (title: string, more: Partial<Concept> = {}): Concept => ({
  id: `clocks/${title.toLowerCase()}`,
  topic: 'clocks',
  title,
  gist: `All about ${title}.`,
  explanation: [],
  sources: [],
  ...more,
})

const cites = (title: string, url: string): Citation => ({ ref: title, title, url })

const [lamport, vector, hybrid] = ['Lamport', 'Vector', 'Hybrid'].map(it => concept(it))

const shown = (it: Concept, others: Partial<Parameters<typeof conceptDoc>[0]> = {}) =>
  render(
    conceptDoc({
      concept: it,
      topicTitle: 'Clocks',
      confusedWith: [],
      needs: [],
      seeAlso: [],
      ...others,
    }),
    'markdown',
    PIPE,
  )

test('what is to be learnt first, or is easily confused, is not told again as further reading', async () => {
  const out = await shown(concept('Now'), {
    confusedWith: [lamport!],
    needs: [vector!],
    seeAlso: [lamport!, vector!, hybrid!],
  })
  expect(out.match(/All about \w+/g)).toEqual([
    'All about Now',
    'All about Lamport',
    'All about Vector',
    'All about Hybrid',
  ])
})

test('places on one page are one source', async () => {
  const sources = [
    cites('Terry 1994 §1', 'https://a.test/terry.pdf'),
    cites('RFC 9110 §1', 'https://a.test/rfc#1'),
    cites('Terry 1994 §3.1', 'https://a.test/terry.pdf'),
    cites('Terry 1994 “the end”', 'https://a.test/terry.pdf'),
    cites('RFC 9110 §2', 'https://a.test/rfc#2'),
    cites('A page', 'https://a.test/page'),
    cites('A page', 'https://a.test/page'),
  ]
  const out = await shown(concept('Now', { sources }))
  expect(out.match(/\[.+?\]/g)).toEqual([
    '[Terry 1994 §1, §3.1, “the end”]',
    '[RFC 9110 §1]',
    '[RFC 9110 §2]',
    '[A page]',
  ])
})

test('several points in one cell are told apart, a single one stands alone', async () => {
  const doc = compareDoc([
    concept('One', { say: ['Only this'] }),
    concept('Two', { say: ['First', 'Second'] }),
  ])
  expect(await render(doc, 'markdown', PIPE)).toMatch(/\| Only this +\| • First<br>• Second \|/)
})
