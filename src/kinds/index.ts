import type { Askable } from '../bank/model.ts'
import { choice, choiceFields } from './choice.ts'
import type { Kind, Reply } from './kind.ts'
import { match, matchFields } from './match.ts'
import { number, numberFields } from './number.ts'
import { open, openFields } from './open.ts'
import { order, orderFields } from './order.ts'
import { text, textFields } from './text.ts'

/** Every kind of question there is. The compiler insists on one entry per variant of `Askable`. */
const kinds = { choice, order, match, text, number, open } satisfies {
  [K in Askable['kind']]: Kind<Extract<Askable, { kind: K }>, Reply>
}

/** What each kind adds to the fields that all questions have. */
export const kindFields = {
  choice: choiceFields,
  order: orderFields,
  match: matchFields,
  text: textFields,
  number: numberFields,
  open: openFields,
} as const

/** The one cast in the program: TypeScript cannot see that kinds[q.kind] takes q. */
export function kindOf(question: Pick<Askable, 'kind'>): Kind<Askable, Reply> {
  return kinds[question.kind] as unknown as Kind<Askable, Reply>
}
