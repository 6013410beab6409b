import { describe, expect, test } from 'vitest'
import { type TextFields, text } from '../../src/kinds/text.ts'
import { notes } from './asked.ts'
import { keepsItsPromises, malformed } from './contract.ts'

const header: TextFields = {
  accept: ['Retry-After'],
  near: [{ text: 'Retry', why: 'It has a second word.' }],
}

keepsItsPromises(text, header, ['Retry-After', 'Retry', 'Age', 'after', '429'])

const score = (accept: readonly string[], reply: string, near: TextFields['near'] = []) =>
  text.mark({ accept: [...accept], near }, reply).score

describe('counts as right', () => {
  test.for<[accept: string, reply: string]>([
    ['Retry-After', 'Retry-After'],
    ['Retry-After', 'retry-after'],
    ['Retry-After', 'RETRY AFTER'],
    ['Retry-After', ' retry_after: '],
    ['Retry-After', 'retryafter'],
    ['Retry-After', 'Retry‑After'],
    ['Retry-After', 'Ｒｅｔｒｙ-After'],
    ['Retry-After', '`Retry-After`'],
    // Slips of the keyboard: one letter from five letters on, two from nine on.
    ['Retry-After', 'Rety-After'],
    ['Retry-After', 'Retry-Aftre'],
    ['Retry-After', 'Rtry-Aftr'],
    ['cache', 'cahe'],
    ['websocket', 'wbsokcet'],
    ['quorum', 'qourum'],
    ['quorum', 'quorom'],
    ['quorum', 'quorums'],
    ['ETag', 'E-Tag'],
    ['ETag', 'etag'],
    ['SHA-256', 'sha256'],
    ['SHA-256', 'SHA 256'],
    ['HTTP/2', 'http2'],
    ['409', '409'],
    ['409', ' 409. '],
    ['café', 'cafe\u0301'],
    ['%', '%'],
    ['--', '- -'],
    ['...', '…'],
    ['東京', '東京'],
  ])('%s: %s', ([accept, reply]) => {
    expect(score([accept], reply)).toBe(1)
  })

  test('any of the accepted spellings', () => {
    expect(
      ['429', 'Too Many Requests', 'too many requets'].map(it =>
        score(['429', 'Too Many Requests'], it),
      ),
    ).toEqual([1, 1, 1])
  })
})

describe('does not count', () => {
  test.for<[accept: string, reply: string]>([
    ['Retry-After', 'Retry'],
    ['Retry-After', 'Rty-Aftr'],
    ['bulkhead', 'blkehad'],
    ['websocket', 'wbskce'],
    ['quorum', 'quroom'],
    ['quorum', 'qrm'],
    ['ETag', 'ETags'],
    ['ETag', 'ETga'],
    ['Age', 'Ag'],
    ['SHA-256', 'SHA-265'],
    ['SHA-256', 'SHA-512'],
    ['SHA-256', 'SHA-2565'],
    ['HTTP/2', 'HTTP/3'],
    ['409', '410'],
    ['Content-Type', 'Content-Type: text/html'],
    ['%', '&'],
    ['--', '-'],
  ])('%s: %s', ([accept, reply]) => {
    expect(score([accept], reply)).toBe(0)
  })

  test('what is near, although it would pass for a slip', () => {
    const near = [{ text: 'no-store', why: 'It keeps nothing.' }]
    expect(score(['no-stored'], 'no-store')).toBe(1)
    expect(score(['no-stored'], 'No Store', near)).toBe(0)
  })

  test('what objects have anyway', () => {
    for (const reply of ['constructor', '__proto__', 'length'])
      expect(score(['Retry-After'], reply)).toBe(0)
  })
})

describe('what is told', () => {
  test('the answer as the bank spells it', () => {
    const mark = text.mark(header, 'retry after')
    expect(notes(mark)).toEqual(['- right taken'])
    expect(mark.notes[0]!.text).toBe('Retry-After')
    expect(mark.notes[0]!.why).toBeUndefined()
  })

  test('how it is spelt, after a slip', () => {
    const mark = text.mark(header, 'Rety-After')
    expect(mark.notes).toEqual([
      {
        right: true,
        taken: true,
        text: 'Rety-After',
        why: 'Counted as right; it is spelt Retry-After.',
      },
    ])
  })

  test('why a typical mistake is one, and the answer', () => {
    expect(text.mark(header, 'RETRY').notes).toEqual([
      { right: false, taken: true, text: 'Retry', why: 'It has a second word.' },
      { right: true, taken: false, text: 'Retry-After' },
    ])
  })

  test('what was typed, and the answer', () => {
    expect(text.mark(header, 'Age').notes).toEqual([
      { right: false, taken: true, text: 'Age' },
      { right: true, taken: false, text: 'Retry-After' },
    ])
  })
})

test.for<[answer: unknown, told: string]>([
  ['', 'type an answer'],
  [' \t\n', 'type an answer'],
  [null, 'answer with words'],
  [true, 'answer with words'],
  [['Retry-After'], 'answer with words'],
  [{ text: 'Retry-After' }, 'answer with words'],
])('%j is malformed', ([answer, told]) => {
  expect(malformed(text, header, answer)).toBe(told)
})

test('a number is words, too', () => {
  expect(text.read({ accept: ['409'] }, { type: 'line' }, 409)).toEqual({ reply: '409' })
})
