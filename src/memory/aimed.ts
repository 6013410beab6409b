import type { Bank } from '../bank/bank.ts'
import type { Candidate, Listed } from '../bank/candidates.ts'
import { Exit, UserError } from '../errors.ts'
import type { Day } from './day.ts'
import type { KeptPlan } from './plan-text.ts'

/** The plan that holds on a day: one whose interview is over does not. */
export function holding(plan: KeptPlan | undefined, day: Day): KeptPlan | undefined {
  return plan?.by !== undefined && plan.by < day ? undefined : plan
}

/** The questions that a plan is about: of its topics, or all. Throws `UserError` when the banks have none of its topics. */
export function askedBy(plan: KeptPlan | undefined, bank: Bank): Listed<Candidate> {
  if (plan === undefined || plan.topics.length === 0) return bank.candidates()
  const { topics } = plan
  const asked = bank.candidates(topics)
  if (asked.length > 0) return asked
  throw new UserError(`the plan is about ${topics.join(', ')}, which no bank here has`, {
    hint: 'quiz plan --topics all is about everything; --bank PATH adds a bank',
    exit: Exit.problem,
  })
}
