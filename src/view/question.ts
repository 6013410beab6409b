import type { Question } from '../bank/model.ts'
import type { Prose } from '../bank/prose.ts'
import type { Ask } from '../kinds/ask.ts'
import type { Queued } from '../memory/queue.ts'
import type { Place } from '../session/session.ts'
import type { Doc } from './doc.ts'

/** A question on its way to a person: how it is asked this time, and where the sitting stands. */
export interface Shown {
  readonly question: Question
  readonly ask: Ask
  readonly place: Place
  /** Why it is asked. */
  readonly queued: Queued
}

/** The head of a question and what it asks; the choices are shown by the prompt itself. */
export function questionDoc({ question, place }: Shown, topicTitle: string): Doc {
  const level = place.again ? `${question.level}, once more` : question.level
  return [
    {
      type: 'progress',
      left: [{ role: 'title', text: topicTitle }],
      right: [{ role: 'muted', text: `${place.n} of ${place.of} · ${level}` }],
      done: place.n - 1,
      total: place.of,
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
