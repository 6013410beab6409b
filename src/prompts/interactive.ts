import { Writable } from 'node:stream'
import { AbortPromptError, ExitPromptError } from '@inquirer/core'
import { Interrupted } from '../errors.ts'
import type { Ask, Heard } from '../kinds/ask.ts'
import type { AskOptions, Streams } from '../prompts.ts'
import type { Screen } from '../screen.ts'
import { arrange } from './arrange.ts'
import { chooseMany, chooseOne } from './choose.ts'
import { complaintAbout } from './complete.ts'
import { keyPrompt } from './key-prompt.ts'
import type { Keyed } from './keyed.ts'
import { isOver, onceOver } from './lines.ts'
import { lookOf } from './look.ts'
import { pair } from './pair.ts'
import { press } from './press.ts'
import type { Setup } from './setup.ts'
import { typedPrompt } from './typed-prompt.ts'

/**
 * Asks with single keys on a terminal, or in an editable line. Leaves behind what was answered, no listener and no raw
 * mode. Rejects with `Interrupted` on ctrl-c and when the input ends.
 */
export async function askWithKeys(
  ask: Ask,
  options: AskOptions,
  { input, output }: Streams,
  screen: Screen,
): Promise<Heard> {
  // On a signal that is aborted already, inquirer would leave its readline open.
  if (isOver(input)) throw new Interrupted()

  const ending = new AbortController()
  const over = () => ending.abort()
  const stopWatching = onceOver(input, over)
  const context = {
    input,
    output: heldOpen(output, screen),
    signal: ending.signal,
    clearPromptOnDone: false,
  }
  const setup: Setup = {
    canUndo: options.canUndo === true,
    confidence: options.confidence,
    look: () => lookOf(screen, output),
    complaint: answer => complaintAbout(ask, answer, options),
    over,
    leaveNothing: () => {
      context.clearPromptOnDone = true
    },
  }
  try {
    return ask.type === 'line' || ask.type === 'number' || ask.type === 'speak'
      ? await typedPrompt({ ...setup, ask }, context)
      : await keyPrompt({ ...setup, keyed: keyedFor(ask) }, context)
  } catch (error) {
    if (error instanceof ExitPromptError || error instanceof AbortPromptError) {
      throw new Interrupted()
    }
    throw error
  } finally {
    stopWatching()
  }
}

type KeyAsk = Exclude<Ask, { type: 'line' | 'number' | 'speak' }>

/** The one cast of this room: each prompt is its own state's business, and nobody else looks into it. */
function keyedFor(ask: KeyAsk): Keyed<unknown> {
  return prompt() as Keyed<unknown>

  function prompt() {
    switch (ask.type) {
      case 'pick':
        return ask.many ? chooseMany(ask.options) : chooseOne(ask.options)
      case 'tick':
        return chooseMany(ask.options)
      case 'arrange':
        return arrange(ask.options)
      case 'pair':
        return pair(ask.left, ask.right)
      case 'press':
        return press(ask.keys)
    }
  }
}

/** The output for one prompt: inquirer ends what it writes to, and the next prompt needs it still. */
function heldOpen(output: NodeJS.WritableStream, screen: Screen): Writable {
  const held = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      output.write(chunk)
      done()
    },
  })
  return Object.defineProperty(held, 'columns', {
    get: () => (output as { columns?: number }).columns || screen.columns,
  })
}
