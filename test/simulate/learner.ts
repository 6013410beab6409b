import { type Formulas, formulas, WEIGHTS } from '../../src/memory/formulas.ts'
import { draw, normal } from './dice.ts'
import type { Exam } from './exam.ts'

/**
 * Somebody who prepares for an interview, as they truly are. No policy but the oracle sees any of it.
 *
 * Nothing here is what the planner assumes: it takes the default parameters for everybody, one strength for all that was known
 * before, one chance of guessing for a kind of question, and usual times.
 */
export interface Learner {
  readonly seed: number
  readonly memory: Formulas
  /** Of each question: what is known before, in stability (0: not known), difficulty and the day on which it was last used. */
  readonly stability: Float64Array
  readonly difficulty: Float64Array
  readonly last: Float64Array
  /** What a first explanation would leave of a question that was not known. */
  readonly firstStability: Float64Array
  readonly firstDifficulty: Float64Array
  /** Of a right answer without knowing. */
  readonly guess: Float64Array
  /** By what to multiply usual seconds: the person, the topic, the kind of question. */
  readonly slowness: Float64Array
  /** The same for right and for wrong answers. */
  readonly slowRight: number
  readonly slowWrong: number
  /** By which factor recalled answers are hard more often than usual, and easy less often. */
  readonly strict: number
  /** The share of days on which there is no time. */
  readonly missing: number
}

/** By which the times of kinds differ: options are read quickly, pairs and words take longer. */
const SLOW = {
  choice: 0.95,
  match: 1.15,
  order: 1.15,
  number: 1.05,
  text: 1,
  open: 1.15,
  lab: 1.15,
}

/**
 * How much is known before, in logits. With −0.5 learners know 42 % of the bank (four fifths of them 23 to 61 %), and 59 % of first
 * answers are right, guesses included. In fsrs-rs's simulator 76 % of first answers are not "again", but those are of cards that
 * have mostly just been read; here nothing was read, by somebody who works in the field. `--known` tells how much rests on this.
 */
export const KNOWN = -0.5

export function learner(exam: Exam, id: number, seed: number, known: number = KNOWN): Learner {
  const self = seed * 1_000_003 + id * 7 + 12345
  const n = (which: number) => normal(self, which, 3)
  const memory = formulas(parameters(n))
  // Options are ruled out by what one knows of the matter: a third becomes up to 0.58.
  const wit = 0.5 * draw(self, 5, 5)
  const ability = known + 0.8 * n(1)
  const speed = Math.exp(0.3 * n(2))
  const lasting = 60 * Math.exp(0.5 * n(7))

  const count = exam.questions.length
  const make = () => new Float64Array(count)
  const [stability, difficulty, last] = [make(), make(), make()]
  const [firstStability, firstDifficulty, guess, slowness] = [make(), make(), make(), make()]
  for (const [it, { kind }] of exam.questions.entries()) {
    const topic = exam.topic[it]!
    // People differ by what they have worked with, most of all by topic.
    const logit = ability + normal(self, topic, 11) + 0.7 * normal(self, it, 13)
    const first = memory.first(1)
    firstStability[it] = first.stability * Math.exp(0.5 * normal(self, it, 15))
    firstDifficulty[it] = within(first.difficulty + normal(self, it, 16), 1, 10)
    guess[it] = exam.blind[it]! ** (1 - wit)
    slowness[it] = speed * Math.exp(0.15 * normal(self, topic, 12)) * SLOW[kind]
    if (draw(self, it, 14) < 1 / (1 + Math.exp(-logit))) {
      // From work, some weeks ago: 92 % of it can be recalled on the first day.
      stability[it] = lasting * Math.exp(0.9 * normal(self, it, 17))
      last[it] = -30 * Math.exp(0.8 * normal(self, it, 18))
      difficulty[it] = within(4.5 + 1.5 * normal(self, it, 16), 1, 10)
    }
  }
  return {
    seed: self,
    memory,
    stability,
    difficulty,
    last,
    firstStability,
    firstDifficulty,
    guess,
    slowness,
    slowRight: Math.exp(0.15 * n(3)),
    slowWrong: Math.exp(0.15 * n(4)),
    strict: Math.exp(0.4 * n(8)),
    missing: 0.25 * draw(self, 6, 6),
  }
}

/**
 * FSRS parameters of one person around the defaults. How far people scatter is an assumption: a first stability is from half to
 * twice the default for most, with those of one person alike.
 */
function parameters(n: (which: number) => number): number[] {
  const out = [...WEIGHTS]
  const scale = (which: number, by: number) => {
    out[which] = WEIGHTS[which]! * Math.exp(by * n(100 + which))
  }
  const whole = Math.exp(0.35 * n(50))
  for (const which of [0, 1, 2, 3]) {
    scale(which, 0.35)
    out[which] = out[which]! * whole
  }
  out[4] = WEIGHTS[4]! + 0.8 * n(104)
  out[8] = WEIGHTS[8]! + 0.3 * n(108)
  for (const which of [9, 12, 13, 14]) scale(which, 0.2)
  scale(10, 0.25)
  for (const which of [11, 20]) scale(which, 0.3)
  out[15] = Math.min(1, WEIGHTS[15]! * Math.exp(0.2 * n(115)))
  out[16] = 1 + (WEIGHTS[16]! - 1) * Math.exp(0.3 * n(116))
  out[20] = within(out[20]!, 0.08, 0.5)
  return out
}

const within = (it: number, least: number, most: number) => Math.min(most, Math.max(least, it))
