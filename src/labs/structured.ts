import {
  type BareItem,
  DisplayString,
  type InnerList as InnerListOf,
  type Item as ItemOf,
  isInnerList,
  parseDictionary,
  parseItem,
  parseList,
  Token,
} from 'structured-headers'

/** Structured Field Values for HTTP (RFC 9651), read by a real parser and given as plain JSON; it only computes. */

/**
 * A bare item. Integers, decimals, strings and booleans are what they look like; the types that JSON does not have are objects
 * with one name: a token, a byte sequence as base64, a date in seconds since 1970, a display string.
 */
export type Bare =
  | number
  | string
  | boolean
  | { readonly token: string }
  | { readonly bytes: string }
  | { readonly date: number }
  | { readonly display: string }

export type Params = Readonly<Record<string, Bare>>

export interface Item {
  readonly value: Bare
  readonly params: Params
}

export interface InnerList {
  readonly items: readonly Item[]
  readonly params: Params
}

/** A field value that is one item; undefined when it is malformed. */
export function parsedItem(text: string): Item | undefined {
  return wellFormed(() => item(parseItem(text)))
}

/** A field value that is a list; undefined when it is malformed. */
export function parsedList(text: string): (Item | InnerList)[] | undefined {
  return wellFormed(() => parseList(text).map(member))
}

/** A field value that is a dictionary, in its order; undefined when it is malformed. */
export function parsedDictionary(text: string): Record<string, Item | InnerList> | undefined {
  return wellFormed(() =>
    Object.fromEntries([...parseDictionary(text)].map(([key, it]) => [key, member(it)])),
  )
}

/** The parser throws at what is malformed, and only then. */
function wellFormed<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function member(it: ItemOf | InnerListOf): Item | InnerList {
  return isInnerList(it) ? { items: it[0].map(item), params: params(it[1]) } : item(it)
}

function item([value, of]: ItemOf): Item {
  return { value: bare(value), params: params(of) }
}

function params(of: ReadonlyMap<string, BareItem>): Params {
  return Object.fromEntries([...of].map(([key, it]) => [key, bare(it)]))
}

function bare(it: BareItem): Bare {
  if (it instanceof Token) return { token: it.toString() }
  if (it instanceof DisplayString) return { display: it.toString() }
  if (it instanceof Date) {
    const date = it.getTime() / 1000
    // The grammar goes further than the dates that programs have.
    if (Number.isNaN(date)) throw new RangeError('a date out of range')
    return { date }
  }
  // JSON has no -0.
  if (typeof it === 'number') return it + 0
  if (typeof it === 'object') return { bytes: base64(it as ArrayBuffer) }
  return it
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
}
