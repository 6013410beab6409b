import type { Citation } from '../../bank/model.ts'
import type { Lab, Run } from '../../labs/lab.ts'
import { optionName } from '../../labs/typed.ts'
import { topicOf } from '../../view/lab.ts'

/** A lab as data: what it takes, what can be asked, and what is believed about it. */
export function labData(lab: Lab): object {
  const { id, title, summary, concepts, rule } = lab
  return {
    id,
    title,
    topic: topicOf(lab),
    concepts,
    summary,
    rule,
    parameters: Object.entries(lab.parameters).map(
      ([name, { drawn: _, ...it }]: [string, Drawn]) => ({
        name,
        option: `--${optionName(name)}`,
        ...it,
        example: lab.example[name],
      }),
    ),
    questions: Object.entries(lab.questions).map(([name, { kind, title }]) => ({
      name,
      kind,
      title,
    })),
    misconceptions: Object.entries(lab.misconceptions).map(([name, { belief, because, fact }]) => ({
      name: `${id}/${name}`,
      belief,
      because,
      fact,
    })),
  }
}

type Drawn = Lab['parameters'][string] & { readonly drawn?: unknown }

/** A run as data: `outcome` is what the model computed, in a form of its own for each lab. */
export function runData(
  lab: Lab,
  { values, outcome, result, trace, picture, supposed }: Run,
  cited: readonly Citation[],
  seed: number | undefined,
): object {
  return {
    lab: lab.id,
    title: lab.title,
    ...(seed !== undefined && { seed }),
    values,
    result,
    outcome,
    trace,
    picture,
    misconceptions: supposed.map(it => ({
      name: `${lab.id}/${it.misconception}`,
      belief: lab.misconceptions[it.misconception]!.belief,
      result: it.result,
      differs: it.result !== result,
    })),
    sources: cited.map(({ title, url }) => ({ title, url })),
  }
}
