import type { Askable } from '../bank/model.ts'
import type { Prose } from '../bank/prose.ts'
import { kindOf } from '../kinds/index.ts'
import { type Random, shuffled } from '../random.ts'
import type { Misconception, Trace } from './lab.ts'
import { prose, said } from './said.ts'
import type { Asked, Computed, Way } from './way.ts'

/** What a question is computed from. */
interface Ground<P, R> {
  readonly values: P
  readonly outcome: R
  readonly supposed: readonly { misconception: string; wrong: Misconception; outcome: R }[]
  readonly rule: string
  readonly trace: Trace
}

/** What several misconceptions answer alike is one wrong answer; the first of them is taken to be behind it. */
interface Supposed<A> {
  readonly misconception: string
  readonly answer: A
  readonly why: string
}

/** Most wrong choices beside the key. */
const WRONG = 3

/** Rows of steps that an explanation shows. */
const ROWS = 12

/** Computes a question; undefined unless at least two misconceptions answer it differently from the model and each other. */
export function computed<P, R>(
  way: Way<P, R>,
  ground: Ground<P, R>,
  random: Random,
): Computed | undefined {
  const { asked, offered: all } = make(way, ground, random)
  const question = asked as unknown as Askable
  const { mark } = kindOf(question)
  // What is marked as right, or told apart by nothing, is no wrong answer.
  const seen = new Set<string>()
  const kept = all.map(({ reply }) => {
    const { score, notes } = mark(question, reply)
    const told = JSON.stringify(notes)
    if (score === 1 || seen.has(told)) return false
    seen.add(told)
    return true
  })
  const offered = all.filter((_, index) => kept[index])
  if (offered.length < 2) return undefined
  return {
    asked:
      'near' in asked && asked.near !== undefined
        ? ({ ...asked, near: asked.near.filter((_, index) => kept[index]) } as Asked)
        : asked,
    offered,
  }
}

function make<P, R>(way: Way<P, R>, ground: Ground<P, R>, random: Random): Computed {
  const { values, outcome, rule } = ground
  const common = { prompt: prose(way.prompt(values)), explanation: explanation(way, ground) }
  switch (way.kind) {
    case 'number': {
      const { unit, tolerance } = way
      const wrong = supposed(ground, way.answer, way.answer(outcome, values))
      return {
        asked: {
          kind: 'number',
          ...common,
          answer: way.answer(outcome, values),
          ...(unit !== undefined && { unit }),
          ...(tolerance !== undefined && { tolerance }),
          near: wrong.map(({ answer, why }) => ({ value: answer, why: said(why) })),
        },
        offered: wrong.map(({ misconception, answer }) => ({ misconception, reply: answer })),
      }
    }
    case 'text': {
      const key = way.answer(outcome, values)
      const wrong = supposed(ground, way.answer, key)
      return {
        asked: {
          kind: 'text',
          ...common,
          accept: [key, ...(way.accept?.(key) ?? [])],
          near: wrong.map(({ answer, why }) => ({ text: answer, why: said(why) })),
        },
        offered: wrong.map(({ misconception, answer }) => ({ misconception, reply: answer })),
      }
    }
    case 'choice': {
      const key = way.answer(outcome, values)
      const wrong = shuffled(random, supposed(ground, way.answer, key)).slice(0, WRONG)
      return {
        asked: {
          kind: 'choice',
          ...common,
          choices: [
            { text: said(key), right: true, why: said(rule) },
            ...wrong.map(it => ({ text: said(it.answer), why: said(it.why) })),
          ],
        },
        offered: wrong.map(({ misconception }, index) => ({ misconception, reply: [index + 1] })),
      }
    }
    case 'order': {
      const key = way.answer(outcome, values)
      const items = way.items(values)
      // As it is written, a question has its items in the right order.
      const places = (answer: readonly number[]) => answer.map(it => key.indexOf(it))
      const wrong = supposed(ground, way.answer, key)
      return {
        asked: {
          kind: 'order',
          ...common,
          items: key.map(it => ({
            text: said(items[it]!),
            why: said(way.why(it, outcome, values)),
          })),
          near: wrong.map(({ answer, why }) => ({ order: places(answer), why: said(why) })),
        },
        offered: wrong.map(({ misconception, answer }) => ({
          misconception,
          reply: places(answer),
        })),
      }
    }
    case 'match': {
      const key = way.answer(outcome, values)
      const wrong = supposed(ground, way.answer, key).filter(
        // A partner that belongs to none could not be chosen.
        ({ answer }) => new Set(answer).size === key.length && answer.every(it => key.includes(it)),
      )
      const partners = (answer: readonly string[]) => answer.map(it => key.indexOf(it))
      return {
        asked: {
          kind: 'match',
          ...common,
          pairs: way.left(values).map((left, index) => ({
            left: said(left),
            right: said(key[index]!),
            why: said(way.why(index, outcome, values)),
          })),
          near: wrong.map(({ answer, why }) => ({ pairs: partners(answer), why: said(why) })),
        },
        offered: wrong.map(({ misconception, answer }) => ({
          misconception,
          reply: partners(answer),
        })),
      }
    }
  }
}

/** The answers of the misconceptions that differ from the key, each once. */
function supposed<P, R, A>(
  { values, supposed: all }: Ground<P, R>,
  answer: (outcome: R, values: P) => A,
  key: A,
): Supposed<A>[] {
  const out = new Map<string, Supposed<A>>()
  for (const { misconception, wrong, outcome } of all) {
    const own = answer(outcome, values)
    const told = JSON.stringify(own)
    if (told === JSON.stringify(key) || out.has(told)) continue
    out.set(told, {
      misconception,
      answer: own,
      why: `You get this if you ${wrong.belief}. ${wrong.fact}`,
    })
  }
  return [...out.values()]
}

function explanation<P, R>(way: Way<P, R>, { outcome, values, trace }: Ground<P, R>): Prose {
  const how = prose(way.how(outcome, values))
  if (way.bare || trace.rows.length === 0) return how
  return [...how, steps(trace, ROWS)]
}

/** The steps as a table; of more than `most` rows the first ones. */
export function steps({ columns, rows }: Trace, most = Number.POSITIVE_INFINITY): Prose[number] {
  const shown = rows.slice(0, most).map(row => row.map(said))
  return {
    type: 'table',
    columns: columns.map(said),
    rows: rows.length > most ? [...shown, columns.map(() => '…')] : shown,
  }
}
