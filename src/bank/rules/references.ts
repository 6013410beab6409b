import { nearest, normalise } from '../../nearest.ts'
import type { Draft, Drafted } from '../draft.ts'
import type { Problem } from '../problem.ts'
import type { Rule } from './rule.ts'

/** Everything that is named is there, once. */
export const references: readonly Rule[] = [
  {
    names: ['id/duplicate'],
    check: bank =>
      (['concepts', 'questions', 'sources', 'sheets'] as const).flatMap(part =>
        repeated(
          bank.flatMap(it => it[part] as readonly Drafted<unknown>[]),
          part === 'sheets' ? 'title' : 'id',
        ),
      ),
  },
  {
    names: ['topic/untitled'],
    check: (bank, known) =>
      bank.flatMap(({ topic }) => {
        if (topic === undefined || known.topics.has(topic.id)) return []
        const told = bank.filter(it => it.topic?.id === topic.id)
        if (!told.every(it => it.whole)) return []
        return (['title', 'summary'] as const)
          .filter(field => told.every(it => it.topic?.written[field] === undefined))
          .map(field =>
            topic.problem(
              [],
              'topic/untitled',
              `the new topic "${topic.id}" has no ${field}`,
              `add ${field}: …`,
            ),
          )
      }),
  },
  {
    names: ['ref/unknown', 'ref/self'],
    check(bank, known) {
      const concepts = new Set([...known.concepts, ...bank.flatMap(it => [...it.claimed])])
      const topics = new Set([
        ...known.topics.keys(),
        ...bank.flatMap(it => (it.topic === undefined ? [] : it.topic.id)),
      ])
      return bank.flatMap(it => {
        const full = (ref: string) => (ref.includes('/') ? ref : `${it.topic?.id}/${ref}`)
        const check = (
          from: Drafted<unknown>,
          field: string,
          refs: readonly string[] | undefined,
        ): Problem[] =>
          (refs ?? []).flatMap((ref, index) => {
            if (full(ref) === from.id && field !== 'concepts') {
              return [
                from.problem([field, index], 'ref/self', `"${ref}" refers to itself`, 'remove it'),
              ]
            }
            if (concepts.has(full(ref))) return []
            const [near] = nearest(full(ref), concepts, 1)
            return [
              from.problem(
                [field, index],
                'ref/unknown',
                `there is no concept "${full(ref)}"`,
                near === undefined
                  ? 'write `concept` or `topic/concept`'
                  : `did you mean "${near}"?`,
              ),
            ]
          })
        return [
          ...neededTopics(it, topics),
          ...it.concepts.flatMap(concept =>
            (['confusedWith', 'seeAlso', 'needs'] as const).flatMap(field =>
              check(concept, field, concept.written[field]),
            ),
          ),
          ...it.questions.flatMap(question =>
            check(question, 'concepts', question.written.concepts),
          ),
        ]
      })
    },
  },
  {
    names: ['alias/clash'],
    check(bank) {
      const owners = new Map<string, string>()
      const own = (name: string, id: string): string => {
        const owner = owners.get(normalise(name)) ?? id
        owners.set(normalise(name), owner)
        return owner
      }
      const concepts = bank.flatMap(it => it.concepts)
      for (const { id, written } of concepts) own(written.id, id)
      const problems: Problem[] = []
      for (const { id, written, problem } of concepts) {
        for (const [index, alias] of (written.aliases ?? []).entries()) {
          const owner = own(alias, id)
          if (owner === id) continue
          problems.push(
            problem(
              ['aliases', index],
              'alias/clash',
              `"${alias}" already names ${owner}`,
              'give each name to one concept, and link the other by confusedWith',
            ),
          )
        }
      }
      return problems
    },
  },
  {
    names: ['source/unknown'],
    check(bank, known) {
      const listed = new Set([...known.sources.keys(), ...bank.flatMap(it => [...it.claimed])])
      return cited(bank).flatMap(({ from, path, ref }) => {
        const id = ref.split('#')[0]!
        if (listed.has(id)) return []
        const [near] = nearest(id, listed, 1)
        return [
          from.problem(
            path,
            'source/unknown',
            `there is no source "${id}"`,
            near === undefined
              ? 'list it under `sources:` with id, title and url'
              : `did you mean "${near}"?`,
          ),
        ]
      })
    },
  },
  {
    names: ['source/unused'],
    check(bank) {
      if (!bank.every(it => it.whole)) return []
      const used = new Set(cited(bank).map(({ ref }) => ref.split('#')[0]))
      return bank.flatMap(it =>
        it.sources
          .filter(({ id }) => !used.has(id))
          .map(({ id, problem }) =>
            problem(['id'], 'source/unused', `nothing cites "${id}"`, 'cite it or remove it'),
          ),
      )
    },
  },
]

/** The topics that a topic says it needs and that are not there. */
function neededTopics({ topic }: Draft, topics: ReadonlySet<string>): Problem[] {
  return (topic?.written.needs ?? []).flatMap((need, index) => {
    if (topics.has(need)) return []
    const [near] = nearest(need, topics, 1)
    const remedy = near === undefined ? 'name a topic by its id' : `did you mean "${near}"?`
    return [topic!.problem(['needs', index], 'ref/unknown', `there is no topic "${need}"`, remedy)]
  })
}

function repeated(items: readonly Drafted<unknown>[], name: 'id' | 'title'): Problem[] {
  const seen = new Set<string>()
  return items.flatMap(({ id, problem }) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [
      problem([name], 'id/duplicate', `"${id}" is there twice`, `give one of them another ${name}`),
    ]
  })
}

/** Every citation of the bank, with its place. */
function cited(
  bank: readonly Draft[],
): { from: Drafted<unknown>; path: (string | number)[]; ref: string }[] {
  return bank.flatMap(it =>
    [...it.concepts, ...it.questions].flatMap(from => {
      const { sources } = from.written
      const example = 'example' in from.written ? from.written.example : undefined
      return [
        ...sources.map((ref, index) => ({ from, path: ['sources', index], ref })),
        ...(example ? [{ from, path: ['example', 'source'], ref: example.source }] : []),
      ]
    }),
  )
}
