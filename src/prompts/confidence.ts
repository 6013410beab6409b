import type { KeypressEvent } from '@inquirer/core'
import { CONFIDENCES, type Confidence, type Heard } from '../kinds/ask.ts'
import type { Hint, Look } from './look.ts'

/*
 * How sure somebody is of an answer, said while it is given and only by those who like to.
 *
 * With keys it is tab in every prompt. Letters and digits name options, and whatever types something may belong to an
 * answer in words (`-1`, `no-store`, `what?`), while chords are taken by readline or by the terminal. Tab types nothing,
 * every keyboard has it, and ctrl-i is the same to a terminal. It goes round, so there is one key to know; `guess` comes
 * first because it changes most, and shift-tab goes the other way round, so that `sure` is one key away as well.
 *
 * In a typed line it is a word after the answer, with a colon where the answer itself is words, just as wishes have it.
 */

/** What somebody may have said about an answer. */
type Said = Confidence | undefined

const ROUND: readonly Said[] = [undefined, ...CONFIDENCES]

/** Whether this key turns the round by one, either way. */
export function isTurn({ name, ctrl, meta }: KeypressEvent & { meta?: boolean }): boolean {
  return name === 'tab' && !ctrl && meta !== true
}

/** The next one round, or with shift the one before. */
export function turned(said: Said, { shift }: KeypressEvent): Said {
  const steps = shift ? ROUND.length - 1 : 1
  return ROUND[(ROUND.indexOf(said) + steps) % ROUND.length]
}

/** An answer together with what was said about it, if anything was. */
export function heardWith(answer: unknown, confidence: Said): Heard {
  return { answer, ...(confidence !== undefined && { confidence }) }
}

/** An offer, or what was said. */
export function confidenceHint(look: Look, said: Said): Hint {
  return said === undefined ? ['tab', 'sure?'] : ['tab', `${look.sign.on} ${said}`, 'accent']
}

/** The same at length. */
export function confidenceHelp(look: Look, said: Said): Hint {
  const levels = CONFIDENCES.map(it => (it === said ? `${look.sign.on} ${it}` : it))
  return ['tab', `say how sure: ${levels.join(', ')}, not said; shift-tab goes back`]
}

/** What remains on screen below an answer. */
export function confidenceLeft(look: Look, heard: Heard): readonly string[] {
  return 'answer' in heard && heard.confidence !== undefined
    ? [look.paint(`  (${heard.confidence})`, 'dim')]
    : []
}

/** A typed line without the word that says how sure its answer is: `2 sure`, `etag :guess`. */
export function confidenceIn(
  line: string,
  colonNeeded: boolean,
): { readonly answer: string; readonly confidence?: Confidence } {
  const text = line.trimEnd()
  const last = text.split(/[\s,;]+/).at(-1) ?? ''
  const word = last.toLowerCase()
  const confidence = CONFIDENCES.find(it => word === `:${it}` || (!colonNeeded && word === it))
  return confidence === undefined
    ? { answer: line }
    : { answer: text.slice(0, -last.length).trimEnd(), confidence }
}
