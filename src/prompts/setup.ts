import { useEffect } from '@inquirer/core'
import type { Confidence } from '../kinds/ask.ts'
import type { Look } from './look.ts'

/** What every interactive prompt is given, besides what it asks. */
export interface Setup {
  readonly canUndo: boolean
  /** How sure the person has said to be so far. */
  readonly confidence: Confidence | undefined
  readonly look: () => Look
  /** What is missing or malformed about an answer. */
  readonly complaint: (answer: unknown) => string | undefined
  /** To be called when the input is over before there is an answer. */
  readonly over: () => void
  /** Erases the prompt instead of leaving its last state on screen. */
  readonly leaveNothing: () => void
}

/** Notices ctrl-d, on which readline closes and inquirer would wait for ever. */
export function useEnd(over: () => void): void {
  useEffect(readline => {
    // Not taken back on clean-up: inquirer cleans up on `close` itself, before this would be heard.
    readline.on('close', over)
    readline.on('error', over)
    if ((readline as { closed?: boolean }).closed) over()
  }, [])
}
