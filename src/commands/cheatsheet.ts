import { UserError } from '../errors.ts'
import { normalise } from '../nearest.ts'
import { sheetDoc } from '../view/lists.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, topicsNamed } from './output.ts'

/** `quiz cheatsheet`: the tables of one or more topics. */
export async function cheatsheet(
  world: World,
  words: readonly string[],
  options: Printing,
): Promise<void> {
  const bank = await openBanks(world, options)
  const names = bank.names()
  const topics = topicsNamed(bank, words, name => names.get(normalise(name)) ?? []).flatMap(
    it => bank.topic(it) ?? [],
  )
  const empty = topics.find(it => it.sheet.length === 0)
  if (empty !== undefined) {
    throw new UserError(`"${empty.id}" has no cheat sheet`, {
      hint: `quiz explain ${empty.id} gives a tour of it`,
    })
  }
  await print(
    world,
    options,
    () => topics.flatMap(it => sheetDoc(it, it.sheet)),
    async () => {
      const { sheetData } = await import('./data.ts')
      return topics.map(it => ({ topic: it.id, title: it.title, tables: it.sheet.map(sheetData) }))
    },
    topics.map(it => it.title).join(', '),
  )
}
