import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'graphql-cost': async () => (await import('./graphql-cost.ts')).graphqlCost,
  'protobuf-size': async () => (await import('./protobuf-size.ts')).protobufSize,
  'protobuf-evolution': async () => (await import('./protobuf-evolution.ts')).protobufEvolution,
  'breaking-change': async () => (await import('./breaking-change.ts')).breakingChange,
  'effective-version': async () => (await import('./effective-version.ts')).effectiveVersion,
  'deprecation-headers': async () => (await import('./deprecation-headers.ts')).deprecationHeaders,
  'upload-parts': async () => (await import('./upload-parts.ts')).uploadParts,
  'base64-size': async () => (await import('./base64-size.ts')).base64Size,
  'transfer-time': async () => (await import('./transfer-time.ts')).transferTime,
  'id-space': async () => (await import('./id-space.ts')).idSpace,
  'capacity-estimate': async () => (await import('./capacity-estimate.ts')).capacityEstimate,
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
