import type { Ask, Confidence, Heard } from './kinds/ask.ts'
import { lineReader } from './prompts/lines.ts'
import { askPlainly } from './prompts/plain.ts'
import type { Screen } from './screen.ts'

/** Where a conversation happens. */
export interface Streams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

export interface AskOptions {
  /**
   * Says what is malformed about an answer, or undefined when it can be marked.
   * A malformed answer is asked again in place and costs nothing.
   */
  readonly check?: (answer: unknown) => string | undefined
  /** Whether there is an answer to take back. */
  readonly canUndo?: boolean
  /** How sure the person said to be of an answer that this one completes. */
  readonly confidence?: Confidence | undefined
}

/** Asks once and tells what was heard: an answer in its wire form, or a wish about the session. */
export type Prompt = (ask: Ask, options?: AskOptions) => Promise<Heard>

/**
 * Turns asks into a conversation on these streams: with single keys where the screen allows it, else with static text
 * and typed lines. The question itself is the caller's to print.
 *
 * Answers are keys in an array (pick, tick, arrange), left key → right key (pair), the text as typed (line, number,
 * speak) or one key (press). Ctrl-c and the end of input reject with `Interrupted`. Between two prompts the input is
 * paused and nothing listens to it, so a program that is done can end.
 */
export function prompter(streams: Streams, screen: Screen): Prompt {
  if (screen.interactive && !screen.plain) {
    return async (ask, options = {}) => {
      const { askWithKeys } = await import('./prompts/interactive.ts')
      return askWithKeys(ask, options, streams, screen)
    }
  }
  const nextLine = lineReader(streams.input)
  return (ask, options = {}) => askPlainly(ask, options, { ...streams, nextLine }, screen)
}
