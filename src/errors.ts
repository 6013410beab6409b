/** What the shell is told. Documented in the README and pinned by a test. */
export const Exit = { ok: 0, problem: 1, usage: 2, bug: 70, interrupted: 130 } as const

export type ExitCode = (typeof Exit)[keyof typeof Exit]

/**
 * A failure that the person can act on: what went wrong, and what to do next.
 * Anything else that is thrown is a bug in quiz.
 */
export class UserError extends Error {
  /** Something to type or to change. */
  readonly hint: string | undefined
  readonly exit: ExitCode

  constructor(message: string, options: { hint?: string; exit?: ExitCode } = {}) {
    super(message)
    this.name = 'UserError'
    this.hint = options.hint
    this.exit = options.exit ?? Exit.usage
  }
}

/** The person pressed ctrl-c, or the input ended in the middle of a prompt. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

/** What the system says about a failure, without its code and call. */
export function reasonOf(error: unknown): string {
  return /^\w+: (.+?)(, \w+.*)?$/.exec((error as Error).message)?.[1] ?? String(error)
}
