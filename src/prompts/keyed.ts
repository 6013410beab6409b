import type { Hint, Look } from './look.ts'

/** A way of answering with single keys, as pure functions: what a key does to the state, and how the state looks. */
export interface Keyed<State> {
  readonly start: State
  /** What a key does; undefined when it means nothing here. */
  press(state: State, key: Key): Pressed<State> | undefined
  /** The options as they stand, a block of lines each, and which one the pointer is on. */
  show(state: State, look: Look): Shown
  /** What remains on screen once it is answered; nothing at all is possible too. */
  taken(state: State, look: Look): readonly string[]
  /** The keys worth a reminder on every screen. */
  hints(state: State, look: Look): readonly Hint[]
  /** Every key. */
  help(look: Look): readonly Hint[]
  /** Whether a question is answered with it, which can be skipped, and of which one can be sure or not. */
  readonly isQuestion: boolean
}

/** The name of a key: `up`, `enter`, `space`, `backspace`, `escape`, or what it types, in lower case. */
export type Key = string

/** A new state; with `answer`, the person is done. */
interface Pressed<State> {
  readonly state: State
  readonly answer?: unknown
}

interface Shown {
  readonly blocks: readonly (readonly string[])[]
  readonly active: number
}

/** A row moved up or down by this key, around the ends; undefined when it is another key. */
export function moved(at: number, count: number, key: Key): number | undefined {
  if (key === 'up' || key === 'k') return (at + count - 1) % count
  if (key === 'down' || key === 'j') return (at + 1) % count
  if (key === 'home') return 0
  if (key === 'end') return count - 1
  return undefined
}

/** The option that a number or a letter key names. */
export function named(options: readonly { readonly key: string }[], key: Key): number | undefined {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : options.findIndex(it => it.key === key)
  return index in options ? index : undefined
}

/** What an option is called on screen: the number key that takes it, or a space when the numbers have run out. */
export function numberKey(index: number): string {
  return index < 9 ? String(index + 1) : ' '
}

/** `1-4`, or `1` when there is only one. */
export function numberKeys(count: number): string {
  return count > 1 ? `1-${Math.min(count, 9)}` : '1'
}
