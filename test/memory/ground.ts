import fc from 'fast-check'
import { initial, next } from '../../src/memory/fsrs.ts'
import type { Memory, Remembered } from '../../src/memory/memory.ts'
import type { Ground, Plan } from '../../src/memory/plan.ts'
import type { Askable } from '../../src/memory/shares.ts'

/** Nothing is known of the person's pace. */
export const NO_PACE: Memory['pace'] = {
  firstRight: { answers: 0, ms: 0 },
  firstWrong: { answers: 0, ms: 0 },
  laterRight: { answers: 0, ms: 0 },
  laterWrong: { answers: 0, ms: 0 },
}

/** A question that was answered on these days, right (`+`) or wrong (`-`): `answered('caching/a', '0+ 3- 4+')`. */
export function answered(question: string, answers: string): Remembered {
  let out: Remembered | undefined
  for (const it of answers.split(' ')) {
    const day = Number.parseInt(it, 10)
    const grade = it.endsWith('+') ? 3 : 1
    out = {
      question,
      ...(out === undefined ? initial(grade) : next(out, grade, day - out.last)),
      last: day,
      reviews: (out?.reviews ?? 0) + 1,
      misses: (out?.misses ?? 0) + (grade === 1 ? 1 : 0),
      missesInARow: grade === 1 ? (out?.missesInARow ?? 0) + 1 : 0,
      grade,
      score: grade === 1 ? 0 : 1,
      firstGrade: out?.firstGrade ?? grade,
      ms: 0,
    }
  }
  return out!
}

/** Questions by id with what was answered to them; `''` was never asked. All are choices unless the id says another kind. */
export function ground(
  questions: Readonly<Record<string, string>>,
  pace: Memory['pace'] = NO_PACE,
): Ground & { readonly candidates: readonly Askable[]; readonly memory: Pick<Memory, 'days'> } {
  const candidates = Object.keys(questions).map((id): Askable => {
    const kind = /\/(text|open|order|match|number)/.exec(id)?.[1] ?? 'choice'
    return { id, topic: id.split('/')[0]!, kind: kind as Askable['kind'] }
  })
  const met = Object.entries(questions).filter(([, it]) => it !== '')
  return {
    candidates,
    memory: {
      questions: new Map(met.map(([id, it]) => [id, answered(id, it)])),
      pace,
      days: new Map(),
    },
  }
}

export const plan = (over: Partial<Plan> = {}): Plan => ({
  by: 14,
  minutes: 20,
  weights: new Map(),
  retention: 0.9,
  ...over,
})

/** Up to 60 questions in four topics, some of them answered in the ten days before day 0. */
export const anyGround: fc.Arbitrary<ReturnType<typeof ground>> = fc
  .array(
    fc.record({
      topic: fc.constantFrom('auth', 'caching', 'cap', 'rest'),
      kind: fc.constantFrom('choice', 'text', 'open', 'order'),
      gaps: fc.array(fc.record({ gap: fc.integer({ min: 1, max: 5 }), right: fc.boolean() }), {
        maxLength: 4,
      }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map(list =>
    ground(
      Object.fromEntries(
        list.map(({ topic, kind, gaps }, index) => {
          let day = -21
          const answers = gaps.map(it => {
            day += it.gap
            return `${day}${it.right ? '+' : '-'}`
          })
          return [`${topic}/${kind}-${index}`, answers.join(' ')]
        }),
      ),
    ),
  )
