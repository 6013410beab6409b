import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.ts'
import { type Bank, openBank } from './bank.ts'
import { folderStore, type Store } from './store.ts'

/** Where banks are looked for. */
export interface BankPaths {
  /** The compiled banks that come with quiz. */
  readonly builtin: string
  readonly config: string
  readonly cache: string
  readonly cwd: string
}

export interface Loaded {
  readonly bank: Bank
  /** Banks that hold items that cannot be used, for a word of warning. */
  readonly broken: readonly { readonly path: string; readonly count: number }[]
}

/**
 * Opens every bank: the built-in ones, the person's own (in the config folder), the project's (the nearest `.quiz` folder from
 * here upwards), and those named explicitly, each adding to the ones before. Nothing is read before it is needed.
 */
export async function loadBanks(paths: BankPaths, named: readonly string[]): Promise<Loaded> {
  const stores: Store[] = [folderStore(paths.builtin)]
  const broken: Loaded['broken'][number][] = []
  const own = [paths.config, projectBank(paths.cwd)].filter(
    it => it !== undefined && existsSync(it),
  ) as string[]
  for (const path of [...own, ...named]) {
    // Most people have no bank of their own, and then nothing of this is needed.
    const { openOverlay } = await import('./overlay.ts')
    const overlay = await openOverlay(path, paths.cwd, paths.cache, stores)
    if (overlay === undefined) {
      throw new UserError(`there is no bank at "${path}"`, {
        hint: 'a bank is a YAML file, or a folder of them',
      })
    }
    stores.push(overlay.store)
    if (overlay.broken > 0) broken.push({ path, count: overlay.broken })
  }
  return { bank: openBank(stores), broken }
}

/** The nearest `.quiz` folder from here upwards. */
export function projectBank(from: string): string | undefined {
  const here = join(from, '.quiz')
  if (existsSync(here)) return here
  const up = dirname(from)
  return up === from ? undefined : projectBank(up)
}
