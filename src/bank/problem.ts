/** A complaint about a bank: what is wrong, where, under which rule, and what to do about it. */
export interface Problem {
  /** As the person named it, or relative to the folder it was found in. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** Stable name, `area/what`. */
  readonly rule: string
  readonly message: string
  /** What to do next. */
  readonly remedy?: string
}

/** Whether an item with such a problem cannot be used at all; the others are about how well it is written. */
export function isFatal({ rule }: Problem): boolean {
  return /^(yaml|schema|markdown|lab)\b|^choice\/no-key$/.test(rule)
}

/** By file, then line, then column, then rule: the order in which a person would mend them. */
export function byPlace(a: Problem, b: Problem): number {
  return (
    (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
    a.line - b.line ||
    a.column - b.column ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  )
}
