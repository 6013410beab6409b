import { expect, test } from 'vitest'
import { parsedDictionary, parsedItem, parsedList } from '../../src/labs/structured.ts'

/** Examples of RFC 9651 §3.3, and what its algorithms refuse. */
test.for<[text: string, value: unknown]>([
  ['42', 42],
  ['-0', 0],
  ['4.5', 4.5],
  ['"hello world"', 'hello world'],
  ['foo123/456', { token: 'foo123/456' }],
  [':cHJldGVuZA==:', { bytes: 'cHJldGVuZA==' }],
  ['?1', true],
  ['@1659578233', { date: 1_659_578_233 }],
  ['@-1', { date: -1 }],
  ['%"f%c3%bc"', { display: 'fü' }],
])('the item %s is %o', ([text, value]) => {
  expect(parsedItem(text)).toEqual({ value, params: {} })
  expect(Object.is((parsedItem(text)?.value as number) ?? 0, -0)).toBe(false)
})

test.for(['', '@1659578233.5', '@', '1, 2', '"open', '?2', 'Thu, 01 Jan 2026 00:00:00 GMT'])(
  '%o is no item',
  text => {
    expect(parsedItem(text)).toBeUndefined()
  },
)

test('parameters, lists, inner lists and dictionaries', () => {
  expect(parsedItem('5; foo=bar;x')).toEqual({
    value: 5,
    params: { foo: { token: 'bar' }, x: true },
  })
  expect(parsedList('"default";r=50;t=30')).toEqual([
    { value: 'default', params: { r: 50, t: 30 } },
  ])
  expect(parsedList('("foo" "bar");lvl=5, 1')).toEqual([
    {
      items: [
        { value: 'foo', params: {} },
        { value: 'bar', params: {} },
      ],
      params: { lvl: 5 },
    },
    { value: 1, params: {} },
  ])
  expect(parsedList('')).toEqual([])
  expect(parsedList('1,')).toBeUndefined()
  expect(parsedDictionary('a=?0, b, c; foo=bar')).toEqual({
    a: { value: false, params: {} },
    b: { value: true, params: {} },
    c: { value: true, params: { foo: { token: 'bar' } } },
  })
  expect(parsedDictionary('max-age')).toEqual({ 'max-age': { value: true, params: {} } })
  expect(parsedDictionary('A=1')).toBeUndefined()
})
