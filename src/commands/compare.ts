import type { Concept } from '../bank/model.ts'
import { UserError } from '../errors.ts'
import { resolve } from '../search/resolve.ts'
import { compareDoc } from '../view/concept.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, searchers } from './output.ts'

/** `quiz compare`: concepts side by side. */
export async function compare(
  world: World,
  terms: readonly string[],
  options: Printing,
): Promise<void> {
  const bank = await openBanks(world, options)
  const names = bank.names()
  const concepts: Concept[] = []
  for (const term of terms.filter(it => !/^(vs\.?|versus|and|or|with)$/i.test(it))) {
    const found = await resolve(term, names, () => searchers(bank))
    const concept = found.type === 'one' ? bank.concept(found.ref) : undefined
    if (concept === undefined)
      throw new UserError(`"${term}" is not the name of one concept`, { hint: hintFor(found) })
    if (!concepts.some(it => it.id === concept.id)) concepts.push(concept)
  }
  if (concepts.length < 2) {
    throw new UserError('comparing takes at least two different concepts', {
      hint: 'quiz compare 401 403',
    })
  }
  await print(
    world,
    options,
    () => compareDoc(concepts),
    async () => {
      const { conceptData } = await import('./data.ts')
      return { type: 'compare', concepts: concepts.map(conceptData) }
    },
    concepts.map(it => it.title).join(', '),
  )
}

function hintFor(found: Awaited<ReturnType<typeof resolve>>): string {
  const near =
    found.type === 'several'
      ? found.hits.map(it => it.ref).slice(0, 3)
      : found.type === 'none'
        ? found.nearest
        : []
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'quiz topics shows what there is'
}
