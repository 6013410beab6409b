import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlPage } from '../../src/render/html.ts'
import { hostileDoc } from './arbitrary.ts'
import { sample } from './sample.ts'

const VOID = new Set(['meta', 'br', 'hr'])

/** The tags of a page in order, checking that each one that is opened is closed. */
function tagsOf(html: string): string[] {
  const open: string[] = []
  const tags: string[] = []
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z0-9]+)(?: [a-z-]+="[^"<>]*")*>/g)) {
    if (end === '/') expect(open.pop()).toBe(name)
    else {
      tags.push(name!)
      if (!VOID.has(name!)) open.push(name!)
    }
  }
  expect(open).toEqual([])
  return tags
}

test('every tag is ours and is closed, whatever the text says', () => {
  const known = new Set(tagsOf(htmlPage(sample)))
  for (const it of ['br', 'a', 'h3']) known.add(it)
  fc.assert(
    fc.property(hostileDoc, doc => {
      const html = htmlPage(doc)
      const body = html.slice(html.indexOf('<body>'), html.lastIndexOf('</html>'))
      const tags = tagsOf(body)
      expect(tags.filter(it => !known.has(it) && !/^h\d$/.test(it))).toEqual([])
      // What is left of the page without its tags holds no `<` that a browser could take for one.
      expect(body.replace(/<!?\/?[a-z0-9]+(?: [a-z-]+="[^"<>]*")*>/g, '')).not.toMatch(/[<>]/)
    }),
  )
})

test('nothing runs and nothing is loaded', () => {
  const html = htmlPage(sample)
  expect(html).not.toMatch(/<script|<link|<img|@import|url\(|\son[a-z]+=/i)
  expect(html).toContain(`default-src 'none'`)
})

test.for<[title: string | undefined, shown: string]>([
  [undefined, 'no-cache'],
  ['Caching & <more>', 'Caching &amp; &lt;more&gt;'],
])('title %o', ([title, shown]) => {
  expect(htmlPage(sample, title)).toContain(`<title>${shown}</title>`)
})
