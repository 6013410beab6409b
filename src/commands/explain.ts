import type { Bank } from '../bank/bank.ts'
import { UserError } from '../errors.ts'
import { resolve } from '../search/resolve.ts'
import { compareDoc, conceptDoc, explained, tourDoc } from '../view/concept.ts'
import { foundDoc } from '../view/lists.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, quoted, searchers } from './output.ts'

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
      // Beside the explanation, not in it: what is piped into notes stays clean.
      if (found.how === 'words') world.err(`quiz: the closest match is ${found.ref}\n`)
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
      const heading = `${quoted(query)} could be`
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
  await print(
    world,
    options,
    () => conceptDoc(explained(bank, concept)),
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
        questions: entry.questions,
        concepts: topic.concepts.map(conceptData),
      }
    },
    topic.title,
  )
}
