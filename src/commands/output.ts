import type { Bank } from '../bank/bank.ts'
import { loadBanks } from '../bank/load.ts'
import { wordsOf } from '../bank/prose.ts'
import { UserError } from '../errors.ts'
import { type Day, dayOf } from '../memory/day.ts'
import { nearest } from '../nearest.ts'
import { type Format, render } from '../render/index.ts'
import type { Screen } from '../screen.ts'
import type { Searcher } from '../search/model.ts'
import type { Doc } from '../view/doc.ts'
import { visible } from '../visible.ts'
import type { World } from '../world.ts'

/** What every command that prints can be told. */
export interface Printing {
  readonly format?: Format | 'json'
  readonly width?: number
  readonly color?: 'auto' | 'always' | 'never'
  readonly plain?: boolean
  readonly bank?: readonly string[]
}

/** The screen as the person wants it. */
export function screenFor({ screen }: World, { width, color, plain }: Printing): Screen {
  const colors =
    color === 'never' ? 0 : color === 'always' && screen.colors === 0 ? 1 : screen.colors
  return {
    ...screen,
    colors,
    // Whoever insists on colours in a pipe has a terminal at its end.
    terminal: screen.terminal || colors > 0,
    ...(width !== undefined && { columns: width }),
    ...(plain && { plain: true }),
  }
}

/** Opens the banks, with a word on standard error about items that cannot be used. */
export async function openBanks(world: World, { bank = [] }: Printing): Promise<Bank> {
  const loaded = await loadBanks(world.paths, bank)
  for (const { path, count } of loaded.broken) {
    const items = count === 1 ? '1 problem keeps an item' : `${count} problems keep items`
    world.err(
      visible(`quiz: ${items} of ${path} from being used\n  quiz lint ${path} shows where\n`),
    )
  }
  return loaded.bank
}

/** The person's day at an instant. */
export function dayAt(at: Date, world: World): Day {
  return dayOf({ ms: at.getTime(), offset: world.offset(at) * 60_000 })
}

/** Everything that can be searched. This is what loads the search engine and the index. */
export async function searchers(bank: Bank): Promise<Searcher[]> {
  const { openIndex } = await import('../search.ts')
  return Promise.all(bank.stores.map(it => openIndex(it.searchIndex())))
}

/** A query as a heading: what is longer than this was hardly typed, and nobody reads it. */
export function quoted(query: string): string {
  const words = query.trim().replace(/\s+/g, ' ')
  return `“${words.length > 80 ? `${words.slice(0, 79)}…` : words}”`
}

/** Prints a view in the format asked for; as JSON, the data instead. */
export async function print(
  world: World,
  options: Printing,
  doc: () => Doc,
  data: () => unknown,
  title: string,
): Promise<void> {
  const { format = 'text' } = options
  world.out(
    format === 'json'
      ? `${JSON.stringify(await data(), null, 2)}\n`
      : await render(doc(), format, screenFor(world, options), { title }),
  )
}

/** How questions begin that are listed, a line each; nothing for those that no bank has. */
export function promptsOf(bank: Bank, ids: readonly string[]): (id: string) => string | undefined {
  const prompts = new Map(
    bank.questions([...new Set(ids)]).map(it => {
      const prompt = wordsOf(it.prompt).replace(/\s+/g, ' ').trim()
      return [it.id, prompt.length > 76 ? `${prompt.slice(0, 75).trimEnd()}…` : prompt]
    }),
  )
  return id => prompts.get(id)
}

/** What to say when no question has this id, with the nearest of those that there are. */
export function noQuestion(id: string, ids: Iterable<string>): UserError {
  const near = nearest(id, ids)
  return new UserError(`there is no question called "${id}"`, {
    hint:
      near.length > 0
        ? `did you mean ${near.join(' or ')}?`
        : 'quiz history shows what you answered; quiz search finds questions by words',
  })
}

/** The topics that are meant by these names; ids, titles and aliases all do. Throws `UserError` with the nearest names. */
export function topicsNamed(
  bank: Bank,
  words: readonly string[],
  find: (name: string) => readonly string[],
): string[] {
  const topics = bank.topics().map(it => it.id)
  return [
    ...new Set(
      words.map(word => {
        const found = find(word).find(it => topics.includes(it))
        if (found !== undefined) return found
        const near = nearest(word, topics)
        throw new UserError(`there is no topic called "${word}"`, {
          hint:
            near.length > 0
              ? `did you mean ${near.join(' or ')}?`
              : `there are ${topics.join(', ')}`,
        })
      }),
    ),
  ]
}
