import { expect, test } from 'vitest'
import type { Inline } from '../../src/bank/prose.ts'
import { words } from '../../src/bank/prose.ts'
import { fold } from '../../src/prompts/fold.ts'

test.for<[text: Inline, lines: string[]]>([
  ['', ['']],
  ['a bb ccc', ['a bb ccc']],
  ['a bb ccc dddd', ['a bb ccc', 'dddd']],
  ['a\nb', ['a', 'b']],
  ['a\n\nb', ['a', '', 'b']],
  ['aaaaaaaaaaaaa b', ['aaaaaaaaaa', 'aaa b']],
  ['日本語日本語', ['日本語日本', '語']],
  [
    ['use (', { code: 'no-store' }, '), or'],
    ['use', '(no-store)', ', or'],
  ],
  [[{ strong: ['a ', { em: 'b' }] }, { link: 'c', url: 'https://d' }], ['a bc']],
])('%j in ten columns', ([text, lines]) => {
  expect(fold(text, 10).map(runs => words(runs.map(run => run.text)))).toEqual(lines)
})
