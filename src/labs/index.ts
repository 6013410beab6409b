import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  backoff: async () => (await import('./backoff.ts')).backoff,
}

/** The names of all labs. */
export const labNames: readonly string[] = Object.keys(LABS)

/** The lab of this name; undefined when there is none. */
export async function labNamed(name: string): Promise<Lab | undefined> {
  return Object.hasOwn(LABS, name) ? LABS[name]?.() : undefined
}

/** All labs by name. */
export async function allLabs(): Promise<ReadonlyMap<string, Lab>> {
  return new Map(
    await Promise.all(
      Object.entries(LABS).map(async ([name, load]) => [name, await load()] as const),
    ),
  )
}
