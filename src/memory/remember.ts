import type { Bank } from '../bank/bank.ts'
import type { Memory } from './memory.ts'

/** What the log says. For now nothing: the fold takes this place. */
export function remember(_paths: unknown, _bank: Bank): Memory {
  const none = { answers: 0, ms: 0 }
  const worth = { answers: 0, score: 0 }
  return {
    questions: new Map(),
    days: new Map(),
    calibration: { guess: worth, unsure: worth, sure: worth },
    mistaken: () => new Map(),
    pace: { firstRight: none, firstWrong: none, laterRight: none, laterWrong: none },
    flags: new Map(),
    answers: 0,
    sittings: 0,
    ms: 0,
  }
}
