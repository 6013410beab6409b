import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'fixed-window': async () => (await import('./fixed-window.ts')).fixedWindow,
  'sliding-log': async () => (await import('./sliding-log.ts')).slidingLog,
  'sliding-counter': async () => (await import('./sliding-counter.ts')).slidingCounter,
  gcra: async () => (await import('./gcra.ts')).gcra,
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'rate-limit-headers': async () => (await import('./rate-limit-headers.ts')).rateLimitHeaders,
  'too-many-requests': async () => (await import('./too-many-requests.ts')).tooManyRequests,
  'error-budget': async () => (await import('./error-budget.ts')).errorBudget,
  percentile: async () => (await import('./percentile.ts')).percentiles,
  'log-line': async () => (await import('./log-line.ts')).logLine,
  'webhook-signature': async () => (await import('./webhook-signature.ts')).webhookSignature,
  'webhook-endpoint': async () => (await import('./webhook-endpoint.ts')).webhookEndpoint,
  'webhook-dedupe': async () => (await import('./webhook-dedupe.ts')).webhookDedupe,
  'webhook-order': async () => (await import('./webhook-order.ts')).webhookOrder,
  'refund-race': async () => (await import('./refund-race.ts')).refundRace,
  'polling-load': async () => (await import('./polling-load.ts')).pollingLoad,
  'event-stream': async () => (await import('./event-stream.ts')).eventStream,
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
