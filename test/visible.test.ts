import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible } from '../src/visible.ts'

test.for<[name: string, hostile: string, shown: string]>([
  ['clears the screen', '\u001B[2J', '<U+001B>[2J'],
  ['sets the title, the short way', '\u009D0;root\u0007', '<U+009D>0;root<U+0007>'],
  ['writes over the line', 'safe\rnot', 'safe<U+000D>not'],
  ['takes back', 'safe\b\b\b\bnot', 'safe<U+0008><U+0008><U+0008><U+0008>not'],
  ['deletes', '\u007F', '<U+007F>'],
  ['turns the reading direction', 'admin\u202Enimda', 'admin<U+202E>nimda'],
  ['isolates', '\u2066a\u2069', '<U+2066>a<U+2069>'],
  ['marks the direction', 'a\u200Eb\u200Fc\u061Cd', 'a<U+200E>b<U+200F>c<U+061C>d'],
  ['hides between letters', 'ca\u200Bche', 'ca<U+200B>che'],
  ['joins', 'a\u200Db\u2060c', 'a<U+200D>b<U+2060>c'],
  ['hyphenates', 'ca\u00ADche', 'ca<U+00AD>che'],
  ['marks the byte order', '\uFEFFcache', '<U+FEFF>cache'],
  ['tags, in secret', '\u{E0041}', '<U+E0041>'],
  ['separates lines and paragraphs', 'a\u2028b\u2029c', 'a<U+2028>b<U+2029>c'],
  ['is half a character', '\uD83C', '<U+D83C>'],
  ['is NUL', '\0', '<U+0000>'],
])('what %s is shown', ([, hostile, shown]) => {
  expect(visible(hostile)).toBe(shown)
})

test.for([
  '',
  'plain text',
  'tab\tand\nnewline',
  'Größe 東京 é e\u0301 שלום',
  '🏁 👍🏽 🇫🇮',
  'a\u00A0b',
  '<U+001B>',
  '½ × µ § “quoted”',
])('%j stays as it is', text => {
  expect(visible(text)).toBe(text)
})

test('nothing that a terminal obeys gets through, and twice is as good as once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const shown = visible(text)
      // Written apart from the rule: whatever Unicode calls control, format or surrogate.
      const risky =
        shown.match(/[\p{Cc}\p{Cs}]|[\u2028\u2029]/gu)?.filter(it => it !== '\t' && it !== '\n') ??
        []
      expect(risky).toEqual([])
      expect(visible(shown)).toBe(shown)
    }),
    { numRuns: 300 },
  )
})

test('of all characters, no control and nothing that turns the reading direction gets through', () => {
  const through: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    const char = String.fromCodePoint(code)
    if (/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u.test(char) && visible(char) === char) {
      through.push(code.toString(16))
    }
  }
  expect(through).toEqual(['9', 'a'])
})
