import type { Prose } from '../bank/prose.ts'
import type { Ask } from '../kinds/ask.ts'
import type { Posed } from '../labs/posed.ts'
import type { Queued } from '../memory/queue.ts'
import type { Place } from '../session/session.ts'
import type { Doc } from './doc.ts'
import { count } from './numbers.ts'

/** A question on its way to a person: how it is asked this time, and where the sitting stands. */
export interface Shown extends Posed {
  readonly ask: Ask
  readonly place: Place
  /** Why it is asked. */
  readonly queued: Queued
  /** Of a sitting that ends by the clock: the seconds that are left, of all. */
  readonly time?: { readonly left: number; readonly of: number }
}

/** The head of a question and what it asks; the choices are shown by the prompt itself. */
export function questionDoc({ question, place, time }: Shown, topicTitle: string): Doc {
  const level = place.again ? `${question.level}, once more` : question.level
  const along =
    time === undefined
      ? `${place.n} of ${place.of}`
      : `${place.n} · ${count(Math.ceil(time.left / 60), 'minute')} left`
  return [
    {
      type: 'progress',
      left: [{ role: 'title', text: topicTitle }],
      right: [{ role: 'muted', text: `${along} · ${level}` }],
      ...(time === undefined
        ? { done: place.n - 1, total: place.of }
        : { done: time.of - time.left, total: time.of }),
    },
    ...question.prompt,
  ]
}

/** What an open question shows once the person has answered: the model answer to hold theirs against. */
export function modelAnswerDoc(answer: Prose): Doc {
  return [
    { type: 'section', title: 'A good answer', blocks: answer },
    { type: 'paragraph', text: 'Tick the points that you made:' },
  ]
}
