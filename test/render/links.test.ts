import { expect, test } from 'vitest'
import { asciified } from '../../src/render/ascii.ts'
import { safeUrl } from '../../src/render/links.ts'

test.for<[url: string, safe: string | undefined]>([
  [
    'https://www.rfc-editor.org/rfc/rfc9111#section-5.2',
    'https://www.rfc-editor.org/rfc/rfc9111#section-5.2',
  ],
  ['http://[::1]/a?b=c&d=%20', 'http://[::1]/a?b=c&d=%20'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['HTTPS://a.example/é', 'HTTPS://a.example/%C3%A9'],
  ['https://a.example/\u001b]8;;\u0007', 'https://a.example/%1B]8;;%07'],
  ['https://a.example/"><script>', 'https://a.example/%22%3E%3Cscript%3E'],
  ['https://a.example/\ud800', 'https://a.example/%EF%BF%BD'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  [' https://a.example/', undefined],
  ['other.md', undefined],
  ['', undefined],
])('address %o may be written as %o', ([url, safe]) => {
  expect(safeUrl(url)).toBe(safe)
})

test.for<[text: string, ascii: string]>([
  ['a → b ≤ c ≥ d × e', 'a -> b <= c >= d x e'],
  ['1–2 — 3…', '1-2 -- 3...'],
  ['“a” ‘b’', '"a" \'b\''],
  ['✓ §5.2, § 6', '+ section 5.2, section 6'],
  ['5 µs, 10⁻⁶, log₂ n²', '5 us, 10^-6, log2 n^2'],
  ['┌──┐\n│ok│\n└──┘', '+--+\n|ok|\n+--+'],
  ['Müller, 日本', 'Müller, 日本'],
])('%o in ASCII is %o', ([text, ascii]) => {
  expect(asciified(text)).toBe(ascii)
})
