import type { Confidence, Heard } from '../../kinds/ask.ts'
import type { Summary } from '../../session/session.ts'
import type { Nothing } from '../../view/nothing.ts'
import type { Opening } from '../../view/opening.ts'
import type { Shown } from '../../view/question.ts'
import type { Verdict } from '../../view/verdict.ts'

/** The other side of a drill: a person at a terminal, or a program that speaks JSON lines. */
export interface Conversation {
  start(beginning: Beginning): Promise<void>
  /** Instead of a start and all that follows: says that there is nothing to ask. */
  nothing(beginning: Beginning, nothing: Nothing): Promise<void>
  /** Shows a question and hears an answer that can be marked, or a wish. `check` says what is malformed about an answer. */
  ask(shown: Shown, check: Check, canUndo: boolean): Promise<Heard>
  /** Shows the model answer of an open question and hears which points were made; `said` is how sure the person was of the answer. */
  tick(shown: Shown, check: Check, canUndo: boolean, said?: Confidence): Promise<Heard>
  /** Tells how it went; hears whether to go on. `flag` says that something is wrong with the question, where that is kept. */
  tell(verdict: Verdict, flag: (() => void) | undefined): Promise<'next' | 'undo' | 'quit'>
  /** In an exam, all verdicts come at the end. */
  reveal(verdicts: readonly Verdict[]): Promise<void>
  /** The last word; `timeUp` when the minutes are over and that is why. */
  end(summary: Summary, timeUp: boolean): Promise<void>
}

/** What a sitting begins with. */
export interface Beginning extends Opening {
  readonly questions: number
  readonly seed: number
}

export type Check = (answer: unknown) => string | undefined
