import fc from 'fast-check'
import type { Candidate } from '../../src/bank/candidates.ts'
import type { Choosable } from '../../src/memory/known.ts'
import type { Remembered } from '../../src/memory/memory.ts'

/** The day on which these people sit down. */
export const TODAY = 20_000

/** A question called `topic/name`, whose main concept is its topic's concept of that name up to a number: `http/401b` tests `http/401`. */
export function candidate(id: string, more: Partial<Candidate> = {}): Candidate {
  return {
    id,
    topic: id.split('/')[0]!,
    level: 'apply',
    kind: 'choice',
    concepts: [id.replace(/[a-z]$/, '')],
    tags: [],
    ...more,
  }
}

/** What is remembered of a question that was answered once, rightly, ten days ago, and was to be asked again after ten. */
export function remembered(question: string, more: Partial<Remembered> = {}): Remembered {
  return {
    question,
    stability: 10,
    difficulty: 5,
    last: TODAY - 10,
    reviews: 1,
    misses: 0,
    missesInARow: 0,
    grade: 3,
    score: 1,
    firstGrade: 3,
    ms: 5000,
    ...more,
  }
}

/** Concepts that are confused with each other, by pairs. */
export function confused(...pairs: readonly (readonly [string, string])[]) {
  const out = new Map<string, Set<string>>()
  for (const [a, b] of pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const])) {
    out.set(a, (out.get(a) ?? new Set()).add(b))
  }
  return out
}

/** What there is to choose from: questions by id, and what is remembered of some. */
export function choosable(
  ids: readonly string[],
  past: Readonly<Record<string, Partial<Remembered>>> = {},
  confusions: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Choosable & { readonly candidates: readonly Candidate[] } {
  return {
    candidates: ids.map(it => candidate(it)),
    confusions,
    memory: {
      questions: new Map(Object.entries(past).map(([id, it]) => [id, remembered(id, it)])),
    },
    today: TODAY,
    retention: 0.9,
  }
}

const TOPICS = ['http', 'cap', 'auth', 'rest']

/** Any bank of up to 40 questions about some concepts of some topics, and any past of them. */
export const anyChoosable: fc.Arbitrary<ReturnType<typeof choosable>> = fc
  .record({
    questions: fc.array(
      fc.record({
        topic: fc.nat({ max: TOPICS.length - 1 }),
        concept: fc.nat({ max: 5 }),
        past: fc.option(
          fc.record({
            stability: fc.double({ min: 0.001, max: 400, noNaN: true }),
            last: fc.integer({ min: TODAY - 400, max: TODAY + 2 }),
            reviews: fc.integer({ min: 1, max: 9 }),
            misses: fc.nat({ max: 9 }),
            missesInARow: fc.nat({ max: 4 }),
            score: fc.constantFrom(0, 0.5, 1),
            confidence: fc.constantFrom('guess' as const, 'unsure' as const, 'sure' as const),
            firstGrade: fc.constantFrom(1 as const, 3 as const),
          }),
          { nil: undefined },
        ),
      }),
      { maxLength: 40 },
    ),
    pairs: fc.array(fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 23 })), { maxLength: 12 }),
  })
  .map(({ questions, pairs }) => {
    const concept = (it: number) => `${TOPICS[it % TOPICS.length]}/c${it >> 2}`
    const made = questions.map(({ topic, concept: number, past }, index) => {
      const own = TOPICS[topic]!
      const id = `${own}/q${index}`
      return { it: candidate(id, { concepts: [`${own}/c${number}`] }), past }
    })
    return {
      candidates: made.map(({ it }) => it),
      confusions: confused(
        ...pairs.filter(([a, b]) => a !== b).map(([a, b]) => [concept(a), concept(b)] as const),
      ),
      memory: {
        questions: new Map(
          made.flatMap(({ it, past }) => (past ? [[it.id, remembered(it.id, past)] as const] : [])),
        ),
      },
      today: TODAY,
      retention: 0.9,
    }
  })
