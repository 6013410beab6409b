import { understood } from '../lab-question.ts'
import type { Rule } from './rule.ts'

/** What a lab question names is there, and something can be asked with it. */
export const labs: Rule = {
  names: ['lab/unknown', 'lab/with', 'lab/untelling'],
  check: (bank, known) =>
    bank.flatMap(it =>
      it.questions.flatMap(({ written, ...rest }) =>
        written.kind === 'lab' ? understood({ ...rest, written }, known.labs).problems : [],
      ),
    ),
}
