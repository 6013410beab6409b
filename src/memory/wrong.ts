import type { Question } from '../bank/model.ts'
import { type Inline, spans, words } from '../bank/prose.ts'
import { normalise } from '../nearest.ts'
import type { Names } from '../search/names.ts'

/** What a wrong answer says, and why it is wrong. */
export interface Wrong {
  readonly choice: Inline
  readonly why: Inline
}

/** A concept, or the side of a pair that is none. */
export interface Thing {
  readonly id?: string
  readonly title: string
}

/** The concept's id, or what else has a name. */
type Side = string | Thing

/** What was answered, and what was right there. */
export interface Pair {
  readonly taken: Side
  readonly right: Side
}

/** What the answer with this key says and why it is wrong; nothing when the question has no such wrong answer (any more). */
export function wrongAnswer(question: Question, key: string): Wrong | undefined {
  if (question.kind === 'choice') {
    const choice = question.choices[letter(key)]
    return choice === undefined || choice.right
      ? undefined
      : { choice: choice.text, why: choice.why }
  }
  if (question.kind !== 'match') return undefined
  const [left, right] = sides(key)
  const { pairs, extra = [] } = question
  const pair = pairs[left]
  const given = pairs[right]?.right ?? extra[right - pairs.length]?.text
  if (pair === undefined || given === undefined || left === right) return undefined
  const text: Inline = [{ strong: pair.left }, ': ', ...spans(given)]
  return { choice: text, why: extra[right - pairs.length]?.why ?? pair.why }
}

/**
 * What was taken for what. A choice tells it when it is the name of a concept; or when it begins with one, as in '403, since
 * she may not', and the right choice does so too. In a match, what belongs to one left side was given to another.
 */
export function pairOf(question: Question, key: string, names: Names): Pair | undefined {
  if (question.kind === 'match') {
    const [asked, given] = sides(key).map(at => question.pairs[at]?.left)
    const [taken, right] = [given, asked].map(it => it && sideOf(it, question, names))
    return taken === undefined || right === undefined || taken === right
      ? undefined
      : { taken, right }
  }
  if (question.kind !== 'choice') return undefined
  const rights = question.choices.filter(it => it.right)
  const [main] = question.concepts
  const chosen = question.choices[letter(key)]
  // With several right choices nobody knows which of them was meant.
  if (chosen === undefined || rights.length !== 1 || main === undefined) return undefined
  const taken = nameIn(chosen.text, question, names)
  if (taken === undefined) return undefined
  const right = nameIn(rights[0]!.text, question, names)?.ref ?? (taken.whole ? main : undefined)
  return right === undefined || right === taken.ref ? undefined : { taken: taken.ref, right }
}

/** Letters; a longer side of a match is a story and not a thing. */
const LONGEST_SIDE = 30

function sideOf(text: Inline, question: Question, names: Names): Side | undefined {
  const name = nameIn(text, question, names)
  if (name?.whole) return name.ref
  const title = words(text)
  return title.length > LONGEST_SIDE ? undefined : { title }
}

/** Words; nothing longer is a name. */
const LONGEST_NAME = 6

/** The concept that a text is called like or begins with; then its name ends at a mark, or is written as `401` and `PATCH` are. */
function nameIn(
  text: Inline,
  { topic, concepts }: Question,
  names: Names,
): { readonly ref: string; readonly whole: boolean } | undefined {
  const said = words(text).trim()
  const parts = said.split(/\s+/)
  const named = (name: string) => {
    const key = normalise(name)
    const refs = key === '' ? [] : (names.get(key) ?? []).filter(it => it.includes('/'))
    return (
      refs.find(it => concepts.includes(it)) ??
      refs.find(it => it.startsWith(`${topic}/`)) ??
      (refs.length === 1 ? refs[0] : undefined)
    )
  }
  const whole = parts.length <= LONGEST_NAME ? named(said) : undefined
  if (whole !== undefined) return { ref: whole, whole: true }
  for (let length = Math.min(LONGEST_NAME, parts.length - 1); length > 0; length--) {
    const name = parts.slice(0, length).join(' ')
    const ends = /[,:;.]$/.test(name) || /^[–—(]/.test(parts[length]!)
    const ref = ends || !/[a-z]/.test(name) ? named(name) : undefined
    if (ref !== undefined) return { ref, whole: false }
  }
  return undefined
}

/** The place of a lettered option as written: `a` is the first one. */
function letter(key: string): number {
  return /^[a-z]$/.test(key) ? key.charCodeAt(0) - 97 : -1
}

/** The places of `2:a`: the second on the left with the first on the right. */
function sides(key: string): readonly [left: number, right: number] {
  const [left = '', right = ''] = key.split(':')
  return [Number(left) - 1, letter(right)]
}
