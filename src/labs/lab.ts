import { type Random, seeded } from '../random.ts'
import { complaint } from './complaint.ts'
import { computed } from './computed.ts'
import type { Parameters, Value, Values, ValuesOf } from './parameters.ts'
import type { Computed, Way } from './way.ts'

/**
 * A lab as its file writes it: a small, honest simulation with the wrong rules that people believe in. `P` is a scenario, a
 * value for each parameter; `R` is what happens in it, as plain data. Everything here is pure.
 */
export interface Definition<Ps extends Parameters, R, P = ValuesOf<Ps>> {
  /** Its name, and that of its file. */
  readonly id: string
  readonly title: string
  /** What it simulates, in a sentence for lists. */
  readonly summary: string
  /** Concepts that it is about, the main one first, as `topic/id`. Its topic is that of the main one. */
  readonly concepts: readonly [string, ...string[]]
  /** Where the rule is written: ids of the registry of sources, with sections. */
  readonly sources: readonly string[]
  /** The rule in a sentence or two, with `code`. It is the reason why a right choice is right. */
  readonly rule: string
  readonly parameters: Ps
  /** The scenario that is shown unless told otherwise: small, and most misconceptions differ from the model in it. */
  readonly example: P
  /** What does not go together in a scenario, as a sentence that begins in lower case; undefined when all is well. */
  check?(values: P): string | undefined
  /** Works out the parameters that have no `drawn` of their own; `drawn` holds the others. */
  draw?(random: Random, drawn: P): Partial<P>
  /** The model: what really happens. */
  run(values: P): R
  /** Wrong rules, by name. */
  readonly misconceptions: Readonly<Record<string, Wrong<P, R>>>
  /** What can be asked about a scenario, by name. */
  readonly questions: Readonly<Record<string, Way<P, R>>>
  /** What comes out, in a line. */
  result(outcome: R, values: P): string
  /** What happens, step by step. */
  trace(outcome: R, values: P): Trace
  /** The same as a drawing of letters, at most 76 columns wide. */
  picture(outcome: R, values: P): string
}

/** A wrong rule that can be run. */
export interface Wrong<P, R> extends Misconception {
  run(values: P): R
}

/** What somebody wrongly believes. */
export interface Misconception {
  /** What one does who believes it, after "you": 'record refused requests as well'. */
  readonly belief: string
  /** Why people believe it. A sentence. */
  readonly because: string
  /** What rules it out. A sentence. */
  readonly fact: string
}

/** A table of steps. */
export interface Trace {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A lab, whatever its parameters are. */
export interface Lab {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly concepts: readonly [string, ...string[]]
  readonly sources: readonly string[]
  readonly rule: string
  readonly parameters: Parameters
  readonly example: Values
  readonly misconceptions: Readonly<Record<string, Misconception>>
  readonly questions: Readonly<Record<string, Pick<Way<unknown, unknown>, 'title' | 'kind'>>>
  /** What is wrong with a scenario, as a sentence that begins in lower case; undefined when nothing is. */
  check(values: Values): string | undefined
  /** A scenario by chance; `within` narrows what a parameter is drawn from. */
  draw(random: Random, within?: Within): Values
  /** Runs a scenario that `check` has nothing against. */
  run(values: Values): Run
}

/** Parameter → the values that it is drawn from, instead of its own. Only parameters with `drawn` can be narrowed. */
export type Within = Readonly<Record<string, readonly Value[]>>

/** What happened in a scenario. */
export interface Run {
  readonly values: Values
  /** What the model computed, as plain data. */
  readonly outcome: unknown
  readonly result: string
  readonly trace: Trace
  readonly picture: string
  /** What each misconception would have said. */
  readonly supposed: readonly { readonly misconception: string; readonly result: string }[]
  /** A question about it; undefined when fewer than two misconceptions answer it differently from the model and each other. */
  ask(question: string, random: Random): Computed | undefined
}

/** Makes a lab of its definition. Throws what the definition's functions throw, which is a bug. */
export function lab<const Ps extends Parameters, R>(it: Definition<Ps, R>): Lab {
  type P = ValuesOf<Ps>
  // The one cast: a scenario that passed `check` has the values that its parameters say.
  const own = (values: Values) => values as P
  return {
    id: it.id,
    title: it.title,
    summary: it.summary,
    concepts: it.concepts,
    sources: it.sources,
    rule: it.rule,
    parameters: it.parameters,
    example: it.example,
    misconceptions: it.misconceptions,
    questions: it.questions,
    check(values) {
      for (const [name, parameter] of Object.entries(it.parameters)) {
        const wrong = complaint(parameter, values[name])
        if (wrong !== undefined) return `${name} ${wrong}`
      }
      return it.check?.(own(values))
    },
    draw(random, within = {}) {
      const drawn: Record<string, Value> = { ...it.example }
      for (const [name, parameter] of Object.entries(it.parameters)) {
        const from = within[name] ?? ('drawn' in parameter ? parameter.drawn : undefined)
        if (from !== undefined && from.length > 0) drawn[name] = pick(random, from)
      }
      return { ...drawn, ...(it.draw?.(random, own(drawn)) as Values | undefined) }
    },
    run(values) {
      const scenario = own(values)
      const outcome = it.run(scenario)
      const supposed = Object.entries(it.misconceptions).map(([misconception, wrong]) => ({
        misconception,
        wrong,
        outcome: wrong.run(scenario),
      }))
      const trace = it.trace(outcome, scenario)
      return {
        values,
        outcome,
        result: it.result(outcome, scenario),
        trace,
        picture: it.picture(outcome, scenario),
        supposed: supposed.map(({ misconception, outcome }) => ({
          misconception,
          result: it.result(outcome, scenario),
        })),
        ask(question, random) {
          const way = it.questions[question]
          if (way === undefined) return undefined
          return computed(
            way,
            { values: scenario, outcome, supposed, rule: it.rule, trace },
            random,
          )
        },
      }
    },
  }
}

/** How often a scenario is drawn anew until it tells one rule from another. */
const ATTEMPTS = 200

/** A question of a lab, computed from a seed. */
export interface Drawn {
  readonly run: Run
  readonly computed: Computed
}

/** The question that a seed gives; undefined when nothing telling can be drawn from these values. */
export function drawn(
  lab: Lab,
  question: string,
  seed: number,
  within?: Within,
): Drawn | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = seeded(seed, lab.id, question, attempt)
    const values = lab.draw(random, within)
    if (lab.check(values) !== undefined) continue
    const run = lab.run(values)
    const computed = run.ask(question, random)
    if (computed !== undefined) return { run, computed }
  }
  return undefined
}

/** The scenario that a seed gives when no question is named: one about which something can be asked, if there is any. */
export function scenario(lab: Lab, seed: number): Values {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = seeded(seed, lab.id, attempt)
    const values = lab.draw(random)
    if (lab.check(values) !== undefined) continue
    const run = lab.run(values)
    if (Object.keys(lab.questions).some(it => run.ask(it, random) !== undefined)) return values
  }
  return lab.example
}

/** One of some things, each as likely. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!
}
