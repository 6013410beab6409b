import { UserError } from '../errors.ts'
import { nearest, normalise } from '../nearest.ts'
import { searchAll } from '../search/model.ts'
import { foundDoc } from '../view/lists.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, quoted, searchers } from './output.ts'

/** `quiz search`: whatever fits some words, best first. */
export async function search(
  world: World,
  terms: readonly string[],
  options: Printing & { readonly number?: number },
): Promise<void> {
  const bank = await openBanks(world, options)
  const query = terms.join(' ')
  const hits = searchAll(await searchers(bank), query, { limit: options.number ?? 10 })
  if (hits.length === 0) {
    const near = nearest(normalise(query), bank.names().keys())
    throw new UserError(`nothing fits "${query}"`, {
      hint:
        near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'quiz topics shows what there is',
    })
  }
  await print(
    world,
    options,
    () => foundDoc(hits, quoted(query)),
    () => hits.map(({ ref, type, title, gist, score }) => ({ ref, type, title, gist, score })),
    `Search: ${quoted(query)}`,
  )
}
