import { expect, test } from 'vitest'
import { accessible, colors, speaksUnicode } from '../src/world.ts'

/** `depth` is what the terminal says of itself, in bits; 1 is no terminal. */
test.for<[env: Record<string, string>, depth: number, level: number]>([
  [{}, 1, 0],
  [{}, 4, 1],
  [{}, 8, 2],
  [{}, 24, 3],
  [{ NO_COLOR: '1' }, 24, 0],
  [{ NO_COLOR: '' }, 24, 3],
  [{ TERM: 'dumb' }, 24, 0],
  [{ FORCE_COLOR: '1' }, 1, 1],
  [{ FORCE_COLOR: '3' }, 1, 3],
  [{ FORCE_COLOR: 'true' }, 1, 1],
  [{ FORCE_COLOR: '0' }, 24, 0],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, 1, 1],
])('%o with a depth of %i gives level %i', ([env, depth, level]) => {
  expect(colors(env, depth)).toBe(level)
})

test.for<[env: Record<string, string>, platform: string, unicode: boolean]>([
  [{}, 'linux', true],
  [{ LANG: 'en_GB.UTF-8' }, 'linux', true],
  [{ LANG: 'C' }, 'linux', false],
  [{ LANG: 'C.utf8' }, 'linux', true],
  [{ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, 'linux', false],
  [{ LANG: 'C', LC_CTYPE: 'de_DE.UTF-8' }, 'linux', true],
  [{ TERM: 'linux', LANG: 'en_GB.UTF-8' }, 'linux', false],
  [{}, 'win32', false],
  [{ WT_SESSION: '1' }, 'win32', true],
])('%o on %s speaks Unicode: %s', ([env, platform, unicode]) => {
  expect(speaksUnicode(env, platform)).toBe(unicode)
})

test.for<[env: Record<string, string>, plain: boolean]>([
  [{}, false],
  [{ ACCESSIBLE: '1' }, true],
  [{ ACCESSIBLE: '0' }, false],
  [{ ACCESSIBLE: '' }, false],
  [{ TERM: 'dumb' }, true],
])('%o asks for static text: %s', ([env, plain]) => {
  expect(accessible(env)).toBe(plain)
})
