import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'network-partition': async () => (await import('./network-partition.ts')).networkPartition,
  quorum: async () => (await import('./quorum.ts')).quorums,
  'replica-lag': async () => (await import('./replica-lag.ts')).replicaLag,
  'raft-commit': async () => (await import('./raft-commit.ts')).raftCommit,
  'raft-election': async () => (await import('./raft-election.ts')).raftElection,
  'consistent-hashing': async () => (await import('./consistent-hashing.ts')).consistentHashing,
  utilisation: async () => (await import('./utilisation.ts')).utilisation,
  'shard-hotspot': async () => (await import('./shard-hotspot.ts')).shardHotspot,
  resharding: async () => (await import('./resharding.ts')).resharding,
  'connection-pool': async () => (await import('./connection-pool.ts')).connectionPool,
  'lock-queue': async () => (await import('./lock-queue.ts')).lockQueue,
  'composite-index': async () => (await import('./composite-index.ts')).compositeIndex,
  'n-plus-one': async () => (await import('./n-plus-one.ts')).nPlusOne,
  isolation: async () => (await import('./isolation.ts')).isolation,
  saga: async () => (await import('./saga.ts')).sagaLab,
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
