import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'crud-routes': async () => (await import('./crud-routes.ts')).crudRoutes,
  'status-for-outcome': async () => (await import('./status-for-outcome.ts')).statusForOutcome,
  'lost-update': async () => (await import('./lost-update.ts')).lostUpdate,
  'offset-page': async () => (await import('./offset-page.ts')).offsetPage,
  'cursor-drift': async () => (await import('./cursor-drift.ts')).cursorDrift,
  'keyset-ties': async () => (await import('./keyset-ties.ts')).keysetTies,
  'sparse-fields': async () => (await import('./sparse-fields.ts')).sparseFields,
  'audit-trail': async () => (await import('./audit-trail.ts')).auditTrail,
  'problem-details': async () => (await import('./problem-details.ts')).problemDetails,
  'minimum-necessary': async () => (await import('./minimum-necessary.ts')).minimumNecessary,
  'content-negotiation': async () => (await import('./content-negotiation.ts')).contentNegotiation,
  'conditional-get': async () => (await import('./conditional-get.ts')).conditionalGet,
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
