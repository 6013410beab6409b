import type { Candidate, Listed } from '../bank/candidates.ts'

/** What was asked for. An empty list asks for anything. */
export interface Wanted {
  readonly levels: readonly string[]
  readonly kinds: readonly string[]
  readonly tags: readonly string[]
}

/** The candidates that fit what was asked for. */
export function fitting(candidates: Listed<Candidate>, wanted: Wanted): Listed<Candidate> {
  if (wanted.levels.length + wanted.kinds.length + wanted.tags.length === 0) return candidates
  const allows = (list: readonly string[], value: string) =>
    list.length === 0 || list.includes(value)
  return [...candidates].filter(
    it =>
      allows(wanted.levels, it.level) &&
      allows(wanted.kinds, it.kind) &&
      (wanted.tags.length === 0 || it.tags.some(tag => wanted.tags.includes(tag))),
  )
}
