import type { Bank } from '../bank/bank.ts'
import type { Concept } from '../bank/model.ts'
import { UserError } from '../errors.ts'
import { resolve } from '../search/resolve.ts'
import { compareDoc, conceptDoc, type Explained, tourDoc } from '../view/concept.ts'
import { foundDoc } from '../view/lists.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, searchers } from './output.ts'

/** `quiz explain`: a concept by id, alias, code or words; a topic by its tour; two things by their difference. */
export async function explain(
  world: World,
  terms: readonly string[],
  options: Printing,
): Promise<void> {
  const bank = await openBanks(world, options)
  const query = terms.join(' ')
  const found = await resolve(query, bank.names(), () => searchers(bank))
  switch (found.type) {
    case 'one':
      return found.ref.includes('/')
        ? explainConcept(world, bank, found.ref, options)
        : explainTopic(world, bank, found.ref, options)
    case 'compare': {
      const concepts = found.refs.flatMap(it => bank.concept(it) ?? [])
      const title = concepts.map(it => it.title).join(', ')
      return print(
        world,
        options,
        () => compareDoc(concepts),
        async () => {
          const { conceptData } = await import('./data.ts')
          return { type: 'compare', concepts: concepts.map(conceptData) }
        },
        title,
      )
    }
    case 'several': {
      const hits = found.hits
      const heading = `“${query}” could be`
      return print(
        world,
        options,
        () => foundDoc(hits, heading),
        () => ({
          type: 'several',
          query,
          found: hits.map(({ ref, title, gist }) => ({ ref, title, gist })),
        }),
        heading,
      )
    }
    case 'none':
      throw new UserError(`nothing is known by the name of "${query}"`, {
        hint:
          found.nearest.length > 0
            ? `did you mean ${found.nearest.join(' or ')}?`
            : 'quiz topics shows what there is',
      })
  }
}

async function explainConcept(
  world: World,
  bank: Bank,
  id: string,
  options: Printing,
): Promise<void> {
  const concept = bank.concept(id)
  if (concept === undefined) throw new Error(`the names know ${id}, but its topic does not`)
  const each = (ids: readonly string[] = []): Concept[] => ids.flatMap(it => bank.concept(it) ?? [])
  const explained = (): Explained => ({
    concept,
    topicTitle: bank.topic(concept.topic)?.title ?? concept.topic,
    confusedWith: each(concept.confusedWith),
    needs: each(concept.needs),
    seeAlso: each(concept.seeAlso),
  })
  await print(
    world,
    options,
    () => conceptDoc(explained()),
    async () => {
      const { conceptData } = await import('./data.ts')
      return { type: 'concept', ...conceptData(concept) }
    },
    concept.title,
  )
}

async function explainTopic(
  world: World,
  bank: Bank,
  id: string,
  options: Printing,
): Promise<void> {
  const topic = bank.topic(id)
  const entry = bank.topics().find(it => it.id === id)
  if (topic === undefined || entry === undefined)
    throw new Error(`the names know ${id}, but no bank does`)
  await print(
    world,
    options,
    () => tourDoc(topic, entry.questions),
    async () => {
      const { conceptData } = await import('./data.ts')
      return {
        type: 'topic',
        id,
        title: topic.title,
        summary: topic.summary,
        concepts: topic.concepts.map(conceptData),
      }
    },
    topic.title,
  )
}
