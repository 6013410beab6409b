import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  backoff: async () => (await import('./backoff.ts')).backoff,
  'retry-loop': async () => (await import('./retry-loop.ts')).retryLoop,
  'circuit-breaker': async () => (await import('./circuit-breaker.ts')).circuitBreaker,
  'retry-amplification': async () => (await import('./retry-amplification.ts')).retryAmplification,
  'retry-budget': async () => (await import('./retry-budget.ts')).retryBudget,
  bulkhead: async () => (await import('./bulkhead.ts')).bulkhead,
  'deadline-budget': async () => (await import('./deadline-budget.ts')).deadlineBudget,
  availability: async () => (await import('./availability.ts')).availability,
  'hedged-requests': async () => (await import('./hedged-requests.ts')).hedgedRequests,
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
