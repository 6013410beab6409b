import { type Inline, type Span, spans, words, wordsOf } from '../bank/prose.ts'
import { said } from '../labs/said.ts'
import type { Followed } from '../memory/misconceptions.ts'
import type { Belief, Confusion, Leech } from '../memory/mistakes.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count } from './numbers.ts'

/** What was taken for what. */
export function confusions(all: readonly Confusion[]): Doc {
  if (all.length === 0) return []
  const both = all.find(it => it.taken.id !== undefined && it.right.id !== undefined)
  return [
    list(
      all.map(({ taken, right, times, answers }) => [
        { strong: taken.title },
        ', where ',
        { strong: right.title },
        ` is right: ${times} of ${count(answers, 'answer')}`,
      ]),
    ),
    ...(both === undefined
      ? []
      : [hint(`quiz compare ${both.taken.id} ${both.right.id}`, 'tells them apart')]),
  ]
}

/** Wrong answers that were given, and why they are wrong. */
export function beliefs(all: readonly Belief[]): Doc {
  if (all.length === 0) return []
  return [
    list(
      all.map(it => [
        { strong: it.concept.title },
        `, ${it.times} of ${count(it.answers, 'answer')}\n`,
        ...(words(it.choice).length < TELLING ? [clipped(wordsOf(it.prompt)), '\n'] : []),
        ...chosen(it),
      ]),
    ),
    ...(all[0]?.concept.id === undefined
      ? []
      : [hint(`quiz explain ${all[0].concept.id}`, 'says what is so')]),
  ]
}

/** A shorter answer, such as 'True', tells nothing without its question. */
const TELLING = 20

function chosen({ choice, why }: Pick<Belief, 'choice' | 'why'>): readonly Span[] {
  return ['“', ...shortened(choice), '”\n', { role: 'muted', text: shortened(why) }]
}

/** Wrong rules that were followed in computed questions. */
export function followed(all: readonly Followed[]): Doc {
  const [worst] = all
  if (worst === undefined) return []
  return [
    list(all.map(it => [...rule(it), '\n', { role: 'muted', text: said(it.fact) }])),
    hint(`quiz lab ${worst.lab}`, 'shows what happens, step by step'),
  ]
}

/** 'You record refused requests as well: 3 of 4 answers'. */
export function rule({ belief, times, of }: Followed): readonly Span[] {
  return ['You ', { strong: said(belief) }, `: ${times} of ${count(of, 'answer')}`]
}

/** What is missed again and again, and with which answer. */
export function leeches(all: readonly Leech[]): Doc {
  if (all.length === 0) return []
  return [
    list(
      all.map(({ concept, prompt, misses, answers, missesInARow, belief }) => [
        { strong: concept.title },
        `, missed ${misses} of ${answers}${missesInARow > 1 ? `, the last ${missesInARow} in a row` : ''}\n`,
        clipped(wordsOf(prompt)),
        ...(belief === undefined ? [] : [`\nMost often (${belief.times}): `, ...chosen(belief)]),
      ]),
    ),
    hint(
      `quiz explain ${all[0]!.concept.id ?? all[0]!.concept.title}`,
      'is a better start than once more',
    ),
  ]
}

function list(items: readonly Inline[]): DocBlock {
  return {
    type: 'list',
    ordered: false,
    items: items.map(text => [{ type: 'paragraph', text }]),
  }
}

/** What to type, and what it does. */
export function hint(command: string, does: string): DocBlock {
  return { type: 'paragraph', text: [{ role: 'accent', text: command }, ` ${does}.`] }
}

/** Whoever needs more than this opens the question. */
const LONGEST = 110

/** The beginning of a text on one line. */
function clipped(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > LONGEST ? `${start(line, LONGEST)}…` : line
}

/** The beginning of a text, with its code and emphasis as far as it goes. */
function shortened(text: Inline): readonly Span[] {
  let left = LONGEST
  return spans(text).flatMap((span): Span[] => {
    const room = left
    left -= words([span]).length
    if (room <= 0) return []
    if (left >= 0) return [span]
    return [typeof span === 'string' ? `${start(span, room)}…` : '…']
  })
}

/** As many whole words as there is room for. */
function start(text: string, room: number): string {
  const cut = text.slice(0, room)
  return (/^(.*\S)\s/s.exec(cut)?.[1] ?? cut).replace(/[\s,;:.–-]+$/, '')
}
