import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'idempotency-key': async () => (await import('./idempotency-key.ts')).idempotencyKey,
  'idempotent-server': async () => (await import('./idempotent-server.ts')).idempotentServer,
  'idempotent-client': async () => (await import('./idempotent-client.ts')).idempotentClient,
  'fifo-deduplication': async () => (await import('./fifo-deduplication.ts')).fifoDeduplication,
  'visibility-timeout': async () => (await import('./visibility-timeout.ts')).visibilityTimeout,
  'job-lifecycle': async () => (await import('./job-lifecycle.ts')).jobLifecycle,
  'async-order': async () => (await import('./async-order.ts')).asyncOrder,
  'status-monitor': async () => (await import('./status-monitor.ts')).statusMonitor,
  outbox: async () => (await import('./outbox.ts')).outbox,
  'partition-order': async () => (await import('./partition-order.ts')).partitionOrder,
  'consumer-lag': async () => (await import('./consumer-lag.ts')).consumerLag,
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
