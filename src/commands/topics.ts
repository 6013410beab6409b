import { normalise } from '../nearest.ts'
import { tourDoc } from '../view/concept.ts'
import { topicsDoc } from '../view/lists.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, topicsNamed } from './output.ts'

/** `quiz topics`: what there is; with names, the tour of each. */
export async function topics(
  world: World,
  words: readonly string[],
  options: Printing,
): Promise<void> {
  const bank = await openBanks(world, options)
  const entries = bank.topics()
  if (words.length === 0)
    return print(
      world,
      options,
      () => topicsDoc(entries),
      () => entries,
      'Topics',
    )
  const names = bank.names()
  const named = topicsNamed(bank, words, name => names.get(normalise(name)) ?? []).flatMap(
    it => bank.topic(it) ?? [],
  )
  const questions = (id: string) => entries.find(it => it.id === id)?.questions ?? 0
  await print(
    world,
    options,
    () => named.flatMap(it => tourDoc(it, questions(it.id))),
    async () => {
      const { conceptData } = await import('./data.ts')
      return named.map(({ id, title, summary, concepts }) => ({
        id,
        title,
        summary,
        questions: questions(id),
        concepts: concepts.map(conceptData),
      }))
    },
    named.map(it => it.title).join(', '),
  )
}
