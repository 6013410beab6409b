import { expect } from 'vitest'
import { UserError } from '../../src/errors.ts'

/** What is thrown, as a person reads it. */
export function complaint(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return `${error.message}\n${error.hint ?? ''}`
    throw error
  }
  return expect.fail('nothing was thrown')
}
